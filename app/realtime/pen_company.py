"""Who writes a version together, as the server knows them: nobody says of themselves who they are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.board.board import Board
from app.board.headlined import drafting
from app.board.records import Person
from app.realtime.pen_messages import introduced
from app.realtime.pen_updates import number, sized

# What another process says of its writers holds for so long: two of its beats may be lost.
HOLDS = 25.0
MOST_ELSEWHERE = 30
# The number under which the server tells of the document itself.
SERVER = 0


class PenLine(Protocol):
    """A line to one writer. Neither method ever waits."""

    def tell(self, message: bytes) -> None:
        """Send one message, or give the line up when too much is waiting."""

    def close(self, code: int, reason: str = "") -> None:
        """Close; the reason is a refusal's code."""


@dataclass(slots=True, eq=False)
class Writer:
    """One page with the pen in its hand. `heard` counts what came from it and was taken in."""

    line: PenLine
    person: str
    heard: int = 0


@dataclass(slots=True)
class Company:
    """Everybody who was here, by the number that they go by on the line; whoever left is told as gone."""

    numbers: dict[str, int] = field(default_factory=dict)
    told_times: int = 0
    _elsewhere: dict[str, tuple[tuple[str, ...], float]] = field(default_factory=dict)

    def hear(self, process: str, people: Sequence[object], now: float) -> bool:
        """Who writes it at another process; whether that process has said so before."""
        known = process in self._elsewhere
        self._elsewhere[process] = tuple(str(person)[:64] for person in people[:MOST_ELSEWHERE]), now + HOLDS
        return known

    def elsewhere(self, now: float) -> set[str]:
        """Everybody who writes it at other processes, as far as these have said so lately."""
        self._elsewhere = {at: said for at, said in self._elsewhere.items() if said[1] > now}
        return {person for people, _ in self._elsewhere.values() for person in people}

    def introduce(
        self, board: Board, to: Iterable[Writer], writers: Iterable[Writer], facts: Mapping[str, object], now: float
    ) -> None:
        """Tell these who else writes it, here and elsewhere, with the document's facts."""
        here = [*(each.person for each in writers), *sorted(self.elsewhere(now))]
        for each in to:
            each.line.tell(introduced(self.told(board, here, each.person, {**facts, "heard": each.heard})))

    def told(self, board: Board, here: Sequence[str], to: str, facts: Mapping[str, object]) -> bytes:
        """What one of them is told, in the form of y-protocols' awareness: the others, and the document's facts."""
        for person in here:
            self.numbers.setdefault(person, len(self.numbers) + 1)
        self.told_times += 1
        rows = [(SERVER, json.dumps({"pen": facts}))]
        for person, place in self.numbers.items():
            rows.append((place, _introduction(board, person if person in here and person != to else "")))
        said = b"".join(number(place) + number(self.told_times) + sized(state.encode()) for place, state in rows)
        return number(len(rows)) + said


def _introduction(board: Board, person_id: str) -> str:
    """A name and a place; where nobody is named, only that somebody is there."""
    person = board.get(Person, person_id)
    if person is None:
        return "null"
    step = drafting(board)
    named = step is None or not step.anonymous
    return json.dumps({"user": {"name": person.name if named else "", "place": person.place if named else ""}})
