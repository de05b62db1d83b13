"""The agenda: going through it, and changing it before and during the session."""

import pytest

from app.board.agenda import AgendaAdd, AgendaEdit, AgendaMove, AgendaRemove
from app.board.hall import Spotlight
from tests.board.story import MINUTE, given, given_a_room, refused


def _titles(story):
    return [step.title["en"] for step in story.steps]


def test_A1_going_to_a_step_starts_its_minutes():
    story, facilitator = given()
    step = facilitator.goes_to(1)
    assert story.board.step == step
    assert story.board.timer.ends_at == story.clock + 15 * MINUTE
    facilitator.goes_to(0)
    assert story.board.timer.ends_at == story.clock + 5 * MINUTE
    facilitator.goes_to(7)
    assert story.board.timer.ends_at is None


def test_A2_the_first_go_plans_the_end():
    story, facilitator = given()
    assert story.board.now.planned_end is None
    facilitator.goes_to(0)
    planned = story.board.now.planned_end
    assert planned == story.clock + 60 * MINUTE
    story.minutes_pass(20)
    facilitator.goes_to(1)
    assert story.board.now.planned_end == planned


def test_A2_a_session_that_begins_later_in_its_agenda_is_shorter():
    story, facilitator = given()
    facilitator.goes_to(5)
    assert story.board.now.planned_end == story.clock + 16 * MINUTE


def test_A2_an_agenda_without_minutes_plans_no_end():
    story, facilitator = given("blank")
    facilitator.asks(AgendaEdit(step=story.steps[0].id, base=story.seq, minutes=0))
    facilitator.goes_to(0)
    assert story.board.now.planned_end is None


def test_A3_a_double_click_costs_no_time():
    story, facilitator = given()
    facilitator.goes_to(2)
    story.minutes_pass(1)
    assert facilitator.goes_to(2).id == story.board.now.step
    assert story.board.timer.ends_at == story.clock + 7 * MINUTE
    assert story.entries[-1].after == {}


def test_A4_a_spotlight_ends_with_its_step():
    room = given_a_room()
    room.facilitator.asks(Spotlight(part=f"note:{room.lyon.posts()}"))
    room.facilitator.goes_to(3)
    assert room.story.board.now.spotlight == ""


def test_A5_a_step_is_added_where_it_is_wanted():
    story, facilitator = given("brainstorm-and-vote")
    second = story.steps[1].id
    for title, after in (("Last", None), ("First", ""), ("Between", second)):
        facilitator.asks(AgendaAdd(kind="write", title={"en": title}, minutes=5, after=after))
    assert _titles(story) == ["First", "Ideas", "Themes", "Between", "Headlines", "Vote", "Last"]
    with refused("unknown", what="step"):
        facilitator.asks(AgendaAdd(kind="write", title={"en": "Nowhere"}, minutes=5, after="s-nowhere"))


@pytest.mark.parametrize(
    ("kind", "write", "react"),
    [
        ("talk", False, True),
        ("write", True, True),
        ("group", False, True),
        ("headline", True, True),
        ("vote", False, True),
        ("roadmap", True, True),
        ("survey", False, False),
    ],
)
def test_A6_a_kind_brings_its_rights(kind, write, react):
    story, facilitator = given()
    made = facilitator.asks(AgendaAdd(kind=kind, title={"en": "New"}, minutes=0)).made["step"]
    step = story.steps[-1]
    assert (step.id, step.write, step.react) == (made, write, react)


def test_A7_minutes_and_title_have_bounds():
    _, facilitator = given()
    for minutes in (-1, 601):
        with refused("invalid", field="minutes"):
            facilitator.asks(AgendaAdd(kind="talk", title={"en": "Talk"}, minutes=minutes))
    for minutes in (0, 600):
        facilitator.asks(AgendaAdd(kind="talk", title={"en": "Talk"}, minutes=minutes))
    with refused("empty", field="title"):
        facilitator.asks(AgendaAdd(kind="talk", title={"en": " "}, minutes=5))
    with refused("too-long", max=120, field="title"):
        facilitator.asks(AgendaAdd(kind="talk", title={"en": "x" * 121}, minutes=5))
    with refused("too-long", max=300, field="prompt"):
        facilitator.asks(AgendaAdd(kind="talk", title={"en": "x"}, prompt={"en": "x" * 301}, minutes=5))


def test_A8_an_agenda_holds_so_many_steps():
    _, facilitator = given(steps=8)
    with refused("too-many", max=8):
        facilitator.asks(AgendaAdd(kind="talk", title={"en": "One more"}, minutes=5))


