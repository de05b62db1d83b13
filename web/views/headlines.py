"""Headlines as they are drawn: versions side by side with the missing ones, where each came from, how long it is."""

from dataclasses import dataclass

from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Base
from app.board.board import Board
from app.board.claiming import is_held
from app.board.formats import FITS, hashtag, measured
from app.board.headlined import (
    CLAIM_HOLDS,
    claims,
    drafting,
    headlines,
    is_locked,
    is_on_a_ballot,
    languages,
    origins,
    versions,
)
from app.board.records import Claim, Headline, Note, Theme, Version
from web.views.notes import note_view

# Offered for a further version, beside the languages that the board knows already.
OFFERED = ("en", "fr", "es", "ar", "pt", "zh", "ru", "hi", "sw", "id", "de", "it", "tr", "bn", "ur", "ja", "ko", "vi")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """How long a version is in one format, and how much can be taken in there; 0 `words` is no limit of words."""

    name: str
    long: int
    best: int
    words: int = 0
    said: int = 0
    word: str = ""

    @property
    def over(self) -> bool:
        """Is it more than can be taken in?"""
        return self.long > self.best or 0 < self.words < self.said


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One language of a headline; without a text it is missing. `claimed` says until when somebody writes it."""

    headline: str
    language: str
    text: str = ""
    place: str = ""
    at: float | None = None
    text_seq: int = 0
    locked: bool = False
    claimed: float | None = None
    claimed_for: str = ""

    @property
    def id(self) -> str:
        """What its elements are called after."""
        return f"{self.headline}-{self.language}"

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        """Its length, format by format."""
        return measures(self.text, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """A note or theme that a headline came from; `step` is where it is to be read."""

    kind: str
    id: str
    step: str
    text: str
    language: str
    place: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineView:
    """One candidate. `versions` begin with the reader's language; the missing ones come last."""

    id: str
    key: str
    state: str
    place: str
    country: str
    locked: bool
    versions: tuple[VersionView, ...]
    origins: tuple[OriginView, ...]

    @property
    def lead(self) -> VersionView | None:
        """The version that is read first."""
        return next((each for each in self.versions if each.text), None)

    @property
    def places(self) -> list[str]:
        """The places whose words it came from, each once."""
        return list(dict.fromkeys(each.place for each in self.origins if each.place))

    @property
    def others(self) -> list[str]:
        """Languages that a further version may be in."""
        there = {each.language.partition("-")[0].lower() for each in self.versions}
        return [language for language in OFFERED if language not in there]


def measures(text: str, language: str) -> tuple[MeasureView, ...]:
    """How long a text is in each format."""
    return tuple(
        MeasureView(
            name=name,
            long=measured(text, name),
            best=each.most_in(language),
            words=0 if name == "hashtag" else each.words,
            said=len(text.split()),
            word=hashtag(text) if name == "hashtag" else "",
        )
        for name, each in FITS.items()
    )


def headline_views(board: Board, base: Base, language: str, now: float) -> list[HeadlineView]:
    """What stands first, each as it came; then what was withdrawn or hidden."""
    wanted = languages(board)
    views = [headline_view(board, each, base, language, now, wanted) for each in headlines(board, base)]
    return sorted(views, key=lambda view: view.key)


def headline_view(
    board: Board, headline: Headline, base: Base, language: str, now: float, wanted: list[str]
) -> HeadlineView:
    """Draws on no audience for the headline itself: ask `may_see` first. What it came from is asked for here."""
    return HeadlineView(
        id=headline.id,
        key=f"{0 if headline.state == 'shown' else 1}{headline.seq:08d}{headline.id}",
        state=headline.state,
        place=headline.place,
        country=headline.country,
        locked=is_on_a_ballot(board, headline.id),
        versions=tuple(_versions(board, headline, language, now, wanted if base is not SCREEN else [])),
        origins=tuple(_origin(board, each) for each in origins(board, headline, base)),
    )


def _versions(board: Board, headline: Headline, language: str, now: float, wanted: list[str]) -> list[VersionView]:
    there = [_version(board, each) for each in versions(board, headline.id)]
    there.sort(key=lambda view: view.language.partition("-")[0].lower() != language)
    written = {view.language.partition("-")[0].lower() for view in there}
    if not wanted or headline.state != "shown":
        return there
    held = {each.language.lower(): each for each in claims(board, headline.id) if is_held(each, now)}
    asked = dict.fromkeys([*wanted, *(each.language for each in held.values())])
    missing = [each for each in asked if each.partition("-")[0].lower() not in written]
    return there + [_missing(board, headline, each, held.get(each.lower())) for each in missing]


def _version(board: Board, version: Version) -> VersionView:
    return VersionView(
        headline=version.headline,
        language=version.language,
        text=version.text,
        place=version.place,
        at=version.at if version.place else None,
        text_seq=version.text_seq,
        locked=is_locked(board, version.headline, version.language),
    )


def _missing(board: Board, headline: Headline, language: str, claim: Claim | None) -> VersionView:
    there = board.get(Version, f"{headline.id}.{language.lower()}")
    return VersionView(
        headline=headline.id,
        language=language,
        text_seq=there.text_seq if there is not None else 0,
        locked=is_locked(board, headline.id, language),
        claimed=claim.at + CLAIM_HOLDS if claim else None,
        claimed_for=claim.place if claim else "",
    )


def _origin(board: Board, found: Note | Theme) -> OriginView:
    if isinstance(found, Theme):
        return OriginView(kind="theme", id=found.id, step=found.step, text=found.title, language="", place="", color="")
    view = note_view(board, found)
    return OriginView(
        kind="note",
        id=view.id,
        step=view.step,
        text=view.text,
        language=view.language,
        place=view.place,
        color=view.color,
    )


def offered(board: Board) -> list[str]:
    """The languages that a new headline may be in, the board's first: the same for as long as a page is open."""
    return list(dict.fromkeys([board.about.language, *OFFERED]))


def drafts(board: Board, base: Base) -> bool:
    """Does this audience write headlines now? A page hides the means of it from whoever only reads."""
    return base is FACILITATORS or (base is EVERYONE and drafting(board) is not None)
