"""The stage of a step: what is put on it, whose page is turned, and who sees it when."""

import pytest

from app.board.agenda import AgendaAdd, AgendaMove, AgendaRemove
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, WAITING, may_see, sees_page
from app.board.parts import parts_of
from app.board.records import Stage
from app.board.staging import StageClear, StageEdit, StageFile, StagePage, host_of
from tests.board.story import given, given_a_room, refused

DAY = 86_400.0


def on_stage(story, step):
    return story.board.get(Stage, step.id)


def given_slides(pages=3):
    """A facilitator in the first step, with a file on the stage of the second."""
    story, facilitator = given()
    step = story.steps[1]
    facilitator.asks(StageFile(step=step.id, file="f1", file_name="goals.pdf", pages=pages))
    return story, facilitator, step


def test_S1_a_stage_has_a_title_a_text_with_its_lines_and_links():
    story, facilitator = given()
    step = story.steps[0]
    said = StageEdit(
        step=step.id,
        base=story.seq,
        title=" The  campaign ",
        text="First.\n\n- one\n- two",
        links="Our goals https://a.org/g\n",
    )
    facilitator.asks(said)
    stage = on_stage(story, step)
    assert (stage.title, stage.text) == ("The campaign", "First.\n\n- one\n- two")
    assert stage.links == (("Our goals", "https://a.org/g"),)
    facilitator.asks(StageEdit(step=step.id, base=story.seq))
    assert on_stage(story, step) is None


def test_S1_what_is_too_long_is_refused():
    story, facilitator = given(stage=10, title=5, links=1)
    step, base = story.steps[0].id, story.seq
    with refused("too-long", max=10, field="text"):
        facilitator.asks(StageEdit(step=step, base=base, text="a" * 11))
    with refused("too-long", max=5, field="title"):
        facilitator.asks(StageEdit(step=step, base=base, title="a" * 6))
    with refused("too-many", max=1):
        facilitator.asks(StageEdit(step=step, base=base, links="https://a.org\nhttps://b.org"))
    with refused("unknown", what="step"):
        facilitator.asks(StageEdit(step="none", base=base))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.org",
        "a.org",
        "ftp://a.org",
        "https://",
        "https://a.org@b.org",
        "https://b.org\\.a.org",
        "https://a.org/\u202egnp.exe",
        "https://-a.org",
        'https://a.org/"onclick=',
        "https://a.org/" + "a" * 2_000,
    ],
)
def test_S2_an_address_that_is_no_plain_one_is_refused(address):
    story, facilitator = given()
    with refused("invalid", field="links"):
        facilitator.asks(StageEdit(step=story.steps[0].id, base=story.seq, links=f"Goals {address}"))


def test_S2_a_link_without_a_label_is_called_by_its_host_in_plain_letters():
    story, facilitator = given()
    step = story.steps[0]
    facilitator.asks(StageEdit(step=step.id, base=story.seq, links="https://www.exаmple.org/x HTTP://b.org:80/?q=é"))
    assert [host_of(address) for _, address in on_stage(story, step).links] == ["b.org"]
    facilitator.asks(StageEdit(step=step.id, base=story.seq, links="https://exаmple.org/x"))
    assert on_stage(story, step).links == (("xn--exmple-4nf.org", "https://exаmple.org/x"),)


def test_S3_newer_words_are_not_overwritten_and_a_turned_page_is_no_new_words():
    story, facilitator, step = given_slides()
    facilitator.asks(StageEdit(step=step.id, base=story.seq, title="One"))
    seen = story.seq
    facilitator.asks(StagePage(step=step.id, page=2))
    facilitator.asks(StageEdit(step=step.id, base=seen, title="Two"))
    with refused("changed-since", text="Two"):
        facilitator.asks(StageEdit(step=step.id, base=seen, title="Three"))
    assert on_stage(story, step).page == 2


def test_S4_a_file_begins_at_its_first_page_and_is_turned_within_its_pages():
    story, facilitator, step = given_slides(pages=3)
    assert (on_stage(story, step).page, on_stage(story, step).pages) == (1, 3)
    facilitator.asks(StagePage(step=step.id, page=3))
    assert on_stage(story, step).page == 3
    for page in (0, 4, -1):
        with refused("invalid", field="page"):
            facilitator.asks(StagePage(step=step.id, page=page))
    with refused("invalid", field="page"):
        facilitator.asks(StagePage(step=story.steps[2].id, page=1))


def test_S4_a_new_file_begins_anew_and_the_words_stay():
    story, facilitator, step = given_slides()
    facilitator.asks(StageEdit(step=step.id, base=story.seq, text="Words", alt="Three goals"))
    facilitator.asks(StagePage(step=step.id, page=2))
    facilitator.asks(StageFile(step=step.id, file="f2", file_name="é" * 300, pages=1))
    stage = on_stage(story, step)
    assert (stage.file, stage.page, stage.pages, stage.text, stage.alt) == ("f2", 1, 1, "Words", "")
    assert len(stage.file_name) == 120


