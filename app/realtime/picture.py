"""What pages were last told of who is gathered, so that only what differs is told again, once a second."""

from collections.abc import Mapping
from secrets import randbelow
from typing import Final

from app.board.board import Board
from app.board.gathering import Gathering, Group, gathering
from app.board.parts import Part

WHOLE: Part = "welcome"
SUMMARY: Part = "gathered"
# Far apart, and together below what an address may say.
BEGINNINGS: Final = 1 << 24
LIVES: Final = 1 << 24


class Picture:
    """Numbers its own changes: a page says the number that it was drawn at, and is told what changed since."""

    def __init__(self) -> None:
        # Another process, and this one after a restart, counts from elsewhere: its numbers say nothing here.
        self._first = self.number = randbelow(BEGINNINGS) * LIVES
        self._told: Gathering | None = None
        self._changed: dict[Part, int] = {}

    def advance(self, board: Board, here: Mapping[str, int]) -> set[Part]:
        """The parts that differ from what was told."""
        now, told = gathering(board, here), self._told
        if now == told:
            return set()
        self._told = now
        self.number += 1
        before, after = _groups(told), _groups(now)
        parts = {f"{WHOLE}/{code}" for code in {**before, **after} if before.get(code) != after.get(code)} | {SUMMARY}
        self._changed |= dict.fromkeys(parts, self.number)
        return parts

    def since(self, number: int | None) -> set[Part]:
        """The parts that a page lacks which was drawn at that number; nothing for a page that shows no picture."""
        if number is None:
            return set()
        if not self._first <= number <= self.number:
            return {WHOLE}
        return {part for part, at in self._changed.items() if at > number}


def _groups(gathered: Gathering | None) -> Mapping[str, Group]:
    return gathered.groups if gathered else {}
