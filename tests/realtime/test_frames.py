"""Frames: stale parts drawn as they are now, once for each audience, at once while it is quiet and paced while not."""

from app.board.audience import EVERYONE, FACILITATORS, SCREEN
from app.board.hall import BoardRename, DoorSet
from app.board.moderating import NoteHide
from app.board.notes import NoteColor
from app.board.reacting import NoteReact
from app.board.records import EMOJI
from tests.held import passes, settled
from tests.realtime.stage import answered


def parts(frame):
    """The names of the parts in a frame of the plain drawing, in their order."""
    return [line.split('"')[1] for line in frame["content"].splitlines() if line]


async def test_a_hundred_reactions_at_once_are_one_drawing_of_the_note(stage):
    note = await stage.posts()
    stage.follows("dakar")
    await passes(2)
    stage.keeper.hand.held = True
    for emoji in EMOJI:
        for n in range(25):
            stage.asks("quito", NoteReact(note=note, emoji=emoji, on=n % 2 == 0))
    await settled()
    stage.drawing.drawn.clear()
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    await passes(1)
    assert stage.drawing.drawn[f"note/{note}", EVERYONE, "en"] <= 3


async def test_the_first_frame_goes_at_once_and_the_next_ones_are_paced(stage):
    tab = stage.follows("dakar")
    await passes(2)
    tab.line.forget()
    await stage.posts("lyon", "first")
    assert [frame["seq"] for frame in tab.line.frames] == [1]
    await stage.posts("lyon", "second")
    await stage.posts("lyon", "third")
    assert [frame["seq"] for frame in tab.line.frames] == [1]
    await passes(0.02)
    assert [frame["seq"] for frame in tab.line.frames] == [1]
    await passes(0.02)
    assert [frame["seq"] for frame in tab.line.frames] == [1, 3]
    assert tab.sees("second")
    assert tab.sees("third")


async def test_after_a_quiet_while_a_frame_goes_at_once_again(stage):
    tab = stage.follows("dakar")
    for n in range(3):
        await passes(2)
        tab.line.forget()
        await stage.posts("lyon", f"idea {n}")
        assert len(tab.line.frames) == 1


async def test_everybody_of_one_audience_and_language_gets_the_same_bytes(stage):
    tabs = [stage.follows(person) for person in ("dakar", "quito")]
    host, french = stage.follows("ada"), stage.follows("quito", language="fr")
    screen = stage.follows("", role="screen", generation=1)
    await passes(2)
    for tab in (*tabs, host, french, screen):
        tab.line.forget()
    await stage.does("ada", BoardRename(title="Our other hour"))
    assert tabs[0].line.texts == tabs[1].line.texts
    assert tabs[0].line.texts != french.line.texts
    assert stage.drawing.passes.keys() >= {(EVERYONE, "en"), (EVERYONE, "fr"), (FACILITATORS, "en"), (SCREEN, "en")}


async def test_each_audience_is_drawn_once_however_many_follow(stage):
    for _ in range(20):
        stage.follows("dakar")
    await passes(2)
    stage.drawing.passes.clear()
    await stage.posts("lyon")
    assert stage.drawing.passes == {(EVERYONE, "en"): 1}


async def test_a_frame_says_the_same_when_it_is_drawn_twice(stage):
    await stage.posts("lyon")
    sight, since = stage.room.telling.sight, stage.room.history.stale_since(stage.board, 0)
    once = stage.drawing.shared(sight, since, EVERYONE, "en")
    assert stage.drawing.shared(sight, since, EVERYONE, "en") == once


async def test_what_is_ones_own_comes_to_oneself_alone_in_every_tab(stage):
    first, second, other = stage.follows("lyon"), stage.follows("lyon"), stage.follows("dakar")
    await passes(2)
    await stage.posts("lyon")
    for tab in (first, second):
        assert "mine/lyon" in parts(tab.line.frames[-1])
    assert not {"own/lyon", "mine/lyon"} & set(parts(other.line.frames[-1]))


