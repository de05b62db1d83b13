"""Headlines: drafted from notes, a theme or nothing, written together in several languages, withdrawn and restored."""

from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.audience import EVERYONE, FACILITATORS, may_see
from app.board.board import Board
from app.board.checking import MOST_LANGUAGES, checked, checked_language
from app.board.headlined import drafting, is_locked, is_on_a_ballot, version_id
from app.board.records import Claim, Headline, Key, Note, Person, Record, Theme, Version, key
from app.board.rule import Rule, Who, actor, facilitates

MOST_ORIGINS = 100
# Characters that a version may have while people write it together; a ballot takes no more than the limit.
WHILE_WRITING = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineAdd:
    """From notes and themes ("note:<id>", "theme:<id>"), or from nothing. No language is the asker's."""

    text: str
    language: str = ""
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineEdit:
    """The version of that language, made where it is missing: then there is no `base`."""

    headline: str
    language: str
    text: str
    base: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineCowrite:
    """What several people have written by now, and the opaque state (base64) from which they go on.

    `life` is the board's epoch in which they did; any, where it is not said.
    """

    headline: str
    language: str
    text: str
    base: int
    pen: str
    life: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineWithdraw:
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineRestore:
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineHide:
    headline: str
    on: bool = True


def add(board: Board, command: HeadlineAdd, ask: Ask) -> Changes:
    """Refused: not-now {step}, too-many {max}, unknown {what} it comes from, empty, too-long {max}, invalid {field}."""
    author = drafter(board, ask)
    if _is_full(board, ask.limits.headlines):
        raise Refused("too-many", max=ask.limits.headlines)
    place, country = spoken_for(board, author)
    headline = Headline(
        id=ask.make_id("headline"),
        origin=_origin(board, command.origin, author),
        by=author.id,
        place=place,
        country=country,
        created_at=ask.now,
        seq=ask.seq,
    )
    text = checked(command.text, most=ask.limits.headline)
    language = checked_language(command.language or author.language)
    version = _version(board, headline.id, language, text, author, ask)
    return put(headline, version, made={"headline": headline.id})


def drafter(board: Board, ask: Ask) -> Person:
    """Whoever asks, if headlines are theirs to write now.

    Refused not-now {step}: participants write once the session has come to a headline step that lets them.
    """
    person = actor(board, ask)
    if not facilitates(person) and drafting(board) is None:
        first = next((step.id for step in board.steps if step.kind == "headline"), "")
        raise Refused("not-now", step=first)
    return person


def spoken_for(board: Board, person: Person) -> tuple[str, str]:
    """The place and country to name beside what they write: none where nobody is named."""
    step = drafting(board)
    return ("", "") if step is not None and step.anonymous else (person.place, person.country)


def _is_full(board: Board, most: int) -> bool:
    """Hidden ones take no room, or whoever floods a board would silence it although facilitators hid it all."""
    return sum(each.state != "hidden" for each in board.all(Headline)) >= most


def _origin(board: Board, refs: tuple[str, ...], author: Person) -> tuple[str, ...]:
    if len(refs) > MOST_ORIGINS:
        raise Refused("too-many", max=MOST_ORIGINS)
    base = FACILITATORS if facilitates(author) else EVERYONE
    for ref in refs:
        kind, _, id_ = ref.partition(":")
        if kind not in ("note", "theme"):
            raise Refused("invalid", field="from")
        found = board.need(Note, id_) if kind == "note" else board.need(Theme, id_)
        gone = found.deleted if isinstance(found, Theme) else found.state == "merged"
        if gone or not may_see(board, found, base):
            raise Refused("unknown", what=kind)
    return tuple(dict.fromkeys(refs))


def _version(board: Board, headline: str, language: str, text: str, author: Person, ask: Ask) -> Version:
    return Version(
        id=version_id(headline, language),
        headline=headline,
        language=language,
        text=text,
        by=author.id,
        place=spoken_for(board, author)[0],
        at=ask.now,
        seq=ask.seq,
        text_seq=ask.seq,
    )


def edit(board: Board, command: HeadlineEdit, ask: Ask) -> Changes:
    """Everybody who may write may edit each version, and begin one that is missing.

    Refused: unknown, not-now {step}, locked, changed-since {text}, empty, too-long {max}, invalid {field},
    too-many {max} languages.
    """
    text = checked(command.text, most=ask.limits.headline)
    return _written(board, command, text, "", ask)


