"""Knows how a process apart prints sheets: one at a time, watched, ended when it is too slow, kept by content."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Final

from app.board.asking import Refused
from app.printing.kept import Kept
from app.printing.sheet import Sheet

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = (sys.executable, "-E", "-s", "-m", "app.printing.setting")
# One thread: the room's frames keep the other processors.
ONE_THREAD: Final = {"RAYON_NUM_THREADS": "1"}
# Seconds that one sheet may take, its place in the queue not counted.
PATIENCE: Final = 30.0
MOST_BYTES: Final = 32 * 1024 * 1024
ROOM: Final = 64 * 1024 * 1024
MOST_WAITING: Final = 64
# A process that has set this many sheets is replaced: whatever it gathered is given back.
SHEETS_A_PROCESS: Final = 500


class Wrong(Exception):
    """What the typesetter said is wrong with a template; for whoever writes templates, not for people."""


class Press:
    """Prints for the whole server. Whoever comes meanwhile waits for their turn; the same sheet is printed once."""

    def __init__(
        self,
        *,
        patience: float = PATIENCE,
        room: int = ROOM,
        waiting: int = MOST_WAITING,
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        self._patience, self._most_waiting, self._program = patience, waiting, program
        self._kept, self._turn = Kept(room), asyncio.Lock()
        self._printing: dict[str, asyncio.Task[bytes]] = {}
        self._process: Process | None = None
        self._printed, self._forgotten = 0, 0

    async def print(self, sheet: Sheet) -> bytes:
        """What the sheet looks like, in its form.

        An asker who leaves disturbs nobody: the sheet is printed and kept. Raises Refused: slow-down {seconds} (too
        many wait), unprintable (it cannot be set, takes too long, or is too large).
        """
        digest = sheet.digest()
        if (found := self._kept.find(digest)) is not None:
            return found
        printing = self._printing.get(digest)
        if printing is None:
            if len(self._printing) >= self._most_waiting:
                raise Refused("slow-down", seconds=2)
            printing = asyncio.create_task(self._print(sheet, digest), name="printing")
            self._printing[digest] = printing
            # Read even when nobody is left to hear of it.
            printing.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(printing)

    def forget(self) -> None:
        """Keep nothing of what was printed, here and in the process, nor of what is being printed."""
        self._kept.clear()
        self._forgotten += 1
        if self._process is not None and not self._printing:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        self._printed = SHEETS_A_PROCESS

    async def close(self) -> None:
        """End the process and whatever waits for it."""
        for task in list(self._printing.values()):
            task.cancel()
        await asyncio.gather(*self._printing.values(), return_exceptions=True)
        await self._end()

    async def _print(self, sheet: Sheet, digest: str) -> bytes:
        try:
            asked = self._forgotten
            async with self._turn:
                made = await self._watched(sheet)
            if asked == self._forgotten:
                self._kept.keep(digest, made)
            return made
        finally:
            del self._printing[digest]

    async def _watched(self, sheet: Sheet) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                return await self._set(await self._running(), sheet)
        except Wrong as wrong:
            raise Refused("unprintable") from wrong
        except (TimeoutError, OSError, ValueError, KeyError, asyncio.IncompleteReadError) as error:
            await self._end()
            raise Refused("unprintable") from error
        except asyncio.CancelledError:
            # Its answer would be taken for that of the next sheet.
            await self._end()
            raise

    async def _running(self) -> Process:
        if self._process is not None and (self._process.returncode is not None or self._printed >= SHEETS_A_PROCESS):
            await self._end()
        if self._process is None:
            self._printed = 0
            self._process = await asyncio.create_subprocess_exec(
                *self._program,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=ROOT,
                env=ONE_THREAD,
                start_new_session=True,
            )
        return self._process

    async def _set(self, process: Process, sheet: Sheet) -> bytes:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101
        process.stdin.write(sheet.order())
        await process.stdin.drain()
        said = json.loads(await process.stdout.readline())
        self._printed += 1
        if "wrong" in said:
            raise Wrong(said["wrong"])
        if not 0 < said["bytes"] <= MOST_BYTES:
            raise ValueError("larger than a print may be")
        return await process.stdout.readexactly(said["bytes"])

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
