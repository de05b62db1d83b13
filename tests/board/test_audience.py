"""Who may see a note, a person, the door, the public results."""

import pytest

from app.board.agenda import AgendaRemove
from app.board.audience import PUBLIC, WAITING, Only, base_of
from app.board.records import Note
from tests.board.sight import on_screen, then, to_everyone, to_facilitators
from tests.board.story import given_a_room


def test_W1_a_shown_note_is_seen_by_all():
    room = given_a_room()
    note = room.lyon.posts()
    for sight in (to_facilitators(room.story), to_everyone(room.story), on_screen(room.story)):
        sight.sees(note)
    then((room.story, PUBLIC)).sees(note)


@pytest.mark.parametrize("state", ["waiting", "returned", "hidden"])
def test_W2_what_is_held_back_is_seen_by_facilitators_and_its_author(state):
    room = given_a_room()
    if state == "waiting":
        room.facilitator.sets(room.step, approve_first=True)
    note = room.lyon.posts()
    if state == "returned":
        room.facilitator.returns(note)
    if state == "hidden":
        room.facilitator.hides(note)
    assert room.story.note(note).state == state
    then(room.facilitator).sees(note)
    then(room.lyon).sees(note)
    then(room.dakar).does_not_see(note)
    on_screen(room.story).does_not_see(note)
    then((room.story, PUBLIC)).does_not_see(note)


def test_W3_silence_holds_until_it_is_revealed():
    room = given_a_room()
    room.facilitator.sets(room.step, silent=True)
    note = room.lyon.posts()
    then(room.dakar).does_not_see(note)
    on_screen(room.story).does_not_see(note)
    then(room.lyon).sees(note)
    then(room.facilitator).sees(note)
    room.facilitator.reveals(room.step)
    then(room.dakar).sees(note)
    then(room.dakar).sees(room.lyon.posts())


def test_W4_a_deleted_note_is_seen_by_nobody_but_the_author_who_deleted_it():
    room = given_a_room()
    own, taken = room.lyon.posts(), room.lyon.posts()
    room.lyon.deletes(own)
    room.facilitator.deletes(taken)
    then(room.lyon).sees(own)
    then(room.lyon).does_not_see(taken)
    then(room.facilitator).does_not_see(own, taken)
    to_everyone(room.story).does_not_see(own, taken)


def test_W5_what_is_not_for_publication_stays_in_the_room():
    room = given_a_room()
    note = room.lyon.posts(attribution="unpublished")
    then(room.dakar).sees(note)
    on_screen(room.story).does_not_see(note)
    then((room.story, PUBLIC)).does_not_see(note)


def test_W6_a_cast_is_its_voters():
    room = given_a_room()
    first, second = room.lyon.posts(), room.dakar.posts()
    ballot = room.facilitator.opens_a_ballot(first, second)
    room.lyon.votes(ballot, **{first: 1})
    cast = room.story.casts(ballot)["lyon"]
    assert then(room.lyon).may_read(cast)
    assert not then(room.dakar).may_read(cast)
    assert not then(room.facilitator).may_read(cast)
    room.facilitator.votes_for("Accra", 2, ballot, **{second: 1})
    proxy = room.story.casts(ballot)["proxy:accra"]
    assert then(room.facilitator).may_read(proxy)
    assert not then(room.lyon).may_read(proxy)


def test_W7_a_person_is_seen_by_facilitators_and_themselves():
    room = given_a_room()
    assert then(room.lyon).may_read(room.lyon.person)
    assert then(room.facilitator).may_read(room.lyon.person)
    assert not then(room.dakar).may_read(room.lyon.person)
    assert then(room.facilitator).may_read(room.story.board.door)
    assert not then(room.lyon).may_read(room.story.board.door)


def test_W8_whoever_waits_or_was_removed_sees_nothing():
    room = given_a_room()
    room.lyon.posts()
    own = room.dakar.posts()
    room.facilitator.removes(room.dakar)
    then(room.dakar).does_not_see(own)
    room.facilitator.sets_the_door("waiting")
    quito = room.story.joins("Quito")
    assert base_of(quito.person) is base_of(room.dakar.person) is WAITING
    waiting = then((room.story, WAITING))
    assert not any(waiting.may_read(record) for record in room.story.board.records())


def test_W10_the_public_sees_results_not_the_session():
    room = given_a_room()
    ballot = room.facilitator.opens_a_ballot(room.lyon.posts(), room.dakar.posts())
    public = then((room.story, PUBLIC))
    board = room.story.board
    assert public.may_read(board.about)
    assert public.may_read(room.step)
    assert not public.may_read(board.now)
    assert not public.may_read(board.timer)
    assert not public.may_read(room.story.ballot(ballot))
    room.facilitator.closes(ballot)
    assert public.may_read(room.story.ballot(ballot))


def test_A13_a_removed_steps_notes_are_out_of_sight():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.goes_to(3)
    room.facilitator.asks(AgendaRemove(step=room.step.id))
    to_everyone(room.story).does_not_see(note)
    room.facilitator.undoes()
    to_everyone(room.story).sees(note)


def test_W2_only_says_whose_it_is():
    room = given_a_room()
    note = room.story.board.need(Note, room.lyon.posts())
    assert then((room.story, Only("lyon"))).may_read(note)
    assert not then((room.story, Only("dakar"))).may_read(note)
