"""What people write at other processes, shown here before it is kept; theirs to keep, unless they do not."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

# Whoever writes at a process asks to have it kept within a second or two; after so long it is asked from here.
PATIENCE: Final = 4.0
MOST_OF_A_STROKE: Final = 24 * 1024


@dataclass(frozen=True, slots=True)
class Stroke:
    """An update of the document of that generation, by a person's page; whose hands are in it is not known."""

    generation: str
    person: str
    update: bytes

    def said(self) -> dict[str, Any]:
        """As the other processes are told."""
        update = b64encode(self.update).decode()
        return {"generation": self.generation, "person": self.person, "update": update}

    @classmethod
    def heard(cls, said: Mapping[str, Any]) -> "Stroke":
        """The inverse. Raises KeyError, TypeError or ValueError for nonsense."""
        generation, person, update = said["generation"], said["person"], said["update"]
        if not (isinstance(generation, str) and isinstance(person, str)):
            raise TypeError("no stroke")
        if len(update) > MOST_OF_A_STROKE:
            raise ValueError("too long a stroke")
        return cls(generation, person, b64decode(update, validate=True))


class Strokes:
    """Whose hands at other processes wrote what is not kept yet; `late` is called when nobody keeps it."""

    def __init__(self, late: Callable[[], None]) -> None:
        self.hands: dict[str, None] = {}
        self._late = late
        self._timer: asyncio.TimerHandle | None = None

    @property
    def awaited(self) -> bool:
        """Is something to be kept by another process?"""
        return self._timer is not None

    def take(self, person: str) -> None:
        """Something new of theirs is shown here."""
        self.hands.pop(person, None)
        self.hands[person] = None
        if self._timer is None:
            self._await()

    def kept(self, *, everything: bool) -> None:
        """Something was kept: whoever keeps it is there. All that is shown here, or more is to come."""
        if everything:
            self.end()
        elif self._timer is not None:
            self._timer.cancel()
            self._await()

    def end(self) -> dict[str, None]:
        """Wait for nobody any more; whose hands they were."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        hands, self.hands = self.hands, {}
        return hands

    def _await(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._late)
