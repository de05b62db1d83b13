"""Processes that hear each other at once, without a broker between them; a line can be cut, a kind of hint lost."""

import json
from collections.abc import Mapping
from typing import Any

from app.realtime.neighbours import Hear


class Between:
    """All processes of a test. What is said is written down, as (process, board, kind, said)."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, str, dict]] = []
        self.cut: set[str] = set()
        self.lost: set[str] = set()
        self._ears: dict[str, list[Hear]] = {}

    def process(self, name: str) -> "Neighbour":
        """One of them."""
        self._ears[name] = []
        return Neighbour(self, name)

    def carry(self, name: str, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """To all others, as they would read it; not from or to whoever is cut off."""
        carried = json.loads(json.dumps(said))
        self.said.append((name, board, kind, carried))
        for other, ears in self._ears.items():
            for hear in ears:
                if other != name and kind not in self.lost and not {other, name} & self.cut:
                    hear(board, kind, name, carried)

    def listen(self, name: str, hear: Hear) -> None:
        """Have `hear` told what the others say."""
        self._ears[name].append(hear)

    def kinds(self, kind: str) -> list[dict]:
        """What was said of this kind."""
        return [said for _, _, each, said in self.said if each == kind]


class Neighbour:
    """`app.realtime.neighbours.Neighbours` for one of them."""

    there = True

    def __init__(self, between: Between, name: str) -> None:
        self._between, self.name = between, name

    def say(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """Heard before this returns."""
        self._between.carry(self.name, board, kind, said)

    def listen(self, hear: Hear) -> None:
        """Hear the others."""
        self._between.listen(self.name, hear)
