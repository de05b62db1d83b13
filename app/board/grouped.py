"""What is grouped where: the notes of a grouping step, its themes, and how much support each theme has."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.board.audience import Audience, is_out, may_see
from app.board.board import Board
from app.board.counting import tally
from app.board.records import Ballot, Note, Step, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """For all notes of a theme: how many people reacted, each once, and how many dots closed ballots gave."""

    notes: int
    people: int
    dots: int

    @property
    def whole(self) -> int:
        """What themes are ranked by."""
        return self.people + self.dots


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


def supports(board: Board, step: str, audience: Audience) -> dict[str, Support]:
    """Every theme's support, by id: over all of its notes that this audience may see, not the best of them."""
    inside: dict[str, list[Note]] = {theme.id: [] for theme in themes(board, step)}
    for note in grouped(board, step, audience):
        if note.theme in inside:
            inside[note.theme].append(note)
    dots = _dots(board)
    return {theme: _support(board, notes, dots) for theme, notes in inside.items()}


def _support(board: Board, notes: list[Note], dots: dict[str, int]) -> Support:
    people = {reaction.person for note in notes for reaction in board.reactions(note.id)}
    given = sum(dots.get(f"note:{note.id}", 0) for note in notes)
    return Support(notes=len(notes), people=len(people), dots=given)


def _dots(board: Board) -> dict[str, int]:
    """By note: what the newest closed ballot over it gave. An open one would tell what is sealed."""
    closed = sorted((each for each in board.all(Ballot) if each.state == "closed"), key=lambda each: each.seq)
    return {row.ref: row.dots for ballot in closed for row in tally(board, ballot).rows}
