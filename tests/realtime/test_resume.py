"""Coming back: what went stale meanwhile is told as it is now; what is too far away is fetched with the page."""

import pytest

from app.board.hall import BoardBlank, BoardRename
from app.board.moderating import NoteHide
from app.board.notes import NoteDelete
from app.board.people import PersonRename
from app.realtime.history import KEPT
from tests.held import passes, settled
from tests.realtime.stage import answered
from tests.realtime.test_frames import parts


async def test_coming_back_brings_what_was_missed_and_nothing_else(stage):
    old = await stage.posts("lyon", "before")
    tab = stage.follows("dakar")
    tab.leaves()
    new = await stage.posts("lyon", "meanwhile")
    back = stage.follows("dakar", since=1)
    (frame,) = back.line.frames
    assert (frame["seq"], frame["after"]) == (2, 1)
    assert f"note/{new}" in parts(frame)
    assert f"note/{old}" not in parts(frame)


async def test_whoever_missed_nothing_is_told_nothing(stage):
    await stage.posts("lyon")
    assert stage.follows("dakar").line.texts == []


async def test_what_was_missed_is_drawn_as_it_is_now(stage):
    note = await stage.posts("lyon", "secret words")
    await stage.does("ada", NoteHide(note=note))
    back = stage.follows("dakar", since=0)
    assert not back.sees("secret words")
    assert [line for line in back.line.frames[0]["content"].splitlines() if note in line] == [
        f'["note/{note}", null, null]'
    ]


async def test_what_may_not_be_seen_any_more_is_told_as_its_removal_even_if_it_was_never_shown(stage):
    note = await stage.posts("lyon", "secret words")
    await passes(1)
    tab = stage.follows("dakar", since=1)
    await stage.does("lyon", NoteDelete(note=note))
    assert f'["note/{note}", null, null]' in tab.line.frames[-1]["content"]


async def test_a_board_that_is_blank_by_now_brings_no_words(stage):
    await stage.posts("lyon", "secret words")
    await stage.does("ada", BoardBlank())
    assert not stage.follows("dakar", since=0).sees("secret words")
    assert stage.follows("ada", since=0).sees("secret words")


async def test_ones_own_is_among_what_was_missed(stage):
    await stage.posts("lyon")
    assert "mine/lyon" in parts(stage.follows("lyon", since=0).line.frames[0])
    assert not {"own/lyon", "mine/lyon"} & set(parts(stage.follows("dakar", since=0).line.frames[0]))


async def test_coming_back_works_after_a_restart(stage):
    for n in range(10):
        await stage.posts("lyon", f"idea {n}")
    await stage.closes()
    stage.opens()
    back = stage.follows("dakar", since=7)
    assert not back.line.refreshed
    assert [text for text in (f"idea {n}" for n in range(10)) if back.sees(text)] == ["idea 7", "idea 8", "idea 9"]


async def test_coming_back_and_what_happens_next_leave_no_gap(stage):
    await stage.posts("lyon", "before")
    stage.keeper.hand.held = True
    stage.asks("lyon", stage.note("being kept"))
    await settled()
    back = stage.follows("dakar", since=0)
    assert not back.sees("being kept")
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    await passes(0.1)
    assert back.sees("before")
    assert back.sees("being kept")


async def test_whoever_comes_while_a_frame_waits_misses_none_of_it(stage):
    stage.follows("quito")
    await stage.posts("lyon", "told at once")
    await stage.posts("lyon", "waits its turn")
    newcomer = stage.follows("dakar", since=1)
    assert newcomer.sees("waits its turn")
    await passes(0.1)
    assert newcomer.line.frames[0]["after"] == 1


@pytest.mark.parametrize("since", [1 << 60, 8], ids=["far ahead", "ahead by one"])
async def test_a_page_that_is_ahead_of_the_board_is_fetched_anew(stage, since):
    for n in range(7):
        await stage.posts("lyon", f"idea {n}")
    back = stage.follows("dakar", since=since)
    assert back.line.messages == [{"refresh": True}]


async def test_a_page_of_another_epoch_is_fetched_anew(stage):
    await stage.posts("lyon")
    assert stage.follows("dakar", since=1, epoch="winter").line.messages == [{"refresh": True}]


async def test_the_last_2000_entries_are_enough_and_one_more_is_too_far(stage):
    renames = [BoardRename(title=f"Hour {n}") for n in range(KEPT + 1)]
    await answered(*(stage.asks("ada", rename) for rename in renames))
    await passes(5)
    assert stage.board.seq == KEPT + 1
    assert stage.follows("dakar", since=0).line.messages == [{"refresh": True}]
    (frame,) = stage.follows("dakar", since=1).line.frames
    assert frame["seq"] == KEPT + 1
    await stage.closes()
    stage.opens()
    assert stage.follows("dakar", since=0).line.messages == [{"refresh": True}]
    assert stage.follows("dakar", since=1).line.frames != []


async def test_a_page_that_says_what_it_has_seen_is_told_the_rest(stage):
    tab = stage.follows("dakar")
    await stage.posts("lyon", "first")
    await stage.posts("lyon", "second")
    await passes(2)
    tab.line.forget()
    stage.room.telling.ask(tab.connection, since=1, epoch=stage.board.epoch)
    (frame,) = tab.line.frames
    assert (frame["after"], frame["seq"]) == (1, 2)
    tab.line.forget()
    stage.room.telling.ask(tab.connection, since=2, epoch=stage.board.epoch)
    assert tab.line.texts == []


async def test_a_name_that_changed_meanwhile_is_told_to_facilitators_alone(stage):
    await stage.does("lyon", PersonRename(name="Mayor of Lyon"))
    assert stage.follows("ada", since=0).sees("Mayor of Lyon")
    assert not stage.follows("dakar", since=0).sees("Mayor of Lyon")


async def test_who_comes_is_told_who_is_here_with_all_others_within_a_second(stage):
    await stage.joins("quito")
    tab = stage.follows("dakar", since=0)
    (frame,) = tab.line.frames
    assert (frame["seq"], frame["after"], parts(frame)) == (stage.board.seq, 0, [])
    await passes(1.1)
    assert "here" in parts(tab.line.frames[-1])
    assert tab.line.frames[-1]["after"] <= stage.board.seq
