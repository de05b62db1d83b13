"""What a board is made of: a frozen record for each kind of thing, all saved, drawn and undone alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

EMOJI = ("♥", "👏", "💡", "❓")
ROLES = ("facilitator", "cohost", "participant", "observer")
LINK_ROLES = ("join", "facilitator", "cohost", "observer", "screen")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a board is called and how it began; one to a board. A `rehearsal` is a copy to practise on."""

    KIND: ClassVar[str] = "about"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "about"
    title: str
    template: str
    language: str
    created_at: float
    starts_at: float | None = None
    zone: str | None = None
    headcount: bool = False
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where the session is and what is switched for everybody; one to a board."""

    KIND: ClassVar[str] = "now"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "now"
    step: str = ""
    planned_end: float | None = None
    locked: bool = False
    blank: bool = False
    closed: bool = False
    announcement: str = ""
    announced_at: float | None = None
    spotlight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The current step's clock: running towards ends_at, or standing with so many seconds left."""

    KIND: ClassVar[str] = "timer"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "timer"
    ends_at: float | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Whether people may come in, and the generation of each link; one to a board."""

    KIND: ClassVar[str] = "door"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "door"
    open: str = "open"
    generations: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LINK_ROLES, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One timed part of the agenda. Titles and prompts are {language: text}; steps are ordered by `order`."""

    KIND: ClassVar[str] = "step"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str
    order: str
    kind: str
    title: Mapping[str, str]
    prompt: Mapping[str, str]
    minutes: int
    silent: bool = False
    revealed: bool = False
    approve_first: bool = False
    anonymous: bool = False
    write: bool = False
    react: bool = True
    group: bool = False
    text_seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a seat. `hushed` is a mute that came by way of an unsigned note, and is shown nowhere.

    `moves` counts the devices to which a personal link has taken them.
    """

    KIND: ClassVar[str] = "person"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str
    name: str
    place: str
    place_id: str = ""
    country: str = ""
    language: str
    role: str = "participant"
    state: str = "here"
    muted: bool = False
    hushed: bool = False
    hand_at: float | None = None
    joined_at: float
    simulated: bool = False
    moves: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One sticky idea.

    `state`: shown, waiting, returned, hidden or deleted; `was` is the state that restore gives back.
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
class Ballot:
    """One round of voting over `candidates` ("note:<id>").

    `of` names the first round when this is a later one.
    """

    KIND: ClassVar[str] = "ballot"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    title: str
    method: str
    candidates: tuple[str, ...]
    dots: int
    per_candidate: int
    one_per: str
    sealed: bool
    secrecy: str
    tie_rule: str
    quorum: int = 0
    state: str = "open"
    round: int = 1
    of: str = ""
    after_results: bool = False
    opened_at: float
    closed_at: float | None = None
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """What one voter (a person's id, or "place:<key>") has put on one ballot; never more than `allowed`."""

    KIND: ClassVar[str] = "cast"
    WITHIN: ClassVar[str | None] = "ballot"
    BY: ClassVar[str | None] = "by"
    id: str
    ballot: str
    voter: str
    by: str
    place: str
    country: str = ""
    choices: Mapping[str, int]
    used: int
    allowed: int
    people: int = 0
    done: bool = False
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What facilitators have written down for themselves about a step; its id is the step's."""

    KIND: ClassVar[str] = "cue"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    text: str
    text_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a step shows to everybody in step: a text, links as (label, address), a file page by page.

    Its id is the step's. `file` names what was kept of an upload, `alt` says what it shows; `page` counts from 1, 0
    when there is no file.
    """

    KIND: ClassVar[str] = "stage"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    title: str = ""
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    file: str = ""
    file_name: str = ""
    alt: str = ""
    pages: int = 0
    page: int = 0
    text_seq: int = 0


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


Record = (
    About | Now | Timer | Door | Step | Cue | Stage | Person | Note | Reaction | Comment | Translation | Ballot | Cast
)
Key = tuple[str, str]
KINDS: Mapping[str, type[Record]] = {
    kind.KIND: kind
    for kind in (
        About,
        Now,
        Timer,
        Door,
        Step,
        Cue,
        Stage,
        Person,
        Note,
        Reaction,
        Comment,
        Translation,
        Ballot,
        Cast,
    )
}


def key(record: Record) -> Key:
    """A record's place in its board: (kind, id)."""
    return record.KIND, record.id


def within(record: Record) -> str:
    """The id of what the record belongs to (a note's step, a cast's ballot), or ""."""
    return str(getattr(record, record.WITHIN)) if record.WITHIN else ""


def sort_of(record: Record) -> tuple[str, str]:
    """By what records of a kind are counted apart: notes by (state, attribution), comments by state, others not."""
    if isinstance(record, Note):
        return record.state, record.attribution
    return (record.state, "") if isinstance(record, Comment) else ("", "")


def whose(record: Record) -> str:
    """The id of the person whose doing the record is (a note's author, a cast's voter), or ""."""
    return str(getattr(record, record.BY)) if record.BY else ""