def cowrite(board: Board, command: HeadlineCowrite, ask: Ask) -> Changes:
    """As `edit`, but the words may also be none, or too many, while people are at them: a ballot asks for the rest.

    Refused: as `edit`, but never empty; too-long {max} beyond what is bearable. In another life of the board words may
    have gone for good, so what was written before has changed since.
    """
    text = checked(command.text, most=max(WHILE_WRITING, ask.limits.headline), empty=True)
    if command.life not in ("", board.epoch):
        raise Refused("changed-since")
    return _written(board, command, text, command.pen, ask)


def _written(board: Board, command: HeadlineEdit | HeadlineCowrite, text: str, pen: str, ask: Ask) -> Changes:
    person = drafter(board, ask)
    headline = _standing(board, command.headline, person)
    language = checked_language(command.language)
    if not facilitates(person) and is_locked(board, headline.id, language):
        raise Refused("locked")
    old = board.get(Version, version_id(headline.id, language))
    if old is None and len(board.inside(Version, headline.id)) >= MOST_LANGUAGES:
        raise Refused("too-many", max=MOST_LANGUAGES)
    if old is not None and old.text_seq > command.base:
        raise Refused("changed-since", text=old.text)
    if old is not None and (old.text, old.pen) == (text, pen):
        return NOTHING
    new = replace(_version(board, headline.id, language, text, person, ask), pen=pen)
    if old is not None:
        new = replace(new, language=old.language, seq=old.seq)
    claim = board.get(Claim, new.id)
    records: dict[Key, Record | None] = {key(new): new}
    return Changes({**records, **drop(claim).records}) if claim and text else Changes(records)


def _standing(board: Board, headline_id: str, person: Person) -> Headline:
    """The headline, if it is there for this person to write on; locked while it is withdrawn."""
    headline = board.need(Headline, headline_id)
    if not may_see(board, headline, FACILITATORS if facilitates(person) else EVERYONE):
        raise Refused("unknown", what="headline")
    if headline.state == "withdrawn":
        raise Refused("locked")
    return headline


def withdraw(board: Board, command: HeadlineWithdraw, ask: Ask) -> Changes:
    """By whoever proposed it, until a ballot is over it, and by facilitators. It is kept, and dots on it are free.

    Refused: unknown, not-yours, locked.
    """
    headline = own(board, command.headline, ask)
    if headline.state != "shown":
        return NOTHING
    by = "author" if headline.by == ask.actor else "facilitator"
    return put(replace(headline, state="withdrawn", withdrawn_by=by))


def own(board: Board, headline_id: str, ask: Ask) -> Headline:
    """The headline, for whoever proposed it or a facilitator. Refused: unknown, not-yours, locked."""
    headline, person = board.need(Headline, headline_id), actor(board, ask)
    if facilitates(person):
        return headline
    if headline.state == "hidden":
        raise Refused("unknown", what="headline")
    if headline.by != person.id:
        raise Refused("not-yours")
    if is_on_a_ballot(board, headline.id):
        raise Refused("locked")
    return headline


def restore(board: Board, command: HeadlineRestore, ask: Ask) -> Changes:
    """Refused: unknown, not-yours, locked; what a facilitator withdrew, only a facilitator restores."""
    headline = own(board, command.headline, ask)
    if headline.state != "withdrawn":
        return NOTHING
    if headline.withdrawn_by == "facilitator" and not facilitates(actor(board, ask)):
        raise Refused("only-facilitators")
    return put(replace(headline, state="shown", withdrawn_by=""))


def hide(board: Board, command: HeadlineHide, ask: Ask) -> Changes:
    """Only facilitators still read a hidden one; shown again it is as it was. Refused: unknown."""
    headline = board.need(Headline, command.headline)
    if command.on == (headline.state == "hidden"):
        return NOTHING
    return put(*hidden(board, headline)) if command.on else put(replace(headline, state=headline.was, was=""))


def hidden(board: Board, headline: Headline) -> tuple[Headline | Version, ...]:
    """The headline out of everybody's sight; who goes on writing it begins anew from its words."""
    held = (each for each in board.inside(Version, headline.id) if each.pen)
    return replace(headline, state="hidden", was=headline.state), *(replace(each, pen="") for each in held)


RULES = (
    Rule("headline.add", HeadlineAdd, add),
    Rule("headline.edit", HeadlineEdit, edit),
    Rule("headline.cowrite", HeadlineCowrite, cowrite, indirect=True),
    Rule("headline.withdraw", HeadlineWithdraw, withdraw, Who.VOTERS),
    Rule("headline.restore", HeadlineRestore, restore),
    Rule("headline.hide", HeadlineHide, hide, Who.FACILITATORS),
)
