"""What facilitators may put on a ballot: headlines, themes and notes that stand, with what people make of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.board.audience import FACILITATORS
from app.board.board import Board
from app.board.candidates import candidate, stands
from app.board.grouped import themes
from app.board.headlined import headlines
from app.board.records import EMOJI, Headline, Note, Theme
from app.board.supporting import supports
from web.views.candidates import ChoiceView, choice_view


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One that could be chosen. `weight` is what the best are found by: hearts of a note, a theme's whole support."""

    view: ChoiceView
    key: str
    weight: int


def option_view(board: Board, ref: str, language: str) -> OptionView | None:
    """None for what does not stand."""
    found = candidate(board, ref)
    if found is None or not stands(board, ref):
        return None
    key, weight = _sorted(board, found)
    return OptionView(view=choice_view(board, ref, FACILITATORS, language), key=key, weight=weight)


def _sorted(board: Board, found: Headline | Theme | Note) -> tuple[str, int]:
    match found:
        case Note():
            hearts = sum(each.emoji == EMOJI[0] for each in board.reactions(found.id))
            return f"{0 if found.pinned else 1}{found.seq:08d}{found.id}", hearts
        case Theme():
            support = supports(board, found.step, FACILITATORS).get(found.id)
            return f"{found.order} {found.id}", support.whole if support else 0
        case Headline():
            return f"{found.order} {found.seq:08d}{found.id}", 0


def option_views(board: Board, kind: str, language: str, step: str = "") -> list[OptionView]:
    """All of a kind in their order; notes are those of one step."""
    found = (option_view(board, ref, language) for ref in _refs(board, kind, step))
    return sorted((option for option in found if option is not None), key=lambda option: option.key)


def _refs(board: Board, kind: str, step: str) -> Iterator[str]:
    if kind == Note.KIND:
        yield from (f"note:{note.id}" for note in board.notes(step))
    elif kind == Theme.KIND:
        yield from (f"theme:{theme.id}" for each in board.steps for theme in themes(board, each.id))
    else:
        yield from (f"headline:{each.id}" for each in headlines(board, FACILITATORS))
