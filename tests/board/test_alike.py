"""Notes about the same subject: a theme of them in one act, dismissals that are remembered, and who may say either."""

import pytest

from app.board.agenda import AgendaAdd, AgendaGo
from app.board.alike import MOST_DISMISSALS, AlikeDismiss, AlikeGroup, holds_for
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, Only, may_see
from app.board.clearing import BoardClear
from app.board.grouped import themes
from app.board.hall import BoardBlank
from app.board.notes import NoteEdit
from app.board.records import Dismissal
from tests.board.story import refused
from tests.board.test_grouping import Grouping, given_a_grouping


def dismissals(at: Grouping) -> list[Dismissal]:
    return at.room.story.board.all(Dismissal)


def test_I2_a_theme_of_several_notes_is_one_act_and_one_undo():
    at = given_a_grouping()
    first, second, third = at.notes
    made = at.room.lyon.asks(AlikeGroup(notes=(first, second), title="  Vert  ")).made["theme"]
    assert at.titles() == ["Vert"]
    assert (at.inside(first), at.inside(second), at.inside(third)) == (made, made, "")
    at.room.facilitator.undoes(at.room.story.seq)
    assert themes(at.room.story.board, at.step.id) == []
    assert at.inside(first) == ""


def test_I2_a_theme_of_no_notes_of_unknown_ones_or_without_a_title_is_refused():
    at = given_a_grouping()
    for notes, title, code in ((), "Vert", "empty"), (("nobody",), "Vert", "unknown"), (at.notes, " ", "empty"):
        with refused(code):
            at.room.lyon.asks(AlikeGroup(notes=notes, title=title))
    at.room.facilitator.hides(at.notes[0])
    with refused("unknown"):
        at.room.lyon.asks(AlikeGroup(notes=at.notes[:2], title="Vert"))
    assert at.titles() == []


def test_I3_notes_of_two_grouping_steps_and_a_single_note_are_invalid():
    at = given_a_grouping()
    later = at.room.story.steps[4]
    other = at.room.facilitator.posts("Plus tard", step=later)
    at.room.facilitator.asks(AgendaAdd(kind="group", title={"fr": "Encore"}, minutes=5))
    for notes in ((at.notes[0], other), at.notes[:1], (at.notes[0], at.notes[0])):
        with refused("invalid", field="notes"):
            at.room.facilitator.asks(AlikeDismiss(notes=notes))


@pytest.mark.parametrize("command", [AlikeDismiss(notes=()), AlikeDismiss(notes=("n1", "nobody"))])
def test_I3_there_must_be_notes_to_dismiss(command):
    at = given_a_grouping()
    with refused("unknown" if command.notes else "empty"):
        at.room.facilitator.asks(command)


def test_I4_who_may_not_group_neither_accepts_nor_dismisses():
    at = given_a_grouping(open_=False)
    for command in AlikeDismiss(notes=at.notes[:2]), AlikeGroup(notes=at.notes[:2], title="Vert"):
        with refused("not-now", step=at.step.id):
            at.room.lyon.asks(command)
    at.room.facilitator.asks(AgendaGo(step=at.room.step.id))
    at.room.facilitator.sets(at.step, group=True)
    with refused("not-now", step=at.step.id):
        at.room.lyon.asks(AlikeDismiss(notes=at.notes[:2]))
    at.room.facilitator.asks(AlikeDismiss(notes=at.notes[:2]))
    assert len(dismissals(at)) == 1


def test_I5_a_dismissal_is_remembered_once_whatever_the_order():
    at = given_a_grouping()
    first, second, _ = at.notes
    at.room.lyon.asks(AlikeDismiss(notes=(second, first)))
    (kept,) = dismissals(at)
    assert (kept.notes, kept.step) == (tuple(sorted((first, second))), at.step.id)
    assert at.room.dakar.asks(AlikeDismiss(notes=(first, second))).records == {}
    at.room.lyon.asks(AlikeDismiss(notes=at.notes))
    assert len(dismissals(at)) == 2


def test_I5_a_note_that_was_reworded_is_not_the_one_that_was_dismissed():
    at = given_a_grouping()
    first, second, third = at.notes
    at.room.lyon.asks(AlikeDismiss(notes=at.notes))
    at.room.lyon.asks(NoteEdit(note=first, text="Plus de bus", base=at.room.story.seq))
    (kept,) = dismissals(at)
    assert set(holds_for(at.room.story.board, kept)) == {second, third}
    at.room.lyon.asks(AlikeDismiss(notes=at.notes))
    (kept,) = dismissals(at)
    assert set(holds_for(at.room.story.board, kept)) == set(at.notes)


def test_I5_a_dismissal_is_undone_and_cleared_with_the_board():
    at = given_a_grouping()
    at.room.lyon.asks(AlikeDismiss(notes=at.notes[:2]))
    at.room.facilitator.undoes(at.room.story.seq)
    assert dismissals(at) == []
    at.room.lyon.asks(AlikeDismiss(notes=at.notes[:2]))
    at.room.facilitator.asks(BoardClear(keep="agenda"))
    assert dismissals(at) == []


def test_I5_a_board_remembers_a_thousand_dismissals():
    at = given_a_grouping()
    board = at.room.story.board
    kept = Dismissal(id="d", step=at.step.id, notes=at.notes[:2], by="p", seq=1)
    board.apply({("dismissal", f"d{nth}"): kept for nth in range(MOST_DISMISSALS)})
    with refused("too-many", max=MOST_DISMISSALS):
        at.room.lyon.asks(AlikeDismiss(notes=at.notes))


def test_I6_a_dismissal_is_for_whoever_is_in_the_session():
    at = given_a_grouping()
    at.room.lyon.asks(AlikeDismiss(notes=at.notes[:2]))
    board, (kept,) = at.room.story.board, dismissals(at)
    seen = {audience: may_see(board, kept, audience) for audience in (FACILITATORS, EVERYONE, SCREEN, PUBLIC)}
    assert seen == {FACILITATORS: True, EVERYONE: True, SCREEN: False, PUBLIC: False}
    assert not may_see(board, kept, Only(kept.by))
    at.room.facilitator.asks(BoardBlank())
    assert (may_see(board, kept, EVERYONE), may_see(board, kept, FACILITATORS)) == (False, True)
