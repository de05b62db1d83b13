"""The server as it is run: what it logs, whom it believes, and what it makes of sockets that keep no rule."""

import asyncio
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from app.serving import server
from tests.web.served import Served, bare, piece, served
from tests.web.visiting import KEY, Hand, refusal_of

PROGRAM = {"Accept": "application/json"}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Served]:
    """A server of its own."""
    with served(tmp_path / "boards", FLIPCHART_FORWARDED_ALLOW_IPS="203.0.113.1") as running:
        yield running


WORDS = {
    "title": "Canary title of the board",
    "name": "Canary name",
    "place": "Canary place",
    "note": "Canary words of a note",
}


async def visit(address: str) -> list[str]:
    """Do everything once that could end up in a log; answers what must not."""
    secrets = list(WORDS.values())
    async with (
        httpx2.AsyncClient(base_url=address, timeout=30) as host,
        httpx2.AsyncClient(base_url=address, timeout=30) as guest,
    ):
        asked = {"title": WORDS["title"], "template": "blank", "language": "en", "name": WORDS["name"]}
        made = (await host.post("/boards", json={**asked, "key": "canary-key"})).json()
        secrets += [made["code"], "canary-key", "ZZZZZ9", "canary-query", "canary-agent", "canary-command"]
        secrets += [link.rpartition("/")[2] for name, link in made.items() if name.endswith("_url")]
        board = made["board"]
        joined = {"name": WORDS["name"], "place": WORDS["place"], "language": "en"}
        await guest.post(made["join_url"], json=joined)
        secrets += [value for client in (host, guest) for value in client.cookies.values() if len(value) > 8]
        for path in ("/join?code=ZZZZZ9", f"/join?code={made['code']}", f"/f/{board}{'a' * 22}", made["cohost_url"]):
            await guest.get(path, headers={"User-Agent": "canary-agent"})
        await guest.get(f"/b/{board}?canary-query", headers={"Referer": made["join_url"]})
        step = (await host.get(f"/api/boards/{board}")).json()["steps"][0]["id"]
        for do in ("note.add", "canary-command"):
            fields = {"do": do, "id": "abcdefgh", "step": step, "text": WORDS["note"]}
            await guest.post(f"/b/{board}/commands", json=fields)
            await guest.post(f"/b/{board}/commands", data=fields)
        await guest.post(f"/b/{board}/commands", content=b"{" + WORDS["note"].encode())
        await guest.post("/boards", json=asked, headers={"Origin": "http://elsewhere.example/canary-query"})
        cookie = "; ".join(f"{name}={value}" for name, value in guest.cookies.items())
        port = int(address.rpartition(":")[2])
        _, socket = await bare(port, f"/b/{board}/live?canary-query", {"Cookie": cookie})
        socket.sends(piece(1, WORDS["note"].encode()))
        assert await socket.ends() == 1008
    return secrets


def test_no_line_of_the_log_holds_a_secret_words_or_an_address(live: Served):
    secrets = asyncio.run(visit(live.address))
    said = live.stop()
    assert "refused" in said
    assert [secret for secret in secrets if secret in said] == []
    assert "127.0.0.1" not in said
    assert [line for line in said.splitlines() if not json.loads(line).get("event")] == []


HELLO = b'{"seen": 0}'
BREACHES: dict[str, tuple[bytes, set[int]]] = {
    "a frame that is not masked": (piece(1, HELLO, masked=False), {1002}),
    "reserved bits": (piece(1, HELLO, bits=0x40), {1002}),
    "more reserved bits": (piece(1, HELLO, bits=0x30), {1002}),
    "a reserved opcode": (piece(3, HELLO), {1002}),
    "a reserved control opcode": (piece(11), {1002}),
    "a control frame that is too long": (piece(9, b"x" * 126), {1002}),
    "a control frame in pieces": (piece(9, b"x", last=False), {1002}),
    "a continuation of nothing": (piece(0, HELLO), {1002}),
    "a message within a message": (piece(1, b"a", last=False) + piece(1, b"b"), {1002}),
    "bytes that are no text": (piece(1, b"\xff\xfe\xfd"), {1007}),
    "half a character at the end": (piece(1, b"\xe2\x82"), {1007}),
    "a surrogate as bytes": (piece(1, b"\xed\xa0\x80"), {1007}),
    "a length of half the world": (struct.pack(">BBQ", 0x81, 0xFF, 2**63 - 1) + b"\0\0\0\0", {1009, 1002}),
    "a length with its highest bit": (struct.pack(">BBQ", 0x81, 0xFF, 2**63) + b"\0\0\0\0", {1009, 1002}),
    "more than a page ever says": (piece(1, b"x" * 20_000), {1009}),
    "more than that in pieces": (piece(1, b"x" * 9_000, last=False) + piece(0, b"x" * 9_000), {1009}),
    "a close with half a code": (piece(8, b"\x03"), {1002}),
    "a close with a code that is none": (piece(8, struct.pack(">H", 999)), {1002}),
    "a close with no text in it": (piece(8, struct.pack(">H", 1000) + b"\xff"), {1007, 1002}),
    "binary": (piece(2, b"\x00\xff" * 50), {1008}),
    "an empty message": (piece(1), {1008}),
    "one byte at a time, and not JSON": (piece(1, b"hello"), {1008}),
    "HTTP": (b"GET / HTTP/1.1\r\n\r\n", {1002, 1006}),
    "noise": (bytes(range(256)) * 8, {1002, 1006, 1009}),
}


