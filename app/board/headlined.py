"""What headlines there are: their versions, where people write them now, and which of their words are voted on."""

from app.board.audience import Audience, may_see
from app.board.board import Board
from app.board.records import Ballot, Claim, Headline, Note, Step, Theme, Version

# Seconds for which a version is somebody's to begin.
CLAIM_HOLDS = 600.0


def version_id(headline: str, language: str) -> str:
    """One version to a headline and language, however the language's tag is spelt."""
    return f"{headline}.{language.lower()}"


def headlines(board: Board, audience: Audience) -> list[Headline]:
    """The headlines that this audience may see, as they came; withdrawn and hidden ones among them."""
    seen = (each for each in board.all(Headline) if may_see(board, each, audience))
    return sorted(seen, key=lambda each: (each.order, each.seq, each.id))


def versions(board: Board, headline: str) -> list[Version]:
    """Its versions that have words, as they came."""
    return sorted((each for each in board.inside(Version, headline) if each.text), key=lambda each: (each.seq, each.id))


def claims(board: Board, headline: str) -> list[Claim]:
    """Who has said that they write a missing version, as they said it."""
    return sorted(board.inside(Claim, headline), key=lambda each: (each.at, each.id))


def headline_stands(board: Board, id_: str) -> bool:
    """Can it be chosen: neither withdrawn nor hidden, and with words in some language?"""
    headline = board.get(Headline, id_)
    return headline is not None and headline.state == "shown" and bool(versions(board, id_))


def drafting(board: Board, at: str | None = None) -> Step | None:
    """The last headline step that the session has come to (or would have, in the step `at`), if people may write."""
    steps = board.steps
    current = next((n for n, step in enumerate(steps) if step.id == (board.now.step if at is None else at)), -1)
    come = [step for step in steps[: current + 1] if step.kind == "headline"]
    return come[-1] if come and come[-1].write else None


def is_locked(board: Board, headline: str, language: str) -> bool:
    """Is the version closed to all but facilitators?

    Nothing is written while a ballot is open over the headline; what was voted on stays as it was read.
    """
    over = [each for each in board.all(Ballot) if f"headline:{headline}" in each.candidates]
    there = board.get(Version, version_id(headline, language))
    read = there is not None and any(there.seq < ballot.seq for ballot in over)
    return read or any(ballot.state == "open" for ballot in over)


def is_on_a_ballot(board: Board, headline: str) -> bool:
    """Is it, or was it ever, a candidate?"""
    return any(f"headline:{headline}" in ballot.candidates for ballot in board.all(Ballot))


def origins(board: Board, headline: Headline, audience: Audience) -> list[Note | Theme]:
    """The notes and themes that it came from, as far as this audience may read them now."""
    found = [_found(board, ref) for ref in headline.origin]
    return [each for each in found if each is not None and may_see(board, each, audience)]


def _found(board: Board, ref: str) -> Note | Theme | None:
    kind, _, id_ = ref.partition(":")
    if kind == "note":
        return board.get(Note, id_)
    theme = board.get(Theme, id_)
    return theme if theme is not None and not theme.deleted else None


def languages(board: Board) -> list[str]:
    """The languages that a headline is wanted in: the board's, those of who is here, and those already written in."""
    here = [person.language for person in board.people() if person.state == "here"]
    written = [each.language for each in board.all(Version) if each.text and headline_stands(board, each.headline)]
    return list(dict.fromkeys([board.about.language, *sorted(set(here)), *written]))
