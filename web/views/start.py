"""The time before a session: when it starts, how long it takes, and what begins when."""

from dataclasses import dataclass

from app.board.audience import Base
from app.board.board import Board
from app.board.timing import has_begun
from web.views.steps import StepView, step_views

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """A start that people wait for. `at` in seconds since 1970, told in `zone`; `ends_at` None without any minutes."""

    at: float
    zone: str | None
    ends_at: float | None
    steps: tuple[tuple[float, StepView], ...]

    def left(self, now: float) -> tuple[str, int]:
        """What is left until then, in one unit: ("days", 2), ("hours", 5), ("minutes", 12), or ("none", 0)."""
        minutes = int(self.at - now + MINUTE - 1) // MINUTE
        if minutes <= 0:
            return "none", 0
        if minutes < 60:
            return "minutes", minutes
        hours = round(minutes / 60)
        return ("hours", hours) if hours < 48 else ("days", round(minutes / 1440))


def start_view(board: Board, base: Base, language: str) -> StartView | None:
    """None when no start is set, and once the session has begun."""
    starts_at = board.about.starts_at
    if starts_at is None or has_begun(board):
        return None
    steps, at = [], starts_at
    for step in step_views(board, base, language):
        steps.append((at, step))
        at += MINUTE * step.minutes
    return StartView(at=starts_at, zone=board.about.zone, ends_at=at if at > starts_at else None, steps=tuple(steps))
