"""Who is here: whoever has a tab open in this process, and what the other processes say of theirs."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.realtime.neighbours import Neighbours
from app.realtime.wire import Clock

# What another process says holds for so long: two of its beats may be lost.
HOLDS: Final = 25.0
# It is said no more often than this; of very many people more rarely, so that it never costs more.
PAUSE: Final = 1.0
A_SECOND_OF: Final = 1_000
MOST_PROCESSES: Final = 100
MOST_TABS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Other:
    """What another process said last."""

    people: Mapping[str, int]
    screens: int
    until: float


class Here:
    """The tabs of each person, in all processes together. Each process says the whole of its own, never a change."""

    def __init__(
        self, board: str, neighbours: Neighbours, screens: Callable[[], int], ticks: Clock | None = None
    ) -> None:
        self._board, self._neighbours, self._screens = board, neighbours, screens
        self._ticks = ticks or _now
        self._own: Counter[str] = Counter()
        self._others: dict[str, Other] = {}
        self._unsaid = False
        self._next_at = 0.0
        self.lost = False
        # A person who has tabs in two processes is one person.
        self.people: Counter[str] = Counter() if neighbours.there else self._own
        neighbours.say(board, "who", {})

    @property
    def screens(self) -> int:
        """How many screens the other processes have."""
        return sum(other.screens for other in self._others.values())

    def count(self, person: str, by: int) -> None:
        """So many tabs of this person more; of nobody's, a screen's."""
        if person:
            _add(self._own, person, by)
            if self.people is not self._own:
                _add(self.people, person, by)
        self._unsaid = self._neighbours.there
        self.say_soon()

    def say_soon(self) -> None:
        """Say what has changed, unless it was said just now: then it is said when this is asked again."""
        if self._unsaid and self._ticks() >= self._next_at:
            self.say()

    def say(self) -> None:
        """Say who is in this process, all of them."""
        if not self._neighbours.there:
            return
        self._unsaid = False
        self._next_at = self._ticks() + PAUSE * max(1.0, len(self._own) / A_SECOND_OF)
        self._neighbours.say(self._board, "here", {"people": self._own, "screens": self._screens()})

    def heard(self, process: str, said: Mapping[str, Any]) -> bool:
        """Another process said who is in it; whether anything is different now. Raises ValueError for nonsense."""
        people = {_id(person): _tabs(tabs) for person, tabs in dict(said["people"]).items()}
        other = Other(people, _tabs(said["screens"]), self._ticks() + HOLDS)
        if process not in self._others and len(self._others) >= MOST_PROCESSES:
            return False
        return self._replace(process, other)

    def beat(self) -> bool:
        """Every ten seconds: say it again, and forget who says nothing any more; whether anything is different now."""
        now = self._ticks()
        if self._own or self._screens() or self._unsaid:
            self.say()
        silent = [process for process, other in self._others.items() if other.until <= now and not self.lost]
        changed = [self._replace(process, None) for process in silent]
        return any(changed)

    def turned(self, *, lost: bool) -> None:
        """The others cannot be heard any more: what they said last holds. Or they can again: then they are asked."""
        self.lost = lost
        if lost:
            return
        until = self._ticks() + HOLDS
        self._others = {at: Other(other.people, other.screens, until) for at, other in self._others.items()}
        self._neighbours.say(self._board, "who", {})
        self.say()

    def _replace(self, process: str, other: Other | None) -> bool:
        was = self._others.pop(process, None)
        if other is not None and (other.people or other.screens):
            self._others[process] = other
        before, after = (was.people if was else {}), (other.people if other else {})
        for person, tabs in before.items():
            _add(self.people, person, -tabs)
        for person, tabs in after.items():
            _add(self.people, person, tabs)
        return before != after or (was.screens if was else 0) != (other.screens if other else 0)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _add(people: Counter[str], person: str, tabs: int) -> None:
    people[person] += tabs
    if people[person] <= 0:
        del people[person]


def _id(person: object) -> str:
    if not isinstance(person, str) or not 0 < len(person) <= 64:
        raise ValueError("no person")
    return person


def _tabs(tabs: object) -> int:
    if not isinstance(tabs, int) or not 0 <= tabs <= MOST_TABS:
        raise ValueError("no number of tabs")
    return tabs
