"""What a merged note is made of, where a note that was merged lives on, and which places are credited on it."""

from collections.abc import Iterator

from app.board.board import Board
from app.board.records import Ballot, Note

# Who deleted a merged note that came apart: no restoring brings it back beside what it was made of.
SPLIT = "split"


def lives_in(board: Board, note: Note) -> Note:
    """The note that it lives on in: itself, unless it was merged, maybe more than once."""
    while note.state == "merged":
        into = board.get(Note, note.into)
        if into is None:
            break
        note = into
    return note


def sources(board: Board, note: Note) -> list[Note]:
    """The notes that were merged into this one, in the order in which they were named."""
    found = (board.get(Note, id_) for id_ in note.made_of)
    return [each for each in found if each is not None and each.state == "merged" and each.into == note.id]


def within(board: Board, note: Note) -> Iterator[Note]:
    """All that was merged into the note, also by the merging of what was merged already."""
    for each in sources(board, note):
        yield each
        yield from within(board, each)


def origins(board: Board, note: Note) -> list[Note]:
    """The notes as people wrote them that it comes from; of a note that is not merged, itself."""
    return [each for each in (note, *within(board, note)) if not each.made_of]


def voted_on(board: Board, note: Note, *states: str) -> bool:
    """Is the note on a ballot in one of these states?"""
    return any(f"note:{note.id}" in each.candidates for each in board.all(Ballot) if each.state in states)


def credits(board: Board, note: Note) -> list[tuple[str, str]]:
    """The places whose words are in it, each once, with country codes; an anonymous note adds none."""
    signed = (each for each in origins(board, note) if each.attribution != "anonymous" and each.place)
    return list(dict.fromkeys((each.place, each.country) for each in signed))
