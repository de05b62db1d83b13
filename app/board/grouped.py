"""What is grouped where: the notes of a grouping step, and its themes."""

from collections.abc import Collection, Iterable, Iterator

from app.board.audience import Audience, Base, is_out, may_see, sees_unpublished, sees_words_of
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


def loose(board: Board, step: str, base: Base) -> int:
    """How many of the notes of a grouping step lie in no theme: known without looking at each."""
    if not sees_words_of(board, base):
        return 0
    steps = (board.need(Step, each) for each in grouped_steps(board, step))
    read = {each.id for each in steps if not each.silent or each.revealed}
    there = sum(_out(board.counted(Note, each).items(), base) for each in read)
    return there - sum(_laid(board, theme, read, base) for theme in themes(board, step))


def _laid(board: Board, theme: Theme, steps: Collection[str], base: Base) -> int:
    found = board.laid(theme.id).items()
    return _out((((state, kind), count) for (step, state, kind), count in found if step in steps), base)


def _out(counted: Iterable[tuple[tuple[str, str], int]], base: Base) -> int:
    unpublished = sees_unpublished(base)
    return sum(n for (state, kind), n in counted if state == "shown" and (unpublished or kind != "unpublished"))


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
