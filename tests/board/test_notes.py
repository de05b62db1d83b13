"""Notes: written, signed, late, on behalf of others, edited, deleted, sent again."""

import pytest

from app.board.audience import is_signed
from app.board.moderating import NotePin
from app.board.notes import NoteAdd, NoteColor, NoteResubmit, OnBehalf
from tests.board.sight import then, to_everyone
from tests.board.story import given, given_a_room, refused


def test_N1_a_note_carries_where_it_comes_from_and_is_shown_at_once():
    room = given_a_room()
    quito = room.story.joins("Quito", country="EC", language="es")
    note = room.story.note(quito.posts("Primero las ciudades", color="leaf"))
    assert (note.place, note.country, note.language, note.color) == ("Quito", "EC", "es", "leaf")
    then(room.dakar).sees(note.id)


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u202e", "\n\n"])
def test_N2_a_note_with_nothing_to_read_is_refused(nothing):
    room = given_a_room()
    with refused("empty", field="text"):
        room.lyon.posts(nothing)


def test_N2_a_note_is_tidied_and_counted_as_a_person_counts():
    room = given_a_room(note=5)
    assert room.story.note(room.lyon.posts("  a\u202e  b ")).text == "a b"
    assert room.story.note(room.lyon.posts("👩🏽‍🚒" * 5)).text == "👩🏽‍🚒" * 5
    with refused("too-long", max=5):
        room.lyon.posts("👩🏽‍🚒" * 6)


def test_N3_an_anonymous_note_carries_no_place():
    room = given_a_room()
    note = room.story.note(room.lyon.posts(attribution="anonymous"))
    assert (note.place, note.country, is_signed(note)) == ("", "", False)
    assert is_signed(room.story.note(room.lyon.posts(attribution="unpublished")))


@pytest.mark.parametrize("attribution", ["place", "anonymous", "unpublished"])
def test_N3_no_note_of_an_anonymous_step_is_signed(attribution):
    room = given_a_room()
    room.facilitator.sets(room.step, anonymous=True)
    note = room.story.note(room.lyon.posts(attribution=attribution))
    assert (note.place, note.country, is_signed(note)) == ("", "", False)


def test_N4_a_note_is_taken_only_where_people_write():
    room = given_a_room()
    with refused("not-now", step=room.story.steps[0].id):
        room.lyon.posts(step=room.story.steps[0])
    room.facilitator.sets(room.step, write=False)
    with refused("not-now", step=room.step.id):
        room.lyon.posts()
    with refused("unknown", what="step"):
        room.lyon.asks(NoteAdd(step="s-nowhere", text="Ici"))


def test_N5_a_late_note_lands_in_its_step():
    room = given_a_room()
    room.facilitator.goes_to(3)
    note = room.story.note(room.lyon.posts(step=room.step))
    assert (note.step, note.late) == (room.step.id, True)
    assert not room.story.note(room.lyon.posts()).late


def test_N6_only_facilitators_write_ahead():
    room = given_a_room()
    ahead = room.story.steps[3]
    with refused("not-now", step=ahead.id):
        room.lyon.posts(step=ahead)
    assert not room.story.note(room.facilitator.posts(step=ahead)).late


def test_N7_facilitators_write_on_behalf_of_others():
    room = given_a_room()
    in_the_room = OnBehalf(place="Accra", people=12)
    note = room.story.note(room.facilitator.posts(on_behalf=in_the_room))
    assert (note.place, note.people) == ("Accra", 12)
    with refused("only-facilitators"):
        room.lyon.posts(on_behalf=in_the_room)
    with refused("invalid", field="people"):
        room.facilitator.posts(on_behalf=OnBehalf(place="Accra", people=0))


def test_N8_a_board_takes_so_many_notes():
    room = given_a_room(notes=1)
    room.lyon.posts()
    with refused("too-many", max=1):
        room.dakar.posts()


def test_N8_what_a_vandal_wrote_gives_way_once_it_is_hidden():
    room = given_a_room(notes=3)
    for _ in range(3):
        room.dakar.posts("Spam")
    with refused("too-many", max=3):
        room.lyon.posts()
    room.facilitator.removes(room.dakar, hide_notes=True)
    notes = [room.lyon.posts() for _ in range(3)]
    room.lyon.deletes(notes[0])
    with refused("too-many", max=3):
        room.lyon.posts()


