"""One place, one vote; and votes for people who are not online."""

import pytest

from app.board.casting import dots_left
from app.board.moderating_people import PersonDemote
from tests.board.sight import then
from tests.board.story import given_a_room, refused


@pytest.fixture
def vote():
    """Three people of Lyon, one of Dakar, two notes."""
    room = given_a_room()
    more = [room.story.joins("LYON ", name="lyon two"), room.story.joins("lyon", name="lyon three")]
    return room, more, room.lyon.posts("a"), room.dakar.posts("b")


def test_V13_everybody_of_a_place_changes_one_cast(vote):
    room, (second, third), a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    room.lyon.votes(ballot, **{a: 1})
    second.votes(ballot, **{b: 1})
    (cast,) = room.story.casts(ballot).values()
    assert (cast.voter, cast.by, cast.choices) == ("place:lyon", second.id, {f"note:{b}": 1})
    for member in (room.lyon, second, third):
        assert then(member).may_read(cast)
        assert dots_left(room.story.board, room.story.ballot(ballot), member.person) == 2
    assert not then(room.dakar).may_read(cast)


def test_V13_places_that_a_list_tells_apart_are_two(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    spain = room.story.joins("Córdoba", name="spain", place_id="2519240")
    argentina = room.story.joins("Cordoba", name="argentina", place_id="3860259")
    spain.votes(ballot, **{a: 1})
    argentina.votes(ballot, **{b: 1})
    assert sorted(room.story.casts(ballot)) == ["place:2519240", "place:3860259"]


def test_V14_nobody_goes_from_place_to_place_to_vote(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    with refused("not-now"):
        room.lyon.moves_to("Dakar")
    room.lyon.comes_in(place="Dakar")
    assert room.lyon.person.place == "Lyon"
    room.facilitator.moves_to("Dakar", person=room.lyon.id)
    assert room.lyon.person.place == "Dakar"
    room.facilitator.closes(ballot)
    room.lyon.moves_to("Lyon")


def test_V15_whoever_speaks_for_no_place_has_no_vote_among_places(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    with refused("empty", field="place"):
        room.facilitator.votes(ballot, **{a: 1})
    room.facilitator.moves_to("Quito")
    room.facilitator.votes(ballot, **{a: 1})


def test_V15_a_place_can_still_be_said_once(vote):
    room, _, a, b = vote
    host = room.story.joins("", name="host", role="cohost")
    room.facilitator.asks(PersonDemote(person=host.id))
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    host.moves_to("Quito")
    host.votes(ballot, **{a: 1})
    with refused("not-now"):
        host.moves_to("Accra")


def test_V7_a_proxy_has_no_more_dots_than_that(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, dots=3, per_candidate=2)
    with refused("no-dots-left", dots=6):
        room.facilitator.votes_for("Quito", 2, ballot, **{a: 4, b: 3})


def test_V16_a_proxy_has_the_dots_of_all_it_stands_for(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, dots=2, per_candidate=1)
    with refused("too-many-on-one", max=3):
        room.facilitator.votes_for("Accra", 3, ballot, **{a: 4})
    room.facilitator.votes_for("Accra", 3, ballot, **{a: 3, b: 3})
    room.facilitator.votes_for("accra", 3, ballot, **{a: 2})
    (cast,) = room.story.casts(ballot).values()
    assert (cast.voter, cast.people, cast.allowed, cast.used) == ("proxy:accra", 3, 6, 2)
    with refused("only-facilitators"):
        room.lyon.votes_for("Accra", 3, ballot, **{a: 1})


@pytest.mark.parametrize("people", [0, -1, 5_001])
def test_V16_a_proxy_stands_for_somebody(vote, people):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b)
    with refused("invalid", field="people"):
        room.facilitator.votes_for("Accra", people, ballot, **{a: 1})
    with refused("empty", field="place"):
        room.facilitator.votes_for(" ", 2, ballot, **{a: 1})


def test_V17_a_proxy_of_a_place_has_its_one_vote(vote):
    room, _, a, b = vote
    ballot = room.facilitator.opens_a_ballot(a, b, one_per="place")
    room.facilitator.votes_for("Dakar", 6, ballot, **{a: 1})
    cast = room.story.casts(ballot)["place:dakar"]
    assert (cast.allowed, cast.people) == (3, 6)
    room.dakar.votes(ballot, **{b: 1})
    assert room.story.casts(ballot)["place:dakar"].people == 0
    with refused("not-yours"):
        room.facilitator.votes_for("Dakar", 6, ballot, **{a: 1})
    assert len(room.story.casts(ballot)) == 1
