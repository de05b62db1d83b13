"""The log of a board, line by line: what facilitators did and who came; never what people wrote, nor who wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.board import Board
from app.board.entries import Entry
from app.board.forgetting import FORGOTTEN
from app.board.records import Action, Comment, Headline, Note, Now, Person, Record, Step, Survey, Theme, whose
from app.board.rule import FACILITATING, hushes
from app.realtime.room import Room
from web.happenings import log_sentence
from web.views.steps import said
from web.words import Words

MOST = 200
COMING = frozenset({"person.join", "person.forget"})
NOT_UNDOABLE = frozenset({"person.join", "person.forget", "door.rotate", "ballot.close", "survey.open"})
OWN_WORDS = frozenset(
    {"note.add", "note.edit", "note.color", "note.react", "note.resubmit", "person.language", "hand"}
    | {"note.comment", "note.translate", "person.move", "survey.answer"}
    | {"headline.add", "headline.edit", "headline.cowrite", "headline.claim"}
    | {"ballot.cast", "ballot.cast_for", "ballot.retract", "ballot.done"}
)
# Sixty of these in a talk would push out all that matters; a page is turned back as it was turned.
TOO_SMALL = frozenset({"stage.page"})
TAKEN_BACK = frozenset({"note.delete", "note.restore", "comment.delete", "headline.withdraw", "headline.restore"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One act: when (seconds), what was done in one sentence, and whether it can be undone from here."""

    seq: int
    at: float
    what: str
    sentence: str
    undoable: bool


def log_lines(room: Room, words: Words) -> list[LogLine]:
    """The newest acts, newest first."""
    kept = [entry for entry in room.history.acts(10 * MOST) if _tellable(room.board, entry)]
    return [_line(room.board, entry, words) for entry in kept[:MOST]]


def _tellable(board: Board, entry: Entry) -> bool:
    """A note or a vote beside the minute it was made would name its unnamed author: only hosts' acts are told."""
    actor = board.get(Person, entry.actor)
    by_host = actor is not None and actor.role in FACILITATING
    untold = entry.what in OWN_WORDS | TOO_SMALL or _takes_back(entry)
    return entry.what in COMING or (by_host and not untold)


def _takes_back(entry: Entry) -> bool:
    """Did somebody delete or restore what they wrote themselves?"""
    written = [record for record in entry.after.values() if isinstance(record, Note | Comment | Headline)]
    return entry.what in TAKEN_BACK and any(whose(each) == entry.actor for each in written)


def _undoable(entry: Entry) -> bool:
    """As far as it may show: whether a mute through a note changed anything would tell two authors apart."""
    if entry.what == "note.mute_author":
        return True
    seen = any(not hushes(entry.before.get(at), after) for at, after in entry.after.items())
    return seen and entry.what not in NOT_UNDOABLE


def _line(board: Board, entry: Entry, words: Words) -> LogLine:
    actor = board.get(Person, entry.actor)
    facts: dict[str, object] = {"who": _called(actor, words)}
    facts |= _facts(board, entry.before, entry.after, words, blind=entry.what == "note.mute_author")
    return LogLine(
        seq=entry.seq,
        at=entry.at,
        what=entry.what,
        sentence=log_sentence(words, entry.what, facts),
        undoable=_undoable(entry),
    )


def _called(actor: Person | None, words: Words) -> str:
    if actor is None:
        return ""
    return words.gettext("Somebody") if actor.name == FORGOTTEN else actor.name


def _facts(
    board: Board,
    before: Mapping[tuple[str, str], Record | None],
    after: Mapping[tuple[str, str], Record | None],
    words: Words,
    *,
    blind: bool,
) -> dict[str, object]:
    facts: dict[str, object] = {}
    for at, new in after.items():
        record = new if new is not None else before.get(at)
        if isinstance(record, Person) and not blind:
            facts["whom"] = record.name
        elif isinstance(record, Step):
            facts["title"] = said(record.title, words.language, board.about.language)[0]
        elif isinstance(record, Theme):
            facts["title"] = record.title
        elif isinstance(record, Now):
            facts |= _turned(board, before.get(at), record, words)
        facts |= _switched(before.get(at), new)
    return facts


def _turned(board: Board, old: Record | None, new: Now, words: Words) -> dict[str, object]:
    step = board.get(Step, new.step)
    if isinstance(old, Now) and old.step != new.step and step is not None:
        return {"title": said(step.title, words.language, board.about.language)[0]}
    return {}


def _switched(old: Record | None, new: Record | None) -> dict[str, object]:
    if isinstance(old, Comment) and isinstance(new, Comment) and old.state != new.state:
        return {"on": new.state == "hidden"}
    if isinstance(old, Headline) and isinstance(new, Headline) and old.state != new.state:
        return {"on": new.state == "hidden"}
    if isinstance(new, Survey):
        before = old if isinstance(old, Survey) else Survey()
        return {"on": new.shared if before.shared != new.shared else new.state == "open"}
    if isinstance(old, Action) and isinstance(new, Action) and old.state != new.state:
        return {"on": new.state == "done"}
    for name in ("locked", "blank", "pinned", "muted"):
        was, now = getattr(old, name, None), getattr(new, name, None)
        if isinstance(now, bool) and was != now:
            return {"on": now}
    return {}
