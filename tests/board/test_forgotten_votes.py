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


# Who is forgotten, and how the places have voted then.
FORGOTTEN = {
    "a place that nobody else voted for": (["Dakar 1"], {"Lyon": 3, "Quito": 3, "… 1": 1}),
    "a place that somebody else voted for": (["Lyon 1"], {"Lyon": 3, "Quito": 3, "Dakar": 1}),
    "all of a place, one after the other": (["Lyon 1", "Dakar 1", "Lyon 2"], {"Quito": 3, "… 1": 1, "… 2": 3}),
}


@pytest.mark.parametrize(("who", "by_place"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_P22_a_place_is_named_while_somebody_who_voted_there_is_known_and_counts_as_before(voted, who, by_place):
    room, ballot, note, people = voted
    before = _told(room, ballot, note)
    for name in who:
        people[name].asks(PersonForget())
    assert room.story.row(ballot, note).by_place == by_place
    assert _told(room, ballot, note) == before
