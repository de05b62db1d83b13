"""What a merged note says of where it comes from: the places on it, and the notes that it is made of."""

from dataclasses import dataclass

from app.board.audience import is_signed, is_silent
from app.board.board import Board
from app.board.merged import credits, origins
from app.board.records import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One note that was merged, as it was written."""

    id: str
    text: str
    language: str
    place: str
    country: str
    people: int


def places_on(board: Board, note: Note) -> tuple[str, str]:
    """The place and the country code that a note is signed with; of a merged one all places, "Dakar + Lyon"."""
    if note.made_of:
        named = list(dict.fromkeys(place for place, _ in credits(board, note)))
        return " + ".join(named), ""
    return (note.place, note.country) if is_signed(note) else ("", "")


def made_of(board: Board, note: Note) -> tuple[SourceView, ...]:
    """The notes that people wrote, without those whose step is silent by now. Whoever sees the note may read them."""
    found = (each for each in origins(board, note) if note.made_of and not is_silent(board, each))
    return tuple(_source(each) for each in found)


def _source(note: Note) -> SourceView:
    signed = is_signed(note)
    return SourceView(
        id=note.id,
        text=note.text,
        language=note.language,
        place=note.place if signed else "",
        country=note.country if signed else "",
        people=note.people,
    )
