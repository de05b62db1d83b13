"""Forgetting a person: their words, their name and their seat go; what was counted, and what others wrote, stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.board.asking import Ask, Changes, drop, put
from app.board.board import Board
from app.board.entries import Entry
from app.board.records import (
    Action,
    Answers,
    Ballot,
    Cast,
    Claim,
    Comment,
    Headline,
    Note,
    Person,
    Record,
    Translation,
    Version,
)
from app.board.rule import Rule, Who, actor
from app.board.scoring import place_of

FORGET: Final = "person.forget"
# What stands where words were: in no language, and never empty, so that a ballot that names it still shows something.
FORGOTTEN: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForget:
    """Asked by the person themselves, or by an operator for them, also when they were removed."""


def forget(board: Board, command: PersonForget, ask: Ask) -> Changes:
    """Takes back what they wrote wherever it stands, and their seat; whoever keeps the board clears its past too.

    Somebody who was removed stays removed; everybody else may come in anew, as somebody else.

    A note or headline that was voted on stays as a candidate without words, and so do votes, without reasons; and
    without the place's name where nobody else voted for it.
    """
    person = actor(board, ask)
    gone: list[Record] = [*board.by(Translation, person.id), *board.by(Claim, person.id)]
    gone += board.by(Answers, person.id)
    return Changes({**drop(*gone).records, **put(_nobody(person), *_left(board, person.id, ask)).records})


def forgets(entry: Entry) -> bool:
    """Whether somebody was forgotten by it, who was not before: to ask again does not sweep the past again."""
    return entry.what == FORGET and bool(entry.after)


def _nobody(person: Person) -> Person:
    plain = replace(person, name=FORGOTTEN, place="", place_id="", country="", hand_at=None)
    state = "removed" if person.state == "removed" else "forgotten"
    return replace(plain, state=state, role="participant", muted=False, hushed=False)


def _left(board: Board, person: str, ask: Ask) -> Iterator[Record]:
    for note in board.by(Note, person):
        stays = note.state == "merged" or note.made_of or _voted_on(board, f"note:{note.id}")
        left = replace(note, text=FORGOTTEN, place="", country="")
        yield left if stays else replace(left, state="deleted", deleted_by="author", pinned=False)
    for comment in board.by(Comment, person):
        yield replace(comment, text=FORGOTTEN, place="", country="", state="deleted", deleted_by="author")
    for action in board.by(Action, person):
        yield replace(action, text=FORGOTTEN, owner="", place="", state="removed")
    for version in board.by(Version, person):
        emptied = replace(version, text=FORGOTTEN, place="", pen="")
        yield emptied if emptied == version else replace(emptied, text_seq=ask.seq)
    for headline in board.by(Headline, person):
        yield _headline(board, headline)
    for cast in board.by(Cast, person):
        yield replace(cast, reasons={})
        if cast.voter == person and cast.place and not cast.place.startswith(FORGOTTEN):
            yield from _nameless(board, cast)


def _nameless(board: Board, left: Cast) -> Iterator[Cast]:
    """The votes of their place without its name, where nobody else voted for it: as many places have voted as before.

    Where somebody else did, the place is theirs, and what they voted together stands.
    """
    place, casts = place_of(left), board.casts(left.ballot)
    of_it = [cast for cast in casts if place_of(cast) == place]
    if any(cast.voter != left.voter and not is_nobody(board, cast.voter) for cast in of_it):
        return
    taken = {cast.place for cast in casts}
    name = next(name for n in range(1, len(casts) + 2) if (name := f"{FORGOTTEN} {n}") not in taken)
    for cast in of_it:
        yield replace(cast, place=name, reasons={} if cast.voter == left.voter else cast.reasons)


def is_nobody(board: Board, person_id: str) -> bool:
    """Whether that person was forgotten, also where they had been removed before."""
    person = board.get(Person, person_id)
    return person is not None and person.is_gone and person.name == FORGOTTEN


def _voted_on(board: Board, ref: str) -> bool:
    return any(ref in ballot.candidates for ballot in board.all(Ballot))


def _headline(board: Board, headline: Headline) -> Headline:
    """Withdrawn, unless others wrote on it or it was voted on."""
    others = any(version.by != headline.by for version in board.inside(Version, headline.id))
    stays = others or headline.state != "shown" or _voted_on(board, f"headline:{headline.id}")
    left = replace(headline, place="", country="")
    return left if stays else replace(left, state="withdrawn", withdrawn_by="author")


RULES = (Rule(FORGET, PersonForget, forget, Who.OWN),)
