"""The toolkit: which files it holds for the chosen places and languages, and the messages as text, table and data."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.board.asking import Refused
from app.board.audience import Audience
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.records import Headline, Version
from app.outcomes.billboards import DESIGNS, FORMATS, Billboard, billboard, file_name, readable
from app.outcomes.tables import inert
from app.printing.sheet import Form

MOST_PICTURES = 200
# As a screen shows it, to be printed, and to be worked on.
FORMS: tuple[Form, ...] = ("png", "pdf", "svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the kit is to hold; without headlines or languages, those that there are; without a place, one for none."""

    headlines: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    designs: tuple[str, ...] = DESIGNS[:1]
    formats: tuple[str, ...] = ("landscape", "square")
    forms: tuple[Form, ...] = ("png", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One file of the kit: where it lies in it, and what is printed there."""

    path: str
    billboard: Billboard
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A headline with its versions, as the kit says them."""

    headline: Headline
    versions: tuple[Version, ...]


def messages(board: Board, choice: Choice, audience: Audience) -> tuple[Message, ...]:
    """The chosen headlines as this audience may read them, in the chosen languages."""
    told = []
    for headline, written in readable(board, audience):
        if choice.headlines and headline.id not in choice.headlines:
            continue
        wanted = tuple(each for each in written if not choice.languages or each.language in choice.languages)
        if wanted:
            told.append(Message(headline=headline, versions=wanted))
    return tuple(told)


def pictures(board: Board, choice: Choice, audience: Audience, logo: bytes = b"") -> tuple[Picture, ...]:
    """Every picture, each with a name of its own. Refused: too-many {max}, invalid {field} for what there is not."""
    for field, given, there in (
        ("design", choice.designs, DESIGNS),
        ("format", choice.formats, tuple(FORMATS)),
        ("form", choice.forms, FORMS),
    ):
        if set(given) - set(there) or not given:
            raise Refused("invalid", field=field)
    told = messages(board, choice, audience)
    versions = sum(len(each.versions) for each in told)
    each_ = max(1, len(choice.places)) * len(choice.designs) * len(choice.formats) * len(choice.forms)
    if versions * each_ > MOST_PICTURES:
        raise Refused("too-many", max=MOST_PICTURES)
    return tuple(_pictures(board, told, choice, logo))


def _pictures(board: Board, told: Sequence[Message], choice: Choice, logo: bytes) -> Iterator[Picture]:
    for at, message in enumerate(told, start=1):
        folder = f"billboards/{at}" if len(told) > 1 else "billboards"
        for version in message.versions:
            for place in choice.places or ("",):
                for design in choice.designs:
                    for shape in choice.formats:
                        made = billboard(board, version, place=place, design=design, format=shape, logo=logo)
                        for form in choice.forms:
                            yield Picture(path=f"{folder}/{file_name(made, form)}", billboard=made, form=form)


def as_text(told: Sequence[Message], hashtag: str) -> str:
    """The messages to be copied: a paragraph a headline, a line a language."""
    paragraphs = ["\n".join(f"[{each.language}] {each.text}" for each in message.versions) for message in told]
    return "\n\n".join([*paragraphs, *([hashtag] if hashtag else [])]) + "\n"


def as_csv(told: Sequence[Message], hashtag: str) -> str:
    """One row a version; begins with a byte order mark, because spreadsheets ask for one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("headline", "language", "text", "hashtag", "place", "country"))
    for message in told:
        headline = message.headline
        for each in message.versions:
            row = (headline.id, each.language, each.text, hashtag, headline.place, headline.country)
            writer.writerow([inert(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def as_json(board: Board, told: Sequence[Message]) -> str:
    """The messages for programs, with the ids of the live board."""
    written = {
        "board": board.id,
        "title": board.about.title,
        "rehearsal": board.about.rehearsal,
        "hashtag": campaign_of(board).hashtag,
        "headlines": [
            {
                "id": message.headline.id,
                "place": message.headline.place,
                "country": message.headline.country,
                "chosen": message.headline.id == campaign_of(board).chosen,
                "versions": [{"language": each.language, "text": each.text} for each in message.versions],
            }
            for message in told
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"
