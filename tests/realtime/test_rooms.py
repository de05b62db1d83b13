"""Rooms: each board is opened once, closed when nobody is there, and sent away properly at the end."""

import asyncio
from typing import Any

import pytest

from app.board.board import Board
from app.board.keeping import OutcomeUnknown, Unavailable
from app.board.limits import Limits
from app.board.notes import NoteAdd
from app.realtime.connection import Connection
from app.realtime.rooms import TOGETHER, Rooms
from tests.held import HeldKeeper, Line, passes, settled
from tests.realtime.plain import Plain
from tests.realtime.stage import BOARD, NOW, a_board


@pytest.fixture
async def rooms(keeper):
    opened = rooms_over(keeper)
    yield opened
    keeper.hand.held = keeper.reading.held = False
    keeper.hand.release()
    await opened.stop()


def rooms_over(keeper: HeldKeeper, **more: Any) -> Rooms:
    keeper.create(a_board(), title="Our hour", code_hash="code", at=NOW)
    return Rooms(keeper, Plain(), clock=lambda: NOW, limits=Limits(), code_hash=lambda board, n: f"{board}{n}", **more)


def comes(room) -> Line:
    line = Line()
    room.telling.come(Connection(line=line, language="en", person="lyon"), since=room.board.seq, epoch="spring")
    return line


async def test_a_board_is_opened_once_however_many_come_at_once(rooms, keeper):
    keeper.reading.held, keeper.loads = True, 0
    finding = [asyncio.create_task(rooms.find(BOARD)) for _ in range(50)]
    await settled()
    keeper.reading.held = False
    keeper.reading.release()
    found = await asyncio.gather(*finding)
    assert {id(room) for room in found} == {id(found[0])}
    assert keeper.loads == 1


async def _read(rooms, keeper):
    """Somebody comes, and the board was read for them; the room is not open yet."""
    keeper.loads = 0
    finding = asyncio.create_task(rooms.find(BOARD))
    for _ in range(2):
        await asyncio.sleep(0)
    assert (keeper.loads, rooms.number) == (1, 0)
    return finding


async def test_Z8_a_board_that_was_erased_while_it_was_opened_is_served_to_nobody(rooms, keeper):
    finding = await _read(rooms, keeper)
    keeper.delete(BOARD)
    await rooms.erased(BOARD)
    await finding
    assert await rooms.find(BOARD) is None


async def test_Z8_a_board_that_was_put_back_while_it_was_opened_is_served_as_it_is(rooms, keeper):
    finding = await _read(rooms, keeper)
    keeper.delete(BOARD)
    keeper.create(Board(BOARD, epoch="winter", records=a_board().records()), title="", code_hash="code", at=NOW)
    await rooms.rewritten(BOARD)
    assert (await finding).board.epoch == "winter"


async def test_who_goes_away_while_a_board_opens_takes_nobody_with_them(rooms, keeper):
    keeper.reading.held = True
    first, second = (asyncio.create_task(rooms.find(BOARD)) for _ in range(2))
    await settled()
    first.cancel()
    await settled()
    keeper.reading.held = False
    keeper.reading.release()
    assert await second is not None


async def test_a_board_that_there_is_not_is_found_by_nobody(rooms):
    assert await rooms.find("elsewhere") is None


async def test_a_database_that_was_away_is_asked_again(rooms, keeper):
    keeper.away = Unavailable("The database cannot be reached.")
    with pytest.raises(Unavailable):
        await rooms.find(BOARD)
    keeper.away = None
    found = await asyncio.gather(*(rooms.find(BOARD) for _ in range(3)))
    assert len({id(room) for room in found}) == 1


async def test_every_ten_seconds_each_page_hears_where_its_board_is(rooms):
    line = comes(await rooms.find(BOARD))
    beating = asyncio.create_task(rooms.beat())
    await settled()
    await passes(9.5)
    assert {"head": 0, "now": NOW} not in line.messages
    await passes(1)
    assert {"head": 0, "now": NOW} in line.messages
    beating.cancel()


async def test_who_writes_does_not_wait_until_the_lines_of_all_boards_hear_theirs(keeper, rooms):
    """Whoever became ready while the first board was told has their turn before the last one is."""
    keeper.create(Board("another", epoch="spring", records=a_board().records()), title="", code_hash="other", at=NOW)
    board, another = await rooms.find(BOARD), await rooms.find("another")
    for _ in range(TOGETHER):
        comes(board)
    first, last = comes(board), comes(another)
    turn = Turn(first, last)
    beating = asyncio.create_task(rooms.beat())
    await settled()
    await passes(10.5)
    assert turn.told == [False]
    assert first.messages[-1] == last.messages[-1] == {"head": 0, "now": NOW}
    beating.cancel()


class Turn:
    """Begins when one line hears the heartbeat, and sees whether the other has heard it when its turn comes."""

    def __init__(self, one: Line, other: Line) -> None:
        self._other, self._tell = other, one.tell
        self.told: list[bool] = []
        one.tell = self._hears  # type: ignore[method-assign]

    def _hears(self, text: str, own: str = "") -> None:
        self._tell(text, own)
        if "now" in text:
            asyncio.get_running_loop().call_soon(lambda: self.told.append(_beats(self._other)))


def _beats(line: Line) -> bool:
    return {"head": 0, "now": NOW} in line.messages


async def test_at_the_end_every_page_is_sent_away_to_come_back_and_who_asked_is_answered(keeper):
    rooms = rooms_over(keeper)
    room = await rooms.find(BOARD)
    line = comes(room)
    keeper.hand.held = True
    asking = asyncio.create_task(room.submit("lyon", a_note(room), "the-note"))
    await settled()
    stopping = asyncio.create_task(rooms.stop())
    await settled()
    assert line.code == 1012
    keeper.hand.held = False
    keeper.hand.release()
    assert (await asking).seq == 1
    await stopping


async def test_a_database_that_hangs_does_not_keep_the_process_from_ending(keeper):
    rooms = rooms_over(keeper)
    room = await rooms.find(BOARD)
    keeper.hand.held = True
    asking = asyncio.create_task(room.submit("lyon", a_note(room), "the-note"))
    await settled()
    stopping = asyncio.create_task(rooms.stop())
    await settled()
    await passes(6)
    assert stopping.done()
    with pytest.raises(OutcomeUnknown):
        await asking


async def test_a_room_that_was_closed_answers_whoever_still_holds_it(rooms):
    room = await rooms.find(BOARD)
    await rooms.evict(BOARD)
    with pytest.raises(OutcomeUnknown):
        await room.submit("lyon", a_note(room), "the-note")


async def test_whoever_keeps_something_for_an_open_room_hears_that_it_closed(keeper):
    closed: list[str] = []
    rooms = rooms_over(keeper, closed=closed.append)
    await rooms.find(BOARD)
    assert closed == []
    await rooms.evict(BOARD)
    await rooms.evict(BOARD)
    assert closed == [BOARD]


def a_note(room) -> NoteAdd:
    return NoteAdd(step=next(step.id for step in room.board.steps if step.kind == "write"), text="More trees")