def test_N9_authors_change_their_own_and_facilitators_everybodys():
    room = given_a_room()
    note = room.lyon.posts("Villes")
    room.lyon.edits(note, "Nos villes")
    room.facilitator.edits(note, "Toutes nos villes")
    assert room.story.note(note).text == "Toutes nos villes"
    assert room.story.note(note).edited
    with refused("not-yours"):
        room.dakar.edits(note, "Ma ville")
    with refused("not-yours"):
        room.dakar.deletes(note)


def test_N10_newer_words_are_not_overwritten():
    room = given_a_room()
    note = room.lyon.posts("Villes")
    seen = room.story.seq
    room.facilitator.edits(note, "Nos villes", base=seen)
    with refused("changed-since", text="Nos villes"):
        room.lyon.edits(note, "Mes villes", base=seen)


def test_N11_a_locked_note_is_closed_to_its_author():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.locks_note(note)
    with refused("locked"):
        room.lyon.edits(note, "Autre chose")
    room.facilitator.edits(note, "Autre chose")


def test_N11_people_vote_for_words_that_stay():
    room = given_a_room()
    note = room.lyon.posts()
    ballot = room.facilitator.opens_a_ballot(note, room.dakar.posts())
    with refused("locked"):
        room.lyon.deletes(note)
    room.facilitator.closes(ballot)
    with refused("locked"):
        room.lyon.edits(note, "Autre chose")


@pytest.mark.parametrize("act", ["hides", "returns", "deletes"])
def test_N12_what_is_not_on_the_wall_is_not_edited(act):
    room = given_a_room()
    note = room.lyon.posts()
    getattr(room.facilitator, act)(note)
    with refused("not-now", step=room.step.id):
        room.lyon.edits(note, "Autre chose")


def test_N13_an_edited_note_waits_again_where_a_step_approves_first():
    room = given_a_room()
    room.facilitator.sets(room.step, approve_first=True)
    note = room.lyon.posts()
    room.facilitator.approves(note)
    room.facilitator.edits(note, "Par la modération")
    to_everyone(room.story).sees(note)
    room.lyon.edits(note, "Par l’auteur")
    to_everyone(room.story).does_not_see(note)


def test_N14_a_deleted_note_comes_back_as_it_was():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.hides(note)
    was = room.story.note(note)
    room.lyon.deletes(note)
    then(room.facilitator).does_not_see(note)
    room.lyon.deletes(note)
    room.lyon.restores(note)
    assert room.story.note(note) == was
    room.lyon.restores(note)


def test_N15_what_a_facilitator_deleted_only_a_facilitator_restores():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.deletes(note)
    with refused("only-facilitators"):
        room.lyon.restores(note)
    room.facilitator.restores(note)
    to_everyone(room.story).sees(note)


def test_N16_a_returned_note_is_sent_again():
    room = given_a_room()
    note = room.lyon.posts("Trop long")
    with refused("not-now", step=room.step.id):
        room.lyon.asks(NoteResubmit(note=note, text="Court"))
    room.facilitator.returns(note, "rephrase", "Plus court ?")
    room.lyon.asks(NoteResubmit(note=note, text="Court"))
    again = room.story.note(note)
    assert (again.state, again.text, again.reason, again.reason_text) == ("waiting", "Court", "", "")


def test_N17_authors_choose_the_colour():
    room = given_a_room()
    note = room.lyon.posts()
    room.lyon.asks(NoteColor(note=note, color="lilac"))
    assert room.story.note(note).color == "lilac"
    with refused("not-yours"):
        room.dakar.asks(NoteColor(note=note, color="sky"))


def test_N18_a_note_is_in_a_language():
    room = given_a_room()
    assert room.story.note(room.lyon.posts()).language == "fr"
    assert room.story.note(room.lyon.posts("مدننا أولا", language="ar")).language == "ar"
    with refused("invalid", field="language"):
        room.lyon.posts(language='"><b>')


def test_M5_pinned_notes_stand_first():
    room = given_a_room()
    first, second = room.lyon.posts(), room.dakar.posts()
    room.facilitator.asks(NotePin(note=second))
    assert [note.id for note in room.story.board.notes(room.step.id)] == [second, first]
    room.facilitator.asks(NotePin(note=second, on=False))
    assert [note.id for note in room.story.board.notes(room.step.id)] == [first, second]


def test_N4_a_welcome_takes_no_notes():
    story, _ = given()
    with refused("not-now", step=story.steps[0].id):
        story.joins("Lyon").posts()