def test_S5_the_file_is_taken_away_alone_or_everything_with_it():
    story, facilitator, step = given_slides()
    facilitator.asks(StageEdit(step=step.id, base=story.seq, title="Goals"))
    facilitator.asks(StageClear(step=step.id, what="file"))
    assert (on_stage(story, step).file, on_stage(story, step).pages, on_stage(story, step).title) == ("", 0, "Goals")
    facilitator.asks(StageClear(step=step.id))
    assert on_stage(story, step) is None
    facilitator.asks(StageClear(step=step.id))


def test_S6_only_facilitators_put_anything_on_a_stage():
    room = given_a_room()
    for command in (
        StageEdit(step=room.step.id, base=0, title="Mine"),
        StagePage(step=room.step.id, page=1),
        StageFile(step=room.step.id, file="f", file_name="f", pages=1),
        StageClear(step=room.step.id),
    ):
        with refused("only-facilitators"):
            room.lyon.asks(command)


def test_S7_everybody_sees_it_once_the_session_has_come_to_its_step():
    story, facilitator, step = given_slides()

    def seen():
        bases = (FACILITATORS, EVERYONE, SCREEN, PUBLIC, WAITING)
        return {base for base in bases if may_see(story.board, on_stage(story, step), base)}

    assert seen() == {FACILITATORS}
    facilitator.goes_to(1)
    assert seen() == {FACILITATORS, EVERYONE, SCREEN}
    facilitator.goes_to(2)
    assert seen() == {FACILITATORS, EVERYONE, SCREEN}
    facilitator.goes_to(0)
    assert seen() == {FACILITATORS}


def test_S7_a_blank_board_shows_it_to_facilitators_only():
    story, facilitator, step = given_slides()
    facilitator.goes_to(1)
    facilitator.blanks()
    assert not may_see(story.board, on_stage(story, step), EVERYONE)
    assert not sees_page(story.board, on_stage(story, step), 1, SCREEN)
    assert sees_page(story.board, on_stage(story, step), 3, FACILITATORS)


def test_S8_everybody_is_given_the_pages_up_to_the_one_after_what_is_shown():
    story, facilitator, step = given_slides(pages=4)
    facilitator.goes_to(1)
    facilitator.asks(StagePage(step=step.id, page=2))
    stage = on_stage(story, step)

    def given_to(base):
        return [page for page in range(6) if sees_page(story.board, stage, page, base)]

    assert given_to(EVERYONE) == given_to(SCREEN) == [1, 2, 3]
    assert given_to(FACILITATORS) == [1, 2, 3, 4]


def test_S9_what_is_done_to_a_stage_is_undone():
    story, facilitator, step = given_slides()
    facilitator.asks(StageEdit(step=step.id, base=story.seq, title="Goals"))
    before = on_stage(story, step)
    facilitator.asks(StageClear(step=step.id))
    facilitator.undoes()
    assert on_stage(story, step) == before
    facilitator.asks(StageClear(step=step.id, what="file"))
    facilitator.undoes()
    assert on_stage(story, step).file == "f1"
    facilitator.asks(AgendaRemove(step=step.id))
    assert on_stage(story, step) is None
    facilitator.undoes()
    assert on_stage(story, step).file == "f1"


def test_S10_a_file_that_left_the_stage_a_day_ago_does_not_come_back():
    story, facilitator, step = given_slides()
    facilitator.asks(StageClear(step=step.id))
    cleared = story.seq
    story.clock += DAY + 1
    with refused("not-undoable"):
        facilitator.undoes(cleared)
    facilitator.asks(StageFile(step=step.id, file="f1", file_name="goals.pdf", pages=3))
    facilitator.asks(StageClear(step=step.id))
    story.clock += DAY - 1
    facilitator.undoes()
    assert on_stage(story, step).file == "f1"


def test_S10_a_file_that_another_step_shows_still_comes_back_late():
    story, facilitator, step = given_slides()
    facilitator.asks(StageClear(step=step.id))
    cleared = story.seq
    facilitator.asks(StageFile(step=story.steps[2].id, file="f1", file_name="goals.pdf", pages=3))
    story.clock += DAY + 1
    facilitator.undoes(cleared)
    assert on_stage(story, step).file == "f1"


def stale(story):
    return parts_of(story.board, story.entries[-1].before, story.entries[-1].after)


def test_a_turned_page_makes_one_small_part_stale():
    story, facilitator, step = given_slides()
    facilitator.asks(StagePage(step=step.id, page=2))
    assert stale(story) == {f"page/{step.id}"}
    facilitator.asks(StageEdit(step=step.id, base=story.seq, title="Goals"))
    assert stale(story) == {f"stage/{step.id}"}


def test_a_stage_is_drawn_anew_when_who_sees_it_changes():
    story, facilitator, step = given_slides()
    part, steps = f"stage/{step.id}", story.steps
    facilitator.goes_to(3)
    assert part in stale(story)
    facilitator.goes_to(4)
    assert part not in stale(story)
    facilitator.blanks()
    assert part in stale(story)
    facilitator.asks(AgendaMove(step=steps[4].id, after=""))
    assert part in stale(story)
    facilitator.asks(AgendaAdd(kind="talk", title={"en": "New"}, minutes=1))
    assert not may_see(story.board, on_stage(story, step), EVERYONE)
