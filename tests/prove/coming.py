"""People who come to boards and go again, in every way that there is to go."""

import contextlib
import os
import select
import socket
import struct
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.pictures import files
from tests.prove.serving import Client

PATIENCE = 15.0
TOGETHER = 4
AT_ONCE = struct.pack("ii", 1, 0)
# Small, so that little has to be said until somebody who does not read is too slow.
NARROW = 4_096
SEEN_AGAIN = 80
RARELY = 40
FOUNDING = {"title": "Leaks", "template": "flip-the-script", "language": "en", "name": "Host", "place": "Geneva"}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody's seat on a board: where, with which cookie, and as whom."""

    port: int
    board: str
    cookie: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What there is on a board to come to."""

    host: Guest
    guests: tuple[Guest, ...]
    headline: str


def come_and_go(port: int, boards: int) -> Counter[str]:
    """Make so many boards, with ten connects to each; how often each way of going was gone."""
    with ThreadPoolExecutor(TOGETHER) as people:
        return sum(people.map(lambda number: one_board(port, number), range(boards)), Counter())


def one_board(port: int, number: int) -> Counter[str]:
    """People join and write on a board, and ten lines are opened to it and end."""
    rarely = number % RARELY == 0
    board = begun(port, rarely=rarely)
    host, (writer, reader, removed) = board.host, board.guests
    ways: list[tuple[str, Callable[[], None]]] = [
        ("closed", lambda: closes(host)),
        ("closed", lambda: closes(reader)),
        ("cut", lambda: cuts(writer)),
        ("stream cut", lambda: streams(writer, cut=True)),
        ("stream closed", lambda: streams(reader, cut=False)),
        ("no seat", lambda: is_refused(Guest(port, host.board), 4401)),
        ("no board", lambda: is_refused(Guest(port, "z" * len(host.board), host.cookie), 4404)),
        ("pen", lambda: writes_together(host, board.headline, cut=bool(number % 2))),
        ("too slow", lambda: reads_nothing(writer)) if rarely else ("not understood", lambda: says_nonsense(writer)),
        ("removed", lambda: is_removed(host, removed)),
    ]
    for _, goes in ways:
        goes()
    return Counter(way for way, _ in ways)


def begun(port: int, *, rarely: bool) -> Step:
    """A board with four people, three notes and a headline; rarely with a picture, and looked at by pages."""
    with Client(port) as client:
        status, made = client.ask("POST", "/boards", FOUNDING)
        assert status == 201, made
        host = Guest(port, made["board"], client.cookie)
        step = does(client, host, "agenda.add", kind="headline", title={"en": "Headlines"}, minutes=5)["step"]
        does(client, host, "agenda.go", step=step)
        headline = does(client, host, "headline.add", language="en", text="A city")["headline"]
        for word in ("here", "there"):
            does(client, host, "headline.add", language="en", text=f"A city {word}")
        if rarely:
            talk = does(client, host, "agenda.add", kind="talk", title={"en": "Talk"}, minutes=5)["step"]
            puts_on_stage(host, talk)
            for path in ("", "/people", "/log"):
                assert client.ask("GET", f"/b/{host.board}{path}")[0] == 200
        guests = tuple(joins(host, "/j/" + made["join_url"].rpartition("/")[2], name) for name in ("A", "B", "C"))
    return Step(host, guests, headline)


def does(client: Client, guest: Guest, name: str, **fields: Any) -> dict[str, Any]:
    """A command that is accepted; what it made."""
    status, answer = client.ask("POST", f"/b/{guest.board}/commands", {"id": str(uuid4()), "do": name, **fields})
    assert status == 200, answer
    found: dict[str, Any] = answer.get("made", {})
    return found


def joins(host: Guest, link: str, name: str) -> Guest:
    """Somebody with a seat of their own."""
    with Client(host.port) as client:
        status, answer = client.ask("POST", link, {"name": name, "place": "Dakar", "language": "en"})
        assert status in (200, 201), answer
        return Guest(host.port, host.board, client.cookie, answer["person"])


def puts_on_stage(host: Guest, step: str) -> None:
    """A picture comes in, and is drawn anew."""
    edge = uuid4().hex
    form = (
        f'--{edge}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{uuid4()}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    ).encode()
    body = form + files.image(size=(64, 64), color=(229, 36, 59)) + f"\r\n--{edge}--\r\n".encode()
    lines = (f"Content-Type: multipart/form-data; boundary={edge}", f"Content-Length: {len(body)}", "Connection: close")
    with asked(host, f"POST /b/{host.board}/stage/{step}", *lines, "Accept: application/json") as line:
        line.sendall(body)
        said = line.recv(4_096)
        assert b" 200 " in said, said


@contextlib.contextmanager
def asked(guest: Guest, what: str, *lines: str, narrow: bool = False) -> Iterator[socket.socket]:
    """A connection of its own, on which that was asked."""
    line = socket.socket()
    if narrow:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
    line.settimeout(PATIENCE)
    with line:
        line.connect(("127.0.0.1", guest.port))
        head = (f"{what} HTTP/1.1", f"Host: 127.0.0.1:{guest.port}", f"Cookie: {guest.cookie}", *lines, "", "")
        line.sendall("\r\n".join(head).encode())
        yield line


@contextlib.contextmanager
def plugged(guest: Guest, path: str = "live?since=0", **how: bool) -> Iterator[socket.socket]:
    """A socket of the board, once the server has said that it is one."""
    key = b64encode(os.urandom(16)).decode()
    lines = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}")
    origin = f"Origin: http://127.0.0.1:{guest.port}"
    with asked(guest, f"GET /b/{guest.board}/{path}", *lines, origin, **how) as line:
        assert line.recv(12) == b"HTTP/1.1 101"
        yield line


def framed(opcode: int, said: bytes) -> bytes:
    """A frame as pages send it."""
    assert len(said) < 126
    return bytes([0x80 | opcode, 0x80 | len(said), 0, 0, 0, 0]) + said


def rest(line: socket.socket) -> None:
    """Reads until the server ends it."""
    with contextlib.suppress(ConnectionResetError):
        while line.recv(65_536):
            continue


def closed_with(line: socket.socket, code: int) -> None:
    """The server says that code, is answered, and ends the connection."""
    said = bytearray()
    frame = struct.pack("!H", code)
    while b"\x88\x02" + frame not in said:
        more = line.recv(65_536)
        assert more, (code, bytes(said[-200:]))
        said += more
    line.sendall(framed(8, frame))
    rest(line)


def cut(line: socket.socket) -> None:
    """Gone, by a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)


