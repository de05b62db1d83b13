"""Boards are erased when the door said so: not a day earlier, and with everything that was written on them."""

import asyncio

from app.board.board import Board
from app.board.founding import found
from app.board.keeping import OutcomeUnknown, Unavailable
from app.board.limits import Limits
from app.realtime.connection import Connection
from app.realtime.retention import AN_HOUR, DAY, erase_outdated, keep_retention
from app.realtime.rooms import Rooms
from app.store.memory import MemoryStore
from tests.held import HeldKeeper, Line, passes, settled
from tests.store.given import entry

NOON = 1_800_000_000.0


class Blank:
    """Draws nothing."""

    def shared(self, *_: object) -> str:
        return ""

    def own(self, *_: object) -> str:
        return ""


def kept_board(store: MemoryStore, id_: str, *, at: float) -> None:
    records = found(id_, title="Flip the Script", template="blank", language="fr", now=at)
    store.create(Board(id_, epoch="e", records=records), title="Flip the Script", code_hash=id_, at=at)


def rooms_of(store: MemoryStore) -> Rooms:
    return Rooms(store, Blank(), clock=lambda: NOON, limits=Limits(), code_hash=lambda board, n: f"{board}{n}")


async def test_a_board_is_erased_once_its_days_are_over_and_not_before() -> None:
    store = HeldKeeper()
    kept_board(store, "old", at=NOON - 91 * DAY)
    kept_board(store, "young", at=NOON - 89 * DAY)
    rooms = rooms_of(store)
    assert await erase_outdated(store, rooms, now=NOON, days=90) == ["old"]
    assert [board.id for board in store.boards()] == ["young"]
    store.close()


async def test_a_board_that_somebody_comes_back_to_while_others_are_erased_stays() -> None:
    store = HeldKeeper()
    kept_board(store, "old", at=NOON - 91 * DAY)
    kept_board(store, "older", at=NOON - 92 * DAY)
    rooms = rooms_of(store)
    room = await rooms.find("old")
    assert room is not None
    tab = Line()
    room.telling.come(Connection(line=tab, language="fr", role="screen", generation=1), since=0, epoch="e")
    store.hand.held = True
    erasing = asyncio.create_task(erase_outdated(store, rooms, now=NOON, days=90))
    await settled()
    store.save("old", before=0, entries=[entry(1, at=NOON)])
    store.hand.held = False
    store.hand.release()
    assert await erasing == ["older"]
    assert [board.id for board in store.boards()] == ["old"]
    assert (await rooms.find("old"), tab.code) == (room, None)
    await rooms.stop()
    store.close()


class Troubled(HeldKeeper):
    """Its first erasing ends without an answer; what it erases at last lies somewhere until it is asked twice more."""

    def __init__(self) -> None:
        super().__init__()
        self.faults, self.lies = [OutcomeUnknown()], 2

    @property
    def unclean(self) -> bool:
        return not self.boards() and self.lies > 0

    def delete(self, board_id: str, *, unless_after: float | None = None) -> bool:
        if self.faults:
            raise self.faults.pop()
        return super().delete(board_id, unless_after=unless_after)

    def leave_nothing(self) -> None:
        self.lies -= 1
        if self.lies:
            raise Unavailable("away")


async def test_a_database_that_goes_away_meanwhile_is_asked_again_and_what_lies_about_goes_soon() -> None:
    store = Troubled()
    kept_board(store, "old", at=NOON - 91 * DAY)
    keeping = asyncio.create_task(keep_retention(store, rooms_of(store), lambda: NOON, days=90))
    await passes(AN_HOUR - 1)
    assert store.boards() != []
    await passes(2)
    assert (store.boards(), store.lies) == ([], 2)
    await passes(21)
    assert (store.unclean, store.lies) == (False, 0)
    keeping.cancel()


async def test_an_erased_board_is_not_found_any_more_though_its_room_was_open() -> None:
    store = HeldKeeper()
    kept_board(store, "old", at=NOON - 91 * DAY)
    rooms = rooms_of(store)
    assert await rooms.find("old") is not None
    await erase_outdated(store, rooms, now=NOON, days=90)
    assert await rooms.find("old") is None
    await rooms.stop()
    store.close()
