"""How much support each theme has: people who reacted to its notes, and dots that closed ballots gave them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.audience import Audience
from app.board.board import Board
from app.board.counting import tally
from app.board.grouped import grouped_steps, is_grouped, themes
from app.board.merged import within
from app.board.records import Ballot, Note

SEVERAL = 2


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


def supports(board: Board, step: str, audience: Audience) -> dict[str, Support]:
    """Every theme's support, by id: over all of its notes that this audience may see, not the best of them."""
    dots, steps = _dots(board), set(grouped_steps(board, step))
    found: dict[str, Support] = {}
    for theme in themes(board, step):
        inside = [note for note in board.lying_in(theme.id) if note.step in steps and is_grouped(board, note, audience)]
        found[theme.id] = _support(board, inside, dots)
    return found


def _support(board: Board, notes: list[Note], dots: dict[str, int]) -> Support:
    people = {reaction.person for note in notes for reaction in board.reactions(note.id)}
    given = sum(_given(board, note, dots) for note in notes)
    return Support(notes=len(notes), people=len(people), dots=given)


def _given(board: Board, note: Note, dots: Mapping[str, int]) -> int:
    """What ballots gave the note, and what was merged into it: of each voter the most that they gave to any of it."""
    refs = [ref for each in (note, *within(board, note)) if (ref := f"note:{each.id}") in dots]
    if len(refs) < SEVERAL:
        return sum(dots[ref] for ref in refs)
    newest = {ref: ballot for ballot in _closed(board) for ref in ballot.candidates if ref in refs}
    if any(ballot.method not in ("dots", "approval") for ballot in newest.values()):
        return max(dots[ref] for ref in refs)
    most: dict[str, int] = {}
    for ref, ballot in newest.items():
        for cast in board.casts(ballot.id):
            most[cast.voter] = max(most.get(cast.voter, 0), cast.choices.get(ref, 0))
    return sum(most.values())


def _dots(board: Board) -> dict[str, int]:
    """By note: what the newest closed ballot over it gave. An open one would tell what is sealed."""
    return {row.ref: row.dots for ballot in _closed(board) for row in tally(board, ballot).rows}


def _closed(board: Board) -> list[Ballot]:
    """Oldest first."""
    return sorted((each for each in board.all(Ballot) if each.state == "closed"), key=lambda each: each.seq)
