"""The event stream: the same frames as the socket's, for networks that let none through."""

import asyncio
import contextlib
import json

import pytest

from tests.web.streams import stream
from tests.web.visiting import Session, Visitor, elements_of
from web.following import MOST_LINES


async def where(visitor: Visitor, session: Session) -> str:
    """The query of somebody who has seen everything."""
    board = await visitor.board(session.id)
    return f"since={board['seq']}&epoch={board['epoch']}"


async def test_it_begins_at_once_and_asks_everybody_between_not_to_hold_it_back(session: Session):
    reader = await session.participant()
    async with stream(reader, session.id, await where(reader, session)) as heard:
        assert heard.status == 200
        assert heard.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert heard.headers["x-accel-buffering"] == "no"
        assert heard.headers["cache-control"] == "no-store, no-transform"
        assert "content-encoding" not in heard.headers
        assert "frame-ancestors" in heard.headers["content-security-policy"]
        assert 500 <= int((await heard.block())["retry"]) <= 2_000


async def test_a_note_comes_as_the_very_frame_that_the_socket_has(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    other = await session.participant("Other", "Lyon")
    await session.in_a_writing_step()
    seen = await where(reader, session)
    async with other.follows(session.id, seen) as socket, stream(reader, session.id, seen) as heard:
        # What was still to be told of their own coming is told first.
        for words in ("Any words", "Every street\na garden ✿"):
            note = await session.note(writer, words)
            frame, same = await heard.hears_of("content", note), await socket.hears_of("content", note)
        assert f"note-{note}" in [element.attributes.get("id") for element in elements_of(frame["content"])]
        assert frame == same
        assert heard.ids[-1] == f"{frame['epoch']}:{frame['seq']}"


async def test_who_comes_back_hears_what_went_stale_meanwhile_and_who_missed_nothing_hears_nothing(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    seen = await where(reader, session)
    await session.note(writer, "While you were away")
    async with stream(reader, session.id, seen) as heard:
        assert "While you were away" in (await heard.hears_of("content"))["content"]
    async with stream(reader, session.id, await where(reader, session)) as heard:
        assert set(await heard.block()) == {"retry"}
        assert heard.down.empty()


async def test_the_last_event_that_a_browser_names_goes_before_the_address(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    old = await where(reader, session)
    await session.note(writer, "Seen already")
    board = await reader.board(session.id)
    await session.note(writer, "Not seen yet")
    last = f"{board['epoch']}:{board['seq']}"
    async with stream(reader, session.id, old, last_event_id=last) as heard:
        frame = await heard.hears_of("content")
        assert ("Not seen yet" in frame["content"], "Seen already" in frame["content"]) == (True, False)


@pytest.mark.parametrize("last", ["elsewhere:1", ":", "{epoch}:", "{epoch}:x", "{epoch}:-1", "{epoch}:999999"])
async def test_who_cannot_be_brought_up_to_date_is_asked_to_fetch_the_page(session: Session, last):
    reader = await session.participant()
    epoch = (await reader.board(session.id))["epoch"]
    async with stream(reader, session.id, "", last_event_id=last.format(epoch=epoch)) as heard:
        assert await heard.hears() == {"refresh": True}
    async with stream(reader, session.id, "since=x") as heard:
        assert await heard.hears() == {"refresh": True}


async def test_the_heartbeat_comes_without_an_id(session: Session):
    reader = await session.participant()
    async with stream(reader, session.id, await where(reader, session)) as heard:
        room = await session.place.house.room(session.id)
        room.telling.beat(session.place.clock())
        assert await heard.hears_of("head") == {"head": room.board.seq, "now": session.place.clock()}


async def test_the_last_event_says_why_it_is_the_last(session: Session):
    async with stream(session.place.visitor(), session.id) as heard:
        assert await heard.ends() == 4401
    async with stream(session.place.visitor(), "nowhere1") as heard:
        assert await heard.ends() == 4404
    reader = await session.participant()
    async with stream(reader, session.id, await where(reader, session)) as heard:
        await session.runs("person.remove", person=reader.person)
        assert await heard.ends() == 4403
    async with stream(reader, session.id) as heard:
        assert await heard.ends() == 4403


async def test_a_screen_follows_by_its_own_seat_and_hears_as_a_screen(session: Session):
    writer, screen = await session.participant(), await session.seated("screen")
    await session.in_a_writing_step()
    head = await writer.board(session.id)
    async with stream(screen, session.id, f"screen=1&since={head['seq']}&epoch={head['epoch']}") as heard:
        await session.note(writer, "Not for publication", attribution="unpublished")
        await session.note(writer, "On the wall of the room")
        told = ""
        while "On the wall of the room" not in told:
            told += (await heard.hears_of("content"))["content"]
        assert "Not for publication" not in told
    async with stream(screen, session.id) as heard:
        assert await heard.ends() == 4401


async def test_a_participant_cannot_ask_for_another_audience(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    step = await session.in_a_writing_step()
    await session.runs("step.settings", step=step, approve_first=True)
    query = "as=facilitators&role=facilitator&audience=facilitators&screen=0&" + await where(reader, session)
    async with stream(reader, session.id, query) as heard, stream(session.facilitator, session.id) as hosting:
        await session.note(writer, "Waits for a moderator")
        assert await hosting.hears_of("content", "Waits for a moderator")
        await session.runs("board.announce", text="Two minutes left")
        told = ""
        while "Two minutes left" not in told:
            told += (await heard.hears_of("content"))["content"]
        assert "Waits for a moderator" not in told


async def test_another_site_may_not_follow(session: Session):
    reader = await session.participant()
    for foreign in ({"sec_fetch_site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        async with stream(reader, session.id, **foreign) as heard:
            assert heard.status == 403


async def test_a_handshake_that_lost_its_upgrade_on_the_way_is_told_so(session: Session):
    reader = await session.participant()
    async with stream(reader, session.id, sec_websocket_key="dGhlIHNhbXBsZQ==", accept="") as heard:
        assert heard.status == 426
        assert heard.headers["upgrade"] == "websocket"


async def test_one_person_has_no_more_lines_than_tabs(session: Session):
    reader = await session.participant()
    async with contextlib.AsyncExitStack() as tabs:
        for _ in range(MOST_LINES):
            await (await tabs.enter_async_context(stream(reader, session.id))).block()
        async with stream(reader, session.id) as one_more:
            assert await one_more.ends() == 4429


async def test_who_leaves_leaves_nothing_behind(session: Session):
    reader = await session.participant()
    room = await session.place.house.room(session.id)
    for _ in range(20):
        async with stream(reader, session.id) as heard:
            await heard.block()
            assert len(room.audiences) == 1
        assert len(room.audiences) == 0
    assert room.telling.sight.here == {}


async def test_a_reader_who_stops_reading_is_broken_off_and_the_others_hear_on(session: Session, monkeypatch):
    monkeypatch.setattr("web.routes.events.LAST_WORD", 0.05)
    stalled, neighbour = await session.participant("Stalled"), await session.participant("Neighbour", "Dakar")
    room = await session.place.house.room(session.id)
    seen = await where(neighbour, session)
    async with (
        stream(neighbour, session.id, seen) as healthy,
        stream(stalled, session.id, seen, room=2, abortable=True) as stuck,
    ):
        for _ in range(10):
            room.audiences.say(json.dumps({"padding": "x" * 120_000}))
            assert await healthy.hears_of("padding")
        assert len(room.audiences) == 1
        await asyncio.wait_for(stuck.aborted.wait(), 5)
        room.telling.beat(session.place.clock())
        assert await healthy.hears_of("head")
