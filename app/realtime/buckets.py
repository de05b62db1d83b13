"""Token buckets: how often something may happen, and how long to wait when it may not."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from app.realtime.wire import Clock


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one more every `every` seconds."""

    burst: int
    every: float


class Buckets:
    """One bucket for each key, at most `most` of them: the ones longest unused are forgotten first."""

    def __init__(self, rate: Rate, clock: Clock, *, most: int = 50_000) -> None:
        self._rate, self._clock, self._most = rate, clock, most
        self._full_at: OrderedDict[Hashable, float] = OrderedDict()

    def wait(self, key: Hashable) -> float:
        """Seconds until one more may happen; 0 when it may now. Takes nothing."""
        room = self._rate.burst * self._rate.every
        over = self._full_at.get(key, 0.0) - self._clock() + self._rate.every - room
        return max(0.0, over)

    def take(self, key: Hashable) -> float:
        """Take one and answer 0, or answer the seconds to wait and take nothing."""
        wait = self.wait(key)
        if wait > 0:
            return wait
        now = self._clock()
        self._full_at[key] = max(now, self._full_at.get(key, 0.0)) + self._rate.every
        self._full_at.move_to_end(key)
        while len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return 0.0
