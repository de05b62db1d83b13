"""P22: the votes of somebody who was forgotten are counted as before, and their place names nobody."""

import pytest

from app.board.forgetting import PersonForget
from tests.board.story import given_a_room


@pytest.fixture
def voted():
    """Everybody tells how places voted: two people of Lyon, one of Dakar, two of Quito."""
    room = given_a_room()
    a, b = room.lyon.posts("a"), room.dakar.posts("b")
    ballot = room.facilitator.opens_a_ballot(a, b, secrecy="by_place", dots=2, per_candidate=2)
    people = {name: room.story.joins(name.split()[0], name=name) for name in ("Lyon 2", "Quito 1", "Quito 2")}
    people |= {"Lyon 1": room.lyon, "Dakar 1": room.dakar}
    for name, person in people.items():
        person.votes(ballot, **{a: 1 if name.endswith("1") else 2})
    room.facilitator.closes(ballot)
    return room, ballot, a, people


def _told(room, ballot, note):
    row = room.story.row(ballot, note)
    return row.dots, row.people, row.places, room.story.tally(ballot).turnout.places


def _forgets(*people):
    for person in people:
        person.asks(PersonForget())


def test_P22_a_place_that_nobody_else_voted_for_has_no_name_and_counts_as_before(voted):
    room, ballot, note, people = voted
    before = _told(room, ballot, note)
    _forgets(people["Dakar 1"])
    assert room.story.row(ballot, note).by_place == {"Lyon": 3, "Quito": 3, "… 1": 1}
    assert _told(room, ballot, note) == before


def test_P22_a_place_that_somebody_else_voted_for_stays_theirs(voted):
    room, ballot, note, people = voted
    before = _told(room, ballot, note)
    _forgets(people["Lyon 1"])
    assert room.story.row(ballot, note).by_place == {"Lyon": 3, "Quito": 3, "Dakar": 1}
    assert _told(room, ballot, note) == before


def test_P22_when_the_last_of_a_place_is_forgotten_the_votes_of_all_of_it_have_no_name(voted):
    room, ballot, note, people = voted
    before = _told(room, ballot, note)
    _forgets(people["Lyon 1"], people["Dakar 1"], people["Lyon 2"])
    assert room.story.row(ballot, note).by_place == {"Quito": 3, "… 1": 1, "… 2": 3}
    assert _told(room, ballot, note) == before
