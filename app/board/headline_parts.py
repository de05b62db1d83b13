"""Which parts a change makes stale where headlines are drawn."""

from collections.abc import Iterator

from app.board import ballot_parts
from app.board.board import Board
from app.board.headlined import drafting
from app.board.records import Claim, Headline, Note, Record, Theme, Version


def of_headline(board: Board, headline: Headline, old: Record | None, new: Record | None) -> Iterator[str]:
    """Its card, how many there are, and the ballots that it stands on; dots on one that fell are free."""
    ref = f"headline:{headline.id}"
    yield from (f"headline/{headline.id}", "headlines", *ballot_parts.of_candidate(board, ref))
    before = old if isinstance(old, Headline) else None
    if before is None or new is None or before.state != headline.state:
        yield from (*ballot_parts.dots_on(board, ref), *ballot_parts.of_chosen(board, headline.id))


def of_version(board: Board, version: Version | Claim) -> Iterator[str]:
    """A headline is drawn with all of its versions."""
    yield f"headline/{version.headline}"
    if isinstance(version, Version):
        yield from ballot_parts.of_candidate(board, f"headline:{version.headline}")


def of_origin(board: Board, *records: Record | None) -> Iterator[str]:
    """A headline tells of the notes and themes that it came from."""
    refs = {f"{record.KIND}:{record.id}" for record in records if isinstance(record, Note | Theme)}
    yield from (f"headline/{each.id}" for each in board.all(Headline) if refs.intersection(each.origin))


def of_step(board: Board, step: str) -> Iterator[str]:
    """What came from the notes of a step, when what may be read there is another."""
    yield from of_origin(board, *board.notes(step))


def everywhere(board: Board, before: str | None = None) -> Iterator[str]:
    """All of them, where it is another matter now whether people write; `before` is the step that the session left."""
    if before is None or drafting(board, before) != drafting(board):
        yield "headlines"
        yield from (f"headline/{each.id}" for each in board.all(Headline))
