"""What is prepared before the hour: the start and its zone, the head-count, and what facilitators note for a step."""

import pytest

from app.board.agenda import AgendaAdd, AgendaRemove
from app.board.asking import Refused
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, WAITING, Only, may_see
from app.board.cueing import StepCue
from app.board.founding import found
from app.board.preparing import MOST_DAYS_AHEAD, BoardSettings
from app.board.records import Cue
from app.board.templates import TEMPLATES, agenda
from app.board.timing import TimerStart, has_begun
from tests.board.story import given, refused

HOUR = 3_600.0


def test_B16_a_start_is_set_and_taken_away():
    story, facilitator = given()
    facilitator.asks(BoardSettings(starts_at=story.clock + HOUR, zone="Europe/Paris"))
    assert (story.board.about.starts_at, story.board.about.zone) == (story.clock + HOUR, "Europe/Paris")
    facilitator.asks(BoardSettings(starts_at=0))
    assert (story.board.about.starts_at, story.board.about.zone) == (None, "Europe/Paris")
    facilitator.undoes(story.seq)
    assert story.board.about.starts_at == story.clock + HOUR


def test_B16_a_start_that_nobody_can_come_to_is_refused():
    story, facilitator = given()
    facilitator.asks(BoardSettings(starts_at=story.clock - 900))
    with refused("in-the-past", field="starts_at"):
        facilitator.asks(BoardSettings(starts_at=story.clock - 901))
    for far in (story.clock + MOST_DAYS_AHEAD * 86_400 + 1, float("nan"), float("inf")):
        with refused("too-far", field="starts_at", days=MOST_DAYS_AHEAD):
            facilitator.asks(BoardSettings(starts_at=far))


@pytest.mark.parametrize(("at", "code"), [(1e6 - 901, "in-the-past"), (1e6 + 1e8, "too-far")])
def test_B16_no_board_begins_with_such_a_start(at, code):
    with pytest.raises(Refused, match=code):
        found("hall", title="T", template="blank", language="fr", now=1e6, starts_at=at)


def test_B16_a_start_that_stays_is_not_judged_anew():
    story, facilitator = given()
    facilitator.asks(BoardSettings(starts_at=story.clock))
    story.minutes_pass(60)
    facilitator.asks(BoardSettings(starts_at=story.board.about.starts_at, zone="Africa/Dakar"))
    assert story.board.about.zone == "Africa/Dakar"


def test_B16_only_facilitators_set_the_start():
    story, _ = given()
    with refused("only-facilitators"):
        story.joins("Lyon").asks(BoardSettings(starts_at=story.clock))


def test_B17_a_zone_is_named_as_zones_are():
    _, facilitator = given()
    for zone in ("", "../etc/passwd", "Europe Paris", "x" * 65):
        with refused("invalid", field="zone"):
            facilitator.asks(BoardSettings(zone=zone))


def test_B18_the_screen_counts_heads_only_where_facilitators_wish_it():
    story, facilitator = given()
    assert not story.board.about.headcount
    facilitator.asks(BoardSettings(headcount=True))
    assert story.board.about.headcount


def test_B19_a_session_has_begun_once_it_moved_or_its_timer_started():
    story, facilitator = given()
    assert not has_begun(story.board)
    facilitator.asks(TimerStart())
    assert has_begun(story.board)
    story, facilitator = given()
    facilitator.goes_to(1)
    assert has_begun(story.board)
    story, facilitator = given()
    facilitator.ends_the_session()
    assert has_begun(story.board)


def _cue(story, step):
    return story.board.get(Cue, step.id)


def test_A18_a_cue_is_written_reworded_and_taken_away():
    story, facilitator = given("blank")
    step = story.steps[0]
    assert _cue(story, step) is None
    facilitator.asks(StepCue(step=step.id, text=" ", base=0))
    assert _cue(story, step) is None
    facilitator.asks(StepCue(step=step.id, text="  Greet them ", base=0))
    assert _cue(story, step).text == "Greet them"
    facilitator.asks(StepCue(step=step.id, text="Greet them all", base=story.seq))
    with refused("changed-since", text="Greet them all"):
        facilitator.asks(StepCue(step=step.id, text="From an older page", base=story.seq - 1))
    facilitator.asks(StepCue(step=step.id, text="Greet them all", base=story.seq))
    facilitator.asks(StepCue(step=step.id, text="", base=story.seq))
    assert _cue(story, step) is None


def test_A18_what_is_no_cue_is_refused():
    story, facilitator = given()
    step = story.steps[0].id
    with refused("too-long", max=600, field="text"):
        facilitator.asks(StepCue(step=step, text="x" * 601, base=story.seq))
    with refused("unknown", what="step"):
        facilitator.asks(StepCue(step="nowhere", text="x", base=0))
    with refused("only-facilitators"):
        story.joins("Lyon").asks(StepCue(step=step, text="x", base=story.seq))


def test_A19_a_cue_goes_with_its_step_and_comes_back_with_it():
    story, facilitator = given()
    step = story.steps[2]
    kept = _cue(story, step)
    facilitator.asks(AgendaRemove(step=step.id))
    assert _cue(story, step) is None
    facilitator.undoes(story.seq)
    assert _cue(story, step) == kept


def test_A20_a_ready_made_agenda_comes_with_cues_in_the_language_of_the_board():
    for language, first in (("fr", "Saluez"), ("en", "Greet"), ("es", "Salude"), ("pt", "Greet")):
        records = found("hall", title="T", template="flip-the-script", language=language, now=5.0)
        cues = [record for record in records if isinstance(record, Cue)]
        assert len(cues) == len(agenda("flip-the-script"))
        assert cues[0].text.startswith(first)
        assert all(0 < len(cue.text) <= 600 for cue in cues)
    for template in set(TEMPLATES) - {"flip-the-script"}:
        records = found("hall", title="T", template=template, language="fr", now=5.0)
        assert not [record for record in records if isinstance(record, Cue)]


def test_U10_undo_puts_no_cue_beside_a_step_that_is_gone():
    story, facilitator = given()
    step = story.steps[2].id
    facilitator.asks(StepCue(step=step, text="", base=story.seq))
    taken_away = story.seq
    facilitator.asks(AgendaRemove(step=step))
    with refused("changed-since", text=""):
        facilitator.undoes(taken_away)


def test_U10_a_step_with_a_cue_is_not_taken_away_by_undo():
    story, facilitator = given()
    made = facilitator.asks(AgendaAdd(kind="write", title={"en": "More"}, minutes=3)).made["step"]
    added = story.seq
    facilitator.asks(StepCue(step=made, text="Be brief", base=0))
    with refused("changed-since", text=""):
        facilitator.undoes(added)


def test_W12_a_cue_is_seen_by_facilitators_only():
    story, _ = given()
    lyon, cue = story.joins("Lyon"), story.board.all(Cue)[0]
    assert may_see(story.board, cue, FACILITATORS)
    for audience in (EVERYONE, SCREEN, PUBLIC, WAITING, Only(lyon.id)):
        assert not may_see(story.board, cue, audience)
