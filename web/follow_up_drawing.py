"""Which elements of the roadmap and of the survey a stale part stands for, and from which template each is drawn."""

from collections.abc import Iterator

from app.board.audience import SCREEN, Base
from app.board.board import Board
from app.board.records import Action
from web.grouped_drawing import Piece
from web.views.roadmap import action_view
from web.views.steps import step_view, step_views

FOLLOW_UP = frozenset({"roadmap", "action", "actions", "feedback", "survey", "answers", "survey-call"})


def follow_up_pieces(board: Board, kind: str, id_: str, base: Base, language: str, now: float) -> Iterator[Piece]:
    """The roadmap or the survey of one step as a whole, or what tells of it in every step that shows it."""
    if kind == "survey-call":
        if base is not SCREEN:
            yield Piece(target="#survey-call", template="survey/_call.html")
    elif kind in ("roadmap", "survey"):
        step = step_view(board, id_, base, language)
        if step is not None and step.kind == kind:
            yield Piece(target=f"#{kind}-{id_}", template=f"{kind}/_{kind}.html", context={"step": step})
    else:
        yield from _everywhere(board, kind, id_, base, language, now)
        if kind == "feedback" and base is not SCREEN:
            yield Piece(target="#survey-call", template="survey/_call.html")


def _everywhere(board: Board, kind: str, id_: str, base: Base, language: str, now: float) -> Iterator[Piece]:
    action = board.get(Action, id_) if kind == "action" else None
    row = action_view(board, action, base, language, now) if action else None
    for step in step_views(board, base, language):
        context = {"step": step, "row": row}
        if kind == "action" and step.kind == "roadmap":
            target, template = f"#action-{id_}-{step.id}", "roadmap/_action.html" if row else ""
            yield Piece(target=target, template=template, into=f"#actions-{step.id}" if row else "", context=context)
        elif kind == "actions" and step.kind == "roadmap":
            yield Piece(target=f"#summed-{step.id}", template="roadmap/_summed.html", context=context)
        elif kind == "answers" and step.kind == "survey":
            yield Piece(target=f"#answers-{step.id}", template="survey/_answers.html", context=context)
        elif kind == "feedback" and step.kind in ("roadmap", "survey"):
            yield Piece(target=f"#feedback-{step.id}", template="roadmap/_feedback.html", context=context)
