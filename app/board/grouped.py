"""What is grouped where: the notes of a grouping step, and its themes."""

from collections.abc import Iterator

from app.board.audience import Audience, is_out, may_see
from app.board.board import Board
from app.board.records import Note, Step, Theme


def grouping_of(board: Board, step: str) -> Step | None:
    """Where the notes of that step are grouped: in the first grouping step from there on."""
    steps = board.steps
    at = next((at for at, each in enumerate(steps) if each.id == step), len(steps))
    return next((each for each in steps[at:] if each.kind == "group"), None)


def grouped_steps(board: Board, step: str) -> Iterator[str]:
    """Whose notes are grouped in that step."""
    yield from (each.id for each in board.steps if (found := grouping_of(board, each.id)) and found.id == step)


def grouped(board: Board, step: str, audience: Audience) -> list[Note]:
    """The notes of a grouping step that this audience may see, and that everybody may read by now."""
    notes = (note for each in grouped_steps(board, step) for note in board.notes(each))
    return [note for note in notes if is_grouped(board, note, audience)]


def is_grouped(board: Board, note: Note, audience: Audience) -> bool:
    """Is the note among those that are grouped? A hidden one is not, for facilitators neither."""
    return is_out(board, note) and may_see(board, note, audience)


def themes(board: Board, step: str) -> list[Theme]:
    """The themes of a grouping step, in their order."""
    kept = (theme for theme in board.inside(Theme, step) if not theme.deleted)
    return sorted(kept, key=lambda theme: (theme.order, theme.id))


def theme_of(board: Board, note: Note) -> Theme | None:
    """The theme that the note lies in, where it is grouped now."""
    theme = board.get(Theme, note.theme)
    if theme is None or theme.deleted:
        return None
    step = grouping_of(board, note.step)
    return theme if step is not None and step.id == theme.step else None
