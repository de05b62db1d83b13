"""Who is writing where just now: what pages say of it, gathered, forgotten after a few seconds, told once a second."""

import asyncio
from collections.abc import Callable, Mapping

LASTS = 5.0
PAUSE = 1.0
MOST = 200


class Hints:
    """Gathers hints for one board. `changed` is called when others write than was told last, once a second at most."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._heard: dict[tuple[str, str], float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.writing: Mapping[str, tuple[str, ...]] = {}

    def hear(self, person: str, part: str) -> None:
        """That person is writing there, and nowhere else; "" says that they have stopped."""
        now = asyncio.get_running_loop().time()
        for at in [at for at in self._heard if at[1] == person and at[0] != part]:
            del self._heard[at]
        # Beyond so many nobody reads who they are, and how many they are is no secret to round.
        if part and ((part, person) in self._heard or len(self._heard) < MOST):
            self._heard[part, person] = now + LASTS
        if self._timer is None:
            self._tick()

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._heard = {at: until for at, until in self._heard.items() if until > now}
        writing: dict[str, tuple[str, ...]] = {}
        for part, person in self._heard:
            writing[part] = (*writing.get(part, ()), person)
        self._timer = loop.call_later(PAUSE, self._tick) if writing or self.writing else None
        if writing != self.writing:
            self.writing = writing
            self._changed()

    def stop(self) -> None:
        """Tell nothing more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
