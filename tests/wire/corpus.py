"""The hostile corpus: what is sent, what must come of it, and a board to send it to.

Each kind is a function of a `World` and of chance: the same seed sends the same bytes. What comes of it is a word: the
code that a socket is closed with, "heard" for one that stands, or an HTTP status, with the code of the refusal
where there is one. "hang" is whatever takes longer than `WITHIN`.
"""

import http.client
import json
import random
import re
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.links import ROLES
from tests.wire.raw import CLOSE, PING, PONG, Raw, handshake, piece
from tests.wire.rig import Server

WITHIN = 2.0
# More people than one, so that what is counted is the kind and not the pace.
PEOPLE = 25
ASKS_IF_THERE = piece(PING, b"there?")


@dataclass
class World:
    """A board with notes, a vote and a headline, its people, and another board whose people have no business here."""

    server: Server
    board: str = ""
    host: str = ""
    people: list[str] = field(default_factory=list)
    stranger: str = ""
    step: str = ""
    others_step: str = ""
    notes: list[str] = field(default_factory=list)
    ballot: str = ""
    headline: str = ""
    links: dict[str, str] = field(default_factory=dict)
    code: str = ""
    asked: int = 0

    @classmethod
    def new(cls, server: Server) -> "World":
        """Set up through the front door."""
        world = cls(server)
        made, world.host = server.asks("/boards", founding("Streets"))
        world.board = made["board"]
        world.links = {name: "/" + made[f"{name}_url"].split("/", 3)[3] for name in ROLES}
        world.code = made["code"]
        joining = [{"name": f"Desk {n}", "place": "Lyon", "language": "en"} for n in range(PEOPLE)]
        world.people = [server.asks(world.links["join"], person)[1] for person in joining]
        other, world.stranger = server.asks("/boards", founding("Elsewhere"))
        world.others_step = server.asks(f"/api/boards/{other['board']}", cookie=world.stranger)[0]["steps"][0]["id"]
        steps = server.asks(f"/api/boards/{world.board}", cookie=world.host)[0]["steps"]
        world.step = next(step["id"] for step in steps if step["kind"] == "write")
        world.does("agenda.go", step=world.step)
        texts = ("One", "Two", "Three")
        world.notes = [world.does("note.add", step=world.step, text=text)["note"] for text in texts]
        refs = [f"note:{note}" for note in world.notes]
        world.ballot = world.does("ballot.open", title="Which?", candidates=refs[:2], step=world.step)["ballot"]
        drafting = world.does("agenda.add", kind="headline", title={"en": "Draft"}, minutes=5)["step"]
        world.does("agenda.go", step=drafting)
        world.headline = world.does("headline.add", language="en", text="The street")["headline"]
        return world

    def does(self, do: str, **fields: Any) -> dict[str, str]:
        """The facilitator asks, and it is accepted; the ids of what was made."""
        self.asked += 1
        answer, _ = self.server.asks(f"/b/{self.board}/commands", command(self.asked, do, **fields), self.host)
        assert "seq" in answer, answer
        made: dict[str, str] = answer.get("made", {})
        return made

    def somebody(self) -> str:
        """The cookie of one participant after the other."""
        self.asked += 1
        return self.people[self.asked % len(self.people)]


@dataclass(frozen=True)
class Sent:
    """Bytes for a connection of its own, and which outcomes are right.

    `to` is the path of a socket that is opened first, as whoever has the `cookie`. After it there `halves`, the
    sender says no more; `apart` sends byte by byte.
    """

    said: bytes
    expected: tuple[str, ...]
    to: str = ""
    cookie: str = ""
    halves: bool = False
    apart: bool = False


Kind = Callable[[World, random.Random], Sent]


def founding(title: str) -> dict[str, str]:
    """A board from the shortest template."""
    return {"title": title, "template": "brainstorm-and-vote", "language": "en", "name": "Hall"}


def command(number: int, do: str, **fields: Any) -> dict[str, Any]:
    """A command with an id that is its own."""
    return {"id": str(UUID(int=number)), "do": do, **fields}


def besieged(world: World, kinds: Iterable[tuple[str, Kind]], chance: random.Random) -> list[str]:
    """Each of these, and after each whether others are answered: what was not as it should be."""
    wrong = []
    line = http.client.HTTPConnection("127.0.0.1", world.server.port, timeout=WITHIN)
    for name, kind in kinds:
        if found := sent(world, kind, chance):
            wrong.append(f"{name}: {found}")
        line.request("GET", "/healthz")
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            wrong.append(f"{name}: afterwards others are answered {answer.status}")
    line.close()
    return wrong


