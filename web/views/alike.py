"""What is shown of notes about the same subject: each suggestion with its notes, and what may be made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from app.alike.suggesting import Subject, Suggestions
from app.board.audience import Base, may_see
from app.board.board import Board
from app.board.grouped import theme_of
from app.board.records import Dismissal, Note
from web.views.notes import NoteView, note_view

MOST_MEMBERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One note of a suggestion: the theme that it lies in, or ""; whether it says "not" where others do not."""

    note: NoteView
    theme: str
    says_no: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """One suggestion; its `id` is that of its notes, whichever is first. `into` is the theme to move `outside` to.

    `members` are the most central ones, with one of each side where it is one-sided; `more` counts the others.
    """

    id: str
    same: bool
    one_sided: bool
    members: tuple[MemberView, ...]
    more: int
    ids: tuple[str, ...]
    title: str
    into: str
    into_title: str
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeView:
    """All suggestions of a grouping step. `meanings`: compared across languages, else words within one language."""

    meanings: bool
    subjects: tuple[SubjectView, ...]
    near: Mapping[str, tuple[int, tuple[str, ...]]]
    compared: int
    left_out: int


def alike_view(board: Board, found: Suggestions, *, meanings: bool) -> AlikeView:
    """Draws on no audience: what was found is what its asker may see."""
    return AlikeView(
        meanings=meanings,
        subjects=tuple(_subject(board, each) for each in found.subjects),
        near=found.near,
        compared=found.compared,
        left_out=found.left_out,
    )


def _subject(board: Board, subject: Subject) -> SubjectView:
    ids = "|".join(sorted(note.id for note in subject.notes))
    negative = subject.negative
    shown = sorted(subject.notes, key=lambda note: note.id not in _one_of_each(subject.notes, negative))[:MOST_MEMBERS]
    return SubjectView(
        id=blake2b(ids.encode(), digest_size=8).hexdigest(),
        same=subject.same,
        one_sided=subject.one_sided,
        members=tuple(_member(board, note, note.id in negative) for note in shown),
        more=len(subject.notes) - len(shown),
        ids=tuple(note.id for note in subject.notes),
        title=subject.title,
        into=subject.theme.id if subject.theme else "",
        into_title=subject.theme.title if subject.theme else "",
        outside=tuple(note.id for note in subject.outside),
    )


def _one_of_each(notes: Sequence[Note], negative: frozenset[str]) -> set[str]:
    """The ids of the first that says "not", and of the first that does not."""
    return {
        note.id
        for note in [*[n for n in notes if n.id in negative][:1], *[n for n in notes if n.id not in negative][:1]]
    }


def _member(board: Board, note: Note, says_no: bool) -> MemberView:
    theme = theme_of(board, note)
    return MemberView(note=note_view(board, note), theme=theme.title if theme else "", says_no=says_no)


def dismissed(board: Board, step: str, base: Base) -> str:
    """A mark that is another one when a dismissal comes or goes: then suggestions are asked for anew."""
    seen = [each.seq for each in board.inside(Dismissal, step) if may_see(board, each, base)]
    return f"{len(seen)}.{max(seen, default=0)}"
