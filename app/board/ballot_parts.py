"""Which parts of the page a ballot makes stale, its casts, and whatever stands on it."""

from collections.abc import Iterator

from app.board import grouped_parts
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.merged import within
from app.board.records import Ballot, Cast, Headline, Note, Record, Theme
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
    """All rounds of the ballots that it stands or stood on, what comes next, and the spotlight."""
    over = {ballot.of or ballot.id for ballot in board.all(Ballot) if ref in ballot.candidates}
    yield from (f"ballot/{ballot.id}" for ballot in board.all(Ballot) if (ballot.of or ballot.id) in over)
    if over:
        yield "run"
    if board.now.spotlight == ref:
        yield "spotlight"


def billboards(board: Board) -> Iterator[str]:
    """The headline in the spotlight hangs in the campaign's looks."""
    if board.now.spotlight.startswith(f"{Headline.KIND}:"):
        yield "spotlight"


def dots_on(board: Board, ref: str) -> Iterator[str]:
    """Dots on what no longer stands are free again."""
    for ballot in board.all(Ballot):
        if ballot.state == "open" and ref in ballot.candidates:
            for cast in board.casts(ballot.id):
                yield from of_voter(board, ballot, cast)


def of_theme(board: Board, theme: Theme, old: Record | None, new: Record | None) -> Iterator[str]:
    """A theme that is chosen, or that a headline was made from."""
    yield from of_candidate(board, f"theme:{theme.id}")
    yield from _of_headlines(board, {f"theme:{theme.id}"})
    before = old if isinstance(old, Theme) else None
    if before is None or new is None or before.deleted != theme.deleted:
        yield from dots_on(board, f"theme:{theme.id}")


def of_behind(board: Board, *versions: Record | None) -> Iterator[str]:
    """Ballots over the themes that a note lies or lay in, and over headlines made from it: they tell of its place."""
    if not _beyond_notes(board):
        return
    for note in versions:
        if isinstance(note, Note):
            theme = f"theme:{note.theme}"
            yield from of_candidate(board, theme)
            yield from _of_headlines(board, {theme, *(f"note:{each.id}" for each in (note, *within(board, note)))})


def everywhere(board: Board) -> Iterator[str]:
    """Every ballot that tells what its choices were made of: where notes are grouped depends on the agenda."""
    yield from (f"ballot/{ballot.id}" for ballot in _beyond_notes(board))


def _beyond_notes(board: Board) -> list[Ballot]:
    """The ballots over anything but notes."""
    return [each for each in board.all(Ballot) if not each.candidates[0].startswith(f"{Note.KIND}:")]


def _of_headlines(board: Board, origins: set[str]) -> Iterator[str]:
    for headline in board.all(Headline):
        if origins.intersection(headline.origin):
            yield from of_candidate(board, f"headline:{headline.id}")


def of_chosen(board: Board, headline: str = "") -> Iterator[str]:
    """Closed ballots, and what comes after them, when another headline is the chosen one, or this is no longer."""
    if headline and campaign_of(board).chosen != headline:
        return
    yield "run"
    yield from (f"ballot/{ballot.id}" for ballot in board.all(Ballot) if ballot.state == "closed")


def progress(board: Board) -> Iterator[str]:
    """How many have voted, of those who are here."""
    yield from (f"progress/{ballot.id}" for ballot in board.all(Ballot) if ballot.state == "open")
