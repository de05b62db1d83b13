"""The session once more: in order, with nothing that its viewer may not read, and without times."""

from dataclasses import fields

from app.board.audience import EVERYONE, PUBLIC
from app.outcomes.replay import Moment, replay, steps_of
from tests.board.story import given_a_room
from tests.outcomes.told import CANARIES, canary, told_session


def test_X8_what_came_is_told_in_its_order_step_by_step():
    story, _ = told_session()
    told = replay(story.board, EVERYONE, "fr")
    order = [step.id for step in story.board.steps]
    at = [order.index(each.step) for each in told]
    assert at == sorted(at)
    assert {each.kind for each in told} == {"note", "theme", "headline", "vote"}
    assert [step.id for step in steps_of(story.board, told)] == list(dict.fromkeys(each.step for each in told))


def test_X8_a_replay_tells_no_time_and_nothing_that_its_viewer_may_not_read():
    story, _ = told_session()
    words = " ".join(f"{each.text} {each.over}" for each in replay(story.board, PUBLIC, "fr"))
    assert [each for each in CANARIES if canary(each) in words] == []
    assert {each.name for each in fields(Moment)} == {"kind", "step", "text", "language", "over", "color"}


def test_notes_come_in_the_order_in_which_they_were_posted_also_late_ones():
    room = given_a_room()
    first, second = room.story.steps[2], room.story.steps[3]
    room.lyon.posts("1", step=first)
    room.facilitator.goes_to(3)
    room.lyon.posts("3", step=second)
    room.dakar.posts("2", step=first)
    assert [each.text for each in replay(room.story.board, EVERYONE, "fr")] == ["1", "2", "3"]


def test_an_open_vote_is_not_told_and_a_vote_of_nobody_names_nothing():
    room = given_a_room()
    notes = [room.lyon.posts("a"), room.dakar.posts("b")]
    ballot = room.facilitator.opens_a_ballot(*notes)
    assert "vote" not in {each.kind for each in replay(room.story.board, EVERYONE, "fr")}
    room.facilitator.closes(ballot)
    assert [each.text for each in replay(room.story.board, EVERYONE, "fr") if each.kind == "vote"] == [""]
