"""Comments and translations as they stand beside their note."""

from dataclasses import dataclass

from app.board.audience import SCREEN, Base, is_signed, may_see
from app.board.board import Board
from app.board.merged import lives_in, within
from app.board.records import Comment, Note, Person, Translation
from app.board.rule import facilitates


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """One comment, ready to be drawn. Of an unsigned one neither author, place nor time is told."""

    id: str
    key: str
    note: str
    text: str
    language: str
    author: str
    place: str
    country: str
    by_host: bool
    signed: bool
    state: str
    at: float | None
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationView:
    """A note's words in another language; `outdated` when the note was reworded since."""

    language: str
    text: str
    place: str
    outdated: bool
    text_seq: int


def comment_view(board: Board, comment: Comment) -> CommentView:
    """Draws on no audience: ask `may_see` first."""
    signed = is_signed(comment)
    author = board.get(Person, comment.author)
    return CommentView(
        id=comment.id,
        key=f"{comment.seq:08d}{comment.id}",
        note=lives_in(board, note).id if (note := board.get(Note, comment.note)) else comment.note,
        text=comment.text,
        language=comment.language,
        author=comment.author if signed else "",
        place=comment.place if signed else "",
        country=comment.country if signed else "",
        by_host=signed and author is not None and facilitates(author),
        signed=signed,
        state=comment.state,
        at=comment.created_at if signed else None,
        seq=comment.seq,
    )


def comments(board: Board, base: Base) -> list[CommentView]:
    """Every comment that this audience reads, oldest first; a screen reads none."""
    if base is SCREEN:
        return []
    seen = [each for each in board.all(Comment) if may_see(board, each, base)]
    return [comment_view(board, each) for each in sorted(seen, key=lambda each: (each.seq, each.id))]


def comment_count(board: Board, note: Note) -> int:
    """How many comments stand on a note and on what was merged into it: the same for whoever reads it."""
    return sum(board.counted(Comment, each.id).get(("shown", ""), 0) for each in (note, *within(board, note)))


def translations(board: Board, note: Note) -> tuple[TranslationView, ...]:
    """A note's translations, by language."""
    found = sorted(board.inside(Translation, note.id), key=lambda each: each.id)
    return tuple(
        TranslationView(
            language=each.language,
            text=each.text,
            place=each.place,
            outdated=each.of < note.text_seq,
            text_seq=each.text_seq,
        )
        for each in found
    )
