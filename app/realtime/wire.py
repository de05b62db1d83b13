"""What the live side needs of the world around it: a line to a browser, somebody who draws, and a clock."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from app.board.audience import Base
from app.board.board import Board
from app.board.parts import Part

Clock = Callable[[], float]
# The name under which a server offers its own line to a WebSocket, as an extension of the scope.
READY_MADE: Final = "flipchart.frames"
# How a frame ends: what is one line's own is told before it.
END: Final = '"}'
# The name under which it offers an answer without an end what ends it.
ENDLESS: Final = "flipchart.endless"


class Line(Protocol):
    """A line to one browser tab. Neither method ever waits: a slow reader is the line's own trouble."""

    def tell(self, text: str, own: str = "") -> None:
        """Send one text message, or give the line up when too much is waiting.

        `own` is this line's alone, and stands before the `END` of the text, which is everybody's: see `with_own`.
        """

    def close(self, code: int) -> None:
        """Close with one of the codes of `docs/protocol.md`."""


def with_own(text: str, own: str) -> str:
    """The text with what is one's own before its end."""
    return f"{text.removesuffix(END)}{own}{END}" if own else text


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to draw: the board as it is now, and how many tabs each person has open.

    `gathered` numbers what pages were last told of who is here. `writing` is who writes just now, by step or note.
    """

    board: Board
    here: Mapping[str, int] = field(default_factory=dict)
    gathered: int = 0
    writing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Drawing(Protocol):
    """Turns stale parts into markup; the only one who knows HTML."""

    def shared(self, sight: Sight, parts: Collection[Part], base: Base, language: str) -> str:
        """The markup of these parts for an audience: the same for everybody in it. May be empty."""

    def own(self, sight: Sight, parts: Collection[Part], person: str, language: str) -> str:
        """The markup of what is only this person's (`mine/…`, `own/…`). May be empty."""
