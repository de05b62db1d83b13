"""The other processes that serve the same boards: what is said to them is a hint, and may be lost, doubled or late."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

# Said of no board and by no process: the others cannot be heard just now, and can be heard again.
LOST: Final = "lost"
BACK: Final = "back"
# The simulated participants of a board are sent home.
REHEARSED: Final = "rehearsed"

# Takes a board's id, the kind of the hint, the process that says it, and what it says.
Hear = Callable[[str, str, str, Mapping[str, Any]], None]


class Neighbours(Protocol):
    """Carries hints between processes. Nothing that counts may rest on one of them arriving."""

    @property
    def there(self) -> bool:
        """Whether other processes may serve the same boards at all."""

    def say(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """Say something about a board to all others. Never waits and never fails; it may be lost."""

    def listen(self, hear: Hear) -> None:
        """Have everything that the others say told to `hear`, on the loop's own thread; not what oneself says."""


class Alone:
    """No other process."""

    there: Final = False

    def say(self, board: str, kind: str, said: Mapping[str, Any]) -> None:
        """Nobody hears it."""

    def listen(self, hear: Hear) -> None:
        """Nobody says anything."""
