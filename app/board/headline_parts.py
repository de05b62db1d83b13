"""Which parts a change makes stale where headlines are drawn."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from app.board import ballot_parts
from app.board.board import Board
from app.board.headlined import drafting
from app.board.records import Claim, Headline, Note, Person, Record, Step, Theme, Version


def of_headline(board: Board, headline: Headline, old: Record | None, new: Record | None) -> Iterator[str]:
    """Its card, how many there are, and the ballots that it stands on; dots on one that fell are free."""
    ref = f"headline:{headline.id}"
    yield from (f"headline/{headline.id}", "headlines", *ballot_parts.of_candidate(board, ref))
    before = old if isinstance(old, Headline) else None
    if before is None or new is None:
        yield f"mine/{headline.by}"
    if before is None or new is None or before.state != headline.state:
        # Its languages are wanted of the others too.
        yield from everywhere(board)
        yield from (*ballot_parts.dots_on(board, ref), *ballot_parts.of_chosen(board, headline.id))


def of_version(board: Board, version: Version, old: Record | None, new: Record | None) -> Iterator[str]:
    """A headline is drawn with all of its versions; one in a language that is new is missing in all the others."""
    yield from (f"headline/{version.headline}", *ballot_parts.of_candidate(board, f"headline:{version.headline}"))
    if not all(isinstance(each, Version) and each.text for each in (old, new)):
        yield from everywhere(board)


def of_claim(claim: Claim, old: Record | None, new: Record | None) -> Iterator[str]:
    """Whoever claimed it can let it go."""
    yield f"headline/{claim.headline}"
    yield from (f"mine/{each.by}" for each in (old, new) if isinstance(each, Claim))


def of_person(board: Board, person: Person, before: Record | None) -> Iterator[str]:
    """Headlines are wanted in the languages of who is here.

    Of two who come at once with a new language each would leave it to the other: the first one of them says so.
    """
    known = before if isinstance(before, Person) else replace(person, state="")
    if (known.language, known.state) == (person.language, person.state):
        return
    earlier = takewhile(lambda each: each.id != person.id, board.people())
    others = {each.language for each in earlier if each.state == "here"}
    if not {known.language, person.language} <= others:
        yield from everywhere(board)


def of_origin(board: Board, *records: Record | None) -> Iterator[str]:
    """A headline tells of the notes and themes that it came from."""
    refs = {f"{record.KIND}:{record.id}" for record in records if isinstance(record, Note | Theme)}
    yield from (f"headline/{each.id}" for each in board.all(Headline) if refs.intersection(each.origin))


def of_step(board: Board, step: str) -> Iterator[str]:
    """What came from the notes of a step, when what may be read there is another."""
    yield from of_origin(board, *board.notes(step))


def of_right(board: Board, step: Step, before: Step | None) -> Iterator[str]:
    """All of them, where people may no longer write in a headline step, or may now."""
    if step.kind == "headline" and before is not None and before.write != step.write:
        yield from everywhere(board)


def everywhere(board: Board, before: str | None = None) -> Iterator[str]:
    """All of them, where it is another matter now whether people write; `before` is the step that the session left."""
    if before is None or drafting(board, before) != drafting(board):
        yield "headlines"
        yield from (f"headline/{each.id}" for each in board.all(Headline))
