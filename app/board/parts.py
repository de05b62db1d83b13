"""Which parts of the page a changed record makes stale; a part is a name such as "note/n17" or "agenda"."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from app.board.board import Board
from app.board.records import (
    About,
    Ballot,
    Cast,
    Door,
    Key,
    Note,
    Now,
    Person,
    Reaction,
    Record,
    Step,
    Timer,
)

Part = str


def parts_of(
    board: Board, before: Mapping[Key, Record | None], after: Mapping[Key, Record | None]
) -> set[Part]:
    """The parts that differ between the two, drawn from the board as it is after the change."""
    dirty: set[Part] = set()
    for at, new in after.items():
        old = before.get(at)
        if old != new:
            dirty.update(_parts(board, old, new))
    return dirty


def _parts(board: Board, old: Record | None, new: Record | None) -> Iterable[Part]:
    record = new if new is not None else old
    if record is None:
        return ()
    match record:
        case Note():
            return _of_note(board, record, old, new)
        case Reaction():
            return (f"note/{record.note}", f"mine/{record.person}")
        case Step():
            return _of_step(board, record, old, new)
        case Person():
            return _of_person(board, record, old)
        case Ballot():
            return _of_ballot(board, record, old)
        case Cast():
            return _of_cast(board, record, old)
        case Now():
            return _of_now(board, old, new)
        case Timer():
            return ("timer", "run")
        case Door():
            return ("door", "screen-door")
        case About():
            return ("title",)
        case _:
            assert_never(record)


def _of_note(board: Board, note: Note, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield f"note/{note.id}"
    yield f"own/{note.author}"
    yield f"queue/{note.id}"
    yield f"count/{note.step}"
    if isinstance(old, Note) and old.step != note.step:
        yield f"count/{old.step}"
    if old is None or new is None or (isinstance(old, Note) and old.state != note.state):
        yield f"mine/{note.author}"
    for ballot in board.all(Ballot):
        if f"note:{note.id}" in ballot.candidates and old is not None:
            yield f"ballot/{ballot.id}"
    if board.now.spotlight == f"note:{note.id}":
        yield "spotlight"


def _of_step(board: Board, step: Step, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield from ("agenda", "run", "now")
    if old is None or new is None:
        yield f"section/{step.id}"
        return
    yield f"prompt/{step.id}"
    if not isinstance(old, Step) or (old.silent, old.revealed) != (step.silent, step.revealed):
        yield from (f"wall/{step.id}", f"count/{step.id}")
        yield from (f"own/{person}" for person in {note.author for note in board.notes(step.id)})


def _of_person(board: Board, person: Person, old: Record | None) -> Iterator[Part]:
    yield from ("people", f"mine/{person.id}")
    before = old if isinstance(old, Person) else None
    if (before.hand_at if before else None) != person.hand_at:
        yield "hands"
    if "waiting" in (before.state if before else "", person.state):
        yield "waiting"
    if before is not None and before.place != person.place:
        yield from (f"progress/{ballot.id}" for ballot in board.all(Ballot) if ballot.state == "open")


def _of_ballot(board: Board, ballot: Ballot, old: Record | None) -> Iterator[Part]:
    yield f"ballot/{ballot.id}"
    yield f"ballots/{ballot.step}"
    if old is None or (isinstance(old, Ballot) and old.state != ballot.state):
        yield from (f"mine/{person.id}" for person in board.people())
        yield "run"


def _of_cast(board: Board, cast: Cast, old: Record | None) -> Iterator[Part]:
    yield from (f"tally/{cast.ballot}", f"progress/{cast.ballot}")
    voters = {cast.by} | ({old.by} if isinstance(old, Cast) else set())
    ballot = board.get(Ballot, cast.ballot)
    if ballot is not None and ballot.one_per == "place":
        voters |= {person.id for person in board.people() if person.place == cast.place}
    yield from (f"mine/{person}" for person in voters)


def _of_now(board: Board, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield "now"
    if not isinstance(old, Now) or not isinstance(new, Now):
        return
    if old.step != new.step or old.planned_end != new.planned_end:
        yield from ("agenda", "run")
    if (old.announcement, old.announced_at) != (new.announcement, new.announced_at):
        yield "announcement"
    if old.spotlight != new.spotlight or old.blank != new.blank:
        yield "spotlight"
    if old.blank != new.blank:
        for step in board.steps:
            yield from (f"wall/{step.id}", f"ballots/{step.id}", f"count/{step.id}")
    if old.closed != new.closed:
        yield "run"