def test_A9_an_edit_leaves_other_languages_alone():
    story, facilitator = given()
    step = story.steps[0]
    facilitator.asks(AgendaEdit(step=step.id, base=0, title={"fr": "Bonjour", "es": ""}, minutes=7))
    edited = story.steps[0]
    assert edited.title == {"en": "Welcome", "fr": "Bonjour"}
    assert (edited.prompt, edited.minutes) == (step.prompt, 7)
    with refused("empty", field="title"):
        facilitator.asks(AgendaEdit(step=step.id, base=story.seq, title={"en": "", "fr": ""}))


def test_A9_an_edit_that_says_what_is_there_changes_nothing():
    story, facilitator = given()
    step = story.steps[0]
    facilitator.asks(AgendaEdit(step=step.id, base=0, title=step.title, minutes=step.minutes))
    assert story.entries[-1].after == {}


def test_A10_newer_steps_are_not_overwritten():
    story, facilitator = given()
    step, seen = story.steps[0], story.seq
    facilitator.asks(AgendaEdit(step=step.id, base=seen, title={"fr": "Bonjour"}))
    with refused("changed-since", text="Bonjour"):
        facilitator.asks(AgendaEdit(step=step.id, base=seen, title={"fr": "Salut"}))


def test_A11_a_new_kind_brings_its_rights():
    story, facilitator = given()
    facilitator.asks(AgendaEdit(step=story.steps[0].id, base=0, kind="write"))
    assert (story.steps[0].kind, story.steps[0].write) == ("write", True)


def test_A12_the_current_step_is_not_removed():
    room = given_a_room()
    with refused("not-now", step=room.step.id):
        room.facilitator.asks(AgendaRemove(step=room.step.id))
    room.facilitator.opens_a_ballot(room.lyon.posts(), room.dakar.posts())
    room.facilitator.goes_to(3)
    with refused("not-now", step=room.step.id):
        room.facilitator.asks(AgendaRemove(step=room.step.id))


def test_A12_any_other_step_is_removed():
    story, facilitator = given("brainstorm-and-vote")
    facilitator.asks(AgendaRemove(step=story.steps[1].id))
    assert _titles(story) == ["Ideas", "Headlines", "Vote"]
    with refused("unknown", what="step"):
        facilitator.asks(AgendaRemove(step="s-nowhere"))


def test_A14_a_step_is_moved():
    story, facilitator = given("brainstorm-and-vote")
    ideas, themes, headlines, vote = (step.id for step in story.steps)
    facilitator.asks(AgendaMove(step=vote, after=""))
    assert _titles(story) == ["Vote", "Ideas", "Themes", "Headlines"]
    facilitator.asks(AgendaMove(step=ideas, after=headlines))
    assert _titles(story) == ["Vote", "Themes", "Headlines", "Ideas"]
    for step, after in ((themes, vote), (vote, ""), (themes, themes)):
        facilitator.asks(AgendaMove(step=step, after=after))
        assert story.entries[-1].after == {}


def test_A14_steps_that_share_an_order_still_have_neighbours():
    story, facilitator = given("brainstorm-and-vote")
    ideas, themes, headlines, vote = (step.id for step in story.steps)
    moving = story.seq + 1
    facilitator.asks(AgendaMove(step=themes, after=vote))
    facilitator.asks(AgendaMove(step=vote, after=ideas))
    facilitator.undoes(moving)
    facilitator.asks(AgendaMove(step=headlines, after=ideas))
    assert _titles(story)[0] == "Ideas"
    assert len({step.order for step in story.steps}) >= 3


def test_A15_settings_change_one_by_one():
    room = given_a_room()
    room.facilitator.sets(room.step, silent=True, approve_first=True)
    room.facilitator.sets(room.step, approve_first=False, group=True)
    step = room.story.steps[2]
    assert (step.silent, step.approve_first, step.group, step.write) == (True, False, True, True)


def test_A16_a_step_made_silent_anew_is_silent():
    room = given_a_room()
    room.facilitator.reveals(room.step)
    assert not room.story.steps[2].revealed
    room.facilitator.sets(room.step, silent=True)
    room.facilitator.reveals(room.step)
    room.facilitator.sets(room.step, anonymous=True)
    assert room.story.steps[2].revealed
    room.facilitator.sets(room.step, silent=False)
    room.facilitator.sets(room.step, silent=True)
    assert not room.story.steps[2].revealed


def test_M10_only_facilitators_change_the_agenda():
    story, _ = given()
    lyon = story.joins("Lyon")
    with refused("only-facilitators"):
        lyon.goes_to(1)
