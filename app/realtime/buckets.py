"""Token buckets: how often something may happen, and how long to wait when it may not."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.realtime.wire import Clock

A_MILLIONTH = 1e-6


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one more every `every` seconds."""

    burst: int
    every: float


# What is counted, for whom, and how often it may happen.
Try = tuple[str, Hashable, Rate]


class Elsewhere(Protocol):
    """Where several processes count together."""

    async def ask(self, tries: Sequence[Try], *, takes: bool) -> float:
        """Seconds to wait until all of these may happen, by what all processes let through; 0 when they may now.

        With `takes` they are counted as happening, unless there is a wait. 0 too when it cannot be said soon.
        """


class Buckets:
    """One bucket for each key, at most `most` of them: the ones longest unused are forgotten first.

    Those that are full again are as if they had never been, and are forgotten with the next that is taken from.
    `hit` is called whenever one may not be taken.
    """

    def __init__(self, rate: Rate, clock: Clock, *, most: int = 50_000, hit: Callable[[], None] = lambda: None) -> None:
        self.rate, self._clock, self._most, self._hit = rate, clock, most, hit
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait(self, key: Hashable) -> float:
        """Seconds until one more may happen; 0 when it may now. Takes nothing."""
        missing = 1.0 - self._now_left(key)
        # Floating seconds: whoever waits for as long as was said is let in.
        return missing * self.rate.every if missing > A_MILLIONTH else 0.0

    def take(self, key: Hashable) -> float:
        """Take one and answer 0, or answer the seconds to wait and take nothing."""
        wait = self.wait(key)
        if wait > 0:
            self._hit()
            return wait
        self._left[key] = self._now_left(key) - 1.0, self._clock()
        self._left.move_to_end(key)
        while len(self._left) > self._most or self._oldest_is_full():
            self._left.popitem(last=False)
        return 0.0

    def _oldest_is_full(self) -> bool:
        return bool(self._left) and self._now_left(next(iter(self._left))) >= self.rate.burst

    def _now_left(self, key: Hashable) -> float:
        burst = float(self.rate.burst)
        left, at = self._left.get(key, (burst, 0.0))
        return min(burst, left + (self._clock() - at) / self.rate.every)