async def test_ones_own_comes_in_the_same_frame_as_what_is_everybodys(stage):
    tab = stage.follows("lyon")
    await passes(2)
    tab.line.forget()
    note = await stage.posts("lyon")
    (frame,) = tab.line.frames
    assert {f"note/{note}", "mine/lyon"} <= set(parts(frame))


async def test_who_is_here_is_told_once_a_second(stage):
    host = stage.follows("ada")
    await passes(2)
    host.line.forget()
    tabs = [stage.follows(person) for person in ("lyon", "dakar", "quito") for _ in range(10)]
    await passes(0.9)
    assert host.line.frames == []
    await passes(0.2)
    assert len(host.line.frames) == 1
    assert "here" in parts(host.line.frames[0])
    for tab in tabs:
        tab.leaves()
    await passes(1.1)
    assert len(host.line.frames) == 2


async def test_two_tabs_are_one_person_who_is_gone_when_both_are(stage):
    tabs = [stage.follows("lyon") for _ in range(2)]
    host = stage.follows("ada")
    assert stage.room.telling.sight.here == {"lyon": 2, "ada": 1}
    tabs[0].leaves()
    assert "lyon" in stage.room.telling.sight.here
    tabs[1].leaves()
    assert "lyon" not in stage.room.telling.sight.here
    await passes(1.1)
    assert "Lyon" not in next(line for line in host.line.frames[-1]["content"].splitlines() if '"here"' in line)


async def test_a_screen_that_comes_back_is_told_who_is_here_by_now(stage):
    stage.follows("lyon")
    await passes(2)
    screen = stage.follows("", role="screen", generation=1)
    await passes(1.1)
    assert "Lyon" in screen.line.frames[-1]["content"]
    assert len(stage.room.telling.sight.here) == 1, "a screen is nobody"


async def test_what_an_audience_may_not_see_still_moves_its_seq(stage):
    tab = stage.follows("dakar")
    note = await stage.posts("lyon")
    await stage.does("ada", NoteHide(note=note))
    await passes(2)
    tab.line.forget()
    await stage.does("ada", NoteColor(note=note, color="leaf"))
    assert [frame["seq"] for frame in tab.line.frames] == [3]
    assert "More trees" not in tab.line.texts[0]


async def test_who_waits_at_the_door_hears_the_clock_and_nothing_else(stage):
    await stage.does("ada", DoorSet(open="waiting"))
    await stage.joins("oslo")
    tab = stage.follows("oslo")
    await stage.posts("lyon")
    await passes(2)
    assert {frame["content"] for frame in tab.line.frames} == {""}


async def test_a_command_that_changed_nothing_moves_the_seq_with_an_empty_frame(stage):
    note = await stage.posts("lyon")
    tab = stage.follows("dakar")
    await passes(2)
    tab.line.forget()
    await stage.does("lyon", NoteColor(note=note, color="sun"))
    assert [(frame["seq"], frame["content"]) for frame in tab.line.frames] == [(2, "")]


async def test_a_frame_says_after_which_one_it_comes(stage):
    tab = stage.follows("dakar")
    for n in range(5):
        await stage.posts("lyon", f"idea {n}")
    await passes(2)
    seen = 0
    for frame in tab.line.frames:
        assert frame["after"] <= seen <= frame["seq"]
        seen = frame["seq"]
    assert seen == 5


async def test_a_batch_is_told_in_one_frame(stage):
    tab = stage.follows("dakar")
    await passes(2)
    tab.line.forget()
    await answered(*(stage.asks("lyon", stage.note(f"idea {n}")) for n in range(64)))
    assert [frame["seq"] for frame in tab.line.frames] == [64]


async def test_a_heartbeat_says_where_the_board_is_and_what_the_time_is(stage):
    tab = stage.follows("dakar")
    await stage.posts("lyon")
    tab.line.forget()
    stage.room.telling.beat(1_790_000_000.1234)
    assert tab.line.messages == [{"head": 1, "now": 1_790_000_000.123}]


async def test_a_board_that_closes_sends_every_page_away_and_falls_silent(stage):
    tab = stage.follows("dakar")
    stage.room.telling.stop(1012)
    assert tab.line.code == 1012
    tab.leaves()
    await stage.does("ada", BoardRename(title="Nobody hears it"))
    await passes(2)
