"""Two processes on one PostgreSQL, which say nothing to each other: every answer is the board as it is kept."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from app import operating
from app.store.opening import open_store
from tests.postgres import Server, server
from tests.web.visiting import Place, Session, Visitor, running_on

SECRET = "the words that were hidden"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(tmp_path_factory, postgres: Server) -> AsyncIterator[list[Place]]:
    """Two servers, each with a store of its own on the same database."""
    url, data = postgres.make("several"), tmp_path_factory.mktemp("several")
    stores = [open_store(url, data=Path(data)) for _ in range(2)]
    async with running_on(stores[0], data=data) as here, running_on(stores[1], data=data) as there:
        yield [here, there]
    for store in stores:
        store.close()


def elsewhere(visitor: Visitor, place: Place) -> Visitor:
    """The same device, answered by another process."""
    same = Visitor(place, address=visitor.address)
    same.http.cookies.update(visitor.http.cookies)
    same.person = visitor.person
    return same


async def test_Z3_what_one_process_answered_is_so_in_the_other(places: list[Place]) -> None:
    here, there = places
    session: Session = await here.board()
    host = elsewhere(session.facilitator, there)
    await session.in_a_writing_step()
    lyon = await session.participant()
    # Whoever came in by one process has a seat in the other, and what they wrote is theirs there.
    same = elsewhere(lyon, there)
    for n in range(10):
        written = await (lyon, same)[n % 2].asks(session.id, "note.add", step=session.step("write"), text=f"idea {n}")
        assert written.status_code == 200, written.text
        note = written.json()["made"]["note"]
        assert f"idea {n}" in (await (same, lyon)[n % 2].get(f"/b/{session.id}")).text
        edited = await (same, lyon)[n % 2].asks(
            session.id, "note.edit", note=note, text=f"idea {n} again", base=written.json()["seq"]
        )
        assert edited.status_code == 200, edited.text
    secret = await session.note(lyon, SECRET)
    assert (await host.asks(session.id, "note.hide", note=secret)).status_code == 200
    reader = await session.participant("Reader", "Dakar")
    for visitor in (reader, elsewhere(reader, there)):
        for path in (f"/b/{session.id}", f"/api/boards/{session.id}", f"/b/{session.id}/export.json"):
            answer = await visitor.get(path)
            assert answer.status_code == 200
            assert (SECRET in answer.text) is False, path


async def test_a_page_of_one_process_goes_on_with_the_line_of_the_other(places: list[Place]) -> None:
    here, there = places
    session: Session = await here.board()
    await session.in_a_writing_step()
    lyon = await session.participant()
    same = elsewhere(lyon, there)
    assert (await same.get(f"/b/{session.id}")).status_code == 200
    await session.note(lyon, "Every street a garden")
    board = await lyon.board(session.id)
    async with same.follows(session.id, f"since={board['seq']}&epoch={board['epoch']}") as socket:
        await session.note(lyon, "and every roof")
        async with asyncio.timeout(5):
            frame = await socket.hears_of("content", "and every roof")
        assert not any('"refresh"' in text for text in socket.heard)
        assert frame["after"] >= board["seq"]
        # The page comes anew from the other process, and says what it has seen.
        await session.note(lyon, "and every wall")
        seen = (await lyon.board(session.id))["seq"]
        socket.says(f'{{"seen": {seen}}}')
        await session.runs("person.remove", person=lyon.person)
        async with asyncio.timeout(2):
            assert await socket.ends() == 4403
        assert not any('"refresh"' in text for text in socket.heard)


async def test_a_board_that_was_erased_is_not_found_in_any_process(places: list[Place]) -> None:
    here, there = places
    session: Session = await here.board()
    host = elsewhere(session.facilitator, there)
    assert (await host.get(f"/b/{session.id}")).status_code == 200
    here.house.keeper.delete(session.id)
    await here.house.rooms.erased(session.id)
    assert (await host.get(f"/b/{session.id}")).status_code == 404


async def test_Z8_pages_ahead_of_a_database_that_was_put_back_come_for_it_once_it_is_renewed(
    places: list[Place], postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = places
    session: Session = await here.board()
    await session.in_a_writing_step()
    lyon = await session.participant()
    await asyncio.to_thread(postgres.dump, "several")
    await session.note(lyon, "Only after the dump")
    was = await lyon.board(session.id)
    since = f"since={was['seq']}&epoch={was['epoch']}"
    await asyncio.to_thread(postgres.put_back, "several")
    await session.note(lyon, "Another of the same number")
    async with elsewhere(lyon, there).follows(session.id, since) as ahead:
        await session.note(lyon, "What comes next")
        # That is what renewing is for: a page that has the number goes on, and never hears of the other note.
        await ahead.hears_of("content", "What comes next")
        assert not any('"refresh"' in text or "Another" in text for text in ahead.heard)
        for name, value in {"DATA": str(tmp_path), "DATABASE_URL": postgres.url("several")}.items():
            monkeypatch.setenv(f"FLIPCHART_{name}", value)
        await asyncio.to_thread(operating.renew)
        assert await ahead.hears_of("refresh") == {"refresh": True}
    for place in places:
        async with elsewhere(lyon, place).follows(session.id, since) as late:
            assert await late.hears() == {"refresh": True}
    now = await lyon.board(session.id)
    assert [note["text"] for note in now["notes"]] == ["Another of the same number", "What comes next"]
    assert (await lyon.asks(session.id, "note.add", text="Goes on", step=session.step("write"))).status_code == 200
