"""An unsigned note stays unsigned: nothing that facilitators do, and nothing that is drawn then, tells whose it is."""

import pytest

from app.board.moderating_people import PersonDemote, PersonPromote
from app.board.parts import parts_of
from app.board.people import PersonRename
from tests.board.story import Room, given_a_room


def told(room: Room, at: int = -1) -> set[str]:
    """The parts that every page hears of, after that entry."""
    entry = room.story.entries[at]
    parts = parts_of(room.story.board, entry.before, entry.after)
    return {part for part in parts if part.partition("/")[0] not in ("mine", "own")}


@pytest.mark.parametrize("act", [PersonPromote, PersonDemote])
def test_a_seat_that_changes_draws_the_signed_notes_alone(act):
    room = given_a_room()
    signed, unsigned = room.dakar.posts(), room.dakar.posts(attribution="anonymous")
    if act is PersonDemote:
        room.facilitator.asks(PersonPromote(person=room.dakar.id))
    room.facilitator.asks(act(person=room.dakar.id))
    assert f"note/{signed}" in told(room)
    assert f"note/{unsigned}" not in told(room)


def test_another_name_says_nothing_of_a_secret_vote():
    room = given_a_room()
    ballot = room.facilitator.opens_a_ballot(first := room.lyon.posts(), room.dakar.posts())
    room.lyon.votes(ballot, **{first: 1})
    for person in (room.lyon, room.dakar):
        person.asks(PersonRename(name="Somebody else"))
    assert told(room, -1) == told(room, -2)
