"""A drawing without HTML: each stale part as one line of what its audience sees of it, for tests of live boards."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.board.audience import FACILITATORS, Base, Only, is_signed, is_silent, may_see
from app.board.board import Board
from app.board.counting import seen_tally, turnout
from app.board.parts import Part
from app.board.records import Ballot, Cast, Comment, Note, Person, Step, Translation
from app.realtime.wire import Sight

GONE = None
FOR_ALL = ("title", "agenda", "now", "timer", "announcement", "spotlight", "here")
FOR_FACILITATORS = ("people", "hands", "waiting", "door")
CONTAINERS = ("section", "ballots", "ballot")


@dataclass
class Plain:
    """Draws, and counts what was drawn for whom."""

    drawn: Counter[tuple[Part, Base, str]] = field(default_factory=Counter)
    passes: Counter[tuple[Base, str]] = field(default_factory=Counter)
    fault: Exception | None = None

    def shared(self, sight: Sight, parts: Collection[Part], base: Base, language: str) -> str:
        """One line a part: [part, where it belongs, what it shows]."""
        if self.fault is not None:
            raise self.fault
        if base is Base.WAITING:
            return ""
        self.passes[base, language] += 1
        self.drawn.update((part, base, language) for part in parts)
        ordered = sorted(parts, key=lambda part: (part.partition("/")[0] not in CONTAINERS, part))
        return "\n".join(json.dumps(line) for part in ordered for line in lines(sight, part, base, language))

    def own(self, sight: Sight, parts: Collection[Part], person: str, language: str) -> str:
        """One person's own lines."""
        return "".join(f"\n{json.dumps([part, None, own(sight.board, part, person)])}" for part in sorted(parts))


Seen = list[Any]


def page(sight: Sight, base: Base, person: str, language: str) -> dict[str, Any]:
    """Everything that a page drawn afresh shows, by part."""
    board = sight.board
    parts: list[Part] = [*FOR_ALL, *FOR_FACILITATORS]
    parts += [f"section/{step.id}" for step in board.steps]
    parts += [f"note/{note.id}" for note in board.all(Note)]
    parts += [f"comment/{comment.id}" for comment in board.all(Comment)]
    parts += [f"ballot/{ballot.id}" for ballot in board.all(Ballot)]
    shown = {} if base is Base.WAITING else _fold(line for part in parts for line in lines(sight, part, base, language))
    if person and base is not Base.WAITING:
        shown |= {f"{kind}/{person}": own(board, f"{kind}/{person}", person) for kind in ("mine", "own")}
    return shown


