"""The clock of a step: started, paused, extended, stopped; running out refuses nothing."""

from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.board import Board
from app.board.records import Now, Step, Timer
from app.board.rule import Rule, Who

MOST_SECONDS = 600 * 60
MOST_EXTENSION = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerStart:
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerPause:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerExtend:
    seconds: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerStop:
    pass


def running(seconds: float, now: float) -> Timer:
    """A timer that runs out in so many seconds; one that stands still for 0."""
    return Timer(ends_at=now + seconds) if seconds > 0 else Timer()


def begun(board: Board, step: Step, *, seconds: float, now: float) -> Now:
    """Where the session is once it is in `step`: the first time, the end is planned from there."""
    here = replace(board.now, step=step.id)
    planned = seconds + 60 * sum(later.minutes for later in after(board, step))
    if here.planned_end is None and planned > 0:
        return replace(here, planned_end=now + planned)
    return here


def has_begun(board: Board) -> bool:
    """Is the session under way, or over? A board that waits for its start stands in its first step, with no timer."""
    if board.now.planned_end is not None or board.now.closed or board.timer != Timer():
        return True
    return bool(board.steps) and board.now.step != board.steps[0].id


def after(board: Board, step: Step) -> list[Step]:
    """The steps that come after `step`, in their order."""
    return [later for later in board.steps if (later.order, later.id) > (step.order, step.id)]


def start(board: Board, command: TimerStart, ask: Ask) -> Changes:
    """Runs for `seconds`, or what is left of a paused timer, or the step's minutes; the first plans the end.

    Refused: invalid {field}, not-now when the session is in no step. A timer that runs goes on as it is.
    """
    step, timer = board.step, board.timer
    if step is None:
        raise Refused("not-now", step="")
    if command.seconds is None and timer.ends_at is not None:
        return NOTHING
    seconds = _asked(command.seconds) if command.seconds is not None else _due(step, timer)
    if seconds is None:
        return NOTHING
    return put(Timer(ends_at=ask.now + seconds), begun(board, step, seconds=seconds, now=ask.now))


def _asked(seconds: int) -> float:
    if not 1 <= seconds <= MOST_SECONDS:
        raise Refused("invalid", field="seconds")
    return seconds


def _due(step: Step, timer: Timer) -> float | None:
    if timer.left is not None:
        return timer.left
    return 60 * step.minutes or None


def pause(board: Board, command: TimerPause, ask: Ask) -> Changes:
    """Keeps what is left, which is 0 for a timer that has run out. Changes nothing when none is running."""
    ends_at = board.timer.ends_at
    return NOTHING if ends_at is None else put(Timer(left=max(0.0, ends_at - ask.now)))


def extend(board: Board, command: TimerExtend, ask: Ask) -> Changes:
    """Adds seconds: to the end, to now when it is over already, or to what is left of a paused timer.

    Refused: invalid {field} outside 1 to 3600 seconds. Changes nothing when there is no timer.
    """
    if not 1 <= command.seconds <= MOST_EXTENSION:
        raise Refused("invalid", field="seconds")
    timer = board.timer
    if timer.ends_at is not None:
        return put(Timer(ends_at=max(timer.ends_at, ask.now) + command.seconds))
    return put(Timer(left=timer.left + command.seconds)) if timer.left is not None else NOTHING


def stop(board: Board, command: TimerStop, ask: Ask) -> Changes:
    """Takes the timer away. Changes nothing when there is none."""
    return put(Timer()) if board.timer != Timer() else NOTHING


RULES = (
    Rule("timer.start", TimerStart, start, Who.FACILITATORS),
    Rule("timer.pause", TimerPause, pause, Who.FACILITATORS),
    Rule("timer.extend", TimerExtend, extend, Who.FACILITATORS),
    Rule("timer.stop", TimerStop, stop, Who.FACILITATORS),
)
