"""Limits of all processes together: token buckets in Redis, asked in one go for all who ask at the same time."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from redis.asyncio import Redis

from app.broker.reaching import CONNECT, FAILURES, leave, reach, why
from app.realtime.buckets import Try

PATIENCE: Final = 0.1
# Seconds after a failure until the broker is tried again, by nobody who waits for it.
PAUSE: Final = 5.0
TOGETHER: Final = 200
MOST_WAITING: Final = 5_000
A_SECOND: Final = 1_000_000
log = structlog.get_logger()

# Each bucket is the moment at which it will be full again (microseconds by the broker's clock): one number, which
# expires by itself. ARGV: for each request how many of KEYS are its own and whether it takes; for each key the
# microseconds until one more, and the most at once. A request takes from all its buckets or from none.
SCRIPT: Final = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local key, at, waits = 0, 2, {}
for request = 1, tonumber(ARGV[1]) do
  local count, takes, wait, full = tonumber(ARGV[at]), ARGV[at + 1] == '1', 0, {}
  at = at + 2
  for i = 1, count do
    local every, burst = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
    at = at + 2
    -- A clock that was put back must not keep anybody out for longer than an empty bucket does.
    local was = math.min(now + burst * every, tonumber(redis.call('GET', KEYS[key + i]) or 0))
    full[i] = math.max(now, was) + every
    wait = math.max(wait, full[i] - burst * every - now)
  end
  if takes and wait < 1 then
    for i = 1, count do
      local left = math.max(1, math.ceil((full[i] - now) / 1000))
      redis.call('SET', KEYS[key + i], string.format('%.0f', full[i]), 'PX', string.format('%.0f', left))
    end
    wait = 0
  end
  waits[request] = math.ceil(wait)
  key = key + count
end
return waits
"""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What somebody wants to know, and where they wait for it."""

    tries: Sequence[Try]
    takes: bool
    answer: "asyncio.Future[float | None]"


class Counting:
    """`Elsewhere` over Redis. Runs in a task of its own (`run`); who asks waits for `PATIENCE` at most."""

    def __init__(self, url: str, key: bytes, *, reached: Callable[[], bool | None]) -> None:
        self._url, self._reached = url, reached
        self._secret = hmac.new(key, b"broker limits", hashlib.sha256).digest()
        self._waiting: list[Request] = []
        self._more = asyncio.Event()
        self.up: bool | None = None

    async def ask(self, tries: Sequence[Try], *, takes: bool) -> float:
        """Seconds to wait until all of these may happen, by what all processes let through; 0 when they may now.

        With `takes` they are counted as happening, unless there is a wait. 0 too when the broker does not say.
        """
        if not self.up or not self._reached() or len(self._waiting) >= MOST_WAITING:
            return 0.0
        answer: asyncio.Future[float | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(Request(tries, takes, answer))
        self._more.set()
        return await answer or 0.0

    async def run(self) -> None:
        """Ask for whoever waits, until cancelled."""
        try:
            while True:
                client = reach(self._url, patience=CONNECT)
                try:
                    await self._serve(client)
                except FAILURES as fault:
                    self._turned(False, why(fault))
                finally:
                    self._let_go()
                    await leave(client)
                await asyncio.sleep(PAUSE)
        finally:
            self.up = False
            self._let_go()

    async def _serve(self, client: Redis) -> None:
        script = client.register_script(SCRIPT)
        await script(args=[0])
        self._turned(True)
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                await self._settle(script)

    async def _settle(self, script: Callable[..., Any]) -> None:
        together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
        try:
            async with asyncio.timeout(PATIENCE):
                waits = await script(
                    keys=[self._key(each) for request in together for each in request.tries],
                    args=[len(together), *(each for request in together for each in _arguments(request))],
                )
            for request, wait in zip(together, waits, strict=True):
                _answer(request, int(wait) / A_SECOND)
        finally:
            for request in together:
                _answer(request, None)

    def _key(self, tried: Try) -> bytes:
        """Neither an address nor a code can be read from it."""
        return b"flipchart:" + hashlib.blake2b(repr(tried[:2]).encode(), key=self._secret, digest_size=16).digest()

    def _let_go(self) -> None:
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            _answer(request, None)

    def _turned(self, up: bool, reason: str = "") -> None:
        """One line in the log for each change, unless the broker is away as a whole: that was said."""
        if up is not self.up and (self._reached() or up):
            if up:
                log.info("limits counted together")
            else:
                log.warning("limits counted by each process", why=reason)
        self.up = up


def _arguments(request: Request) -> list[int]:
    rates = [(round(rate.every * A_SECOND), rate.burst) for _, _, rate in request.tries]
    return [len(request.tries), int(request.takes), *(number for rate in rates for number in rate)]


def _answer(request: Request, wait: float | None) -> None:
    if not request.answer.done():
        request.answer.set_result(wait)
