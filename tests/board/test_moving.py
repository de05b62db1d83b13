"""Going on on another device: a personal link counts moves, and that is all that is kept of it."""

from app.board.moving import PersonMove
from tests.board.story import given_a_room, refused


def test_P20_a_personal_link_moves_its_person_once():
    room = given_a_room()
    before = room.lyon.person
    room.lyon.asks(PersonMove(moves=0))
    assert room.lyon.person.moves == 1
    assert (room.lyon.person.name, room.lyon.person.role) == (before.name, before.role)
    with refused("stale-link"):
        room.lyon.asks(PersonMove(moves=0))
    room.lyon.asks(PersonMove(moves=1))
    assert room.lyon.person.moves == 2
    assert room.dakar.person.moves == 0


def test_P20_no_undo_makes_a_used_link_good_again():
    room = given_a_room()
    room.lyon.asks(PersonMove(moves=0))
    with refused("not-undoable"):
        room.facilitator.undoes()
    assert room.lyon.person.moves == 1


def test_P21_somebody_removed_goes_nowhere():
    room = given_a_room()
    room.facilitator.removes(room.lyon)
    with refused("removed"):
        room.lyon.asks(PersonMove(moves=0))
