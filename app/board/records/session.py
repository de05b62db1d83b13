"""What a board is called, where its session is, and who may come in: one of each to a board."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

LINK_ROLES = ("join", "facilitator", "cohost", "observer", "screen")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a board is called and how it began; one to a board. A `rehearsal` is a copy to practise on."""

    KIND: ClassVar[str] = "about"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "about"
    title: str
    template: str
    language: str
    created_at: float
    starts_at: float | None = None
    zone: str | None = None
    headcount: bool = False
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where the session is and what is switched for everybody; one to a board."""

    KIND: ClassVar[str] = "now"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "now"
    step: str = ""
    planned_end: float | None = None
    locked: bool = False
    blank: bool = False
    closed: bool = False
    announcement: str = ""
    announced_at: float | None = None
    spotlight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The current step's clock: running towards ends_at, or standing with so many seconds left."""

    KIND: ClassVar[str] = "timer"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "timer"
    ends_at: float | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Whether people may come in, and the generation of each link; one to a board."""

    KIND: ClassVar[str] = "door"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "door"
    open: str = "open"
    generations: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LINK_ROLES, 1))

    def generation(self, role: str) -> int:
        """Which generation of that link is in force; the first, of a link that there was not when the board began."""
        return self.generations.get(role, 1)