def sent(world: World, kind: Kind, chance: random.Random, *, expected: tuple[str, ...] = ()) -> str:
    """What came of it where that is not what was `expected`, or else what the kind says is right; "" where it is."""
    what = kind(world, chance)
    what = replace(what, expected=expected or what.expected)
    began = time.monotonic()
    raw = Raw.silent(world.server.port)
    raw.line.settimeout(WITHIN)
    try:
        found = _on_socket(world, raw, what) if what.to else _by_http(raw, what)
    except TimeoutError:
        found = "hang"
    finally:
        raw.line.close()
    if time.monotonic() - began > WITHIN:
        found = "hang"
    return "" if found in what.expected else f"{found}, not {' or '.join(what.expected)}: {what.said[:120]!r}"


def _put(raw: Raw, what: Sent) -> None:
    raw.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        for part in [bytes([byte]) for byte in what.said] if what.apart else [what.said]:
            raw.sends(part)
        if what.halves:
            raw.line.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        # It was refused before all of it had been said.
        return


def _on_socket(world: World, raw: Raw, what: Sent) -> str:
    raw.opens(world.server.port, what.to, {"Cookie": what.cookie})
    if raw.status != 101:
        return str(raw.status)
    _put(raw, what)
    if not what.halves and what.expected == ("heard",):
        raw.sends(ASKS_IF_THERE)
    for opcode, body in _frames(raw):
        if opcode == CLOSE:
            return str(int.from_bytes(body[:2], "big")) if len(body) > 1 else "1005"
        if opcode == PONG and body == b"there?":
            return "heard"
    return "1006"


def _frames(raw: Raw) -> list[tuple[int, bytes]]:
    """Up to what tells the outcome; TimeoutError when that does not come."""
    told = []
    for opcode, body in raw.frames():
        told.append((opcode, body))
        if opcode in (CLOSE, PONG):
            break
    else:
        if not raw.ended():
            raise TimeoutError
    return told


def _by_http(raw: Raw, what: Sent) -> str:
    _put(raw, what)
    try:
        while len(raw.read) < 200_000 and not _whole(bytes(raw.read)):
            more = raw.line.recv(65_536)
            if not more:
                break
            raw.read += more
    except ConnectionResetError:
        pass
    return outcome(bytes(raw.read))


def _whole(read: bytes) -> bool:
    """A switch to another protocol and the head of a stream have no end that one could wait for."""
    head, found, _ = read.partition(b"\r\n\r\n")
    return bool(found) and (head.startswith(b"HTTP/1.1 101") or b"text/event-stream" in head)


def outcome(answer: bytes) -> str:
    """The status, and the code of the refusal."""
    if not answer:
        return "closed"
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head.split(b" ", 2)[1].decode()
    refused = re.search(rb'"refused": ?"([a-z-]+)"|data-code="([a-z-]+)"', body)
    return f"{status} {(refused[1] or refused[2]).decode()}" if refused else status


def request(
    world: World, method: str, path: str, headers: tuple[str, ...] = (), body: bytes = b"", *, cookie: str = ""
) -> bytes:
    """A request as a program makes it, which closes the connection afterwards."""
    named = [f"Host: 127.0.0.1:{world.server.port}", "Connection: close", "Accept: application/json", *headers]
    named += [f"Cookie: {cookie}"] if cookie else []
    named += [f"Content-Length: {len(body)}"] if body or method in ("POST", "PUT") else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", *named, "", ""]).encode("utf-8", "surrogateescape") + body


def asks(world: World, body: bytes, cookie: str, kind: str = "application/json", *headers: str) -> bytes:
    """A command in whatever form."""
    named = (f"Content-Type: {kind}", *headers)
    return request(world, "POST", f"/b/{world.board}/commands", named, body, cookie=cookie)


def commands(world: World, do: str, cookie: str = "", **fields: Any) -> bytes:
    """A command as JSON by a participant."""
    world.asked += 1
    said = json.dumps(command(world.asked + 10_000, do, **fields)).encode()
    return asks(world, said, cookie or world.somebody())


__all__ = ["Kind", "Sent", "World", "asks", "besieged", "command", "commands", "handshake", "request", "sent"]
