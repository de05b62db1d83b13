"""The timer, the projected end, and two ways back on time."""

from dataclasses import replace

import pytest

from app.board.replanning import minutes_lost, projected_end
from app.board.timing import TimerExtend, TimerPause, TimerStop
from tests.board.story import MINUTE, given, given_a_room, refused


def _left(story):
    return story.board.timer.ends_at - story.clock


def test_T1_a_timer_starts_with_the_steps_minutes_or_with_seconds():
    story, facilitator = given()
    facilitator.starts_the_timer()
    assert _left(story) == 5 * MINUTE
    facilitator.starts_the_timer(90)
    assert _left(story) == 90
    for seconds in (0, -5, 36_001):
        with refused("invalid", field="seconds"):
            facilitator.starts_the_timer(seconds)


def test_T2_pausing_keeps_what_is_left():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(2)
    facilitator.asks(TimerPause())
    story.minutes_pass(30)
    assert (story.board.timer.ends_at, story.board.timer.left) == (None, 3 * MINUTE)
    facilitator.starts_the_timer()
    assert _left(story) == 3 * MINUTE


def test_T2_a_timer_paused_after_its_end_has_nothing_left():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(6)
    facilitator.asks(TimerPause())
    assert story.board.timer.left == 0


def test_T3_extending_adds_to_the_end():
    story, facilitator = given()
    facilitator.goes_to(0)
    facilitator.asks(TimerExtend())
    assert _left(story) == 6 * MINUTE
    facilitator.asks(TimerPause())
    facilitator.asks(TimerExtend(seconds=30))
    assert story.board.timer.left == 6 * MINUTE + 30


def test_T3_an_overrun_timer_extended_by_60_shows_60():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(9)
    facilitator.asks(TimerExtend(seconds=60))
    assert _left(story) == 60
    for seconds in (0, -60, 3601):
        with refused("invalid", field="seconds"):
            facilitator.asks(TimerExtend(seconds=seconds))


def test_T4_stopping_takes_the_timer_away():
    story, facilitator = given()
    facilitator.goes_to(0)
    facilitator.asks(TimerStop())
    assert (story.board.timer.ends_at, story.board.timer.left) == (None, None)


@pytest.mark.parametrize("command", [TimerPause(), TimerExtend(), TimerStop()])
def test_T5_what_does_not_run_is_not_changed(command):
    story, facilitator = given()
    facilitator.asks(command)
    assert story.entries[-1].after == {}


def test_T6_zero_refuses_nothing():
    room = given_a_room()
    room.story.minutes_pass(60)
    note = room.story.note(room.lyon.posts())
    assert not note.late


def test_T7_the_first_start_plans_the_end():
    story, facilitator = given()
    facilitator.starts_the_timer(10 * 60)
    assert story.board.now.planned_end == story.clock + 65 * MINUTE


def test_T8_a_step_of_no_minutes_has_no_timer():
    story, facilitator = given()
    facilitator.goes_to(7)
    facilitator.starts_the_timer()
    assert story.board.timer.ends_at is None
    facilitator.starts_the_timer(60)
    assert _left(story) == 60


def test_T9_a_running_timer_is_not_started_over():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(1)
    facilitator.starts_the_timer()
    assert _left(story) == 4 * MINUTE


def test_T10_the_projected_end_follows_the_session():
    story, facilitator = given()
    assert projected_end(story.board, story.clock) is None
    facilitator.goes_to(0)
    planned = story.board.now.planned_end
    assert projected_end(story.board, story.clock) == planned
    story.minutes_pass(8)
    assert projected_end(story.board, story.clock) == planned + 3 * MINUTE
    facilitator.goes_to(1)
    assert minutes_lost(story.board, story.clock) == 3
    facilitator.asks(TimerPause())
    story.minutes_pass(1)
    assert projected_end(story.board, story.clock) == planned + 4 * MINUTE
    facilitator.ends_the_session()
    assert projected_end(story.board, story.clock) is None


def test_T11_trimming_takes_lost_minutes_from_what_comes():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(15)
    facilitator.goes_to(1)
    facilitator.catches_up("trim")
    assert [step.minutes for step in story.steps] == [5, 15, 6, 6, 6, 5, 7, 0]
    assert minutes_lost(story.board, story.clock) == 0


def test_T11_every_step_keeps_a_minute():
    story, facilitator = given("brainstorm-and-vote")
    facilitator.goes_to(0)
    story.minutes_pass(60)
    facilitator.catches_up("trim")
    assert [step.minutes for step in story.steps] == [10, 1, 1, 1]
    assert minutes_lost(story.board, story.clock) == 33
    facilitator.catches_up("trim")
    assert story.entries[-1].after == {}


def test_T12_ending_later_moves_the_planned_end():
    story, facilitator = given()
    facilitator.goes_to(0)
    story.minutes_pass(15)
    facilitator.catches_up("later")
    assert story.board.now.planned_end == projected_end(story.board, story.clock)
    assert minutes_lost(story.board, story.clock) == 0


@pytest.mark.parametrize("how", ["trim", "later"])
def test_T13_without_lost_time_there_is_nothing_to_catch_up(how):
    story, facilitator = given()
    facilitator.catches_up(how)
    facilitator.goes_to(0)
    story.minutes_pass(3)
    facilitator.catches_up(how)
    assert story.entries[-1].after == {}


def test_T14_no_step_no_timer():
    story, facilitator = given()
    story.board.apply({("now", "now"): replace(story.board.now, step="")})
    with refused("not-now"):
        facilitator.starts_the_timer()
