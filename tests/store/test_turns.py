"""Several processes write to one board on PostgreSQL: each in its turn, and none is kept from it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import handing_out
from app.board.board import Board
from app.board.founding import found
from app.board.keeping import Answer, Behind
from app.board.limits import Limits
from app.board.notes import NoteAdd
from app.board.records import Note, Person
from app.links import Links
from app.realtime.room import Room
from app.store.opening import open_store
from app.store.store import Store
from tests.postgres import Server
from tests.realtime.plain import Plain
from tests.store.given import a_board, entry, kept, note, records

PROCESSES = 3


@pytest.fixture
def others(shared: Store, postgres: Server, tmp_path: Path) -> Iterator[list[Store]]:
    """The stores of several processes on the shared database."""
    opened = [open_store(postgres.url("shared"), data=tmp_path / str(n)) for n in range(PROCESSES)]
    yield opened
    for each in opened:
        each.close()


def test_while_one_has_the_turn_the_others_wait_and_then_are_behind(
    shared: Store, others: list[Store], board_id: str
) -> None:
    shared.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)
    turn = shared.take_turn(board_id, 0)
    with ThreadPoolExecutor(2) as threads:
        waiting = threads.submit(others[0].take_turn, board_id, 0)
        reading = threads.submit(others[1].news, board_id, 0)
        assert reading.result(5) is not None, "reading waits for nobody"
        assert not waiting.done()
        turn.save(before=0, entries=[entry(1, note("n9"))])
        second = waiting.result(5)
    assert second.news is not None
    assert (second.news.seq, second.news.entries) == (1, [entry(1, note("n9"))])
    second.give_back()


def test_ending_a_turn_waits_for_nobody_who_waits_for_one(shared: Store, others: list[Store]) -> None:
    """Two processes, each with the turns of many boards, and all the threads that write waiting for the other's."""
    boards = [f"crossed-{n}" for n in range(16)]
    for board in boards:
        shared.create(a_board(board), title="T", code_hash=board, at=1.0)
    one, other = others[:2]
    mine, theirs = (
        {board: store.take_turn(board, 0) for board in some}
        for store, some in ((one, boards[::2]), (other, boards[1::2]))
    )
    waiting = [one.writer.submit(one.take_turn, board, 0) for board in theirs]
    waiting += [other.writer.submit(other.take_turn, board, 0) for board in mine]
    saving = [
        store.finisher.submit(lambda turn=turn: turn.save(before=0, entries=[entry(1)]))
        for store, turns in ((one, mine), (other, theirs))
        for turn in turns.values()
    ]
    for each in saving:
        each.result(4)
    for each in waiting:
        each.result(4).give_back()
    assert {shared.heads([board])[board] for board in boards} == {(1, "spring")}


async def test_Z9_nobody_starves_where_several_write_to_one_board(
    shared: Store, others: list[Store], board_id: str
) -> None:
    people = [Person(id=f"p{n}", name=f"P{n}", place="Lyon", language="en", joined_at=1.0) for n in range(PROCESSES)]
    records = [*found(board_id, title="Our hour", template="blank", language="en", now=1.0), *people]
    shared.create(Board(board_id, epoch="spring", records=records), title="T", code_hash=board_id, at=1.0)
    rooms = [_room(store, board_id) for store in others]
    pumps = [asyncio.create_task(room.run()) for room in rooms]
    step = rooms[0].board.steps[0].id

    async def write(nth: int, tab: int) -> list[Answer]:
        adding = (NoteAdd(step=step, text=f"{nth} {tab} {n}") for n in range(20))
        return [await rooms[nth].submit(f"p{nth}", each, f"{tab}-{n}") for n, each in enumerate(adding)]

    answers = await asyncio.gather(*(write(nth, tab) for nth in range(PROCESSES) for tab in range(3)))
    total = PROCESSES * 3 * 20
    assert sorted(answer.seq for each in answers for answer in each) == list(range(1, total + 1))
    assert [await room.caught_up() for room in rooms] == [True] * PROCESSES
    at_rest = kept(shared, board_id).board
    assert [entry.seq for entry in kept(shared, board_id).entries] == list(range(1, total + 1))
    for room in rooms:
        assert room.board.seq == total
        assert room.board.all(Note) == at_rest.all(Note)
    for pump in pumps:
        pump.cancel()
    await asyncio.gather(*pumps, return_exceptions=True)


def _room(store: Store, board_id: str) -> Room:
    loaded = kept(store, board_id)
    return Room(loaded, store, Plain(), clock=lambda: 2.0, limits=Limits(), code_hash=lambda board, n: f"{board}{n}")


def test_an_operator_rotates_links_whoever_else_writes_meanwhile(database: Store, board_id: str) -> None:
    links = Links(b"k" * 32)
    database.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)
    seen = kept(database, board_id).board
    before = seen.door.generations["join"]
    database.save(board_id, before=0, entries=[entry(1, note("n9"))])
    handing_out.rotate(database, links, seen, ("join",), now=2.0)
    now = kept(database, board_id).board
    assert (now.seq, now.door.generations["join"]) == (2, before + 1)
    assert records(now) == records(seen)
    assert database.find_by_code(links.code_hash(links.code(board_id, before + 1))) == board_id
    database.delete(board_id)
    with pytest.raises(Behind):
        handing_out.rotate(database, links, seen, ("join",), now=3.0)
