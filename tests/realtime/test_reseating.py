"""Seats that change while a page is open: removed, admitted, promoted, rotated away."""

from app.board.hall import DoorRotate, DoorSet
from app.board.moderating import NoteHide
from app.board.moderating_people import PersonAdmit, PersonDemote, PersonPromote, PersonReadmit, PersonRemove
from app.board.records import Person
from tests.held import passes
from tests.realtime.stage import Stage


async def test_a_removed_person_is_sent_away_in_every_tab_and_hears_nothing_more(stage):
    tabs, other = [stage.follows("lyon") for _ in range(3)], stage.follows("dakar")
    await passes(2)
    before = [len(tab.line.texts) for tab in tabs]
    await stage.does("ada", PersonRemove(person="lyon"))
    await stage.posts("dakar", "after it")
    await passes(2)
    assert [tab.line.code for tab in tabs] == [4403] * 3
    assert [len(tab.line.texts) for tab in tabs] == before
    assert other.line.code is None


async def test_a_removed_person_does_not_come_back_by_their_seat(stage):
    await stage.does("ada", PersonRemove(person="lyon"))
    back = stage.follows("lyon")
    assert not back.seated
    assert back.line.code == 4403
    assert back.line.texts == []


async def test_a_removed_person_is_sent_away_by_every_process(stage, keeper):
    tab = stage.follows("lyon")
    other = Stage(keeper)
    other.opens()
    await other.does("ada", PersonRemove(person="lyon"))
    await stage.posts("dakar")
    assert tab.line.code == 4403
    await other.closes()


async def test_the_tab_of_a_removed_person_leaves_without_a_trace(stage):
    tab = stage.follows("lyon")
    await stage.does("ada", PersonRemove(person="lyon"))
    tab.leaves()
    assert "lyon" not in stage.room.telling.sight.here
    assert len(stage.room.audiences) == 0


async def test_a_readmitted_person_comes_back(stage):
    await stage.does("ada", PersonRemove(person="lyon"))
    await stage.does("ada", PersonReadmit(person="lyon"))
    assert stage.follows("lyon").seated


async def test_a_promoted_person_fetches_the_page_and_hears_as_facilitators_do(stage):
    note = await stage.posts("dakar", "secret words")
    await stage.does("ada", NoteHide(note=note))
    tab = stage.follows("lyon")
    assert not tab.sees("secret words")
    await stage.does("ada", PersonPromote(person="lyon"))
    assert tab.line.refreshed
    await stage.posts("quito", "another")
    await stage.does("ada", NoteHide(note=note), "again")
    await passes(1)
    assert tab.connection.base.value == "facilitators"


async def test_a_demoted_person_hears_nothing_of_facilitators_any_more(stage):
    await stage.does("ada", PersonPromote(person="lyon"))
    tab = stage.follows("lyon")
    await passes(2)
    await stage.does("ada", PersonDemote(person="lyon"))
    assert tab.line.refreshed
    tab.line.forget()
    note = await stage.posts("dakar", "secret words")
    await passes(1)
    tab.line.forget()
    await stage.does("ada", NoteHide(note=note))
    assert not tab.sees("secret words")


async def test_whoever_was_demoted_while_their_line_was_broken_fetches_the_page(stage):
    await stage.does("ada", PersonPromote(person="lyon"))
    stage.follows("lyon", page="facilitators").leaves()
    await stage.does("ada", PersonDemote(person="lyon"))
    back = stage.follows("lyon", since=1, page="facilitators")
    assert back.line.messages == [{"refresh": True}]
    assert stage.follows("lyon", since=1, page="everyone").line.frames


async def test_whoever_is_admitted_fetches_the_page(stage):
    await stage.does("ada", DoorSet(open="waiting"))
    await stage.joins("oslo")
    tab = stage.follows("oslo")
    assert tab.seated
    await stage.posts("dakar", "behind the door")
    assert not tab.sees("behind the door")
    await stage.does("ada", PersonAdmit(person="oslo"))
    assert tab.line.refreshed
    await passes(0.1)
    await stage.posts("dakar", "now inside")
    await passes(0.1)
    assert tab.sees("now inside")


async def test_opening_the_door_lets_every_waiting_page_in(stage):
    await stage.does("ada", DoorSet(open="waiting"))
    await stage.joins("oslo")
    await stage.joins("turin")
    tabs = [stage.follows("oslo"), stage.follows("turin")]
    await stage.does("ada", DoorSet(open="open"))
    assert [tab.line.refreshed for tab in tabs] == [True, True]


async def test_a_rotated_screen_link_closes_the_screens_it_opened_and_no_others(stage):
    screen = stage.follows("", role="screen", generation=1)
    person = stage.follows("lyon")
    await stage.does("ada", DoorRotate(role="join"))
    assert screen.line.code is None
    await stage.does("ada", DoorRotate(role="screen"))
    assert screen.line.code == 4401
    assert person.line.code is None
    assert stage.follows("", role="screen", generation=1).line.code == 4401
    assert stage.follows("", role="screen", generation=2).seated


async def test_a_facilitator_who_looks_as_a_participant_hears_what_participants_hear(stage):
    note = await stage.posts("dakar", "secret words")
    await stage.does("ada", NoteHide(note=note))
    await passes(1)
    looking = stage.follows("ada", since=0, as_participant=True)
    assert not looking.sees("secret words")
    assert stage.follows("ada", since=0).sees("secret words")


async def test_the_late_close_of_an_old_socket_does_not_close_the_new_one(stage):
    old = stage.follows("lyon")
    new = stage.follows("lyon")
    old.leaves()
    old.connection.line.close(1006)
    await stage.posts("dakar", "still here")
    await passes(0.1)
    assert new.sees("still here")
    assert stage.room.telling.sight.here == {"lyon": 1}


async def test_each_language_is_a_group_of_its_own(stage):
    english, french = stage.follows("lyon"), stage.follows("dakar", language="fr")
    await passes(2)
    assert '"en: ' in english.line.texts[-1]
    assert '"fr: ' in french.line.texts[-1]


async def test_a_stranger_has_no_seat(stage):
    tab = stage.follows("nobody")
    assert (tab.seated, tab.line.code, tab.line.texts) == (False, 4403, [])


async def test_nothing_is_left_of_those_who_left(stage):
    tabs = [stage.follows(person, language=tongue) for person in ("lyon", "ada") for tongue in ("en", "fr")]
    tabs.append(stage.follows("", role="screen", generation=1))
    for tab in tabs:
        tab.leaves()
        stage.room.audiences.drop(tab.connection)
    assert len(stage.room.audiences) == 0
    assert stage.room.audiences._groups == {}
    assert stage.room.audiences._persons == {}
    assert stage.room.telling.sight.here == {}


async def test_an_observer_who_takes_part_now_fetches_the_page_that_has_forms(stage):
    await stage.joins("nairobi", role="observer")
    tab = stage.follows("nairobi")
    await stage.joins("nairobi", role="participant")
    assert stage.board.need(Person, "nairobi").role == "participant"
    assert tab.line.refreshed
