"""Where a headline, a theme or a note stands among those that facilitators may put on a ballot."""

from collections.abc import Iterator

from app.board.audience import FACILITATORS, Base
from app.board.board import Board
from app.board.candidates import KINDS, candidate
from app.board.grouped import themes
from app.board.records import Note, Step, Theme
from web.grouped_drawing import Piece
from web.views.options import option_view


def options_of(board: Board, kind: str, id_: str, base: Base, language: str) -> Iterator[Piece]:
    """Nothing for other parts, and for whoever does not facilitate."""
    if base is not FACILITATORS:
        return
    if kind == "grouping":
        for theme in themes(board, id_):
            yield from options_of(board, Theme.KIND, theme.id, base, language)
    if kind not in KINDS:
        return
    ref = f"{kind}:{id_}"
    found, view = candidate(board, ref), option_view(board, ref, language)
    if view is None or (isinstance(found, Note) and board.get(Step, found.step) is None):
        yield Piece(target=f"#option-{id_}")
        return
    into = f"#options-{found.step}" if isinstance(found, Note) else f"#options-{kind}"
    yield Piece(target=f"#option-{id_}", template="ballots/_option.html", into=into, context={"option": view})
