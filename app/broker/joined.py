"""This process and the others: with a broker they hear of each other and count together, without one they do not."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.realtime.neighbours import Alone, Neighbours

if TYPE_CHECKING:
    from app.broker.broker import Broker
    from app.broker.counting import Counting


@dataclass(frozen=True, slots=True)
class Joined:
    """`neighbours` and `counting` are handed to who needs them; both work from `start` to `close`."""

    broker: "Broker | None" = None
    counting: "Counting | None" = None
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    @classmethod
    def by(cls, url: str | None, key: bytes) -> "Joined":
        """By the broker at that address, by none without."""
        if url is None:
            return cls()
        # A start without a broker should not wait for its client: a tenth of the time until a page is answered.
        from app.broker.broker import Broker
        from app.broker.counting import Counting

        broker = Broker(url, key)
        return cls(broker, Counting(url, key, reached=lambda: broker.up))

    @property
    def neighbours(self) -> Neighbours:
        """The other processes, or that there are none."""
        return self.broker or Alone()

    @property
    def away(self) -> bool:
        """Whether there should be a broker that cannot be reached."""
        return self.broker is not None and not self.broker.up

    def start(self) -> None:
        """Reach for the broker, and go on doing so."""
        for each in (self.broker, self.counting):
            if each is not None:
                self._tasks.append(asyncio.create_task(each.run(), name=type(each).__name__))

    async def close(self) -> None:
        """Let go of it, with what is still to be said said first if that is soon."""
        if self.broker is not None:
            await self.broker.said()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
