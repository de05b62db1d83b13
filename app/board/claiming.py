"""Claiming a missing version of a headline: who writes it is told to everybody, and nobody is kept from writing."""

from dataclasses import dataclass

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.audience import EVERYONE, may_see
from app.board.board import Board
from app.board.checking import MOST_LANGUAGES, checked_language
from app.board.headlined import CLAIM_HOLDS, is_locked, version_id
from app.board.headlines import drafter, spoken_for
from app.board.records import Claim, Headline, Person, Version
from app.board.rule import Rule, actor, facilitates


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineClaim:
    headline: str
    language: str
    on: bool = True


def claim(board: Board, command: HeadlineClaim, ask: Ask) -> Changes:
    """Tells that the asker writes the version of that language, for ten minutes or until it is written.

    Refused: unknown, not-now {step}, locked, changed-since {text} when it is written already, claimed {place} by
    somebody else just now, invalid {field}, too-many {max} languages; not-yours to let go what another claimed.
    """
    headline = board.need(Headline, command.headline)
    if headline.state != "shown" or not may_see(board, headline, EVERYONE):
        raise Refused("unknown", what="headline")
    language = checked_language(command.language)
    held = board.get(Claim, version_id(headline.id, language))
    return _claimed(board, headline, language, held, ask) if command.on else _let_go(held, actor(board, ask))


def _claimed(board: Board, headline: Headline, language: str, held: Claim | None, ask: Ask) -> Changes:
    person = drafter(board, ask)
    if not facilitates(person) and is_locked(board, headline.id, language):
        raise Refused("locked")
    there = board.get(Version, version_id(headline.id, language))
    if there is not None and there.text:
        raise Refused("changed-since", text=there.text)
    if held is not None and held.by != person.id and is_held(held, ask.now):
        raise Refused("claimed", place=held.place)
    if held is None and len(board.inside(Claim, headline.id)) >= MOST_LANGUAGES:
        raise Refused("too-many", max=MOST_LANGUAGES)
    place, _ = spoken_for(board, person)
    return put(
        Claim(
            id=version_id(headline.id, language),
            headline=headline.id,
            language=language,
            by=person.id,
            place=place,
            at=ask.now,
        )
    )


def is_held(claim: Claim, now: float) -> bool:
    """Does the claim still hold at that moment?"""
    return now < claim.at + CLAIM_HOLDS


def _let_go(held: Claim | None, person: Person) -> Changes:
    if held is None:
        return NOTHING
    if held.by != person.id and not facilitates(person):
        raise Refused("not-yours")
    return drop(held)


RULES = (Rule("headline.claim", HeadlineClaim, claim),)