def closes(guest: Guest) -> None:
    """Follows, says what was seen, and closes as a page does."""
    with plugged(guest) as line:
        line.sendall(framed(1, b'{"seen":1}') + framed(8, struct.pack("!H", 1000)))
        rest(line)


def cuts(guest: Guest) -> None:
    """Follows, and is cut off."""
    with plugged(guest) as line:
        line.recv(16)
        cut(line)


def streams(guest: Guest, *, cut: bool) -> None:
    """Follows by an event stream, and goes."""
    with asked(guest, f"GET /b/{guest.board}/live?since=0", "Accept: text/event-stream") as line:
        assert b" 200 " in line.recv(64)
        if cut:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        else:
            line.shutdown(socket.SHUT_WR)
            rest(line)


def is_refused(guest: Guest, code: int) -> None:
    """Is told why not."""
    with plugged(guest) as line:
        closed_with(line, code)


def says_nonsense(guest: Guest) -> None:
    """Is not understood."""
    with plugged(guest) as line:
        line.sendall(framed(1, b"nonsense"))
        closed_with(line, 1008)


def writes_together(guest: Guest, headline: str, *, cut: bool) -> None:
    """Takes the pen, and goes."""
    with plugged(guest, f"versions/{headline}/en") as line:
        line.recv(16)
        if cut:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        else:
            line.sendall(framed(8, struct.pack("!H", 1000)))
            rest(line)


def reads_nothing(guest: Guest) -> None:
    """Asks for everything again and again, reads none of it, and is dropped."""
    with plugged(guest, narrow=True) as line:
        for _ in range(SEEN_AGAIN):
            line.sendall(framed(1, b'{"seen":0}'))
        ended = select.poll()
        ended.register(line, select.POLLHUP)
        assert ended.poll(1_000 * PATIENCE)


def is_removed(host: Guest, guest: Guest) -> None:
    """Follows, and is sent away by the host."""
    with plugged(guest) as line, Client(host.port) as client:
        client.cookie = host.cookie
        does(client, host, "person.remove", person=guest.person)
        closed_with(line, 4403)
