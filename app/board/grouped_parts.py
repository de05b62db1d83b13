"""Which parts of a grouping step a change makes stale."""

from collections.abc import Iterator

from app.board.board import Board
from app.board.grouped import grouped_steps, grouping_of, theme_of, themes
from app.board.records import Ballot, Note, Record, Theme


def of_theme(board: Board, theme: Theme, old: Record | None, new: Record | None) -> Iterator[str]:
    """Its head; where it went elsewhere or is gone, the notes that it takes along."""
    yield from (f"theme/{theme.id}", f"themes/{theme.step}", f"ungrouped/{theme.step}")
    before = old if isinstance(old, Theme) else None
    if before is None or new is None or (before.order, before.deleted) != (theme.order, theme.deleted):
        # Another may stand first or last now, or beside others.
        yield from (f"theme/{each.id}" for each in themes(board, theme.step))
        inside = (note for step in grouped_steps(board, theme.step) for note in board.notes(step))
        yield from (f"note/{note.id}" for note in inside if note.theme == theme.id)


def of_note(board: Board, *versions: Record | None) -> Iterator[str]:
    """The heads of the themes that it lies or lay in: they count their notes."""
    for note in versions:
        step = grouping_of(board, note.step) if isinstance(note, Note) else None
        if isinstance(note, Note) and step is not None:
            theme = theme_of(board, note)
            yield from (f"theme/{theme.id}", f"themes/{step.id}") if theme else (f"ungrouped/{step.id}",)


def of_step(board: Board, step: str) -> Iterator[str]:
    """All that is grouped, when what may be read of a step, or done in it, is another."""
    found = grouping_of(board, step)
    if found is not None:
        yield f"grouping/{found.id}"


def everywhere(board: Board) -> Iterator[str]:
    """Every grouping step: which notes it shows depends on where it stands among the others."""
    yield from (f"grouping/{step.id}" for step in board.steps if step.kind == "group")


def of_dots(board: Board, ballot: Ballot) -> Iterator[str]:
    """Closed ballots count among a theme's support."""
    noted = (board.get(Note, ref.removeprefix("note:")) for ref in ballot.candidates)
    yield from of_note(board, *noted)
