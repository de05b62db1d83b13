"""Processes beside each other, in memory: what they say to each other is lost, doubled, late or made up."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from app.realtime.neighbours import Hear


class Neighbourhood:
    """Carries what each of its houses says to all the others; `fate` says how often each word comes, and how late."""

    def __init__(self, fate: Callable[[], tuple[float, ...]] = lambda: (0.0,)) -> None:
        self.fate = fate
        self.houses: list[House] = []
        self._built = itertools.count()
        self.said: list[tuple[str, str, str, Mapping[str, Any]]] = []

    def house(self) -> "House":
        """Another process moves in."""
        moved = House(self, f"process-{next(self._built)}")
        self.houses.append(moved)
        return moved

    def lie(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """Somebody says what is not so, to everybody."""
        for house in self.houses:
            house.hears(board, kind, "nobody", said)

    def carry(self, by: "House", board: str, kind: str, said: Mapping[str, Any]) -> None:
        self.said.append((by.name, board, kind, said))
        for house in self.houses:
            for late in self.fate() if house is not by else ():
                asyncio.get_running_loop().call_later(late, house.hears, board, kind, by.name, said)


class House:
    """One process's neighbours (`app.realtime.neighbours.Neighbours`)."""

    there = True

    def __init__(self, neighbourhood: Neighbourhood, name: str) -> None:
        self._neighbourhood, self.name = neighbourhood, name
        self._hear: Hear | None = None

    def say(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        self._neighbourhood.carry(self, board, kind, dict(said))

    def listen(self, hear: Hear) -> None:
        self._hear = hear

    def hears(self, board: str, kind: str, process: str, said: Mapping[str, Any]) -> None:
        if self._hear is not None:
            self._hear(board, kind, process, said)


def nothing() -> tuple[float, ...]:
    """Everything that is said is lost."""
    return ()


def by_chance(chance: Random) -> Callable[[], tuple[float, ...]]:
    """Lost, doubled or late, as it comes."""
    return lambda: chance.choice(((), (), (0.0,), (0.4,), (0.0, 0.3), (2.5, 0.0, 0.1)))
