"""Knows the tables: boards, their entries, and for each kind of record one with a column for each field.

A new field of a record is a column here and a migration; a test names the one that is missing.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Table, UniqueConstraint
from sqlalchemy.types import JSON
from sqlmodel import Field

from app.store.message_tables import MESSAGES
from app.store.rows import RecordRow, Row


class BoardRow(Row, table=True):
    """A board's clock, and what a list of boards or a join code needs without loading it."""

    __tablename__ = "board"
    id: str = Field(primary_key=True)
    seq: int
    epoch: str
    title: str
    created_at: float
    active_at: float
    code_hash: str | None = Field(default=None, unique=True)


class EntryRow(Row, table=True):
    """One accepted command; `before` and `after` are {"kind/id": fields or null}, in the change's order."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("board_id", "actor", "command_id"),)
    board_id: str = Field(foreign_key="board.id", ondelete="CASCADE", primary_key=True)
    seq: int = Field(primary_key=True)
    command_id: str
    actor: str
    what: str
    digest: str
    at: float
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)
    made: dict[str, str] = Field(sa_type=JSON)


class AboutRow(RecordRow, table=True):
    """See app.board.records.About; so with the others."""

    __tablename__ = "about"
    title: str
    template: str
    language: str
    created_at: float
    starts_at: float | None
    zone: str | None
    headcount: bool
    rehearsal: bool


class NowRow(RecordRow, table=True):
    __tablename__ = "now"
    step: str
    planned_end: float | None
    locked: bool
    blank: bool
    closed: bool
    announcement: str
    announced_at: float | None
    spotlight: str


class TimerRow(RecordRow, table=True):
    __tablename__ = "timer"
    ends_at: float | None
    left: float | None


class DoorRow(RecordRow, table=True):
    __tablename__ = "door"
    open: str
    generations: dict[str, int] = Field(sa_type=JSON)


class StepRow(RecordRow, table=True):
    __tablename__ = "step"
    order: str
    kind: str
    title: dict[str, str] = Field(sa_type=JSON)
    prompt: dict[str, str] = Field(sa_type=JSON)
    minutes: int
    silent: bool
    revealed: bool
    approve_first: bool
    anonymous: bool
    write: bool
    react: bool
    group: bool
    text_seq: int


class PersonRow(RecordRow, table=True):
    __tablename__ = "person"
    name: str
    place: str
    place_id: str
    country: str
    language: str
    role: str
    state: str
    muted: bool
    hushed: bool
    hand_at: float | None
    joined_at: float
    simulated: bool
    moves: int


class NoteRow(RecordRow, table=True):
    __tablename__ = "note"
    step: str
    text: str
    author: str
    language: str
    place: str
    country: str
    color: str
    attribution: str
    people: int
    state: str
    was: str
    deleted_by: str
    reason: str
    reason_text: str
    pinned: bool
    locked: bool
    late: bool
    edited: bool
    created_at: float
    seq: int
    text_seq: int
    theme: str
    into: str
    made_of: list[str] = Field(sa_type=JSON)


class ReactionRow(RecordRow, table=True):
    __tablename__ = "reaction"
    note: str
    person: str
    emoji: str


class CueRow(RecordRow, table=True):
    __tablename__ = "cue"
    step: str
    text: str
    text_seq: int


class StageRow(RecordRow, table=True):
    __tablename__ = "stage"
    step: str
    title: str
    text: str
    links: list[list[str]] = Field(sa_type=JSON)
    file: str
    file_name: str
    alt: str
    pages: int
    page: int
    text_seq: int


class CommentRow(RecordRow, table=True):
    __tablename__ = "comment"
    note: str
    text: str
    author: str
    language: str
    place: str
    country: str
    attribution: str
    state: str
    deleted_by: str
    created_at: float
    seq: int


class TranslationRow(RecordRow, table=True):
    __tablename__ = "translation"
    note: str
    language: str
    text: str
    by: str
    place: str
    of: int
    at: float
    text_seq: int


class BallotRow(RecordRow, table=True):
    __tablename__ = "ballot"
    step: str
    title: str
    method: str
    candidates: list[str] = Field(sa_type=JSON)
    dots: int
    per_candidate: int
    one_per: str
    sealed: bool
    secrecy: str
    tie_rule: str
    quorum: int
    state: str
    round: int
    of: str
    after_results: bool
    opened_at: float
    closed_at: float | None
    seq: int


class CastRow(RecordRow, table=True):
    """Two rules are held here as well: one cast to a ballot and voter, and none over its limit."""

    __tablename__ = "cast"
    __table_args__ = (
        UniqueConstraint("board_id", "ballot", "voter"),
        CheckConstraint("used <= allowed", name="within_limit"),
    )
    ballot: str
    voter: str
    by: str
    place: str
    country: str
    choices: dict[str, int] = Field(sa_type=JSON)
    used: int
    allowed: int
    people: int
    done: bool
    at: float
    reasons: dict[str, str] = Field(sa_type=JSON)
    language: str


class FileRow(Row, table=True):
    """One page of a file in one size; `left_at` is when it was first found that no stage shows it."""

    __tablename__ = "file"
    board_id: str = Field(foreign_key="board.id", ondelete="CASCADE", primary_key=True)
    id: str = Field(primary_key=True)
    page: int = Field(primary_key=True)
    size: str = Field(primary_key=True)
    type: str
    content: bytes
    left_at: float | None


BOARD: Table = Row.metadata.tables["board"]
ENTRY: Table = Row.metadata.tables["entry"]
FILE: Table = Row.metadata.tables["file"]
KINDS: tuple[type[RecordRow], ...] = (
    AboutRow,
    NowRow,
    TimerRow,
    DoorRow,
    StepRow,
    PersonRow,
    NoteRow,
    ReactionRow,
    CueRow,
    StageRow,
    CommentRow,
    TranslationRow,
    BallotRow,
    CastRow,
    *MESSAGES,
)
RECORDS: Mapping[str, Table] = {str(row.__tablename__): Row.metadata.tables[str(row.__tablename__)] for row in KINDS}
