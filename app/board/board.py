"""A board: its records under one clock, and the one way in which they change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from app.board.asking import Refused
from app.board.records import (
    KINDS,
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
    key,
    sort_of,
    whose,
    within,
)

R = TypeVar("R", bound=Record)


class Board:
    """All records of one session, found by kind and id and by what they belong to.

    `seq` counts the entries that made it so, `epoch` names the life that the seq counts in.
    """

    __slots__ = ("_agenda", "_by", "_counts", "_inside", "_kinds", "_laid", "_lying", "epoch", "id", "seq")

    def __init__(self, board: str, *, epoch: str, seq: int = 0, records: Iterable[Record] = ()) -> None:
        self.id = board
        self.epoch = epoch
        self.seq = seq
        self._kinds: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        self._inside: dict[Key, dict[str, Record]] = {}
        self._by: dict[Key, dict[str, Record]] = {}
        self._counts: dict[Key, Counter[tuple[str, str]]] = {}
        self._lying: dict[Key, dict[str, Record]] = {}
        self._laid: dict[str, Counter[tuple[str, str, str]]] = {}
        self._agenda: tuple[Step, ...] | None = None
        for record in records:
            self._put(key(record), record)

    def _put(self, at: Key, record: Record | None) -> None:
        kind, id_ = at
        if kind == Step.KIND:
            self._agenda = None
        old = self._kinds[kind].get(id_)
        if old is not None:
            _unlist(
                self._inside,
                (kind, within(old)),
                id_,
                kept=record is not None and within(record) == within(old),
            )
            _unlist(self._by, (kind, whose(old)), id_, kept=record is not None and whose(record) == whose(old))
            if isinstance(old, Note) and old.theme:
                kept = isinstance(record, Note) and record.theme == old.theme
                _unlist(self._lying, (kind, old.theme), id_, kept=kept)
                self._laid[old.theme][old.step, *sort_of(old)] -= 1
        if old is not None:
            self._counts[kind, within(old)][sort_of(old)] -= 1
        if record is not None:
            self._counts.setdefault((kind, within(record)), Counter())[sort_of(record)] += 1
        if record is None:
            self._kinds[kind].pop(id_, None)
            return
        self._kinds[kind][id_] = record
        self._inside.setdefault((kind, within(record)), {})[id_] = record
        self._by.setdefault((kind, whose(record)), {})[id_] = record
        if isinstance(record, Note) and record.theme:
            self._lying.setdefault((kind, record.theme), {})[id_] = record
            self._laid.setdefault(record.theme, Counter())[record.step, *sort_of(record)] += 1

    def apply(self, records: Mapping[Key, Record | None]) -> dict[Key, Record | None]:
        """Give the records their next version and answer the one before. The clock is moved by `advance`."""
        before: dict[Key, Record | None] = {}
        for at, record in records.items():
            before[at] = self._kinds[at[0]].get(at[1])
            self._put(at, record)
        return before

    def advance(self, seq: int) -> None:
        """Move the clock to an entry's seq; seqs are dense, so any other step is a fault."""
        if seq != self.seq + 1:
            raise ValueError(f"seq {seq} does not follow {self.seq}")
        self.seq = seq

    def find(self, at: Key) -> Record | None:
        """The record of that kind and id, or None."""
        return self._kinds[at[0]].get(at[1])

    def get(self, kind: type[R], id_: str) -> R | None:
        """The record of that kind and id, or None."""
        found = self._kinds[kind.KIND].get(id_)
        return found if isinstance(found, kind) else None

    def need(self, kind: type[R], id_: str) -> R:
        """The record of that kind and id; refused `unknown` when there is none."""
        found = self.get(kind, id_)
        if found is None:
            raise Refused("unknown", what=kind.KIND)
        return found

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, in the order in which they came."""
        return [r for r in self._kinds[kind.KIND].values() if isinstance(r, kind)]

    def inside(self, kind: type[R], owner: str) -> list[R]:
        """Every record of a kind that belongs to `owner`: a step's notes, a ballot's casts."""
        return [r for r in self._inside.get((kind.KIND, owner), {}).values() if isinstance(r, kind)]

    def by(self, kind: type[R], person: str) -> list[R]:
        """Every record of a kind that is a person's doing: their notes, their reactions, their casts."""
        return [r for r in self._by.get((kind.KIND, person), {}).values() if isinstance(r, kind)]

    def counted(self, kind: type[Record], owner: str) -> Mapping[tuple[str, str], int]:
        """How many records of a kind belong to `owner`, by `sort_of`: known without looking at each."""
        return self._counts.get((kind.KIND, owner), Counter())

    def laid(self, theme: str) -> Mapping[tuple[str, str, str], int]:
        """How many notes were put into a theme, by (step, state, attribution): known without looking at each."""
        return self._laid.get(theme, Counter())

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return len(self._kinds[kind.KIND])

    def records(self) -> Iterator[Record]:
        """Every record of every kind."""
        for kind in self._kinds.values():
            yield from kind.values()

    @property
    def about(self) -> About:
        """What the board is called and how it began."""
        return self.need(About, "about")

    @property
    def now(self) -> Now:
        """Where the session is."""
        return self.need(Now, "now")

    @property
    def timer(self) -> Timer:
        """The current step's clock."""
        return self.need(Timer, "timer")

    @property
    def door(self) -> Door:
        """Whether people may come in."""
        return self.need(Door, "door")

    @property
    def steps(self) -> list[Step]:
        """The agenda, in its order."""
        if self._agenda is None:
            self._agenda = tuple(sorted(self.all(Step), key=lambda step: (step.order, step.id)))
        return list(self._agenda)

    @property
    def step(self) -> Step | None:
        """The step that the session is in, or None before it began or when the step was removed."""
        return self.get(Step, self.now.step)

    def notes(self, step: str) -> list[Note]:
        """The notes of a step, pinned ones first, then in the order in which they came."""
        return sorted(self.inside(Note, step), key=lambda note: (not note.pinned, note.seq, note.id))

    def lying_in(self, theme: str) -> list[Note]:
        """The notes that were put into a theme, as they came, also those that are not grouped there any more."""
        found = (r for r in self._lying.get((Note.KIND, theme), {}).values() if isinstance(r, Note))
        return sorted(found, key=lambda note: (note.seq, note.id))

    def reactions(self, note: str) -> list[Reaction]:
        """Who reacted to a note, and how."""
        return self.inside(Reaction, note)

    def ballots(self, step: str) -> list[Ballot]:
        """The ballots of a step, oldest first."""
        return sorted(self.inside(Ballot, step), key=lambda ballot: (ballot.seq, ballot.id))

    def casts(self, ballot: str) -> list[Cast]:
        """What has been cast on a ballot."""
        return self.inside(Cast, ballot)

    def people(self) -> list[Person]:
        """Everybody who ever had a seat."""
        return self.all(Person)


def _unlist(index: dict[Key, dict[str, Record]], at: Key, id_: str, *, kept: bool) -> None:
    if kept:
        return
    index[at].pop(id_, None)
    if not index[at]:
        del index[at]
