"""Undo: what an entry changed, and nothing else."""

import pytest

from app.board.agenda import AgendaAdd, AgendaEdit, AgendaRemove
from app.board.hall import DoorRotate
from app.board.moderating import NoteMuteAuthor, NotePin
from app.board.people import PersonRename
from app.board.undoing import BoardUndo
from tests.board.sight import to_everyone
from tests.board.story import given, given_a_room, refused


def test_U1_undo_gives_back_what_was():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.asks(NotePin(note=note))
    before = room.story.records()
    room.facilitator.hides(note)
    room.facilitator.undoes()
    assert room.story.records() == before


def test_U1_undo_leaves_other_fields_as_they_became():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.hides(note)
    hiding = room.story.seq
    room.facilitator.locks_note(note)
    room.facilitator.undoes(hiding)
    assert (room.story.note(note).state, room.story.note(note).locked) == ("shown", True)


def test_U1_a_mute_by_way_of_a_note_is_undone():
    room = given_a_room()
    note = room.lyon.posts(attribution="anonymous")
    room.facilitator.asks(NoteMuteAuthor(note=note))
    room.facilitator.undoes()
    room.lyon.posts()


def test_U2_what_changed_again_is_not_undone():
    room = given_a_room()
    note = room.lyon.posts("Villes")
    room.lyon.edits(note, "Nos villes")
    editing = room.story.seq
    room.lyon.edits(note, "Toutes nos villes")
    with refused("changed-since", text="Toutes nos villes"):
        room.facilitator.undoes(editing)
    room.facilitator.undoes()
    assert room.story.note(note).text == "Nos villes"


def test_U3_some_things_are_not_undone():
    room = given_a_room()
    a, b = room.lyon.posts(), room.dakar.posts()
    posting = room.story.seq
    ballot = room.facilitator.opens_a_ballot(a, b)
    acts = [posting]
    for act in (
        lambda: room.lyon.votes(ballot, **{a: 1}),
        lambda: room.lyon.is_done(ballot),
        lambda: room.lyon.retracts(ballot),
        lambda: room.facilitator.votes_for("Accra", 2, ballot, **{a: 1}),
        lambda: room.facilitator.closes(ballot),
        lambda: room.story.joins("Quito"),
        lambda: room.lyon.comes_in(place="Lyon", role="cohost"),
        lambda: room.facilitator.asks(DoorRotate(role="join")),
    ):
        act()
        acts.append(room.story.seq)
    for seq in acts:
        with refused("not-undoable"):
            room.facilitator.undoes(seq)


def test_U3_a_session_is_taken_up_again_without_its_ballots():
    room = given_a_room()
    ballot = room.facilitator.opens_a_ballot(room.lyon.posts(), room.dakar.posts())
    room.facilitator.ends_the_session()
    room.facilitator.undoes()
    assert not room.story.board.now.closed
    assert room.story.board.timer.ends_at is not None
    assert room.story.ballot(ballot).state == "closed"


def test_U3_a_ballot_with_a_cast_is_not_undone():
    room = given_a_room()
    a, b = room.lyon.posts(), room.dakar.posts()
    ballot = room.facilitator.opens_a_ballot(a, b)
    opening = room.story.seq
    room.lyon.votes(ballot, **{a: 1})
    with refused("changed-since"):
        room.facilitator.undoes(opening)
    room.lyon.retracts(ballot)
    room.facilitator.undoes(opening)
    room.facilitator.opens_a_ballot(a, b)


def test_U4_an_entry_that_there_is_not_is_unknown():
    room = given_a_room()
    with refused("unknown", what="entry"):
        room.facilitator.undoes(999)
    with refused("unknown", what="entry"):
        room.story.ask("facilitator", BoardUndo(seq=1), room.story.entries[1])
    with refused("only-facilitators"):
        room.lyon.undoes()


def test_U5_a_removal_is_undone_with_all_it_hid():
    room = given_a_room()
    notes = [room.dakar.posts(), room.dakar.posts()]
    room.facilitator.removes(room.dakar, hide_notes=True, rotate=True)
    room.facilitator.undoes()
    to_everyone(room.story).sees(*notes)
    room.dakar.posts()
    assert room.story.board.door.generations["join"] == 2


def test_U6_an_added_step_is_taken_away_unless_it_was_used():
    story, facilitator = given()
    for use in (None, "go", "write"):
        facilitator.asks(AgendaAdd(kind="write", title={"en": "One more"}, minutes=5, after=""))
        adding = story.seq
        if use == "go":
            facilitator.goes_to(0)
        if use == "write":
            facilitator.posts(step=story.steps[0])
        if use is None:
            facilitator.undoes(adding)
            assert story.steps[0].title["en"] == "Welcome"
        else:
            with refused("changed-since"):
                facilitator.undoes(adding)


def test_U7_words_that_come_back_are_new_words():
    room = given_a_room()
    note = room.lyon.posts("Villes")
    room.lyon.edits(note, "Nos villes")
    seen = room.story.seq
    room.facilitator.undoes()
    assert room.story.note(note).text == "Villes"
    with refused("changed-since", text="Villes"):
        room.lyon.edits(note, "Nos villes aussi", base=seen)


def test_U8_an_undo_can_be_undone():
    room = given_a_room()
    room.lyon.asks(PersonRename(name="Métropole"))
    room.facilitator.undoes()
    assert room.lyon.person.name == "Lyon"
    room.facilitator.undoes()
    assert room.lyon.person.name == "Métropole"


def test_U9_undo_leads_into_no_step_that_is_gone():
    story, facilitator = given()
    facilitator.goes_to(1)
    facilitator.goes_to(2)
    going = story.seq
    facilitator.asks(AgendaRemove(step=story.steps[1].id))
    with refused("changed-since"):
        facilitator.undoes(going)


@pytest.mark.parametrize("field", ["title", "minutes"])
def test_U1_an_edited_step_is_as_before(field):
    story, facilitator = given()
    step = story.steps[0]
    change = {"title": {"fr": "Bonjour"}} if field == "title" else {"minutes": 9}
    facilitator.asks(AgendaEdit(step=step.id, base=0, **change))
    facilitator.undoes()
    assert (story.steps[0].title, story.steps[0].minutes) == (step.title, step.minutes)