def _fold(drawn: Iterator[Seen]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for part, into, value in drawn:
        if value is not GONE:
            shown[part] = [into, value]
    return shown


def lines(sight: Sight, part: Part, base: Base, language: str) -> Iterator[Seen]:
    """What a part shows to an audience: [part, the part that it stands in, what it shows]."""
    board, (kind, _, id_) = sight.board, part.partition("/")
    if kind in FOR_FACILITATORS:
        if base is FACILITATORS:
            yield [kind, None, _of_hosts(kind, sight)]
    elif kind in FOR_ALL:
        yield [kind, None, f"{language}: {_whole(kind, sight, base)}"]
    elif kind in ("note", "talk"):
        yield _note(board, id_, base)
    elif kind == "comment":
        yield _comment(board, id_, base)
    elif kind == "comments":
        yield from (_comment(board, comment.id, base) for comment in board.all(Comment))
    elif kind in ("section", "prompt", "wall", "count"):
        yield from _step(board, kind, id_, base)
    elif kind == "ballots":
        yield from (_ballot(sight, ballot.id, base) for ballot in board.ballots(id_))
    elif kind in ("ballot", "tally", "progress"):
        yield _ballot(sight, id_, base)


def _whole(kind: str, sight: Sight, base: Base) -> str:
    board, now = sight.board, sight.board.now
    shown: Mapping[str, Any] = {
        "title": board.about.title,
        "agenda": [(step.id, step.title.get("en"), step.id == now.step) for step in board.steps],
        "now": (now.step, now.locked, now.blank, now.closed, board.step),
        "timer": board.timer,
        "announcement": now.announcement,
        "spotlight": _spotlit(board, base),
        "here": sorted({person.place for person in board.people() if person.id in sight.here}),
    }
    return str(shown[kind])


def _spotlit(board: Board, base: Base) -> str:
    note = board.get(Note, board.now.spotlight.removeprefix("note:"))
    return note.text if note is not None and may_see(board, note, base) else ""


def _of_hosts(kind: str, sight: Sight) -> str:
    board = sight.board
    people = [(person.id, person.name, person.state, person.role, person.id in sight.here) for person in board.people()]
    shown = {
        "people": people,
        "hands": [person.name for person in board.people() if person.hand_at is not None],
        "waiting": [person.name for person in board.people() if person.state == "waiting"],
        "door": board.door,
    }
    return str(shown[kind])


def _note(board: Board, id_: str, base: Base) -> Seen:
    note = board.get(Note, id_)
    if note is None or not may_see(board, note, base) or board.get(Step, note.step) is None:
        return [f"note/{id_}", None, GONE]
    hearts = sorted(reaction.emoji for reaction in board.reactions(id_))
    signed = note.author if is_signed(note) else ""
    added = [each.text for each in board.inside(Translation, id_)]
    added.append(str(sum(each.state == "shown" for each in board.inside(Comment, id_))))
    may = board.need(Step, note.step).react
    shown = f"{added}|{note.text}|{note.state}|{note.pinned}|{note.color}|{hearts}|{signed}|{may}"
    return [f"note/{id_}", f"section/{note.step}", shown]


def _comment(board: Board, id_: str, base: Base) -> Seen:
    comment = board.get(Comment, id_)
    if comment is None or not may_see(board, comment, base):
        return [f"comment/{id_}", None, GONE]
    return [f"comment/{id_}", None, f"{comment.text}|{comment.state}|{comment.author if is_signed(comment) else ''}"]


def _step(board: Board, kind: str, id_: str, base: Base) -> Iterator[Seen]:
    step = board.get(Step, id_)
    if step is None:
        yield [f"section/{id_}", None, GONE]
        return
    yield [f"section/{id_}", None, f"{step.order}|{step.title.get('en')}|{step.kind}|{step.silent}|{step.revealed}"]
    if kind in ("wall", "section"):
        yield from (_note(board, note.id, base) for note in board.notes(id_))
    if kind == "section":
        sight = Sight(board)
        yield from (_ballot(sight, ballot.id, base) for ballot in board.ballots(id_))


def _ballot(sight: Sight, id_: str, base: Base) -> Seen:
    board = sight.board
    ballot = board.get(Ballot, id_)
    if ballot is None or not may_see(board, ballot, base) or board.get(Step, ballot.step) is None:
        return [f"ballot/{id_}", None, GONE]
    counted = seen_tally(board, ballot, base)
    rows = [(row.ref, row.dots, dict(row.by_person)) for row in counted.rows] if counted else "sealed"
    return [f"ballot/{id_}", f"section/{ballot.step}", f"{ballot.title}|{ballot.state}|{rows}|{turnout(board, ballot)}"]


def own(board: Board, part: Part, person: str) -> str:
    """What is only this person's."""
    somebody = board.get(Person, person)
    if part.startswith("own/"):
        mine = [note for note in board.by(Note, person) if may_see(board, note, Only(person))]
        notes = [note for note in mine if note.state != "shown" or is_silent(board, note)]
        return str([(note.id, note.text, note.state) for note in notes])
    votes = {ballot.id: _votes(board, ballot, person) for ballot in board.all(Ballot) if ballot.state == "open"}
    return str((somebody and (somebody.muted, somebody.role, somebody.place, somebody.hand_at), votes))


def _votes(board: Board, ballot: Ballot, person: str) -> list[tuple[str, dict[str, int], bool]]:
    casts = [cast for cast in board.casts(ballot.id) if may_see(board, cast, Only(person))]
    return [(cast.by, dict(cast.choices), cast.done) for cast in sorted(casts, key=_order)]


def _order(cast: Cast) -> str:
    return cast.id
