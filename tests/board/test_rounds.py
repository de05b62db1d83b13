"""Run-offs: a new round between those that came first."""

import pytest

from app.board.ballots import BallotReopen
from tests.board.story import given_a_room, refused


@pytest.fixture
def counted():
    """A room, and a closed ballot of dots in which "a" has three, "b" and "c" one each, and "d" none."""
    room = given_a_room()
    notes = [room.facilitator.posts(text) for text in "abcd"]
    ballot = room.facilitator.opens_a_ballot(*notes, dots=3, per_candidate=3)
    room.lyon.votes(ballot, **{notes[0]: 3})
    room.dakar.votes(ballot, **{notes[1]: 1, notes[2]: 1})
    room.facilitator.closes(ballot)
    return room, ballot, [f"note:{note}" for note in notes]


def _runs_off(room, ballot, top):
    return room.story.ballot(room.facilitator.asks(BallotReopen(ballot=ballot, top=top)).made["ballot"])


def test_V38_a_run_off_is_between_the_best_and_their_equals(counted):
    room, ballot, (a, b, c, _) = counted
    again = _runs_off(room, ballot, 2)
    assert again.candidates == (a, b, c)
    assert (again.dots, again.per_candidate, again.round, again.of) == (2, 2, 2, ballot)
    assert (again.after_results, room.story.ballot(ballot).state) == (True, "closed")


def test_V38_a_run_off_leaves_out_what_fell(counted):
    room, ballot, (a, b, c, _) = counted
    room.facilitator.hides(b.removeprefix("note:"))
    again = _runs_off(room, ballot, 2)
    assert (again.candidates, again.dots) == ((a, c), 1)


def test_V38_a_run_off_has_two_at_least(counted):
    room, ballot, _ = counted
    for top in (1, -1):
        with refused("invalid", field="top"):
            _runs_off(room, ballot, top)
