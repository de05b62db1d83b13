"""The agenda and its steps as they are drawn: pills for everybody, the run sheet for facilitators, the clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.board.audience import Base, sees_unpublished, sees_words_of
from app.board.board import Board
from app.board.records import Note, Step
from app.board.timing import after


def said(texts: Mapping[str, str], language: str, fallback: str) -> tuple[str, str]:
    """The text in the reader's language, else in the board's, else in any; with the language that it is in."""
    for tag in (language, fallback, *texts):
        if texts.get(tag):
            return texts[tag], tag
    return "", language


def moment(seconds: float | None) -> str:
    """A time for `<time datetime>`: ISO 8601 in UTC, or ""."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step. `place` counts the steps of writing: (2, 3) is the second question of three, (0, 3) is none."""

    id: str
    key: str
    number: int
    kind: str
    title: str
    title_language: str
    prompt: str
    prompt_language: str
    titles: Mapping[str, str]
    prompts: Mapping[str, str]
    others: tuple[tuple[str, str], ...]
    question: tuple[int, int]
    minutes: int
    silent: bool
    revealed: bool
    approve_first: bool
    anonymous: bool
    write: bool
    react: bool
    group: bool
    current: bool
    past: bool
    notes: int
    text_seq: int

    @property
    def hushed(self) -> bool:
        """Does nobody read the others' notes here now?"""
        return self.silent and not self.revealed


def step_views(board: Board, base: Base, language: str) -> list[StepView]:
    """The agenda in its order."""
    return list(_views(board, base, language))


def _views(board: Board, base: Base, language: str, *, only: str = "") -> Iterator[StepView]:
    steps = board.steps
    writing = [step.id for step in steps if step.kind == "write"]
    order = [step.id for step in steps]
    current = order.index(board.now.step) if board.now.step in order else -1
    for at, step in enumerate(steps):
        if only in ("", step.id):
            yield _view(board, step, base, language, number=at + 1, past=at < current, writing=writing)


def step_view(board: Board, step: str, base: Base, language: str) -> StepView | None:
    """One step of the agenda, or None."""
    return next(_views(board, base, language, only=step), None)


def _view(
    board: Board, step: Step, base: Base, language: str, *, number: int, past: bool, writing: list[str]
) -> StepView:
    title, title_language = said(step.title, language, board.about.language)
    prompt, prompt_language = said(step.prompt, language, board.about.language)
    return StepView(
        id=step.id,
        key=step.order,
        number=number,
        kind=step.kind,
        title=title,
        title_language=title_language,
        prompt=prompt or title,
        prompt_language=prompt_language if prompt else title_language,
        titles=step.title,
        prompts=step.prompt,
        others=tuple((tag, text) for tag, text in step.prompt.items() if text and tag != prompt_language),
        question=(writing.index(step.id) + 1 if step.id in writing else 0, len(writing)),
        minutes=step.minutes,
        silent=step.silent,
        revealed=step.revealed,
        approve_first=step.approve_first,
        anonymous=step.anonymous,
        write=step.write,
        react=step.react,
        group=step.group,
        current=step.id == board.now.step,
        past=past,
        notes=note_count(board, step, base),
        text_seq=step.text_seq,
    )


def note_count(board: Board, step: Step, base: Base) -> int:
    """How many notes of a step are out; a silent one tells how many, and shows none of them."""
    if not sees_words_of(board, base):
        return 0
    counted = board.counted(Note, step.id)
    published = (count for (state, kind), count in counted.items() if state == "shown" and kind != "unpublished")
    return sum(published) + (counted.get(("shown", "unpublished"), 0) if sees_unpublished(base) else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerView:
    """The clock: `ends_at` while it runs, `left` while it stands, neither when there is none. Seconds."""

    ends_at: float | None
    left: float | None
    minutes: int
    planned_end: float | None
    after: int

    @property
    def state(self) -> str:
        """running, paused or off."""
        return "running" if self.ends_at is not None else "paused" if self.left is not None else "off"

    def shown(self, now: float) -> str:
        """What stands on the clock at that moment: mm:ss, with a plus once it is over."""
        left = self.ends_at - now if self.ends_at is not None else self.left
        if left is None:
            return ""
        whole = int(abs(left))
        return f"{'+' if left <= -1 else ''}{whole // 60:02d}:{whole % 60:02d}"


def timer_view(board: Board) -> TimerView:
    """The clock of the current step, and what of the plan comes after it (in seconds)."""
    step = board.step
    rest = sum(each.minutes for each in after(board, step)) * 60 if step else 0
    return TimerView(
        ends_at=board.timer.ends_at,
        left=board.timer.left,
        minutes=step.minutes if step else 0,
        planned_end=board.now.planned_end,
        after=rest,
    )
