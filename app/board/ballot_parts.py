"""Which parts of the page a ballot makes stale, its casts, and whatever stands on it."""

from collections.abc import Iterator

from app.board import grouped_parts
from app.board.board import Board
from app.board.records import Ballot, Cast, Record
from app.board.voters import voter_of


def of_ballot(board: Board, ballot: Ballot, old: Record | None, new: Record | None) -> Iterator[str]:
    """Opened and closed it is everybody's: dots are theirs to place, and what stands on it is locked."""
    yield from (f"ballot/{ballot.id}", f"ballots/{ballot.step}")
    if old is None or new is None or (isinstance(old, Ballot) and old.state != ballot.state):
        yield from (f"mine/{person.id}" for person in board.people())
        yield from ("run", *grouped_parts.of_dots(board, ballot))
        yield from (ref.replace(":", "/") for ref in ballot.candidates if ref.startswith("headline:"))


def of_cast(board: Board, cast: Cast, old: Record | None) -> Iterator[str]:
    """The tally, who has voted, and the voter's own dots."""
    yield from (f"tally/{cast.ballot}", f"progress/{cast.ballot}", f"mine/{cast.by}")
    ballot = board.get(Ballot, cast.ballot)
    if isinstance(old, Cast):
        yield f"mine/{old.by}"
    if ballot is not None:
        yield from of_voter(board, ballot, cast)


def of_voter(board: Board, ballot: Ballot, cast: Cast) -> Iterator[str]:
    """Whoever the vote is: a person, or everybody of the place that has this one vote."""
    if ballot.one_per == "person":
        yield f"mine/{cast.by}"
    else:
        yield from (f"mine/{each.id}" for each in board.people() if voter_of(ballot, each) == cast.voter)


def of_candidate(board: Board, ref: str) -> Iterator[str]:
    """The ballots that it stands or stood on, and the spotlight."""
    yield from (f"ballot/{ballot.id}" for ballot in board.all(Ballot) if ref in ballot.candidates)
    if board.now.spotlight == ref:
        yield "spotlight"


def dots_on(board: Board, ref: str) -> Iterator[str]:
    """Dots on what no longer stands are free again."""
    for ballot in board.all(Ballot):
        if ballot.state == "open" and ref in ballot.candidates:
            for cast in board.casts(ballot.id):
                yield from of_voter(board, ballot, cast)


def progress(board: Board) -> Iterator[str]:
    """How many have voted, of those who are here."""
    yield from (f"progress/{ballot.id}" for ballot in board.all(Ballot) if ballot.state == "open")
