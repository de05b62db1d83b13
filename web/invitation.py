"""The invitation to a session, in every language that ships: a text to be passed on, a mail, a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event

from app.board.board import Board
from web.catalogs import marked
from web.context import LinksView
from web.times import UNIVERSAL, city_of, date_in, hour_in, seconds_ahead
from web.words import LANGUAGES, Words, words_for

PRODUCT = "-//Flipchart//Flipchart//EN"
HOW = marked("Scan this code with your phone, or type the address and the code.")
# What a calendar shows for an agenda that says no minutes.
USUAL_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One language's text, and the same as the address of a mail that is yet to be sent."""

    language: str
    text: str
    mail: str


def invitations(board: Board, links: LinksView) -> tuple[Invitation, ...]:
    """The invitation in each language, the board's own first."""
    own = board.about.language
    languages = sorted(LANGUAGES, key=lambda language: language != own)
    return tuple(_invitation(board, links, words_for(language)) for language in languages)


def how_to_join() -> tuple[tuple[Words, str], ...]:
    """What a sheet on the wall says, in every language that ships: each with its words."""
    return tuple((words, words.gettext(HOW)) for words in map(words_for, LANGUAGES))


def minutes_of(board: Board) -> int:
    """How long the agenda lasts."""
    return sum(step.minutes for step in board.steps)


def calendar_file(board: Board, links: LinksView, words: Words, *, now: float) -> bytes:
    """The session as iCalendar (RFC 5545), for a board with a start; a later file replaces it, by the same UID."""
    starts_at = board.about.starts_at
    if starts_at is None:
        raise ValueError("no start")
    event = Event()
    event.add("uid", f"{board.id}@flipchart")
    event.add("sequence", board.seq)
    event.add("dtstamp", datetime.fromtimestamp(int(now), UTC))
    event.add("dtstart", datetime.fromtimestamp(int(starts_at), UTC))
    event.add("duration", timedelta(minutes=minutes_of(board) or USUAL_MINUTES))
    event.add("summary", board.about.title)
    event.add("description", _text(board, links, words))
    event.add("url", links.join_url)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _invitation(board: Board, links: LinksView, words: Words) -> Invitation:
    text = _text(board, links, words)
    subject = words.gettext("Invitation: %(title)s") % {"title": board.about.title}
    mail = f"mailto:?subject={quote(subject)}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}"
    return Invitation(language=words.language, text=text, mail=mail)


def _text(board: Board, links: LinksView, words: Words) -> str:
    lines = [
        words.gettext("You are invited to an online working session: %(title)s.") % {"title": board.about.title},
        "",
    ]
    lines += _when(board, words)
    lines += [words.gettext("To take part, please open this link: %(link)s") % {"link": links.join_url}]
    if links.code:
        address = {"address": links.shown_url, "code": links.code}
        lines += [words.gettext("You may also go to %(address)s and type the code %(code)s.") % address]
    lines += [
        "",
        words.gettext(
            "You need no account and install nothing; a phone is enough. You give your name and your city or region."
        ),
        words.gettext("You may write in your own language."),
    ]
    return "\n".join(lines)


def _when(board: Board, words: Words) -> list[str]:
    starts_at, zone = board.about.starts_at, board.about.zone
    if starts_at is None:
        return []
    told = f"{date_in(words, starts_at, zone)}, {hour_in(words, starts_at, zone)} ({city_of(words, zone)})"
    if seconds_ahead(starts_at, zone):
        day, universal = date_in(words, starts_at, zone), date_in(words, starts_at, UNIVERSAL)
        told += f" · {universal + ', ' if day != universal else ''}{hour_in(words, starts_at, UNIVERSAL)} UTC"
    minutes = minutes_of(board)
    lasts = words.ngettext("It lasts %(n)s minute.", "It lasts %(n)s minutes.", minutes) % {"n": words.number(minutes)}
    return [told, lasts, ""] if minutes else [told, ""]
