"""An unsigned note stays unsigned: nothing that facilitators do, and nothing that is drawn then, tells whose it is."""

import pytest

from app.board.hinting import may_be_told
from app.board.moderating import NoteMuteAuthor
from app.board.moderating_people import PersonDemote, PersonPromote
from app.board.parts import parts_of
from app.board.people import PersonRename
from tests.board.story import Room, given_a_room, refused


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


def test_a_mute_through_a_note_is_drawn_nowhere():
    room = given_a_room()
    note = room.dakar.posts(attribution="anonymous")
    room.facilitator.asks(NoteMuteAuthor(note=note))
    assert told(room) == set()


def test_only_who_was_muted_by_name_is_given_the_word_back():
    room = given_a_room()
    room.facilitator.asks(NoteMuteAuthor(note=room.dakar.posts(attribution="anonymous")))
    for person in (room.lyon, room.dakar):
        room.facilitator.mutes(person, on=False)
        assert room.story.entries[-1].after == {}
    room.facilitator.mutes(room.dakar)
    room.facilitator.mutes(room.dakar, on=False)
    room.dakar.posts()


def test_muting_authors_and_undoing_it_does_not_tell_two_unsigned_notes_of_one_author():
    for other in ("dakar", "lyon"):
        room = given_a_room()
        notes = [room.dakar.posts(attribution="anonymous"), getattr(room, other).posts()]
        for note in notes:
            room.facilitator.asks(NoteMuteAuthor(note=note))
        for seq in (room.story.seq, room.story.seq - 1):
            for _ in range(2):
                room.facilitator.undoes(seq)


def test_M8_an_unsigned_note_does_not_tell_that_a_facilitator_wrote_it():
    room = given_a_room()
    note = room.facilitator.posts(attribution="anonymous")
    room.facilitator.asks(NoteMuteAuthor(note=note))
    room.facilitator.posts()
    room.facilitator.asks(PersonPromote(person=room.lyon.id))
    room.lyon.asks(PersonDemote(person=room.lyon.id))
    with refused("only-facilitators"):
        room.lyon.asks(NoteMuteAuthor(note=note))


def test_Y7_a_mute_through_an_unsigned_note_silences_no_hint():
    room = given_a_room()
    unsigned = room.dakar.posts(attribution="anonymous")
    room.facilitator.asks(NoteMuteAuthor(note=unsigned))
    assert room.dakar.person.hushed
    assert may_be_told(room.story.board, room.dakar.person, room.step.id)
