"""Moderating notes, and reactions to them."""

import pytest

from app.board.grouping import NoteMove
from app.board.moderating import NoteLock, NoteMuteAuthor
from app.board.reacting import NoteReact
from tests.board.sight import then, to_everyone, to_facilitators
from tests.board.story import given_a_room, refused


def test_M1_a_participants_note_waits_where_a_step_approves_first():
    room = given_a_room()
    room.facilitator.sets(room.step, approve_first=True)
    theirs, ours = room.lyon.posts(), room.facilitator.posts()
    assert room.story.note(theirs).state == "waiting"
    then(room.dakar).does_not_see(theirs)
    then(room.dakar).sees(ours)


def test_M2_approving_shows_what_waits():
    room = given_a_room()
    room.facilitator.sets(room.step, approve_first=True)
    note = room.lyon.posts()
    room.facilitator.approves(note)
    then(room.dakar).sees(note)
    room.facilitator.hides(note)
    with refused("not-now", step=room.step.id):
        room.facilitator.approves(note)


def test_M3_a_returned_note_tells_its_author_why():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.returns(note, "off-topic", "Parlons de la campagne")
    returned = room.story.note(note)
    assert (returned.reason, returned.reason_text) == ("off-topic", "Parlons de la campagne")
    then(room.lyon).sees(note)
    then(room.dakar).does_not_see(note)
    with refused("too-long", max=500):
        room.facilitator.returns(note, text="x" * 501)


def test_M4_hiding_keeps_the_note():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.hides(note)
    then(room.dakar).does_not_see(note)
    room.facilitator.hides(note)
    room.facilitator.shows(note)
    then(room.dakar).sees(note)


def test_M5_locking_is_switched_on_and_off():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.locks_note(note)
    room.facilitator.asks(NoteLock(note=note, on=False))
    room.lyon.edits(note, "Encore")


def test_M6_a_note_is_moved_to_another_step():
    room = given_a_room()
    note, other = room.lyon.posts(), room.story.steps[3]
    room.facilitator.asks(NoteMove(note=note, step=other.id))
    assert [each.id for each in room.story.board.notes(other.id)] == [note]
    assert room.story.board.notes(room.step.id) == []
    with refused("unknown", what="step"):
        room.facilitator.asks(NoteMove(note=note, step="s-nowhere"))


def test_M7_an_unsigned_author_is_muted_without_a_name():
    room = given_a_room()
    note = room.lyon.posts(attribution="anonymous")
    room.facilitator.asks(NoteMuteAuthor(note=note))
    assert not room.lyon.person.muted
    with refused("muted"):
        room.lyon.posts()


def test_M8_no_facilitator_is_muted():
    room = given_a_room()
    note = room.facilitator.posts()
    with refused("not-now"):
        room.facilitator.asks(NoteMuteAuthor(note=note))
    with refused("not-now"):
        room.facilitator.mutes(room.facilitator)


@pytest.mark.parametrize("act", ["hides", "shows", "approves", "returns", "locks_note"])
def test_M9_a_deleted_note_is_not_moderated(act):
    room = given_a_room()
    note = room.lyon.posts()
    room.lyon.deletes(note)
    with refused("unknown", what="note"):
        getattr(room.facilitator, act)(note)


@pytest.mark.parametrize("act", ["hides", "shows", "approves", "returns", "locks_note"])
def test_M10_only_facilitators_moderate(act):
    room = given_a_room()
    note = room.lyon.posts()
    with refused("only-facilitators"):
        getattr(room.lyon, act)(note)


def test_R1_each_person_gives_each_emoji_once():
    room = given_a_room()
    note = room.lyon.posts()
    for person in (room.dakar, room.dakar, room.lyon):
        person.asks(NoteReact(note=note, emoji="♥"))
    room.dakar.asks(NoteReact(note=note, emoji="💡"))
    assert len(room.story.board.reactions(note)) == 3
    room.dakar.asks(NoteReact(note=note, emoji="♥", on=False))
    assert len(room.story.board.reactions(note)) == 2


def test_R2_a_reaction_is_for_what_everybody_sees():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.hides(note)
    for person in (room.lyon, room.facilitator):
        with refused("unknown", what="note"):
            person.asks(NoteReact(note=note, emoji="♥"))


def test_R3_an_emoji_is_one_of_those_offered():
    room = given_a_room()
    note = room.lyon.posts()
    with refused("invalid", field="emoji"):
        room.dakar.asks(NoteReact(note=note, emoji="🔥"))


def test_R4_a_step_may_take_no_reactions():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.sets(room.step, react=False)
    with refused("not-now", step=room.step.id):
        room.dakar.asks(NoteReact(note=note, emoji="♥"))


def test_W11_a_reaction_is_seen_where_its_note_is():
    room = given_a_room()
    note = room.lyon.posts()
    room.dakar.asks(NoteReact(note=note, emoji="♥"))
    reaction = room.story.board.reactions(note)[0]
    assert to_everyone(room.story).may_read(reaction)
    room.facilitator.hides(note)
    assert not to_everyone(room.story).may_read(reaction)
    assert to_facilitators(room.story).may_read(reaction)
