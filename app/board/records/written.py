"""What people write: notes, and what others add to them."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One sticky idea.

    `state`: shown, waiting, returned, hidden, deleted or merged; `was` is the state that restore gives back.
    `theme` names the theme that it lies in, `into` the note that it was merged into, `made_of` those that were merged
    into it: then `author` is who merged them, and its places are theirs.
    """

    KIND: ClassVar[str] = "note"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = "author"
    id: str
    step: str
    text: str
    author: str
    language: str
    place: str
    country: str = ""
    color: str = "sun"
    attribution: str = "place"
    people: int = 0
    state: str = "shown"
    was: str = ""
    deleted_by: str = ""
    reason: str = ""
    reason_text: str = ""
    pinned: bool = False
    locked: bool = False
    late: bool = False
    edited: bool = False
    created_at: float
    seq: int
    text_seq: int
    theme: str = ""
    into: str = ""
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One person's emoji on one note."""

    KIND: ClassVar[str] = "reaction"
    WITHIN: ClassVar[str | None] = "note"
    BY: ClassVar[str | None] = "person"
    id: str
    note: str
    person: str
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody adds to a note. `state`: shown, hidden or deleted (`deleted_by`: author or facilitator)."""

    KIND: ClassVar[str] = "comment"
    WITHIN: ClassVar[str | None] = "note"
    BY: ClassVar[str | None] = "author"
    id: str
    note: str
    text: str
    author: str
    language: str
    place: str
    country: str = ""
    attribution: str = "place"
    state: str = "shown"
    deleted_by: str = ""
    created_at: float
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A note's words in another language, by a person; its id is "<note>.<language>".

    `of` is the `text_seq` of the note that was translated: the note's words may be newer. `place` is where its maker
    speaks from, "" where that is not told.
    """

    KIND: ClassVar[str] = "translation"
    WITHIN: ClassVar[str | None] = "note"
    BY: ClassVar[str | None] = "by"
    id: str
    note: str
    language: str
    text: str
    by: str
    place: str = ""
    of: int
    at: float
    text_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A named group of notes; `step` is where it was made, `order` its place among the themes."""

    KIND: ClassVar[str] = "theme"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    title: str
    order: str
    deleted: bool = False
    seq: int
    text_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """Somebody's word, as of `seq`, that these notes are not about the same subject; `step` is where they lie."""

    KIND: ClassVar[str] = "dismissal"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = "by"
    id: str
    step: str
    notes: tuple[str, ...]
    by: str
    seq: int
