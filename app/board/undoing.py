"""Undo: an entry's changes taken back, field by field and for every kind of record, unless changed since."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from app.board.answering import ANSWER
from app.board.asking import Ask, Changes, Refused
from app.board.board import Board
from app.board.entries import Entry
from app.board.forgetting import FORGET
from app.board.merging import MERGE, apart
from app.board.records import (
    KINDS,
    Action,
    Answers,
    Ballot,
    Campaign,
    Cast,
    Comment,
    Cue,
    Headline,
    Key,
    Note,
    Now,
    Person,
    Record,
    Stage,
    Step,
    Theme,
    Translation,
    Version,
    key,
)
from app.board.rule import Rule, Who, hushes
from app.board.surveying import OPEN, check_not_asked_now

# Votes were cast, links were passed on, results were seen: no undo takes that back.
FOR_EVER = {("door", "generations"), ("person", "moves"), ("ballot", "state"), ("ballot", "closed_at")}
JOIN = "person.join"
UNDO = "board.undo"
# Seconds for which a file that no stage shows any more can be brought back.
FILE_KEPT = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardUndo:
    seq: int


def undo(board: Board, command: BoardUndo, ask: Ask) -> Changes:
    """Gives every field that the entry changed its value from before, in one go.

    What went whole comes back whole: a cleared board's ballots with their casts.
    Refused: unknown {what} entry; not-undoable for casts, joins, rotated links, closed ballots and new
    notes (delete those) or headlines (withdraw those); changed-since {text} when any of it changed again.
    """
    entry = ask.entry
    if entry is None or entry.seq != command.seq:
        raise Refused("unknown", what="entry")
    reverted = {} if entry.what in (JOIN, FORGET) else dict(_reverted(board, entry, ask.seq))
    if not reverted and not all(hushes(entry.before.get(at), after) for at, after in entry.after.items()):
        raise Refused("not-undoable")
    _still_fits(board, reverted)
    check_not_asked_now(board, reverted)
    _still_kept(board, reverted, ask.now - entry.at)
    return Changes(reverted)


def _reverted(board: Board, entry: Entry, seq: int) -> Iterator[tuple[Key, Record | None]]:
    for at, after in entry.after.items():
        before, now = entry.before.get(at), board.find(at)
        if entry.what == MERGE and before is None:
            if isinstance(now, Note) and isinstance(after, Note):
                _unchanged(replace(now, theme=after.theme), after)
                yield at, apart(board, now)
            continue
        if _is_for_ever(entry, at):
            continue
        if before is None or after is None or now is None:
            _unchanged(now, after)
            yield at, before
        elif values := _values(before, after, now, seq):
            yield at, replace(now, **values)


def _is_for_ever(entry: Entry, at: Key) -> bool:
    """A vote is nobody's to take or to give back, unless its whole ballot went or came back with it."""
    before, after = entry.before.get(at), entry.after[at]
    record = after or before
    if isinstance(record, Answers) or entry.what == OPEN:
        return entry.what in (ANSWER, OPEN)
    if isinstance(record, Cast):
        ballot = (Ballot.KIND, record.ballot)
        return ballot not in entry.after or None not in (entry.before.get(ballot), entry.after[ballot])
    if before is None and entry.what != UNDO and isinstance(after, Version):
        return (Headline.KIND, after.headline) in entry.after
    return before is None and entry.what != UNDO and isinstance(after, Note | Comment | Headline | Person)


def _unchanged(now: Record | None, after: Record | None) -> None:
    if _as_told(now) != _as_told(after):
        raise Refused("changed-since", text=_text(now))


def _as_told(record: Record | None) -> Record | None:
    """Without what no entry needs to hold."""
    return replace(record, pen="") if isinstance(record, Version) else record


def _text(record: Record | None) -> str:
    if isinstance(record, Theme):
        return record.title
    return record.text if isinstance(record, Note | Translation | Version | Action) else ""


def _values(before: Record, after: Record, now: Record, seq: int) -> dict[str, Any]:
    """The fields to give back. A text that comes back is a new text to whoever edits it meanwhile."""
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(after)):
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name == "pen" or (after.KIND, name) in FOR_EVER:
            continue
        if name == "hushed" and getattr(now, name) != new:
            continue
        if getattr(now, name) != new:
            raise Refused("changed-since", text=_text(now))
        values[name] = seq if name == "text_seq" else old
    # Who wrote together begins anew, from the words that come back.
    return values | ({"pen": ""} if isinstance(after, Version) and "text" in values else {})


def _still_fits(board: Board, reverted: dict[Key, Record | None]) -> None:
    """Nothing may hang in the air: nothing inside what goes, no cue or session in a step that is not there."""
    for (kind, id_), record in reverted.items():
        inside = (each for inner in KINDS.values() if kind == inner.WITHIN for each in board.inside(inner, id_))
        if record is None and any(reverted.get(key(each), each) is not None for each in inside):
            raise Refused("changed-since", text="")
        if isinstance(record, Cue | Stage) and _comes_to(board, reverted, record.step) is None:
            raise Refused("changed-since", text="")
    now = reverted.get(("now", "now"), board.now)
    if isinstance(now, Now) and now.step and _comes_to(board, reverted, now.step) is None:
        raise Refused("changed-since", text="")


def _still_kept(board: Board, reverted: dict[Key, Record | None], ago: float) -> None:
    """A file that no stage shows is kept for a while, and erased after that."""
    shown = {stage.file for stage in board.all(Stage)} | {each.logo for each in board.all(Campaign)} | {""}
    coming = {record.file for record in reverted.values() if isinstance(record, Stage)}
    coming |= {record.logo for record in reverted.values() if isinstance(record, Campaign)}
    if ago > FILE_KEPT and not coming <= shown:
        raise Refused("not-undoable")


def _comes_to(board: Board, reverted: dict[Key, Record | None], step: str) -> Record | None:
    at = (Step.KIND, step)
    return reverted[at] if at in reverted else board.find(at)


RULES = (Rule(UNDO, BoardUndo, undo, Who.FACILITATORS),)
