"""Who may be told to be writing just now."""

import pytest

from app.board.hinting import may_be_told, told
from app.board.records import Step
from tests.board.story import Room, Somebody, given_a_room


def is_told(room: Room, who: Somebody, part: str = "") -> bool:
    return may_be_told(room.story.board, who.person, part or room.step.id)


def test_Y1_whoever_writes_in_an_open_step_may_be_told_to():
    room = given_a_room()
    assert is_told(room, room.lyon)
    assert is_told(room, room.facilitator)
    assert is_told(room, room.lyon, room.dakar.posts())
    assert not is_told(room, room.lyon, "nowhere")
    assert not is_told(room, room.lyon, room.story.steps[0].id)


@pytest.mark.parametrize("held", [{"silent": True}, {"anonymous": True}])
def test_Y2_nothing_is_told_of_a_silent_or_an_anonymous_step_nor_of_its_notes(held):
    room = given_a_room()
    note = room.dakar.posts()
    room.facilitator.sets(room.step, **held)
    assert not is_told(room, room.lyon)
    assert not is_told(room, room.facilitator, note)
    if "silent" in held:
        room.facilitator.reveals(room.step)
        assert is_told(room, room.lyon)


def test_Y3_nothing_is_told_of_a_note_that_not_everybody_sees():
    room = given_a_room()
    note = room.dakar.posts()
    room.facilitator.hides(note)
    assert not is_told(room, room.facilitator, note)


def test_Y4_nothing_is_told_of_whoever_may_not_write():
    room = given_a_room()
    guest = room.story.joins("", name="guest", role="observer")
    room.facilitator.sets_the_door("waiting")
    waits = room.story.joins("Quito")
    room.facilitator.mutes(room.dakar)
    assert [is_told(room, who) for who in (guest, waits, room.dakar)] == [False] * 3
    room.facilitator.locks()
    assert not is_told(room, room.lyon)
    assert is_told(room, room.facilitator)
    room.facilitator.blanks()
    assert not is_told(room, room.facilitator)


def test_Y2_what_was_heard_before_is_told_as_the_board_is_now():
    room = given_a_room()
    heard = {room.step.id: (room.lyon.id, "nobody", room.dakar.id)}
    assert {part: [each.id for each in people] for part, people in told(room.story.board, heard).items()} == {
        room.step.id: [room.lyon.id, room.dakar.id]
    }
    room.facilitator.removes(room.dakar)
    assert [each.id for each in told(room.story.board, heard)[room.step.id]] == [room.lyon.id]
    room.facilitator.sets(room.story.board.need(Step, room.step.id), silent=True)
    assert told(room.story.board, heard) == {}
