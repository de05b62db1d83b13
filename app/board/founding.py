"""How a board begins: its first records, from a ready-made agenda."""

from app.board.asking import Ask, Refused
from app.board.checking import checked, checked_language
from app.board.limits import Limits
from app.board.ordering import between
from app.board.preparing import checked_start, checked_zone
from app.board.ready_cues import ready_cues
from app.board.records import About, Cue, Door, Now, Record, Step, Timer
from app.board.stepping import entitled
from app.board.templates import TEMPLATES, Planned, agenda


def found(
    board_id: str,
    *,
    title: str,
    template: str,
    language: str,
    now: float,
    starts_at: float | None = None,
    zone: str | None = None,
    limits: Limits | None = None,
) -> tuple[Record, ...]:
    """The records of a new board: in its first step, no timer started, nobody in it yet; times in seconds.

    Refused: empty, too-long {max}, invalid {field} for a template that there is not, in-the-past, too-far.
    """
    if template not in TEMPLATES:
        raise Refused("invalid", field="template")
    title = checked(title, most=(limits or Limits()).title, field="title")
    about = About(
        title=title,
        template=template,
        language=checked_language(language),
        created_at=now,
        starts_at=starts_at if starts_at is None else checked_start(starts_at, now=now),
        zone=zone if zone is None else checked_zone(zone),
    )
    founding = Ask(board=board_id, actor="", id="", now=now, seq=0)
    steps = _steps(founding, agenda(template))
    cues = _cues(steps, ready_cues(template, language))
    return (about, Now(step=steps[0].id), Timer(), Door(), *steps, *cues)


def _steps(founding: Ask, planned: tuple[Planned, ...]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for number, plan in enumerate(planned, start=1):
        step = Step(
            id=founding.make_id(f"step{number}"),
            order=between(steps[-1].order if steps else "", ""),
            kind=plan.kind,
            title=dict(plan.title),
            prompt=dict(plan.prompt),
            minutes=plan.minutes,
            silent=plan.silent,
        )
        steps.append(entitled(step))
    return tuple(steps)


def _cues(steps: tuple[Step, ...], texts: tuple[str, ...]) -> tuple[Cue, ...]:
    return tuple(Cue(id=step.id, step=step.id, text=text, text_seq=0) for step, text in zip(steps, texts, strict=False))
