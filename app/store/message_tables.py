"""Knows the tables of what a session comes to: themes, headlines, the roadmap, the survey, and how it all looks."""

from sqlalchemy.types import JSON
from sqlmodel import Field

from app.store.rows import RecordRow


class ThemeRow(RecordRow, table=True):
    __tablename__ = "theme"
    step: str
    title: str
    order: str
    deleted: bool
    seq: int
    text_seq: int


class DismissalRow(RecordRow, table=True):
    __tablename__ = "dismissal"
    step: str
    notes: list[str] = Field(sa_type=JSON)
    by: str
    seq: int


class HeadlineRow(RecordRow, table=True):
    __tablename__ = "headline"
    origin: list[str] = Field(sa_type=JSON)
    by: str
    place: str
    country: str
    state: str
    order: str
    created_at: float
    seq: int
    was: str
    withdrawn_by: str


class VersionRow(RecordRow, table=True):
    __tablename__ = "version"
    headline: str
    language: str
    text: str
    by: str
    place: str
    at: float
    seq: int
    text_seq: int
    pen: str


class ClaimRow(RecordRow, table=True):
    __tablename__ = "claim"
    headline: str
    language: str
    by: str
    place: str
    at: float


class ActionRow(RecordRow, table=True):
    __tablename__ = "action"
    text: str
    owner: str
    due: str
    by: str
    place: str
    state: str
    order: str
    created_at: float
    seq: int
    text_seq: int
    note: str


class SurveyRow(RecordRow, table=True):
    __tablename__ = "survey"
    state: str
    named: bool
    text_seq: int
    shared: bool


class QuestionRow(RecordRow, table=True):
    __tablename__ = "question"
    order: str
    kind: str
    text: dict[str, str] = Field(sa_type=JSON)
    options: list[dict[str, str]] = Field(sa_type=JSON)
    several: bool


class AnswersRow(RecordRow, table=True):
    __tablename__ = "answers"
    person: str
    place: str
    given: dict[str, str] = Field(sa_type=JSON)


class CampaignRow(RecordRow, table=True):
    __tablename__ = "campaign"
    hashtag: str
    ground: str
    ink: str
    logo: str
    chosen: str
    public: bool
    contact: str
    link: str


MESSAGES: tuple[type[RecordRow], ...] = (
    ThemeRow,
    DismissalRow,
    HeadlineRow,
    VersionRow,
    ClaimRow,
    ActionRow,
    SurveyRow,
    QuestionRow,
    AnswersRow,
    CampaignRow,
)
