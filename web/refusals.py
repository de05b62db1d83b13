"""What a refusal says to the person who asked: plain, without blame, and with what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from web.catalogs import marked

if TYPE_CHECKING:
    from web.words import Words

__all__ = ["SENTENCES", "refusal"]


def refusal(words: Words, code: str, facts: Mapping[str, object]) -> str:
    """The sentence for that code; a missing fact, or a code nobody knows, still gives a sentence."""
    counted = _counted(words, code, facts)
    if counted:
        return counted
    if code == "changed-since" and facts.get("text"):
        sentence = words.gettext(
            "Somebody changed this in the meantime. It now reads: “%(text)s”. "
            "Your own text is still here: please compare the two, then send it again."
        )
        return sentence % {"text": facts["text"]}
    if code == "claimed" and facts.get("place"):
        sentence = words.gettext("%(place)s is writing this version just now. Your own text is still here.")
        return sentence % {"place": facts["place"]}
    if code == "not-now" and facts.get("title"):
        sentence = words.gettext("“%(title)s” is not open for this at the moment. Your text is still here.")
        return sentence % {"title": facts["title"]}
    if code == "no-letters" and facts.get("letters"):
        sentence = words.gettext("There are no letters to print these: %(letters)s. Please choose another language.")
        return sentence % {"letters": facts["letters"]}
    english = _of_field(code, facts) or SENTENCES.get(code, SENTENCES["other"])
    return words.gettext(english)


def _counted(words: Words, code: str, facts: Mapping[str, object]) -> str:
    """The sentence that names a number, where there is one."""
    match code:
        case "too-long" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "This is too long: it can have %(n)s character. Please shorten it.",
                "This is too long: it can have up to %(n)s characters. Please shorten it a little.",
                n,
            )
        case "no-dots-left" if n := _whole(facts.get("dots")):
            sentence = words.ngettext(
                "Your %(n)s dot is placed. Take it back to place it elsewhere.",
                "All %(n)s of your dots are placed. Take one back to place it elsewhere.",
                n,
            )
        case "too-many-on-one" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "Each choice takes %(n)s dot from you. Please place the others elsewhere.",
                "Each choice takes up to %(n)s dots from you. Please place the others elsewhere.",
                n,
            )
        case "too-many" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "There is room for %(n)s here, and it is taken. Please ask a facilitator.",
                "There is room for %(n)s here, and all of it is taken. Please ask a facilitator.",
                n,
            )
        case "too-many-pages" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "This has too many pages: up to %(n)s page can be shown. Please send it in parts.",
                "This has too many pages: up to %(n)s pages can be shown. Please send it in parts.",
                n,
            )
        case "picture-too-large" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "This picture is too large: it can have %(n)s million points. Please make it smaller.",
                "This picture is too large: it can have up to %(n)s million points. Please make it smaller.",
                n,
            )
        case "file-too-big" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "This file is too large: it can have %(n)s megabyte. Please make it smaller.",
                "This file is too large: it can have up to %(n)s megabytes. Please make it smaller.",
                n,
            )
        case "files-full" if n := _whole(facts.get("max")):
            sentence = words.ngettext(
                "The files of this board take up all of its %(n)s megabyte. Removed ones leave after a day.",
                "The files of this board take up all of its %(n)s megabytes. Removed ones leave after a day.",
                n,
            )
        case "slow-down" if n := _whole(facts.get("seconds")):
            sentence = words.ngettext(
                "That was quick. Please wait %(n)s second, then try again.",
                "That was quick. Please wait %(n)s seconds, then try again.",
                n,
            )
        case _:
            return ""
    return sentence % {"n": words.number(n)}


def _whole(fact: object) -> int:
    """The number in a fact, rounded up; 0 where there is none."""
    return ceil(fact) if isinstance(fact, int | float) and 0 < fact < inf else 0


def _of_field(code: str, facts: Mapping[str, object]) -> str | None:
    if code == "empty":
        return _EMPTY.get(str(facts.get("field")))
    if code == "invalid":
        return _INVALID.get(str(facts.get("field")))
    if code == "unknown":
        return _GONE.get(str(facts.get("what")))
    return None


_EMPTY: Mapping[str, str] = MappingProxyType(
    {
        "name": marked("Please give your name, so that others know who is here."),
        "place": marked("Please give your city, region or organisation."),
        "title": marked("Please give a title."),
        "questions": marked("Please write the question in one language at least."),
        "options": marked("Please write every answer in one language at least."),
        "answers": marked("Please answer one of the questions at least."),
        "prompt": marked("Please write the question that people will see."),
        "code": marked("Please type the code that you were given."),
        "file": marked("Please choose a picture or a PDF."),
        "notes": marked("Please choose at least one note."),
    }
)
_INVALID: Mapping[str, str] = MappingProxyType(
    {
        "minutes": marked("Please give the minutes as a whole number."),
        "dots": marked("Please give the number of dots as a whole number."),
        "per_candidate": marked("At most on one choice: please give a number from 1 to the number of dots."),
        "candidates": marked("Please choose what people vote on: at least two notes, where dots or a ranking decide."),
        "choices": marked("Please choose something before you send your vote."),
        "people": marked("Please give the number of people as a whole number."),
        "language": marked("Please choose one of the languages in the list."),
        "starts_at": marked("Please give the day and the time of the start."),
        "due": marked("There is no such day. Please write it as year-month-day, for example 2026-12-31."),
        "link": marked("Please give an address that begins with https:// or http://."),
        "options": marked("A choice needs two answers or more, and a scale a first and a last one."),
        "links": marked(
            "Please write one link a line: its name, then an address that begins with https:// or http://."
        ),
        "page": marked("There is no such page."),
        "theme": marked("This theme belongs to another step. Please choose one of this step."),
        "zone": marked("Please choose a time zone from the list."),
    }
)
_GONE: Mapping[str, str] = MappingProxyType(
    {
        "note": marked("That note is no longer on the board."),
        "comment": marked("That comment is no longer on the board."),
        "step": marked("That step is no longer on the agenda."),
        "ballot": marked("That ballot is no longer on the board."),
        "person": marked("That person is no longer on the board."),
        "entry": marked("That line is no longer in the log."),
        "theme": marked("That theme is no longer on the board."),
        "action": marked("That action is no longer on the roadmap."),
        "question": marked("That question is no longer in the survey. Please reload the page to see it as it is."),
        "headline": marked("That headline is no longer on the board."),
        "command": marked("This page is out of date. Please reload it, then try again."),
    }
)

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "too-long": marked("This is too long. Please shorten it a little."),
        "empty": marked("There is nothing written yet. Please write something first."),
        "not-now": marked("This is not open now. Your text is still here; please wait for its step."),
        "not-yours": marked("Only its author can change this. You are welcome to write a note of your own."),
        "claimed": marked("Somebody is writing this version just now. Your own text is still here."),
        "only-facilitators": marked("Only the facilitators can do this. Please ask one of them."),
        "read-only": marked("As an observer you can read everything. To write, please ask for the join link."),
        "muted": marked("You cannot write for now; you can still read and vote. Please ask a facilitator."),
        "removed": marked("You no longer have a seat here. Please ask a facilitator if you wish to return."),
        "locked": marked("This is locked for now. Your text is still here; please try again a little later."),
        "blank": marked("The board is paused. Please wait a moment for the facilitators."),
        "no-dots-left": marked("All of your dots are placed. Take one back to place it elsewhere."),
        "too-many-on-one": marked("This choice takes no more of your dots. Please place the others elsewhere."),
        "too-many": marked("There is no room left for this. Please ask a facilitator."),
        "too-few": marked("It takes at least two notes. Please choose another one as well."),
        "on-a-ballot": marked(
            "People vote on these words, or have voted on them, so they stay as they are. "
            "Notes can be merged once the ballot is closed."
        ),
        "ballot-closed": marked("This ballot is closed. What you had placed before it closed is counted."),
        "changed-since": marked("Somebody changed this in the meantime. Please look at it, then send your text."),
        "unknown": marked("This is no longer on the board. Please reload the page to see it as it is."),
        "id-reused": marked("This was already sent with other words. Please reload the page, then send it again."),
        "not-undoable": marked("This cannot be undone. Please correct it by another action."),
        "storage-full": marked(
            "The board cannot save anything now. Your text is still here; please tell a facilitator."
        ),
        "unavailable": marked("The board is not answering. Please try again in a moment."),
        "unknown-outcome": marked("It is not certain that this was saved. Please send it again; it will count once."),
        "invalid": marked("This cannot be used as it is. Please check it, then send it again."),
        "in-the-past": marked("That time has passed already. Please choose a day and a time to come."),
        "too-far": marked("That is more than two years away. Please choose a nearer day."),
        "no-such-time": marked("On that day the clocks skip this hour. Please choose another time."),
        "nothing-due": marked("No action has a date yet: there is nothing to put into a calendar."),
        "no-start": marked("No start has been set for this session yet. Please ask a facilitator."),
        "slow-down": marked("That was quick. Please wait a moment, then try again."),
        "no-seat": marked("You have no seat on this board yet. Please join with the link or the code."),
        "not-found": marked("There is no board at this address. Please check the link, or join with the code."),
        "stale-link": marked("This link no longer works. Please ask a facilitator for the new one."),
        "unknown-code": marked("No open board has this code. Please check its six characters."),
        "wrong-key": marked("This key opens nothing here. Please check it, or ask whoever runs this site."),
        "wrong-origin": marked("This came from another site and was not accepted. Please try it on the board itself."),
        "wrong-file": marked("This is no picture (PNG, JPEG, WebP or GIF) and no PDF. Please choose another file."),
        "no-letters": marked("There are no letters to print this in. Please choose another language."),
        "unprintable": marked("This could not be printed. Please try again, or with a shorter text."),
        "damaged-file": marked("This file cannot be read. Please save it anew, best as a PDF, then send it again."),
        "protected-file": marked("This PDF asks for a password. Please save it without one, then send it again."),
        "too-many-pages": marked("This has too many pages to be shown. Please send it in parts."),
        "picture-too-large": marked("This picture has too many points. Please make it smaller."),
        "file-too-big": marked("This file is too large to be sent. Please make it smaller."),
        "files-full": marked("This board keeps as many files as it may. Removed ones leave after a day."),
        "too-big": marked("This is too large to be sent. Please shorten it, then send it again."),
        "waiting": marked("A facilitator will let you in. Please stay on this page."),
        "door-closed": marked("The door is closed at the moment. Please ask a facilitator to open it."),
        "busy": marked("This server rehearses as much as it can already. Please try again in a few minutes."),
        "not-a-rehearsal": marked(
            "Simulated participants come to a rehearsal only, never to the board itself. Please rehearse on a copy."
        ),
        "closed": marked("The session is over. You can still read the board and its results."),
        "other": marked("The board could not accept this. Please reload the page, then try again."),
    }
)
