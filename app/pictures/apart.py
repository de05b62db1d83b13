"""Knows how what was sent is drawn anew by a process apart: one at a time, watched, and ended when it is too slow."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.board.asking import Refused

ROOT: Final = Path(__file__).resolve().parents[2]
# Isolated from the environment; the program's own folder is the only other place that it imports from.
PROGRAM: Final = (sys.executable, "-E", "-s", "-m", "app.pictures.redrawing")
TYPE: Final = "image/webp"
# What may be sent to be drawn anew.
MOST_OF_A_FILE: Final = 20 * 1024 * 1024
# Seconds of waiting: for the next page, and for all of them.
PATIENCE: Final = 8.0
IN_ALL: Final = 120.0
MOST_BYTES: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page in one size ("large", "small"), as WebP; `pages` is how many there are in all."""

    page: int
    pages: int
    size: str
    content: bytes


class Redrawer:
    """Draws for the whole server. Whoever comes meanwhile waits for their turn."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._turn, self._patience = asyncio.Lock(), patience

    async def redraw(self, source: bytes) -> AsyncIterator[Drawn]:
        """Every page of what was sent, each in both sizes, as they come.

        Raises Refused: wrong-file, protected-file, too-many-pages {max}, picture-too-large {max}, damaged-file (also
        for what takes too long, or needs too much).
        """
        async with self._turn, _started() as process:
            giving = asyncio.create_task(_given(process, source))
            until = asyncio.get_running_loop().time() + IN_ALL
            try:
                while (drawn := await self._next(process, until)) is not None:
                    yield drawn
            finally:
                giving.cancel()

    async def _next(self, process: Process, until: float) -> Drawn | None:
        """The next page; None once the program has ended well."""
        assert process.stdout is not None  # noqa: S101
        soon = asyncio.get_running_loop().time() + self._patience
        try:
            async with asyncio.timeout_at(min(soon, until)):
                line = await process.stdout.readline()
                if line:
                    said = _read(line)
                    content = await process.stdout.readexactly(said["bytes"])
                    return Drawn(said["page"], said["pages"], said["size"], content)
                if await process.wait() == 0:
                    return None
        except (TimeoutError, asyncio.IncompleteReadError):
            pass
        raise Refused("damaged-file")


def _read(line: bytes) -> dict[str, Any]:
    """What the program says, believed no further than it has to be."""
    try:
        said: dict[str, Any] = json.loads(line)
        if "refused" in said:
            code, facts = str(said["refused"]), {str(name): int(value) for name, value in said["facts"].items()}
            raise Refused(code, **facts)
        if not 0 < said["bytes"] <= MOST_BYTES or not 0 < said["page"] <= said["pages"]:
            raise Refused("damaged-file")
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("damaged-file") from None
    return said


@asynccontextmanager
async def _started() -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT, env={}, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _given(process: Process, source: bytes) -> None:
    assert process.stdin is not None  # noqa: S101
    # It may have ended before it has read all: what it says, or says no more, is the answer.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(source)
        await process.stdin.drain()
    process.stdin.close()
