"""Rehearsals that a server runs itself, on its own boards: few, small, short, one to a board."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from app.rehearsal.company import Plan
from app.rehearsal.figures import Figures

if TYPE_CHECKING:
    from app.rehearsal.ways import App

MOST_AT_ONCE = 3
MOST_PEOPLE = 60
MOST_MINUTES = 30
log = structlog.get_logger()


class Busy(Exception):
    """As many rehearsals as this server runs at once are running."""


@dataclass(slots=True)
class _Running:
    stop: asyncio.Event
    task: "asyncio.Task[None]"


@dataclass(slots=True)
class Rehearsals:
    """Those that run now, by board; all of them end with the server. `elsewhere` has the other processes end theirs."""

    app: "App"
    elsewhere: Callable[[str], None] = lambda _: None
    running: dict[str, _Running] = field(default_factory=dict)

    def start(self, board: str, door: str, plan: Plan) -> None:
        """Begin, and return at once; nothing happens where one runs already. Raises Busy."""
        if board in self.running:
            return
        if len(self.running) >= MOST_AT_ONCE:
            raise Busy
        stop = asyncio.Event()
        task = asyncio.create_task(self._run(board, door, plan, stop), name=f"rehearsal {board}")
        self.running[board] = _Running(stop, task)
        task.add_done_callback(lambda _: self.running.pop(board, None))

    async def _run(self, board: str, door: str, plan: Plan, stop: asyncio.Event) -> None:
        # The HTTP client of simulated participants is for who rehearses: no start should wait for it.
        from app.rehearsal.running import rehearse
        from app.rehearsal.visit import TurnedAway
        from app.rehearsal.ways import Within

        figures = Figures()
        try:
            figures = await rehearse(Within(self.app), door, plan, stop=stop)
        except TurnedAway as away:
            figures.refused[away.code] += 1
        notes, refused = figures.did["note.add"], dict(figures.refused)
        log.info("rehearsed", board=board, people=figures.came, notes=notes, refused=refused)

    async def stop(self, board: str) -> None:
        """End the one on this board, and return once everybody has left; harmless when there is none."""
        found = self.running.get(board)
        if found is not None:
            found.stop.set()
            await asyncio.wait((found.task,))

    async def stop_everywhere(self, board: str) -> None:
        """The same, and in the other processes as well, where they hear of it."""
        self.elsewhere(board)
        await self.stop(board)

    def heard(self, board: str) -> None:
        """Another process says that the one on this board is to end."""
        found = self.running.get(board)
        if found is not None:
            found.stop.set()

    async def close(self) -> None:
        """End all of them."""
        for board in list(self.running):
            await self.stop(board)
