"""A board with more notes than are told one by one is cleared, undone and cleared again, before everybody's eyes."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.board.board import Board
from app.board.clearing import BoardClear
from app.board.notes import NoteAdd
from app.board.undoing import BoardUndo
from app.board.walls import MOST_NOTES
from tests.held import HeldKeeper, passes
from tests.realtime.drawn import differences
from tests.realtime.scene import Scene, Watcher
from tests.realtime.stage import answered

CLEAR = BoardClear(keep="agenda")


@pytest.fixture
async def scene(keeper: HeldKeeper) -> AsyncIterator[Scene]:
    """The scene on a rehearsal, with a wall of many notes and somebody simulated."""
    opened = Scene(keeper)
    opened.opens()
    for board in (opened.room.board, opened.room._known.ahead):
        _rehearses(board)
    await opened.happens()
    await opened.joins("rosa", simulated=True)
    await answered(
        *(opened.asks("lyon", NoteAdd(step=opened.writing, text=f"Idea {number}")) for number in range(MOST_NOTES + 1))
    )
    yield opened
    await opened.closes()


def _rehearses(board: Board) -> None:
    board.apply({("about", "about"): replace(board.about, rehearsal=True)})


def shows(watchers: dict[str, Watcher]) -> list[str]:
    """What a page shows otherwise than one drawn afresh, and whatever had no place on it or had to be fetched."""
    found: list[str] = []
    for name, watcher in watchers.items():
        came = set(watcher.takes_in()) & {"missing", "refresh"}
        found += [f"{name}: {each}" for each in came]
        fresh = watcher.drawn_afresh()
        if watcher.page is not None and fresh is not None:
            found += [f"{name}: {line}" for line in differences(watcher.page, fresh)]
    return found


async def test_H1_everybody_sees_it_cleared_and_undone_as_it_is(scene: Scene):
    simulated = scene.follows("rosa")
    watchers = await scene.watches()
    await passes(2)
    assert shows(watchers) == []
    await scene.does("ada", CLEAR)
    await passes(2)
    assert shows(watchers) == []
    assert simulated.line.code == 4403
    simulated.leaves()
    await passes(2)
    assert shows(watchers) == []
    for _ in range(2):
        await scene.does("ada", BoardUndo(seq=scene.board.seq))
        await passes(2)
        assert shows(watchers) == []


async def test_H1_who_was_away_comes_back_to_a_cleared_board(scene: Scene):
    seen = scene.board.seq
    await scene.does("ada", CLEAR)
    tab = scene.follows("quito", since=seen)
    await passes(2)
    told = "".join(tab.line.texts)
    assert f'"seq":{scene.board.seq}' in told
    assert "Idea " not in told and "The shown note" not in told