async def break_every_rule(port: int, board: str, cookie: dict[str, str]) -> list[str]:
    """Open a socket for each breach, and one that keeps the rules beside them; answers what went wrong."""
    status, healthy = await bare(port, f"/b/{board}/live", cookie)
    wrong = [] if status == 101 else [f"healthy: {status}"]
    for name, (raw, codes) in BREACHES.items():
        status, socket = await bare(port, f"/b/{board}/live?since=1", cookie)
        socket.sends(raw)
        code = await socket.ends()
        wrong += [] if code in codes else [f"{name}: {code}"]
    healthy.sends(piece(1, b"[]"))
    code = await healthy.ends()
    return wrong if code == 1008 else [*wrong, f"healthy: {code}"]


HANDSHAKES: dict[str, tuple[dict[str, str], set[int]]] = {
    "another site": ({"Origin": "http://elsewhere.example"}, {403}),
    "no site at all": ({"Origin": "null"}, {403}),
    "no key": ({"Sec-WebSocket-Key": ""}, {400, 404}),
    "a key that is none": ({"Sec-WebSocket-Key": "x"}, {400}),
    "an old version": ({"Sec-WebSocket-Version": "8"}, {400, 426}),
    "a header of 100 kilobytes": ({"X-Long": "x" * 100_000}, {431}),
    "too many headers": ({f"X-{number}": "x" for number in range(500)}, {431}),
}


async def shake_hands(port: int, board: str, cookie: dict[str, str]) -> list[str]:
    """Answers the handshakes that were not answered as they should."""
    wrong = []
    for name, (headers, statuses) in HANDSHAKES.items():
        try:
            status, socket = await bare(port, f"/b/{board}/live", {**cookie, **headers})
            socket.writer.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            status = 400
        wrong += [] if status in statuses else [f"{name}: {status}"]
    return wrong


async def a_guest(address: str) -> tuple[str, dict[str, str]]:
    """A board, and the cookie of somebody who has a seat on it."""
    async with httpx2.AsyncClient(base_url=address, timeout=30) as host:
        asked = {"title": "Streets", "template": "blank", "language": "en", "name": "Hall"}
        board = (await host.post("/boards", json=asked)).json()["board"]
        return board, {"Cookie": "; ".join(f"{name}={value}" for name, value in host.cookies.items())}


def test_sockets_that_keep_no_rule_are_closed_with_its_code_and_others_go_on(live: Served):
    async def go() -> None:
        board, cookie = await a_guest(live.address)
        assert await break_every_rule(live.port, board, cookie) == []
        assert await shake_hands(live.port, board, cookie) == []
        async with httpx2.AsyncClient(base_url=live.address, timeout=30) as visitor:
            assert (await visitor.get("/readyz")).text == "ready"

    asyncio.run(go())
    assert "Traceback" not in live.stop()


@pytest.mark.parametrize(("peer", "believed"), [("203.0.113.1", True), ("203.0.113.2", False)])
async def test_only_a_trusted_proxy_says_where_somebody_comes_from(tmp_path: Path, blank: Path, peer, believed):
    from app.main import create_app
    from app.settings import Settings

    chosen = Settings(data=tmp_path, secret_key=KEY, forwarded_allow_ips="203.0.113.1")
    app = create_app(chosen, clock=Hand(), ticks=Hand())
    config = server(app, chosen).config
    config.load()
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=config.loaded_app, client=(peer, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://flipchart.test") as visitor:
            answers = [
                await visitor.get("/join?code=ZZZZZZ", headers={**PROGRAM, "X-Forwarded-For": f"192.0.2.{number}"})
                for number in range(12)
            ]
            assert (refusal_of(answers[-1]) == (404, "unknown-code")) == believed
            assert (refusal_of(answers[-1]) == (429, "slow-down")) != believed
            secure = await visitor.get("/", headers={"X-Forwarded-Proto": "https"})
            assert ("strict-transport-security" in secure.headers) == believed
