"""Somebody with a seat."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a seat. `hushed` is a mute that came by way of an unsigned note, and is shown nowhere.

    `moves` counts the devices to which a personal link has taken them.
    """

    KIND: ClassVar[str] = "person"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str
    name: str
    place: str
    place_id: str = ""
    country: str = ""
    language: str
    role: str = "participant"
    state: str = "here"
    muted: bool = False
    hushed: bool = False
    hand_at: float | None = None
    joined_at: float
    simulated: bool = False
    moves: int = 0

    @property
    def is_gone(self) -> bool:
        """Has no seat any more: was removed, or asked to be forgotten."""
        return self.state in ("removed", "forgotten")
