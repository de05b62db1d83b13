"""Whether this server can take what people write, and why not: asked by whoever sends people here."""

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from types import MappingProxyType
from typing import Final

import structlog

from app.board.keeping import Keeper, NoTables, NotDurable, OutcomeUnknown, StorageFull, Unavailable

FULL, AWAY, NO_TABLES, NOT_DURABLE = "disk-full", "database-unreachable", "tables-missing", "not-durable"
# Bytes that must be left where SQLite has its file: below that the next busy minute is refused.
FLOOR: Final = 16 * 1024 * 1024
SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        FULL: "The disk is full, or less than 16 MiB is left on it: what people write is not kept.",
        AWAY: "The database cannot be reached or used.",
        NO_TABLES: "The database has no tables: flipchart migrate makes them.",
        NOT_DURABLE: (
            "The database does not wait until what it keeps is on the disk: fsync, full_page_writes or"
            " synchronous_commit is off in PostgreSQL, or synchronous is below FULL in SQLite."
        ),
    }
)
# Seconds between two tries to write, and for which a database may think about it.
EVERY: Final = 5.0
PATIENCE: Final = 5.0
log = structlog.get_logger()


def is_nearly_full(directory: Path) -> bool:
    """Whether too little is left on its disk; False where nobody can say."""
    try:
        there = os.statvfs(directory)
    except OSError:
        return False
    return there.f_bavail * there.f_frsize < FLOOR


class Readiness:
    """`disk` is where SQLite has its file, None with another database. One line is logged at each change."""

    def __init__(self, keeper: Keeper, disk: Path | None, *, every: float = EVERY, patience: float = PATIENCE) -> None:
        self._keeper, self._disk, self._every, self._patience = keeper, disk, every, patience
        self._turn = asyncio.Lock()
        self._due = 0.0
        self._written: tuple[str | None, str] = (None, "")
        # Whether somebody's words were refused for lack of room, or nobody knows yet.
        self._was_full = True
        self.why: str | None = None

    def hear(self, fault: Exception) -> None:
        """The database failed somebody; called in any thread."""
        if isinstance(fault, StorageFull):
            self._was_full, self._due = True, 0.0

    async def look(self) -> str | None:
        """Why it is not ready (a key of `SENTENCES`), or None when it is."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._patience):
                    why, detail = await self._found()
            except TimeoutError:
                why, detail = AWAY, "it does not answer"
            if why != self.why:
                self.why = why
                log.warning("not ready", why=why, detail=detail) if why else log.info("ready again")
            return why

    async def _found(self) -> tuple[str | None, str]:
        try:
            await self._run(self._keeper.reader, self._keeper.ready)
        except (NoTables, Unavailable) as no:
            return (NO_TABLES if isinstance(no, NoTables) else AWAY), str(no)
        if self._disk is not None and is_nearly_full(self._disk):
            return FULL, ""
        now = asyncio.get_running_loop().time()
        if now >= self._due:
            self._due = now + self._every
            self._written = await self._tried()
        return self._written

    async def _tried(self) -> tuple[str | None, str]:
        much, self._was_full = self._was_full, True
        try:
            await self._run(self._keeper.writer, lambda: self._keeper.try_writing(much=much))
        except NotDurable as no:
            return NOT_DURABLE, str(no)
        except StorageFull as no:
            return FULL, str(no)
        except (Unavailable, OutcomeUnknown) as no:
            return AWAY, str(no)
        self._was_full = False
        return None, ""

    async def _run(self, where: Executor, what: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(where, what)
