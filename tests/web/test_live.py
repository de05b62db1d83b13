"""The socket: what a page hears when it comes, when it comes back, and when it says what it should not."""

import asyncio
import contextlib
import json
from collections.abc import Iterator

import pytest

from tests.web.visiting import Place, Session, Visitor, elements_of


@pytest.fixture(params=[True, False], ids=["a line of the server", "any server"], autouse=True)
def both(request: pytest.FixtureRequest, place: Place) -> Iterator[None]:
    """Everything holds where the server offers its own line, and where it offers none."""
    place.ready_made = request.param
    yield
    place.ready_made = False


async def where(visitor: Visitor, session: Session) -> str:
    """The query of somebody who has seen everything."""
    board = await visitor.board(session.id)
    return f"since={board['seq']}&epoch={board['epoch']}"


def told_in(frames: list[dict[str, object]]) -> str:
    """All that these messages draw."""
    return "".join(str(frame.get("content", "")) for frame in frames)


async def test_a_note_comes_to_everybody_with_its_seq(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    async with reader.follows(session.id, await where(reader, session)) as socket:
        note = await session.note(writer, "Every street a garden")
        frame = await socket.hears_of("content", "Every street a garden")
        assert set(frame) == {"seq", "after", "epoch", "content"}
        assert f"note-{note}" in [element.attributes.get("id") for element in elements_of(frame["content"])]


async def test_everybody_of_an_audience_gets_the_same_bytes(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    first, second = await session.participant("One"), await session.participant("Two")
    seen = await where(first, session)
    async with first.follows(session.id, seen) as one, second.follows(session.id, seen) as two:
        # What was still to be told of their own coming is told first.
        for words in ("Any words", "The same for both"):
            await session.note(writer, words)
            head = (await first.board(session.id))["seq"]
            await one.hears_until(head)
            await two.hears_until(head)
        assert one.heard[-1] == two.heard[-1]


async def test_who_comes_back_hears_what_went_stale_meanwhile(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    seen = await where(reader, session)
    await session.note(writer, "While you were away")
    async with reader.follows(session.id, seen) as socket:
        frame = await socket.hears()
        assert "While you were away" in frame["content"]
        assert frame["seq"] == (await reader.board(session.id))["seq"]


async def test_who_has_seen_everything_hears_nothing(session: Session):
    reader = await session.participant()
    async with reader.follows(session.id, await where(reader, session)) as socket:
        await asyncio.sleep(0)
        assert socket.silent()


LOST = [
    "since=999999&epoch={epoch}", "since=1&epoch=another", "since=1", "", "since=-1&epoch={epoch}",
    "since=x&epoch={epoch}",
    "since=1.5&epoch={epoch}", "since=%00&epoch={epoch}", "since=" + "9" * 400 + "&epoch={epoch}",
    "since=%D9%A1&epoch={epoch}",
]  # fmt: skip


@pytest.mark.parametrize("query", LOST)
async def test_who_cannot_be_brought_up_to_date_is_asked_to_fetch_the_page(session: Session, query):
    reader = await session.participant()
    epoch = (await reader.board(session.id))["epoch"]
    async with reader.follows(session.id, query.format(epoch=epoch)) as socket:
        assert await socket.hears() == {"refresh": True}


async def test_a_page_that_missed_a_frame_asks_for_what_it_missed(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    before = (await reader.board(session.id))["seq"]
    await session.note(writer, "Missed")
    async with reader.follows(session.id, await where(reader, session)) as socket:
        socket.says(json.dumps({"seen": before}))
        assert await socket.hears_of("content", "Missed")
        socket.says(json.dumps({"seen": 10_000}))
        assert await socket.hears_of("refresh") == {"refresh": True}


async def test_who_missed_more_than_a_page_weighs_is_asked_to_fetch_the_page(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    seen = await where(reader, session)
    for number in range(50):
        await session.note(writer, f"{number} " + "ñ" * 270)
    some = (await reader.board(session.id))["seq"] - 10
    epoch = (await reader.board(session.id))["epoch"]
    async with reader.follows(session.id, f"since={some}&epoch={epoch}") as socket:
        assert await socket.hears_of("content", "49 ")
    for number in range(60):
        session.place.ticks.passes(1)
        await session.note(writer, f"{number} " + "ñ" * 270)
    async with reader.follows(session.id, seen) as socket:
        assert await socket.hears() == {"refresh": True}


async def test_forty_who_come_at_once_are_told_to_the_others_together(session: Session):
    reader, host = await session.participant("Reader", "Dakar"), session.facilitator
    seen = await where(reader, session)
    async with reader.follows(session.id, seen) as socket, host.follows(session.id, seen) as panel:
        async with contextlib.AsyncExitStack() as opened:
            for number in range(40):
                guest = await session.participant(f"Guest {number}", f"Quay {number}")
                await opened.enter_async_context(guest.follows(session.id, seen))
            await socket.hears_of("content", ">42<")
            await panel.hears_of("content", ">42<")
        assert len(socket.heard) <= 5 and sum(map(len, socket.heard)) < 5_000
        assert len(panel.heard) <= 5 and sum(map(len, panel.heard)) < 10_000
        assert (await host.get(f"/b/{session.id}/people")).text.count("<tr id=") == 42


async def test_the_heartbeat_says_where_the_board_is_and_what_the_time_is(session: Session):
    reader = await session.participant()
    async with reader.follows(session.id, await where(reader, session)) as socket:
        room = await session.place.house.room(session.id)
        room.telling.beat(session.place.clock())
        assert await socket.hears_of("head") == {"head": room.board.seq, "now": session.place.clock()}


async def test_without_a_seat_there_is_no_socket(session: Session):
    async with session.place.visitor().follows(session.id) as socket:
        assert (socket.accepted, await socket.ends()) == (True, 4401)


async def test_frames_are_in_the_language_of_the_person(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    reader = session.place.visitor(speaks="en")
    await reader.joins(session.link("join"), "Lectrice", "Lyon", language="fr")
    reader.http.cookies.delete("flipchart-language")
    async with reader.follows(session.id, await where(reader, session)) as socket:
        await session.note(writer, "Streets", attribution="anonymous")
        frame = await socket.hears_of("content", "Streets")
        assert "Anonyme" in frame["content"]
        assert "Anonymous" not in frame["content"]


async def test_a_facilitator_who_looks_as_a_participant_hears_what_participants_hear(session: Session):
    writer = await session.participant()
    step = await session.in_a_writing_step()
    await session.runs("step.settings", step=step, approve_first=True)
    host = session.facilitator
    seen = await where(host, session)
    async with host.follows(session.id, f"as=participant&{seen}") as looking, host.follows(session.id, seen) as hosting:
        await session.note(writer, "Waits for a moderator")
        head = (await writer.board(session.id))["seq"]
        assert await hosting.hears_of("content", "Waits for a moderator")
        assert "Waits for a moderator" not in told_in(await looking.hears_until(head))


async def test_a_participant_cannot_ask_for_another_audience(session: Session):
    writer, reader = await session.participant(), await session.participant("Reader", "Dakar")
    step = await session.in_a_writing_step()
    await session.runs("step.settings", step=step, approve_first=True)
    query = "as=facilitators&role=facilitator&audience=facilitators&screen=0&" + await where(reader, session)
    async with reader.follows(session.id, query) as socket:
        await session.note(writer, "Waits for a moderator")
        frames = await socket.hears_until((await writer.board(session.id))["seq"])
        assert "Waits for a moderator" not in told_in(frames)


NOT_UNDERSTOOD, TOO_BIG = 1008, 1009
STRANGE = [
    "", "{", "seen", "null", "[]", "[1]", "7", '"seen"', "true", "{}", "NaN", '{"seen": NaN}', '{"seen": Infinity}',
    '{"seen": -1}', '{"seen": 1.5}', '{"seen": "1"}', '{"seen": true}', '{"seen": null}', '{"seen": [1]}',
    '{"Seen": 1}',
    '{"seen": {"seen": 1}}', '{"seen": 1, "more": 1}', '{"do": "board.lock", "id": "abcdefgh", "on": true}', "<script>",
    '{"__proto__": {"seen": 1}}', '{"constructor": 1}', '{"seen": 1' + "0" * 30 + "}", "[" * 2_000, "\x00",
    "\ufeff{}",
    '{"seen":' * 400 + "1" + "}" * 400, '{"seen": "\\ud800"}', '{"seen": ' + "1" * 4_000 + "}", "{'seen': 1}",
    "é" * 100,
    '{"seen": 1} {"seen": 2}',
]  # fmt: skip
HUGE = ["x" * 5_000, '{"' + "k" * 16_000 + '": 1}', "[" * 10_000, "1" * 1_000_000, '{"seen": 1}' + " " * 5_000]
HOSTILE = [(text, NOT_UNDERSTOOD) for text in STRANGE] + [(text, TOO_BIG) for text in HUGE]


async def test_whoever_says_what_is_not_understood_is_sent_away_and_the_neighbour_hears_on(session: Session):
    writer, neighbour = await session.participant(), await session.participant("Neighbour", "Dakar")
    await session.in_a_writing_step()
    async with neighbour.follows(session.id, await where(neighbour, session)) as healthy:
        for text, code in HOSTILE:
            async with writer.follows(session.id, await where(writer, session)) as socket:
                socket.says(text)
                assert await socket.ends() == code, text[:60]
        async with writer.follows(session.id, await where(writer, session)) as socket:
            socket.says(binary=b"\x00\xff" * 100)
            assert await socket.ends() == NOT_UNDERSTOOD
        await session.note(writer, "Still heard")
        frames = await healthy.hears_until((await neighbour.board(session.id))["seq"])
        assert "Still heard" in told_in(frames)


async def test_two_messages_in_a_name_that_is_said_twice_count_as_the_last(session: Session):
    reader = await session.participant()
    async with reader.follows(session.id, await where(reader, session)) as socket:
        socket.says('{"seen": 5000, "seen": 0}')
        assert await socket.hears_of("seq")


async def test_whoever_asks_without_end_is_told_to_slow_down(session: Session):
    reader = await session.participant()
    async with reader.follows(session.id, await where(reader, session)) as socket:
        for _ in range(31):
            socket.says('{"seen": 0}')
        assert await socket.ends() == 4429
        assert len([text for text in socket.heard if "content" in text]) < 35


async def test_who_leaves_in_the_middle_leaves_nothing_behind(session: Session):
    reader = await session.participant()
    room = await session.place.house.room(session.id)
    for _ in range(20):
        async with reader.follows(session.id):
            assert len(room.audiences) == 1
        assert len(room.audiences) == 0
    assert room.telling.sight.here == {}


async def test_a_screen_hears_as_a_screen(session: Session):
    writer, screen = await session.participant(), await session.seated("screen")
    await session.in_a_writing_step()
    head = await writer.board(session.id)
    async with screen.follows(session.id, f"screen=1&since={head['seq']}&epoch={head['epoch']}") as socket:
        await session.note(writer, "On the wall of the room")
        await session.note(writer, "Not for publication", attribution="unpublished")
        frames = await socket.hears_until(head["seq"] + 2)
        told = told_in(frames)
        assert "On the wall of the room" in told
        assert "Not for publication" not in told
    async with screen.follows(session.id) as socket:
        assert await socket.ends() == 4401


async def test_a_reader_who_stops_reading_is_let_go_and_the_others_hear_on(session: Session):
    stalled, neighbour = await session.participant("Stalled"), await session.participant("Neighbour", "Dakar")
    room = await session.place.house.room(session.id)
    seen = await where(neighbour, session)
    async with neighbour.follows(session.id, seen) as healthy, stalled.follows(session.id, seen, room=2) as stuck:
        for _ in range(10):
            room.audiences.say(json.dumps({"padding": "x" * 120_000}))
            assert await healthy.hears_of("padding")
        assert await stuck.ends() == 4408
        assert len(room.audiences) == 1
        assert len(stuck.heard) < 8
        room.telling.beat(session.place.clock())
        assert await healthy.hears_of("head")


async def test_a_page_says_that_its_person_writes_and_others_are_told_without_a_new_number(session: Session):
    writer, reader = await session.participant(), await session.participant("Harbour desk", "Dakar")
    step = await session.in_a_writing_step()
    seen = await where(writer, session)
    async with writer.follows(session.id, seen) as one, reader.follows(session.id, seen) as two:
        one.says(json.dumps({"typing": step}))
        frame = await two.hears_of("content", "Lyon</bdi> is writing")
        assert frame["seq"] == (await reader.board(session.id))["seq"]
        one.says(json.dumps({"typing": "nowhere"}))
        one.says(json.dumps({"typing": ""}))
        await two.hears_of("content", "#typing")


@pytest.mark.parametrize("said", ['{"typing": 3}', '{"typing": "' + "s" * 41 + '"}', '{"typing": "", "seen": 1}'])
async def test_what_is_no_hint_is_not_understood(session: Session, said: str):
    writer = await session.participant()
    async with writer.follows(session.id, await where(writer, session)) as socket:
        socket.says(said)
        assert await socket.ends() == 1008
