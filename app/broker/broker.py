"""Carries hints between processes over one channel of Redis or Valkey, as well as that is there."""

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from app.broker.reaching import FAILURES, SILENT, leave, reach, why
from app.broker.sealing import Heard, Seal
from app.realtime.neighbours import BACK, LOST, Hear

# What is waiting to be said; beyond it the oldest are dropped.
MOST_WAITING: Final = 2_000
TOGETHER: Final = 100
# Seconds of silence after which the broker is asked whether it is there, and after which it is not.
QUIET: Final = 1.0
SOONEST, LATEST = 0.2, 1.0
LAST_WORDS: Final = 1.0
log = structlog.get_logger()


class Silent(Exception):
    """The broker has the line and says nothing."""


class Broker:
    """`Neighbours` over pub/sub. Runs in a task of its own (`run`); nobody else ever waits for the broker."""

    there: Final = True

    def __init__(self, url: str, key: bytes, *, clock: Callable[[], float] = time.time) -> None:
        self._url = url
        self._seal = Seal(key, clock)
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._more = asyncio.Event()
        self._nothing_waits = asyncio.Event()
        self._nothing_waits.set()
        self._hears: list[Hear] = []
        # None until the first try has come to an end.
        self.up: bool | None = None

    def say(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """Say something about a board to all other processes, or drop it."""
        message = self._seal.sealed(board, kind, said)
        if message is not None and self.up is not False:
            self._waiting.append(message)
            self._nothing_waits.clear()
            self._more.set()

    def listen(self, hear: Hear) -> None:
        """Have what the others say told to `hear`, and whether they are heard at all (`LOST`, `BACK`)."""
        self._hears.append(hear)

    async def said(self) -> None:
        """Return once everything is said, or after a second."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await self._nothing_waits.wait()

    async def run(self) -> None:
        """Keep the line, until cancelled: after each fault begin again, at a random moment."""
        while True:
            fault = await self._served()
            self._turned(False, SILENT if isinstance(fault, Silent) else why(fault))
            await asyncio.sleep(random.uniform(SOONEST, LATEST))  # noqa: S311 (no secret: when to come back)

    async def _served(self) -> BaseException:
        client = reach(self._url, patience=2 * QUIET)
        try:
            line = client.pubsub()
            await line.subscribe(self._seal.channel)
            tasks = [asyncio.create_task(self._hear(line)), asyncio.create_task(self._speak(client))]
            try:
                ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                await ended.pop()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                with contextlib.suppress(*FAILURES):
                    await line.aclose()  # type: ignore[no-untyped-call]
        except (*FAILURES, Silent) as fault:
            return fault
        finally:
            await leave(client)
        return Silent()

    async def _hear(self, line: PubSub) -> None:
        asked = False
        while True:
            said = await line.get_message(timeout=QUIET)
            if said is None:
                if asked:
                    raise Silent
                await line.ping()
            elif said["type"] == "message":
                self._tell(self._seal.opened(said["data"]))
            elif said["type"] == "subscribe":
                self._turned(True)
            asked = said is None
            # What has come already is read without waiting: the board goes on between two messages.
            await asyncio.sleep(0)

    async def _speak(self, client: Redis) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                together = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
                async with client.pipeline(transaction=False) as pipe:
                    for message in together:
                        pipe.publish(self._seal.channel, message)
                    await pipe.execute()
            self._nothing_waits.set()

    def _tell(self, heard: Heard | None) -> None:
        """A hint that another version of the program means differently is no reason to lose the line."""
        if heard is None:
            return
        for hear in self._hears:
            try:
                hear(heard.board, heard.kind, heard.process, heard.said)
            except (LookupError, TypeError, ValueError, AttributeError) as fault:
                log.warning("hint not understood", kind=heard.kind[:20], fault=type(fault).__name__)

    def _turned(self, up: bool, reason: str = "") -> None:
        """One line in the log for each change."""
        if up is self.up:
            return
        self.up = up
        self._waiting.clear()
        self._nothing_waits.set()
        if up:
            log.info("broker reached")
        else:
            log.warning("broker away", why=reason)
        for hear in self._hears:
            hear("", BACK if up else LOST, "", {})
