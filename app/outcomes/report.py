"""What a report says of a session: its parts, each holding nothing but what the asking audience may read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.counting import Tally
from app.board.groups import Groups
from app.board.records import Action, Ballot, Headline, Step, Theme, Version
from app.board.supporting import Support
from app.outcomes.results import Ranked, Results
from app.outcomes.survey import SurveyResults


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a reference ("note:<id>", "theme:<id>", "headline:<id>") stands for, in one of its languages.

    `language` is "" where nobody said it; `place` where it comes from, "" where that is not told.
    """

    ref: str
    text: str
    language: str
    place: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A place that was there: its country code (or ""), and how many of the notes are its own."""

    place: str
    country: str
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Notes that are told together: those of a theme, or those of a step that lie in no theme."""

    step: Step
    theme: Theme | None
    support: Support | None
    notes: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a headline was made from; of a theme also its notes."""

    words: Words
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """How a headline fared on one ballot, among so many candidates; the figures are its row's."""

    ballot: Ballot
    rank: int
    of: int
    number: int
    against: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A headline with where it came from: notes and themes, its versions, its votes. The report's language first."""

    headline: Headline
    versions: tuple[Version, ...]
    origin: tuple[Source, ...]
    votes: tuple[Vote, ...]
    chosen: bool

    @property
    def first(self) -> Version | None:
        """The version to show when there is room for one."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A closed ballot, its tally, what its candidates say, and whether another way of counting agrees.

    `recounted` counts what was cast anew, by `app.outcomes.recounting`.
    """

    ballot: Ballot
    tally: Tally
    words: Mapping[str, Words]
    groups: Groups
    recounted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A billboard of what was chosen, with what it says and in which language; SVG or PNG, as the form takes it."""

    text: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it, at one number of the board’s clock and one moment (seconds since 1970).

    `chosen` is what is shown largest, and may be empty.

    `results` are the notes of each step, most reactions first; `groups` are the same notes as they are told.
    """

    board: str
    seq: int
    as_of: float
    title: str
    rehearsal: bool
    language: str
    began: float
    zone: str | None
    closed: bool
    hashtag: str
    contact: str
    link: str
    results: Results
    places: tuple[Here, ...]
    steps: tuple[Step, ...]
    themes: tuple[Group, ...]
    groups: tuple[Group, ...]
    messages: tuple[Message, ...]
    chosen: tuple[Words, ...]
    ballots: tuple[Counted, ...]
    actions: tuple[Action, ...]
    survey: SurveyResults | None

    @property
    def countries(self) -> int:
        """How many countries its places are in."""
        return len({each.country for each in self.places if each.country})

    @property
    def voters(self) -> int:
        """For how many people was cast on the ballot on which most were."""
        return max((each.tally.turnout.people for each in self.ballots), default=0)
