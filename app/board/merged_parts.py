"""Which parts tell of what was merged: the note that others live on in, and what their authors are told of it."""

from collections.abc import Iterator

from app.board.board import Board
from app.board.merged import lives_in, within
from app.board.records import Comment, Note


def of_source(board: Board, note: Note) -> Iterator[str]:
    """The note that it lives on in: it names its places, and what it is made of."""
    if note.state == "merged":
        living = lives_in(board, note)
        yield from (f"note/{living.id}", f"talk/{living.id}")


def of_authors(board: Board, note: Note) -> Iterator[str]:
    """Each author of what was merged into it reads in what words theirs lives on."""
    yield from (f"own/{each.author}" for each in within(board, note))


def of_comments(board: Board, note: Note) -> Iterator[str]:
    """Comments are read where their note is read, or where that one lives on."""
    for each in (note, *within(board, note)):
        yield from (f"comment/{comment.id}" for comment in board.inside(Comment, each.id))


def of_comment(board: Board, comment: Comment) -> Iterator[str]:
    """How many there are is told where the note lives on."""
    note = board.get(Note, comment.note)
    if note is not None:
        yield from of_source(board, note)
