"""What a reference to a note, a theme or a headline says, to whom may read it."""

from collections.abc import Iterable, Mapping

from app.board.audience import Audience, is_silent, may_see
from app.board.board import Board
from app.board.candidates import candidate, may_read, wordings
from app.board.records import Headline, Note
from app.outcomes.report import Words


def quoted(board: Board, ref: str, audience: Audience, language: str) -> Words | None:
    """The words in that language where there are some in it; None for whom may not read them."""
    if not may_read(board, ref, audience):
        return None
    text, tag = in_language(wordings(board, ref), language)
    found = candidate(board, ref)
    place, country = (found.place, found.country) if isinstance(found, Note | Headline) else ("", "")
    return Words(ref=ref, text=text, language=tag, place=place, country=country) if text.strip() else None


def publishable(board: Board, note: Note, audience: Audience) -> bool:
    """Does the note stand in the results? Silent, waiting, hidden and deleted ones do not."""
    return may_see(board, note, audience) and note.state == "shown" and not is_silent(board, note)


def of_note(note: Note) -> Words:
    """A note as it was written, signed as its author chose."""
    return Words(ref=f"note:{note.id}", text=note.text, language=note.language, place=note.place, country=note.country)


def in_language(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """What is said in that language, else in any: (text, language), or two blanks."""
    if texts.get(language):
        return texts[language], language
    return next(((text, tag) for tag, text in texts.items() if text), ("", ""))


def all_quoted(board: Board, refs: Iterable[str], audience: Audience, language: str) -> dict[str, Words]:
    """The words of each that may be read, by ref."""
    found = ((ref, quoted(board, ref, audience, language)) for ref in refs)
    return {ref: words for ref, words in found if words is not None}
