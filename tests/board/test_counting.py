"""The count: dots, people and places, ties, secrecy, quorum, and candidates that come and go."""

import pytest

from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, ROOM, SCREEN
from app.board.casting import dots_left
from app.board.counting import seen_tally
from tests.board.sight import on_screen, to_everyone
from tests.board.story import given_a_room


@pytest.fixture
def vote():
    """A room with three notes: "a" by Lyon, "b" by Dakar, "c" not for publication."""
    room = given_a_room()
    return room, room.lyon.posts("a"), room.dakar.posts("b"), room.lyon.posts("c", attribution="unpublished")


def _ranks(tally):
    return [(row.ref.removeprefix("note:"), row.rank, row.dots, row.tied) for row in tally.rows]


def test_V22_a_delegation_does_not_outweigh_a_mayor_unseen(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    for number in range(5):
        room.story.joins("Lyon", name=f"lyon {number}").votes(ballot, **{a: 1})
    room.dakar.votes(ballot, **{b: 1})
    room.facilitator.votes_for("Accra", 2, ballot, **{b: 2})
    row_a, row_b = room.story.row(ballot, a), room.story.row(ballot, b)
    assert (row_a.dots, row_a.people, row_a.places) == (5, 5, 1)
    assert (row_b.dots, row_b.people, row_b.places) == (3, 3, 2)
    assert (row_a.rank, row_a.place_rank, row_b.rank, row_b.place_rank) == (1, 2, 2, 1)
    turnout = room.story.tally(ballot).turnout
    assert (turnout.casts, turnout.people, turnout.places) == (7, 8, 3)
    assert room.story.tally(ballot).winners == (f"note:{a}",)


def test_V22_without_a_dot_nobody_wins(vote):
    room, a, b, _ = vote
    assert room.story.tally(room.facilitator.opens_a_ballot(a, b)).winners == ()


@pytest.mark.parametrize(
    ("secrecy", "by_place", "by_person"),
    [
        ("secret", {}, {}),
        ("by_place", {"Lyon": 2, "Dakar": 1, "Accra": 3}, {}),
        ("named", {"Lyon": 2, "Dakar": 1, "Accra": 3}, {"Lyon": 2, "Dakar": 1, "Accra": 3}),
    ],
)
def test_V23_a_tally_names_no_more_than_its_secrecy_says(vote, secrecy, by_place, by_person):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, secrecy=secrecy, dots=2, per_candidate=2)
    room.lyon.votes(ballot, **{a: 2})
    room.dakar.votes(ballot, **{a: 1})
    room.facilitator.votes_for("Accra", 2, ballot, **{a: 3})
    row = room.story.row(ballot, a)
    assert (row.by_place, row.by_person) == (by_place, by_person)


@pytest.mark.parametrize(
    ("rule", "ranks", "tied"),
    [
        ("shared", [1, 1, 3], False),
        ("earliest", [1, 2, 3], False),
        ("runoff", [1, 1, 3], True),
        ("facilitator", [1, 1, 3], True),
    ],
)
def test_V24_ties_follow_the_rule_of_the_ballot(vote, rule, ranks, tied):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(c, b, a, tie_rule=rule)
    room.lyon.votes(ballot, **{a: 1, b: 1})
    assert _ranks(room.story.tally(ballot)) == [
        (a, ranks[0], 1, tied),
        (b, ranks[1], 1, tied),
        (c, ranks[2], 0, False),
    ]


def test_V25_a_quorum_counts_people(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, quorum=3)
    room.lyon.votes(ballot, **{a: 1})
    assert not room.story.tally(ballot).quorum_reached
    room.facilitator.votes_for("Accra", 2, ballot, **{a: 1})
    assert room.story.tally(ballot).quorum_reached


def test_V25_a_quorum_counts_places_where_each_has_one_vote(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, quorum=2, one_per="place")
    room.facilitator.votes_for("Accra", 9, ballot, **{a: 1})
    assert not room.story.tally(ballot).quorum_reached
    room.lyon.votes(ballot, **{a: 1})
    assert room.story.tally(ballot).quorum_reached


def test_V26_turnout_is_known_while_the_ballot_is_sealed(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, sealed=True)
    room.lyon.votes(ballot, **{a: 1})
    room.lyon.is_done(ballot)
    turnout = room.story.tally(ballot).turnout
    assert (turnout.casts, turnout.done) == (1, 1)


@pytest.mark.parametrize("act", ["hides", "deletes", "silences"])
def test_V12_a_candidate_that_falls_drops_out_and_frees_its_dots(vote, act):
    room, a, b, _ = vote
    other = room.facilitator.goes_to(3)
    note = room.lyon.posts(step=other)
    ballot = room.facilitator.opens_a_ballot(a, b, note, dots=2)
    room.lyon.votes(ballot, **{note: 1, a: 1})
    back = {"hides": "shows", "deletes": "restores"}.get(act)
    if back:
        getattr(room.facilitator, act)(note)
    else:
        room.facilitator.sets(other, silent=True)
    assert [row.ref for row in room.story.tally(ballot).rows] == [f"note:{a}", f"note:{b}"]
    assert dots_left(room.story.board, room.story.ballot(ballot), room.lyon.person) == 1
    if back:
        getattr(room.facilitator, back)(note)
    else:
        room.facilitator.reveals(other)
    assert room.story.row(ballot, note).dots == 1
    assert dots_left(room.story.board, room.story.ballot(ballot), room.lyon.person) == 0


def test_V12_freed_dots_are_cast_again(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, dots=2)
    room.lyon.votes(ballot, **{a: 1, c: 1})
    room.facilitator.hides(c)
    room.lyon.votes(ballot, **{a: 1, b: 1})
    room.facilitator.shows(c)
    assert sum(row.dots for row in room.story.tally(ballot).rows) == 2


def test_V28_the_screen_shows_no_row_that_it_may_not_read(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, sealed=False)
    room.lyon.votes(ballot, **{c: 1})
    assert len(to_everyone(room.story).tally(ballot).rows) == 3
    assert {row.ref for row in on_screen(room.story).tally(ballot).rows} == {f"note:{a}", f"note:{b}"}
    room.facilitator.blanks()
    assert to_everyone(room.story).tally(ballot).rows == ()


def test_X6_the_names_of_a_named_vote_stay_in_the_room_and_on_no_screen(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, method="consent", secrecy="named")
    room.lyon.chooses(ballot, {f"note:{a}": 1, f"note:{b}": -1}, reasons={f"note:{b}": "Too dear"})
    room.facilitator.closes(ballot)
    board, there = room.story.board, room.story.ballot(ballot)
    told = {audience: seen_tally(board, there, audience).rows[1] for audience in (*ROOM, PUBLIC)}
    assert {audience: bool(row.by_person) for audience, row in told.items()} == {
        FACILITATORS: True,
        EVERYONE: True,
        SCREEN: False,
        PUBLIC: False,
    }
    assert [each.who for each in told[EVERYONE].reasons] == ["Lyon"]
    assert [(each.text, each.who) for each in told[PUBLIC].reasons] == [("Too dear", "")]
