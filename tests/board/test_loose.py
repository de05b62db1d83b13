"""How many notes lie in no theme: the count that is kept along the way is the one that looking at each gives."""

from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, WAITING
from app.board.board import Board
from app.board.grouped import grouped, loose, theme_of
from app.board.hall import BoardBlank
from app.board.moderating import NoteHide
from app.board.notes import NoteAdd, NoteDelete
from app.board.theming import ThemeDelete
from tests.board.test_grouping import Grouping, given_a_grouping


def counted(at: Grouping) -> list[int]:
    """What each audience is told, verified against the notes themselves, on the board and on one read afresh."""
    told = []
    board = at.room.story.board
    for base in (FACILITATORS, EVERYONE, SCREEN, PUBLIC, WAITING):
        seen = [note for note in grouped(board, at.step.id, base) if theme_of(board, note) is None]
        afresh = Board(board.id, epoch=board.epoch, seq=board.seq, records=list(board.records()))
        assert loose(board, at.step.id, base) == loose(afresh, at.step.id, base) == len(seen)
        told.append(len(seen))
    return told


def test_G2_how_many_lie_in_no_theme_is_known_after_each_change():
    at = given_a_grouping()
    first, second, third = at.notes
    lyon, facilitator = at.room.lyon, at.room.facilitator
    assert counted(at) == [3, 3, 3, 3, 0]
    theme = at.theme()
    at.moves(first, second, theme=theme)
    assert counted(at) == [1, 1, 1, 1, 0]
    lyon.asks(NoteAdd(step=at.room.step.id, text="Entre nous", attribution="unpublished"))
    assert counted(at) == [2, 2, 1, 1, 0]
    facilitator.asks(NoteHide(note=first))
    facilitator.asks(NoteDelete(note=third))
    assert counted(at) == [1, 1, 0, 0, 0]
    facilitator.asks(BoardBlank(on=True))
    assert counted(at) == [1, 0, 0, 0, 0]
    facilitator.asks(BoardBlank(on=False))
    facilitator.asks(ThemeDelete(theme=theme))
    assert counted(at) == [2, 2, 1, 1, 0]
    facilitator.sets(at.room.step, silent=True)
    assert counted(at) == [0, 0, 0, 0, 0]
