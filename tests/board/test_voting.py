"""Ballots opened, cast on, closed, reopened."""

import pytest

from app.board.hall import BoardRename
from app.board.records import Ballot
from tests.board.sight import then, to_everyone, to_facilitators
from tests.board.story import given_a_room, refused


@pytest.fixture
def vote():
    """A room with three notes: "a" by Lyon, "b" by Dakar, "c" by the facilitator."""
    room = given_a_room()
    return room, room.lyon.posts("a"), room.dakar.posts("b"), room.facilitator.posts("c")


def test_V1_a_ballot_is_over_notes_that_everybody_may_see(vote):
    room, a, b, c = vote
    ballot = room.story.ballot(room.facilitator.opens_a_ballot(a, b, a, c, title="Une"))
    assert ballot.candidates == (f"note:{a}", f"note:{b}", f"note:{c}")
    assert (ballot.step, ballot.title, ballot.state, ballot.round) == (room.step.id, "Une", "open", 1)


def test_V1_hidden_notes_and_too_few_are_refused(vote):
    room, a, b, _ = vote
    with refused("invalid", field="candidates"):
        room.facilitator.opens_a_ballot(a, a)
    room.facilitator.hides(b)
    with refused("unknown", what="note"):
        room.facilitator.opens_a_ballot(a, b)
    with refused("unknown", what="step"):
        room.facilitator.opens_a_ballot(a, b, step="s-nowhere")
    with refused("only-facilitators"):
        room.lyon.opens_a_ballot(a, b)


def test_V1_a_ballot_has_so_many_candidates():
    room = given_a_room(candidates=2)
    with refused("too-many", max=2):
        room.facilitator.opens_a_ballot(*(room.lyon.posts(text) for text in "abc"))


def test_V2_each_step_has_one_open_ballot(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    with refused("not-now", step=room.step.id):
        room.facilitator.opens_a_ballot(a, c)
    room.facilitator.opens_a_ballot(a, c, step=room.story.steps[5].id)
    room.facilitator.closes(ballot)
    room.facilitator.opens_a_ballot(a, c)


def test_V3_a_sealed_ballot_shows_no_tally_before_it_closes(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, sealed=True)
    room.lyon.votes(ballot, **{a: 1})
    to_facilitators(room.story).sees_no_tally_of(ballot)
    to_everyone(room.story).sees_no_tally_of(ballot)
    room.facilitator.closes(ballot)
    to_everyone(room.story).sees_the_tally_of(ballot)


def test_V4_an_open_ballot_shows_its_tally(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, sealed=False)
    to_everyone(room.story).sees_the_tally_of(ballot)


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("dots", {"dots": 0}),
        ("dots", {"dots": 100}),
        ("per_candidate", {"dots": 3, "per_candidate": 4}),
        ("per_candidate", {"per_candidate": 0}),
        ("quorum", {"quorum": -1}),
    ],
)
def test_V5_a_ballots_numbers_have_bounds(vote, field, terms):
    room, a, b, _ = vote
    with refused("invalid", field=field):
        room.facilitator.opens_a_ballot(a, b, **terms)


def test_V6_casting_takes_the_place_of_the_earlier_cast(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.lyon.votes(ballot, **{a: 1})
    room.lyon.votes(ballot, **{b: 1})
    casts = room.story.casts(ballot)
    assert list(casts) == ["lyon"]
    assert (casts["lyon"].choices, casts["lyon"].used, casts["lyon"].allowed) == ({f"note:{b}": 1}, 1, 3)


def test_V7_nobody_has_more_dots_than_the_ballot_gives(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, dots=3, per_candidate=2)
    with refused("no-dots-left", dots=3):
        room.lyon.votes(ballot, **{a: 2, b: 2})
    room.lyon.votes(ballot, **{a: 2, b: 1})


def test_V8_no_note_gets_more_dots_than_the_ballot_allows(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, dots=3, per_candidate=2)
    with refused("too-many-on-one", max=2):
        room.lyon.votes(ballot, **{a: 3})


def test_V9_a_closed_ballot_takes_nothing(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.lyon.votes(ballot, **{a: 1})
    room.facilitator.closes(ballot)
    with refused("ballot-closed"):
        room.lyon.votes(ballot, **{b: 1})
    with refused("ballot-closed"):
        room.lyon.retracts(ballot)
    with refused("ballot-closed"):
        room.lyon.is_done(ballot)
    with refused("ballot-closed"):
        room.facilitator.votes_for("Accra", 3, ballot, **{b: 1})
    with refused("unknown", what="ballot"):
        room.lyon.votes("b-nowhere", **{b: 1})


@pytest.mark.parametrize("dots", [None, 0, -1])
def test_V10_a_cast_chooses_something(vote, dots):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    with refused("invalid", field="choices"):
        room.lyon.votes(ballot, **({} if dots is None else {a: dots}))


def test_V11_dots_go_on_candidates(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    with refused("unknown", what="note"):
        room.lyon.votes(ballot, **{c: 1})


def test_V18_a_vote_can_be_taken_back(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.lyon.votes(ballot, **{a: 1})
    room.lyon.retracts(ballot)
    assert room.story.casts(ballot) == {}
    room.lyon.retracts(ballot)


def test_V19_voters_say_that_they_are_done(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.dakar.is_done(ballot)
    room.lyon.votes(ballot, **{a: 1})
    room.lyon.is_done(ballot)
    turnout = room.story.tally(ballot).turnout
    assert (turnout.casts, turnout.done) == (1, 2)
    room.lyon.votes(ballot, **{b: 1})
    assert room.story.tally(ballot).turnout.done == 1


def test_V20_closing_ends_a_ballot_at_that_second(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.story.minutes_pass(2)
    room.facilitator.closes(ballot)
    closed = room.story.ballot(ballot)
    assert (closed.state, closed.closed_at) == ("closed", room.story.clock)
    room.story.minutes_pass(2)
    room.facilitator.closes(ballot)
    assert room.story.ballot(ballot) == closed


def test_V21_reopening_is_a_new_round_after_results(vote):
    room, a, b, c = vote
    first = room.facilitator.opens_a_ballot(a, b, c)
    room.lyon.votes(first, **{a: 1})
    with refused("not-now", step=room.step.id):
        room.facilitator.reopens(first)
    room.facilitator.closes(first)
    room.facilitator.hides(c)
    second = room.facilitator.reopens(first)
    again = room.story.ballot(second)
    assert (again.round, again.of, again.after_results, again.state) == (2, first, True, "open")
    assert again.candidates == (f"note:{a}", f"note:{b}")
    assert room.story.casts(second) == {}
    assert room.story.ballot(first).state == "closed"
    room.facilitator.closes(second)
    assert room.story.ballot(room.facilitator.reopens(first)).round == 3


def test_V21_a_round_of_one_is_no_vote(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.facilitator.closes(ballot)
    room.facilitator.deletes(a)
    with refused("invalid", field="candidates"):
        room.facilitator.reopens(ballot)


def test_V27_muted_people_vote_and_observers_do_not(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    room.facilitator.mutes(room.lyon)
    room.lyon.votes(ballot, **{a: 1})
    guest = room.story.joins("", name="guest", role="observer")
    with refused("read-only"):
        guest.votes(ballot, **{a: 1})


def test_B12_opening_makes_what_it_says(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    assert room.story.board.all(Ballot) == [room.story.ballot(ballot)]
    room.facilitator.asks(BoardRename(title="Flip the Script"))
    assert room.story.entries[-1].after == {}
    assert then(room.lyon).may_read(room.story.ballot(ballot))
