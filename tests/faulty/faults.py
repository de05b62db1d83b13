"""What can be wrong with a line, in each direction; a test changes it while the line is in use."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.faulty.framing import Frame

# How often a frame is passed on: 0 loses it, 2 doubles it.
Passing = Callable[[Frame], int]
# What becomes of a WebSocket's handshake. `hang`: never answered; `strip`: its Upgrade header does not arrive;
# `mangle`: what the server agrees to (deflating) does not arrive.
Upgrade = Literal["pass", "403", "426", "strip", "mangle", "hang", "reset"]


@dataclass(slots=True)
class Way:
    """One direction. Seconds, bytes, bytes a second."""

    delay: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    # So many bytes at a time; 1 is one byte in each packet.
    piece: int | None = None
    # Nothing arrives, and all of it does once it thaws: a line that stands still.
    frozen: bool = False
    # What is said is swallowed, and so is the end: a pulled cable, of which neither side is told.
    pulled: bool = False
    # The line is reset after so many bytes from now on.
    cut_after: int | None = None
    frames: Passing | None = None


@dataclass(slots=True)
class Faults:
    """Both directions of a line: `up` from client to server, `down` to the client."""

    up: Way = field(default_factory=Way)
    down: Way = field(default_factory=Way)
    upgrade: Upgrade = "pass"
    # A socket that was let through is reset after so many seconds.
    sockets_last: float | None = None


def pulled() -> Faults:
    """The cable is out, in both directions."""
    return Faults(up=Way(pulled=True), down=Way(pulled=True))


def losing(share: float, chance: random.Random, *, lost: Callable[[Frame], None] = lambda _: None) -> Passing:
    """Lose this share of all text frames; `lost` is told each. Control frames pass."""

    def passing(frame: Frame) -> int:
        if frame.is_control or chance.random() >= share:
            return 1
        lost(frame)
        return 0

    return passing
