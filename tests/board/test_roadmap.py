"""The roadmap: who does what by when, who may change it, and what a day makes of it."""

from datetime import date

import pytest

from app.board.actions import ActionAdd, ActionDone, ActionEdit, ActionMove, ActionRemove, FeedbackEdit
from app.board.agenda import AgendaRemove
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, WAITING, may_see
from app.board.clearing import BoardClear
from app.board.preparing import BoardSettings
from app.board.records import Action, Campaign
from app.board.roadmap import actions, mail_of
from app.outcomes.roadmap import roadmap_of, today_of
from tests.board.story import Room, Somebody, given_a_room, refused

TODAY = date(2026, 11, 26)
ROADMAP = 6


def given_the_roadmap(**limits: int) -> Room:
    """Everybody is in the step where next steps are agreed on."""
    room = given_a_room(**limits)
    room.facilitator.goes_to(ROADMAP)
    return room


def agrees(who: Somebody, text: str = "Send the photographs", **also: str) -> str:
    """Writes an action."""
    return who.asks(ActionAdd(text=text, **also)).made["action"]


def said(room: Room) -> list[str]:
    """The roadmap in its order."""
    return [action.text for action in actions(room.story.board)]


def the(room: Room, action: str) -> Action:
    return room.story.board.need(Action, action)


def test_J1_whoever_writes_adds_an_action_with_its_owner_and_its_day():
    room = given_the_roadmap()
    action = the(room, agrees(room.lyon, "  Send   the photographs ", owner="Dakar", due="2026-12-31"))
    assert (action.text, action.owner, action.due, action.state) == (
        "Send the photographs", "Dakar", "2026-12-31", "open",
    )  # fmt: skip
    assert (action.by, action.place) == (room.lyon.id, "Lyon")


def test_J2_participants_write_actions_once_a_roadmap_step_that_takes_writing_has_come_and_facilitators_before():
    room = given_a_room()
    with refused("not-now"):
        agrees(room.lyon)
    agrees(room.facilitator, "Prepared before")
    step = room.facilitator.goes_to(ROADMAP)
    agrees(room.lyon)
    room.facilitator.goes_to(ROADMAP + 1)
    agrees(room.dakar, "After its step")
    room.facilitator.sets(step, write=False)
    with refused("not-now"):
        agrees(room.lyon)
    assert len(said(room)) == 3


def test_J2_without_a_roadmap_step_there_is_no_roadmap():
    room = given_a_room()
    board = room.story.board
    gone = room.story.steps[ROADMAP]
    room.facilitator.asks(AgendaRemove(step=gone.id))
    with refused("not-now"):
        agrees(room.facilitator)
    assert actions(board) == []


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2025-02-29", "2026-13-01", "20261231", "2026-W10-1", "1926-01-01", "tomorrow", "2026-1-1"]
)
def test_J3_a_day_that_the_calendar_does_not_have_is_invalid(day):
    room = given_the_roadmap()
    with refused("invalid", field="due"):
        agrees(room.lyon, due=day)
    action = agrees(room.lyon, due="2028-02-29")
    with refused("invalid", field="due"):
        room.lyon.asks(ActionEdit(action=action, text="As before", due=day, base=room.story.seq))


def test_J4_words_and_owners_have_their_limits():
    room = given_the_roadmap()
    with refused("empty"):
        agrees(room.lyon, " \u200b ")
    with refused("too-long", max=280):
        agrees(room.lyon, "x" * 5_000)
    with refused("too-long", max=80, field="owner"):
        agrees(room.lyon, owner="y" * 200)
    assert said(room) == []


def test_J4_a_board_takes_no_more_actions_than_its_limit():
    room = given_the_roadmap(actions=2)
    agrees(room.lyon, "One")
    agrees(room.lyon, "Two")
    with refused("too-many", max=2):
        agrees(room.dakar, "Three")


def test_J5_authors_change_and_remove_their_own_actions_and_facilitators_everybodys():
    room = given_the_roadmap()
    action = agrees(room.lyon)
    with refused("not-yours"):
        room.dakar.asks(ActionEdit(action=action, text="Mine now", base=room.story.seq))
    with refused("not-yours"):
        room.dakar.asks(ActionRemove(action=action))
    room.lyon.asks(ActionEdit(action=action, text="By Lyon", owner="Lyon", base=room.story.seq))
    room.facilitator.asks(ActionEdit(action=action, text="By the facilitator", base=room.story.seq))
    assert (the(room, action).text, the(room, action).owner) == ("By the facilitator", "")


def test_J6_newer_words_of_an_action_are_not_overwritten():
    room = given_the_roadmap()
    action, seen = agrees(room.lyon), room.story.seq
    room.facilitator.asks(ActionEdit(action=action, text="Newer", base=seen))
    with refused("changed-since", text="Newer"):
        room.lyon.asks(ActionEdit(action=action, text="Older", base=seen))


def test_J7_its_author_a_facilitator_and_the_place_that_owns_it_say_that_it_is_done():
    room = given_the_roadmap()
    action = agrees(room.facilitator, owner="lyon")
    with refused("not-yours"):
        room.dakar.asks(ActionDone(action=action))
    room.lyon.asks(ActionDone(action=action))
    assert the(room, action).state == "done"
    room.facilitator.asks(ActionDone(action=action, on=False))
    assert the(room, action).state == "open"


