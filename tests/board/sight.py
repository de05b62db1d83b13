"""What somebody, or an audience, sees of a story's board."""

from __future__ import annotations

from dataclasses import dataclass

from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Audience, Only, base_of, may_see
from app.board.board import Board
from app.board.counting import Tally, seen_tally
from app.board.records import Ballot, Note, Record
from tests.board.story import Somebody, Story


@dataclass
class Sight:
    """What somebody, or an audience, sees now."""

    board: Board
    audiences: tuple[Audience, ...]

    def _may(self, record: Record) -> bool:
        return any(may_see(self.board, record, audience) for audience in self.audiences)

    def sees(self, *notes: str) -> None:
        """Every one of these notes."""
        assert all(self._may(self.board.need(Note, note)) for note in notes)

    def does_not_see(self, *notes: str) -> None:
        """None of these notes."""
        assert not any(self._may(self.board.need(Note, note)) for note in notes)

    def sees_the_tally_of(self, ballot: str) -> None:
        """How it stands."""
        assert self.tally(ballot) is not None

    def sees_no_tally_of(self, ballot: str) -> None:
        """How it stands, not yet."""
        assert self.tally(ballot) is None

    def tally(self, ballot: str) -> Tally | None:
        """The tally as it is seen here."""
        return seen_tally(self.board, self.board.need(Ballot, ballot), self.audiences[0])

    def may_read(self, record: Record) -> bool:
        """Any record."""
        return self._may(record)


def then(who: Somebody | tuple[Story, Audience]) -> Sight:
    """What they see: with the audience of their seat, and what is only theirs."""
    if isinstance(who, Somebody):
        return Sight(who.story.board, (base_of(who.person), Only(who.id)))
    story, audience = who
    return Sight(story.board, (audience,))


def on_screen(story: Story) -> Sight:
    """What the projector shows."""
    return then((story, SCREEN))


def to_everyone(story: Story) -> Sight:
    """What every participant's page shows."""
    return then((story, EVERYONE))


def to_facilitators(story: Story) -> Sight:
    """What facilitators' pages show."""
    return then((story, FACILITATORS))
