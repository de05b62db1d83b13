"""What is suggested for grouping: which of the notes that an audience may see are about the same subject."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.alike.clustering import Cluster, Pair, Way
from app.alike.negation import is_one_sided, says_no
from app.board.alike import holds_for
from app.board.audience import Audience
from app.board.board import Board
from app.board.clusters import clusters as graphemes
from app.board.grouped import grouped, is_grouped, theme_of
from app.board.records import Dismissal, Note, Theme

# The newest ones; what comes to more than these is grouped by eye.
MOST_COMPARED: Final = 2_000
MOST_SHOWN: Final = 24
MOST_NEAR: Final = 5
FEWEST_LETTERS: Final = 3
LONGEST_TITLE: Final = 48


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be compared: notes as this audience may see them, and those that were said to be apart, by number."""

    notes: tuple[Note, ...]
    left_out: int
    apart: tuple[tuple[int, ...], ...]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Each note's words and language."""
        return [(note.text, note.language) for note in self.notes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Several notes, the most central first. `same`: about the same subject; else worth a look.

    `one_sided`: some of them say "not", and others do not. `theme` is where most of those lie that lie in one;
    `outside` are those that lie in none.
    """

    notes: tuple[Note, ...]
    same: bool
    one_sided: bool
    title: str
    theme: Theme | None
    outside: tuple[Note, ...]

    @property
    def negative(self) -> frozenset[str]:
        """The ids of those that say "not", where others do not."""
        return frozenset(note.id for note in self.notes if self.one_sided and says_no(note.text, note.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """`subjects`, the most alike first; `near`: by a note's id how many are about the same subject, and the nearest."""

    way: Way
    subjects: tuple[Subject, ...]
    near: Mapping[str, tuple[int, tuple[str, ...]]]
    compared: int
    left_out: int


def question(board: Board, step: str, audience: Audience) -> Question:
    """The notes of a grouping step that can be compared at all."""
    seen = sorted(filter(_says, grouped(board, step, audience)), key=lambda note: (note.seq, note.id))
    notes = tuple(seen[-MOST_COMPARED:])
    return Question(notes, len(seen) - len(notes), tuple(_apart(board, step, notes)))


def _says(note: Note) -> bool:
    """An emoji alone is about no subject."""
    return sum(char.isalnum() for char in note.text) >= FEWEST_LETTERS


def _apart(board: Board, step: str, notes: Sequence[Note]) -> Iterator[tuple[int, ...]]:
    numbers = {note.id: at for at, note in enumerate(notes)}
    for dismissal in board.inside(Dismissal, step):
        inside = tuple(sorted(numbers[id_] for id_ in holds_for(board, dismissal) if id_ in numbers))
        if len(inside) > 1:
            yield inside


def suggestions(
    board: Board, asked: Question, way: Way, pairs: Sequence[Pair], clusters: Sequence[Cluster], audience: Audience
) -> Suggestions:
    """What came of the comparison, for the board as it is by now: it may have gone on meanwhile."""
    still = [_still(board, note, audience) for note in asked.notes]
    found = (_subject(board, way, [still[at] for at in each.members], each.likeness) for each in clusters)
    return Suggestions(
        way=way,
        subjects=tuple(islice((subject for subject in found if subject is not None), MOST_SHOWN)),
        near=_near(still, pairs),
        compared=len(asked.notes),
        left_out=asked.left_out,
    )


def _near(still: Sequence[Note | None], pairs: Sequence[Pair]) -> dict[str, tuple[int, tuple[str, ...]]]:
    near: dict[str, list[str]] = {}
    for one, other, _ in sorted(pairs, key=lambda pair: -pair[2]):
        left, right = still[one], still[other]
        if left is not None and right is not None:
            near.setdefault(left.id, []).append(right.id)
            near.setdefault(right.id, []).append(left.id)
    return {note: (len(others), tuple(others[:MOST_NEAR])) for note, others in near.items()}


def _still(board: Board, note: Note, audience: Audience) -> Note | None:
    """The note as it is now, if this audience may still see it where it is grouped, with the same words."""
    now = board.get(Note, note.id)
    stands = now is not None and now.text == note.text and is_grouped(board, now, audience)
    return now if stands else None


def _subject(board: Board, way: Way, members: Sequence[Note | None], likeness: float) -> Subject | None:
    """None where nothing is left to suggest: each lies in a theme already, or too few are seen by now."""
    notes = tuple(note for note in members if note is not None)
    themes = [theme_of(board, note) for note in notes]
    known = [theme for theme in themes if theme is not None]
    theme = max(known, key=lambda each: (known.count(each), each.id), default=None)
    outside = tuple(note for note, inside in zip(notes, themes, strict=True) if inside is None)
    if len(notes) < 2 or not outside:
        return None
    return Subject(
        notes=notes,
        same=likeness >= way.same,
        one_sided=is_one_sided((note.text, note.language) for note in notes),
        title=named(_spoken_here(board, notes)),
        theme=theme,
        outside=outside,
    )


def _spoken_here(board: Board, notes: Sequence[Note]) -> str:
    """The most central note in the board's own language, else the most central of all; "" where none may be published.

    A theme's name stands on screens and in reports: what is not for publication names none.
    """
    free = [note for note in notes if note.attribution != "unpublished"]
    own = (note for note in free if note.language.partition("-")[0] == board.about.language.partition("-")[0])
    return next((note.text for note in (*own, *free)), "")


def named(text: str) -> str:
    """A name of a theme from a note's first words, as many as fit whole."""
    words = text.split()
    fitting = [end for end in range(1, len(words) + 1) if len(" ".join(words[:end])) <= LONGEST_TITLE]
    cut = " ".join(words[: max(fitting, default=0)]) or "".join(list(graphemes(text))[:LONGEST_TITLE])
    return cut.rstrip(" .,;:!…،。") or cut