def test_J8_a_removed_action_is_gone_for_all_and_comes_back_by_undo():
    room = given_the_roadmap()
    action = agrees(room.lyon)
    room.lyon.asks(ActionRemove(action=action))
    assert said(room) == []
    assert not may_see(room.story.board, the(room, action), FACILITATORS)
    with refused("unknown", what="action"):
        room.lyon.asks(ActionDone(action=action))
    room.facilitator.undoes()
    assert said(room) == ["Send the photographs"]


def test_J9_facilitators_put_the_actions_in_order():
    room = given_the_roadmap()
    one, _, three = agrees(room.lyon, "1"), agrees(room.dakar, "2"), agrees(room.lyon, "3")
    with refused("only-facilitators"):
        room.lyon.asks(ActionMove(action=three))
    room.facilitator.asks(ActionMove(action=three))
    assert said(room) == ["3", "1", "2"]
    room.facilitator.asks(ActionMove(action=three, after=one))
    assert said(room) == ["1", "3", "2"]
    with refused("unknown", what="action"):
        room.facilitator.asks(ActionMove(action=one, after="nobody"))


def test_J10_an_action_is_made_out_of_a_note_that_everybody_may_read_and_publish():
    room = given_a_room()
    note, secret = room.dakar.posts("Des bancs partout"), room.dakar.posts("Entre nous", attribution="unpublished")
    hidden = room.dakar.posts("Caché")
    room.facilitator.hides(hidden)
    room.facilitator.goes_to(ROADMAP)
    action = agrees(room.lyon, "", note=note)
    assert (the(room, action).text, the(room, action).note) == ("Des bancs partout", note)
    for other in (secret, hidden, "nothing"):
        with refused("unknown", what="note"):
            agrees(room.facilitator, "", note=other)
    room.facilitator.hides(note)
    row = roadmap_of(room.story.board, EVERYONE, TODAY).rows[0]
    assert row.note is None
    assert row.action.text == "Des bancs partout"


def test_J11_an_action_is_late_once_its_day_has_passed_and_it_is_not_done():
    room = given_the_roadmap()
    agrees(room.lyon, "late", due="2026-11-25")
    agrees(room.lyon, "today", due="2026-11-26")
    agrees(room.lyon, "some day")
    done = agrees(room.lyon, "done", due="2026-01-01")
    room.lyon.asks(ActionDone(action=done))
    roadmap = roadmap_of(room.story.board, PUBLIC, TODAY)
    assert [(row.action.text, row.days, row.overdue) for row in roadmap.rows] == [
        ("late", -1, True), ("today", 0, False), ("some day", None, False), ("done", -329, False),
    ]  # fmt: skip
    assert (roadmap.done, roadmap.overdue, roadmap.has_days) == (1, 1, True)


def test_J11_the_day_is_that_of_the_sessions_zone():
    room = given_the_roadmap()
    assert today_of(room.story.board, 1_790_000_000.0) == date(2026, 9, 21)
    room.facilitator.asks(BoardSettings(zone="Pacific/Auckland"))
    assert today_of(room.story.board, 1_790_000_000.0) == date(2026, 9, 22)


def test_J12_facilitators_say_how_they_are_reached_by_mail_or_words_and_by_a_plain_link():
    room = given_the_roadmap()
    with refused("only-facilitators"):
        room.lyon.asks(FeedbackEdit(contact="office@example.org"))
    for link in ("javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://a@example.org", "example"):
        with refused("invalid", field="link"):
            room.facilitator.asks(FeedbackEdit(link=link))
    with refused("too-long", field="contact"):
        room.facilitator.asks(FeedbackEdit(contact="x" * 5_000))
    room.facilitator.asks(FeedbackEdit(contact="office@example.org", link="https://example.org/next"))
    roadmap = roadmap_of(room.story.board, PUBLIC, TODAY)
    assert (roadmap.contact, roadmap.link) == ("office@example.org", "https://example.org/next")
    assert mail_of(roadmap.contact) == "office@example.org"
    assert mail_of("office@example.org?cc=all@example.org") == mail_of("Ask the desk") == ""
    room.facilitator.undoes()
    assert room.story.board.get(Campaign, "campaign") is None


def test_J13_a_roadmap_step_takes_no_new_notes():
    room = given_the_roadmap()
    for who in (room.lyon, room.facilitator):
        with refused("not-now"):
            who.posts("A note")


def test_J14_a_blank_board_shows_its_roadmap_to_facilitators_alone_and_who_waits_sees_none():
    room = given_the_roadmap()
    agrees(room.lyon)
    assert not roadmap_of(room.story.board, WAITING, TODAY).rows
    room.facilitator.blanks()
    assert not roadmap_of(room.story.board, EVERYONE, TODAY).rows
    assert roadmap_of(room.story.board, FACILITATORS, TODAY).rows


def test_J15_removing_somebody_with_all_that_they_wrote_removes_their_actions_and_clearing_everybodys():
    room = given_the_roadmap()
    agrees(room.lyon, "Rude")
    agrees(room.dakar, "Kind")
    room.facilitator.removes(room.lyon, hide_notes=True)
    assert said(room) == ["Kind"]
    room.facilitator.undoes()
    assert said(room) == ["Rude", "Kind"]
    room.facilitator.asks(BoardClear(keep="agenda"))
    assert said(room) == []
    room.facilitator.undoes()
    assert said(room) == ["Rude", "Kind"]
