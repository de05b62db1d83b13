"""P22: to ask again to be forgotten changes nothing: a board's past is swept once."""

from app.board.forgetting import PersonForget, forgets
from app.board.headlines import HeadlineAdd
from tests.board.story import given_a_room


def test_P22_to_ask_again_changes_nothing():
    room = given_a_room()
    note, other = room.lyon.posts("a"), room.dakar.posts("b")
    ballot = room.facilitator.opens_a_ballot(note, other, secrecy="by_place", dots=2, per_candidate=2)
    room.lyon.votes(ballot, **{note: 1})
    room.facilitator.closes(ballot)
    room.facilitator.asks(HeadlineAdd(text="Ours", language="en"))
    for person in (room.lyon, room.facilitator):
        person.asks(PersonForget())
        assert forgets(room.story.entries[-1])
        person.asks(PersonForget())
        assert room.story.entries[-1].after == {}
        assert not forgets(room.story.entries[-1])
