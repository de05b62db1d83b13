"""People: at the door, about themselves, and as facilitators moderate them."""

import pytest

from app.board.asking import Ask
from app.board.deciding import decide
from app.board.moderating_people import PersonAdmit, PersonDemote, PersonPromote, PersonReadmit
from app.board.people import Hand, PersonLanguage, PersonRename
from tests.board.sight import to_everyone
from tests.board.story import given, given_a_room, refused


def test_P1_whoever_joins_gets_a_seat():
    story, _ = given()
    quito = story.joins("Quito", name="Alcaldía", place_id="3652462", country="EC", language="es").person
    assert (quito.id, quito.name, quito.place, quito.place_id) == ("Alcaldía", "Alcaldía", "Quito", "3652462")
    assert (quito.country, quito.language, quito.role, quito.state) == ("EC", "es", "participant", "here")
    assert quito.joined_at == story.clock
    assert story.entries[-1].made == {"person": "Alcaldía"}


@pytest.mark.parametrize("role", ["participant", "observer"])
def test_P2_a_closed_door_is_closed(role):
    story, facilitator = given()
    facilitator.sets_the_door("closed")
    with refused("door-closed"):
        story.joins("Lyon", role=role)
    assert story.joins("", name="second", role="cohost").person.state == "here"


def test_P2_whoever_is_in_stays_in():
    story, facilitator = given()
    lyon = story.joins("Lyon")
    facilitator.sets_the_door("closed")
    lyon.comes_in(place="Lyon")
    assert lyon.person.state == "here"


@pytest.mark.parametrize(
    ("role", "state"),
    [("participant", "waiting"), ("observer", "here"), ("cohost", "here"), ("facilitator", "here")],
)
def test_P3_participants_wait_in_a_waiting_room(role, state):
    story, facilitator = given()
    facilitator.sets_the_door("waiting")
    assert story.joins("Lyon", role=role).person.state == state


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("participant", "facilitator", "facilitator"),
        ("participant", "cohost", "cohost"),
        ("observer", "participant", "participant"),
        ("facilitator", "participant", "facilitator"),
        ("cohost", "observer", "cohost"),
    ],
)
def test_P4_whoever_comes_again_keeps_the_stronger_role(first, then, kept):
    story, _ = given()
    lyon = story.joins("Lyon", role=first)
    lyon.comes_in(place="", role=then, name="Ville de Lyon")
    assert (lyon.person.role, lyon.person.place, lyon.person.name) == (kept, "Lyon", "Ville de Lyon")
    assert len(story.board.people()) == 2


def test_P4_a_stronger_role_asks_the_door_again():
    story, facilitator = given()
    guest = story.joins("", name="guest", role="observer")
    facilitator.sets_the_door("waiting")
    guest.comes_in(place="Lyon")
    assert guest.person.state == "waiting"
    guest.comes_in(place="Lyon", role="cohost")
    assert guest.person.state == "here"


@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_P5_somebody_removed_does_not_come_in_again(role):
    room = given_a_room()
    room.facilitator.removes(room.lyon)
    with refused("removed"):
        room.lyon.comes_in(place="Lyon", role=role)


def test_P6_a_board_takes_so_many_people():
    story, _ = given(people=2)
    story.joins("Lyon")
    with refused("too-many", max=2):
        story.joins("Dakar")
    assert story.joins("", name="second", role="cohost").person.role == "cohost"


def test_P7_a_name_is_needed_and_a_place():
    story, _ = given()
    with refused("empty", field="place"):
        story.joins(" ", name="nobody")
    with refused("too-long", max=80, field="place"):
        story.joins("x" * 81, name="nobody")
    lyon = story.joins("Lyon")
    with refused("empty", field="name"):
        lyon.asks(PersonRename(name="\u200b"))
    with refused("too-long", max=60, field="name"):
        lyon.asks(PersonRename(name="x" * 61))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "screen"),
        ("language", "français"),
        ("place_id", "3\x00"),
        ("country", "x" * 13),
    ],
)
def test_P8_what_is_no_code_is_refused(field, value):
    story, _ = given()
    with refused("invalid", field=field):
        story.joins("Lyon", **{field: value})


def test_P9_people_change_their_name_place_and_language():
    room = given_a_room()
    room.facilitator.mutes(room.lyon)
    room.lyon.asks(PersonRename(name="Métropole"))
    room.lyon.asks(PersonLanguage(language="en"))
    room.lyon.moves_to("Villeurbanne", country="FR")
    lyon = room.lyon.person
    assert (lyon.name, lyon.language, lyon.place, lyon.country) == ("Métropole", "en", "Villeurbanne", "FR")
    with refused("invalid", field="language"):
        room.lyon.asks(PersonLanguage(language=""))


def test_P10_facilitators_change_anybodys_place():
    room = given_a_room()
    room.facilitator.moves_to("Saint-Louis", person=room.dakar.id)
    assert room.dakar.person.place == "Saint-Louis"
    with refused("only-facilitators"):
        room.lyon.moves_to("Thiès", person=room.dakar.id)
    with refused("unknown", what="person"):
        room.facilitator.moves_to("Thiès", person="nobody")


