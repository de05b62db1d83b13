"""The pen's socket: who is let to it, what it takes, and how it ends for who says what they should not."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message

from app.realtime.pen_updates import Reader
from tests.web.sockets import PATIENCE, Socket, plug_in
from tests.web.visiting import Session, Visitor


@contextlib.asynccontextmanager
async def pen(
    visitor: Visitor, session: Session, headline: str, query: str = "", **headers: str
) -> AsyncIterator[Socket]:
    """The socket of a version, for whoever has the cookies of that visitor."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.http.cookies.jar)
    path = headers.pop("path", f"/b/{session.id}/versions/{headline}/fr")
    how: dict[str, Any] = {"address": visitor.address, "scheme": "ws", "room": int(headers.pop("room", "0"))}
    async with plug_in(visitor.place.app, path, query, {"cookie": cookies, **headers}, **how) as socket:
        yield socket


async def said(socket: Socket) -> bytes:
    """The next message in bytes."""
    event = await asyncio.wait_for(socket.down.get(), PATIENCE)
    assert event["type"] == "websocket.send", event
    return bytes(event["bytes"])


async def end(socket: Socket) -> tuple[int, str]:
    """With which code and reason it is closed."""
    while (event := await asyncio.wait_for(socket.down.get(), PATIENCE))["type"] == "websocket.send":
        pass
    return int(event["code"]), str(event.get("reason", ""))


async def takes_up(socket: Socket, doc: "Doc[Text]") -> None:
    """Syncs as any page of yjs does."""
    socket.says(binary=create_sync_message(doc))
    for _ in range(10):
        message = await said(socket)
        if message[0] != 0:
            continue
        answer = handle_sync_message(message[1:], doc)
        if answer:
            socket.says(binary=answer)
        if message[1] == 1:
            return


@pytest_asyncio.fixture(loop_scope="module")
async def headline(session: Session) -> str:
    """One that everybody may write."""
    step = await session.runs("agenda.add", kind="headline", title={"en": "Headlines"}, minutes=5)
    await session.runs("agenda.go", step=step["made"]["step"])
    made = await session.runs("headline.add", language="fr", text="Une ville")
    return str(made["made"]["headline"])


async def test_E1_a_page_that_speaks_yjs_writes_and_another_reads(session: Session, headline: str) -> None:
    ana, carlos = await session.participant("Ana", "Lyon"), await session.participant("Carlos", "Dakar")
    async with pen(ana, session, headline) as hers, pen(carlos, session, headline) as his:
        docs: list[Doc[Text]] = [Doc(), Doc()]
        words = [doc.get("text", type=Text) for doc in docs]
        await takes_up(hers, docs[0])
        await takes_up(his, docs[1])
        assert [str(each) for each in words] == ["Une ville", "Une ville"]
        known = docs[0].get_state()
        words[0].insert(9, " 😀")
        hers.says(binary=create_update_message(docs[0].get_update(known)))
        while str(words[1]) != "Une ville 😀":
            message = await said(his)
            if message[0] == 0:
                handle_sync_message(message[1:], docs[1])


async def test_E8_no_other_site_opens_it(session: Session, headline: str) -> None:
    ana = await session.participant("Ana", "Lyon")
    async with pen(ana, session, headline, origin="http://elsewhere.test") as socket:
        assert not socket.accepted


async def test_E8_it_is_for_who_has_a_seat_on_that_board(session: Session, headline: str) -> None:
    async with pen(session.place.visitor(), session, headline) as socket:
        assert await end(socket) == (4401, "")
    ana = await session.participant("Ana", "Lyon")
    for board in ("zzzzzzzz", "none", "%00", "a" * 500):
        async with pen(ana, session, headline, path=f"/b/{board}/versions/{headline}/fr") as socket:
            assert await end(socket) == (4404, "")
    async with pen(ana, session, "nothing") as socket:
        assert await end(socket) == (4404, "unknown")


