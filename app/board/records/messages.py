"""What a session comes to: headlines and their versions, actions, the survey and its answers, and how it all looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A candidate message: one candidate, whatever its versions. `origin` names notes and themes ("note:<id>").

    `state`: shown, withdrawn or hidden; `was` is the state before it was hidden, `withdrawn_by` author or facilitator.
    """

    KIND: ClassVar[str] = "headline"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = "by"
    id: str
    origin: tuple[str, ...] = ()
    by: str
    place: str
    country: str = ""
    state: str = "shown"
    order: str = ""
    created_at: float
    seq: int
    was: str = ""
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A headline's text in one language; its id is "<headline>.<language>". `by` wrote it last, for `place`.

    `pen` is what those who write it together need to go on after a break, opaque here: drawn, told and exported
    nowhere, and kept in no entry. Whatever else gives the version a text empties it.
    """

    KIND: ClassVar[str] = "version"
    WITHIN: ClassVar[str | None] = "headline"
    BY: ClassVar[str | None] = "by"
    id: str
    headline: str
    language: str
    text: str
    by: str
    place: str
    at: float
    seq: int
    text_seq: int
    pen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody says that they write a version that is missing; its id is the version's."""

    KIND: ClassVar[str] = "claim"
    WITHIN: ClassVar[str | None] = "headline"
    BY: ClassVar[str | None] = "by"
    id: str
    headline: str
    language: str
    by: str
    place: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One row of the roadmap. `owner` is a person's or place's name as written; `due` a date as ISO 8601 or "".

    `state`: open, done or removed. `note` is the id of the note that it was made out of, or "".
    """

    KIND: ClassVar[str] = "action"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = "by"
    id: str
    text: str
    owner: str = ""
    due: str = ""
    by: str
    place: str
    state: str = "open"
    order: str
    created_at: float
    seq: int
    text_seq: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The questionnaire, one to a board. `state`: draft, open or closed.

    `named`: names stand beside answers, for facilitators. `shared`: everybody sees the charts.
    """

    KIND: ClassVar[str] = "survey"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "survey"
    state: str = "draft"
    named: bool = False
    text_seq: int = 0
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the survey: `kind` choice, scale or text; texts and options are {language: text}.

    The options of a scale are two: what its lowest and its highest number stand for.
    """

    KIND: ClassVar[str] = "question"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str
    order: str
    kind: str
    text: Mapping[str, str]
    options: tuple[Mapping[str, str], ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one person answered, by question: options by their places from 0 on ("0 2"), a number ("4"), or words.

    `person` is who may change it; unless the survey is named, nobody is told. Its id is the person's.
    """

    KIND: ClassVar[str] = "answers"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = "person"
    id: str
    person: str
    place: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """How the results look and who may see them; one to a board. Colours are #rrggbb; `logo` names a kept file."""

    KIND: ClassVar[str] = "campaign"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str = "campaign"
    hashtag: str = ""
    ground: str = ""
    ink: str = ""
    logo: str = ""
    chosen: str = ""
    public: bool = False
    contact: str = ""
    link: str = ""