def test_P11_hands_go_up_and_down():
    room = given_a_room()
    room.lyon.raises_a_hand()
    raised = room.story.clock
    room.story.minutes_pass(1)
    room.lyon.raises_a_hand()
    assert room.lyon.person.hand_at == raised
    with refused("only-facilitators"):
        room.dakar.asks(Hand(up=False, person=room.lyon.id))
    room.facilitator.asks(Hand(up=False, person=room.lyon.id))
    assert room.lyon.person.hand_at is None
    with refused("invalid", field="up"):
        room.facilitator.asks(Hand(up=True, person=room.lyon.id))


def test_P12_facilitators_admit_whoever_waits():
    story, facilitator = given()
    facilitator.sets_the_door("waiting")
    lyon = story.joins("Lyon")
    facilitator.asks(PersonAdmit(person=lyon.id))
    assert lyon.person.state == "here"
    facilitator.removes(lyon)
    with refused("not-now"):
        facilitator.asks(PersonAdmit(person=lyon.id))


def test_P13_muted_people_do_not_write():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.mutes(room.lyon)
    with refused("muted"):
        room.lyon.posts()
    with refused("muted"):
        room.lyon.edits(note, "Encore")
    room.lyon.deletes(note)
    room.facilitator.mutes(room.lyon, on=False)
    room.lyon.posts()


def test_P14_removing_hides_all_they_wrote_and_rotates_the_link_at_once():
    room = given_a_room()
    room.facilitator.sets(room.step, approve_first=True)
    waiting = room.dakar.posts()
    room.facilitator.sets(room.step, approve_first=False)
    notes = [room.dakar.posts(), waiting]
    other = room.lyon.posts()
    room.dakar.raises_a_hand()
    room.facilitator.removes(room.dakar, hide_notes=True, rotate=True)
    to_everyone(room.story).does_not_see(*notes)
    to_everyone(room.story).sees(other)
    assert room.story.note(waiting).state == "hidden"
    assert (room.dakar.person.state, room.dakar.person.hand_at) == ("removed", None)
    assert room.story.board.door.generations["join"] == 2
    assert room.story.board.door.generations["observer"] == 1


def test_P14_removing_alone_leaves_what_they_wrote():
    room = given_a_room()
    note = room.dakar.posts()
    room.facilitator.removes(room.dakar)
    to_everyone(room.story).sees(note)
    assert room.story.board.door.generations["join"] == 1


def test_P15_the_last_facilitator_stays():
    room = given_a_room()
    room.facilitator.asks(PersonPromote(person=room.lyon.id))
    with refused("not-now"):
        room.facilitator.removes(room.facilitator)
    with refused("not-now"):
        room.lyon.removes(room.facilitator)
    with refused("not-now"):
        room.lyon.asks(PersonDemote(person=room.facilitator.id))
    second = room.story.joins("", name="second", role="facilitator")
    second.asks(PersonDemote(person=room.facilitator.id))
    assert room.facilitator.person.role == "participant"


def test_P16_somebody_readmitted_is_as_before():
    room = given_a_room()
    note = room.dakar.posts()
    before = room.dakar.person
    room.facilitator.removes(room.dakar, hide_notes=True)
    room.facilitator.asks(PersonReadmit(person=room.dakar.id))
    assert room.dakar.person == before
    to_everyone(room.story).does_not_see(note)
    room.facilitator.asks(PersonReadmit(person=room.dakar.id))


def test_P17_facilitators_share_their_seat():
    room = given_a_room()
    room.facilitator.mutes(room.lyon)
    room.facilitator.asks(PersonPromote(person=room.lyon.id))
    assert (room.lyon.person.role, room.lyon.person.muted) == ("cohost", False)
    room.lyon.goes_to(3)
    room.facilitator.asks(PersonPromote(person=room.lyon.id))
    room.facilitator.asks(PersonDemote(person=room.lyon.id))
    with refused("only-facilitators"):
        room.lyon.goes_to(2)
    room.facilitator.asks(PersonDemote(person=room.lyon.id))
    room.facilitator.removes(room.dakar)
    with refused("not-now"):
        room.facilitator.asks(PersonPromote(person=room.dakar.id))


def test_P18_without_a_seat_there_is_nothing_to_ask():
    room = given_a_room()
    stranger = Ask(board="hall", actor="stranger", id="1", now=0.0, seq=room.story.seq + 1)
    with refused("no-seat"):
        decide(room.story.board, PersonRename(name="Personne"), stranger)
    room.facilitator.removes(room.dakar)
    with refused("removed"):
        room.dakar.posts()
    room.facilitator.sets_the_door("waiting")
    quito = room.story.joins("Quito")
    with refused("waiting"):
        quito.raises_a_hand()


def test_P19_observers_read():
    room = given_a_room()
    guest = room.story.joins("", name="guest", role="observer")
    with refused("read-only"):
        guest.posts()
    with refused("only-facilitators"):
        guest.goes_to(3)