async def test_E8_a_muted_person_is_told_why(session: Session, headline: str) -> None:
    ana = await session.participant("Ana", "Lyon")
    person = ana.person
    async with pen(ana, session, headline) as socket:
        await takes_up(socket, Doc())
        await session.runs("person.mute", person=person)
        assert await end(socket) == (4409, "muted")


async def test_E8_a_removed_person_is_let_go_within_a_second(session: Session, headline: str) -> None:
    ana = await session.participant("Ana", "Lyon")
    person, clock = ana.person, asyncio.get_running_loop().time
    async with pen(ana, session, headline) as socket:
        await takes_up(socket, Doc())
        before = clock()
        await session.runs("person.remove", person=person)
        assert await end(socket) == (4403, "removed")
        assert clock() - before < 1.0


async def test_E1_a_writer_who_stops_reading_is_let_go_and_the_others_write_on(session: Session, headline: str) -> None:
    ana, carlos = await session.participant("Ana", "Lyon"), await session.participant("Carlos", "Dakar")
    room = await session.place.house.room(session.id)
    assert room is not None
    async with pen(ana, session, headline) as hers, pen(carlos, session, headline, room="2") as stuck:
        doc: Doc[Text] = Doc()
        await takes_up(hers, doc)
        for _ in range(2_000):
            room.pens.beat()
            if (await said(hers)).endswith(b"null"):
                break
        assert await end(stuck) == (4408, "")
        known = doc.get_state()
        doc.get("text", type=Text).insert(0, "!")
        hers.says(binary=create_update_message(doc.get_update(known)))
        while b'"state": "writing"' not in await said(hers):
            pass


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": "{}"}, 4400),
        ({"binary": b""}, 4400),
        ({"binary": b"\x00"}, 4400),
        ({"binary": b"\x00\x02\x00"}, 4400),
        ({"binary": b"\x63\x01"}, 4400),
        ({"binary": b"\x00\x02\xff\xff\xff\xff\x0f"}, 4400),
        ({"binary": b"\x00\x00\x01\xff"}, 4400),
        ({"binary": b"\x00" * 20_000}, 1009),
    ],
)
async def test_E10_what_is_no_message_ends_it(session: Session, headline: str, message: Any, code: int) -> None:
    ana = await session.participant("Ana", "Lyon")
    async with pen(ana, session, headline) as socket:
        socket.says(**message)
        assert (await end(socket))[0] == code


async def test_E10_who_says_too_much_is_told_to_slow_down(session: Session, headline: str) -> None:
    ana = await session.participant("Ana", "Lyon")
    async with pen(ana, session, headline) as socket:
        for _ in range(70):
            socket.says(binary=create_sync_message(Doc()))
        assert (await end(socket))[0] == 4429


async def test_E6_a_page_with_another_document_is_told_so_before_anything_is_said(
    session: Session, headline: str
) -> None:
    ana = await session.participant("Ana", "Lyon")
    async with pen(ana, session, headline, "generation=another") as socket:
        assert await end(socket) == (4412, "")


async def test_E3_a_page_is_told_the_document_first_and_nobody_elses_seat(session: Session, headline: str) -> None:
    ana = await session.participant("Ana", "Lyon")
    async with pen(ana, session, headline) as socket:
        assert (await said(socket))[:2] == b"\x00\x00"
        told = Reader(Reader(await said(socket), 1).bytes())
        assert told.number() == 2, "the document, and oneself as nobody"
        assert (told.number(), told.number()) == (0, 1)
        assert told.text().startswith('{"pen": {"generation": "')
        assert (told.number(), told.number(), told.text()) == (1, 1, "null")


async def test_nobody_asks_to_keep_a_state_of_their_own(session: Session, headline: str) -> None:
    answer = await session.facilitator.post(
        f"/b/{session.id}/commands",
        json={
            "do": "headline.cowrite",
            "id": "x",
            "headline": headline,
            "language": "fr",
            "text": "x",
            "base": 99,
            "pen": "",
        },
    )
    assert answer.status_code == 422
