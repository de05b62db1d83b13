"""What live boards tell of themselves in numbers, to whoever counts. Nobody who counts is asked for anything."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, Protocol

from app.board.asking import Refused
from app.board.entries import Entry
from app.board.keeping import StorageFull

RESUMED: Final = "resumed"
REFRESHED: Final = "refreshed"
# By which way a page follows a board, or writes a version together with others.
SOCKET, STREAM, PEN = "socket", "stream", "pen"


class Meter(Protocol):
    """Counts. No method waits or fails; none is called for each line of a pass. Nothing it hears names a board."""

    def answered(self, command: str, outcome: str) -> None:
        """A command was answered: `outcome_of` its answer."""

    def committed(self, commands: int, seconds: float) -> None:
        """So many commands were kept in one transaction, which took so long."""

    def told(self, seconds: float, written: int) -> None:
        """Everybody was told what went stale: how long that took, and bytes for all lines together."""

    def resynced(self, how: str, pages: int = 1) -> None:
        """Pages had missed something: they were told it (`RESUMED`), or to come for a new page (`REFRESHED`)."""

    def took_in(self, entries: Sequence[Entry]) -> None:
        """Other processes wrote these entries."""

    def ended(self, way: str, code: int | None) -> None:
        """A line ended with that close code."""

    def limited(self, gate: str) -> None:
        """Somebody tried that more often than they may."""

    def outdated(self) -> None:
        """A page of another version of Flipchart opened a line."""

    def failed(self, fault: Exception) -> None:
        """The database could not do what it was asked; called in any thread."""

    def lagged(self, seconds: float) -> None:
        """The event loop came to what was due so much too late."""


class Silent:
    """Nobody counts."""

    def answered(self, command: str, outcome: str) -> None:
        """Not counted."""

    def committed(self, commands: int, seconds: float) -> None:
        """Not counted."""

    def told(self, seconds: float, written: int) -> None:
        """Not counted."""

    def resynced(self, how: str, pages: int = 1) -> None:
        """Not counted."""

    def took_in(self, entries: Sequence[Entry]) -> None:
        """Not counted."""

    def ended(self, way: str, code: int | None) -> None:
        """Not counted."""

    def limited(self, gate: str) -> None:
        """Not counted."""

    def outdated(self) -> None:
        """Not counted."""

    def failed(self, fault: Exception) -> None:
        """Not counted."""

    def lagged(self, seconds: float) -> None:
        """Not counted."""


def outcome_of(answer: "asyncio.Future[Any]") -> str:
    """What a command came to: accepted, the code of its refusal, storage-full, unknown; unheard if nobody waited."""
    if answer.cancelled():
        return "unheard"
    match answer.exception():
        case None:
            return "accepted"
        case Refused() as refused:
            return refused.code
        case StorageFull():
            return "storage-full"
        case _:
            return "unknown"


async def watch_lag(meter: Meter, *, every: float = 0.5) -> None:
    """Until cancelled: see how much later than asked one is woken."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        meter.lagged(max(0.0, loop.time() - due))
