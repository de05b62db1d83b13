"""The attacks: each raises AssertionError on a server that does not defend itself in time."""

import time
import zlib
from collections.abc import Callable
from itertools import takewhile

from tests.wire.raw import CLOSE, CONTINUATION, PING, PONG, TEXT, Raw, handshake, piece
from tests.wire.rig import Server

Attack = Callable[[Server], None]
SMALL = 4_096
DEFLATED = 0x40
INFLATES = {"Sec_WebSocket_Extensions": "permessage-deflate; client_max_window_bits"}
TOO_SLOW = 4408
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
HALF_UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-Web"
)


def ends(raw: Raw, within: float, how: tuple[str, ...] = ("reset", "closed")) -> None:
    """The other side ends the connection in time."""
    until = time.monotonic() + within
    while not raw.ended() and time.monotonic() < until:
        time.sleep(0.02)
    assert raw.ended() in how, f"still open after {within} s"


def a_slow_reader(server: Server) -> None:
    """Follows a busy board and reads nothing: gone by a reset, so that the kernel keeps nothing either."""
    ends(server.opened(receives=SMALL), server.within, ("reset",))


def too_slow_a_reader(server: Server) -> None:
    """Reads, yet less than the board is told: is told so, and kept no longer."""
    raw = server.opened(receives=SMALL)
    until = time.monotonic() + 2 * server.within
    told = list(takewhile(lambda _: time.monotonic() < until, raw.frames(pause=0.08)))
    assert told[-1] == (CLOSE, TOO_SLOW.to_bytes(2, "big"))


def an_answer_that_is_not_read(server: Server) -> None:
    """The same with a large answer over HTTP."""
    raw = server.silent(receives=SMALL)
    raw.sends(b"GET /lab/big HTTP/1.1\r\nHost: x\r\n\r\n")
    ends(raw, server.within, ("reset",))


def a_slow_reader_of_a_stream(server: Server) -> None:
    """The same by the event stream, whose answer has no end."""
    raw = server.silent(receives=SMALL)
    head = (
        f"GET {server.path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: {next(server.cookies)}\r\n\r\n"
    )
    raw.sends(head.encode())
    ends(raw, server.within, ("reset",))


def silence(server: Server) -> None:
    """A connection on which nothing is said."""
    ends(server.silent(), server.within)


def half_a_header(server: Server) -> None:
    """A request that is never finished."""
    raw = server.silent()
    raw.sends(REQUEST[:-9])
    ends(raw, server.within)


def half_an_upgrade(server: Server) -> None:
    """A handshake that is never finished."""
    raw = server.silent()
    raw.sends(HALF_UPGRADE)
    ends(raw, server.within)


def half_a_body(server: Server) -> None:
    """A form that is never finished."""
    raw = server.silent()
    raw.sends(b"POST /boards HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\ntitle=")
    ends(raw, server.within)


def a_byte_now_and_then(server: Server) -> None:
    """Headers that come so slowly that there is always one more byte to wait for."""
    raw = server.silent()
    raw.sends(b"GET / HTTP/1.1\r\n")
    until = time.monotonic() + server.within
    while not raw.ended() and time.monotonic() < until:
        raw.sends(b"X")
        time.sleep(0.1)
    assert raw.ended(), "still waited for"


def a_line_break_between_requests(server: Server) -> None:
    """After an answer a line break, which belongs to no request, and then nothing."""
    raw = server.silent()
    raw.sends(REQUEST)
    raw.reads_head()
    raw.sends(b"\r\n")
    ends(raw, server.within)


def headers_without_end(server: Server) -> None:
    """A megabyte of headers, and no end of it."""
    raw = server.silent()
    raw.sends(REQUEST[:-2])
    line = b"X-Long: " + b"x" * 8_000 + b"\r\n"
    raw.floods(line, min(1.0, server.within))
    ends(raw, server.within)


def requests_in_a_row(server: Server) -> None:
    """Ten thousand requests at once, the answers unread."""
    raw = server.silent()
    raw.floods(REQUEST * 1_000, min(1.0, server.within))
    ends(raw, server.within)


def a_ping_flood(server: Server) -> None:
    """Pings as fast as they go, the answers unread."""
    raw = server.opened(receives=SMALL)
    raw.floods(piece(PING, b"x" * 125) * 500, min(1.0, server.within))
    ends(raw, server.within)


def a_pong_flood(server: Server) -> None:
    """Answers that nobody asked for."""
    raw = server.opened()
    raw.floods(piece(PONG, b"x" * 125) * 500, min(0.5, server.within))
    ends(raw, server.within)


def endless_pieces(server: Server) -> None:
    """A message of empty pieces that never ends."""
    raw = server.opened()
    raw.sends(piece(TEXT, b"a", last=False))
    raw.floods(piece(CONTINUATION, b"", last=False) * 500, min(0.5, server.within))
    ends(raw, server.within)


def too_large_a_message(server: Server) -> None:
    """A message that is said to be a megabyte: refused before it comes."""
    raw = server.opened()
    raw.sends(b"\x81\xff" + (1_000_000).to_bytes(8, "big") + b"\1\2\3\4")
    raw.line.settimeout(server.within)
    assert raw.code() == 1009


def too_large_a_handshake(server: Server) -> None:
    """More headers than are read of one: refused, and not waited for."""
    raw = server.silent()
    raw.sends(handshake(server.port, server.path, {f"X-{number}": "x" for number in range(500)}))
    ends(raw, server.within)
    raw.reads_head()
    assert raw.status == 431


def deflated(text: bytes) -> bytes:
    """A message of a browser that deflates (RFC 7692)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)
    return piece(TEXT, packed.removesuffix(b"\x00\x00\xff\xff"), bits=DEFLATED)


def what_unpacks_to_much(server: Server) -> None:
    """A message of a hundred bytes that unpacks to a hundred thousand: not unpacked further than any may be long."""
    raw = server.opened(**INFLATES)
    assert "permessage-deflate" in raw.headers["sec-websocket-extensions"]
    raw.sends(deflated(b"x" * 100_000))
    raw.line.settimeout(server.within)
    assert raw.code() == 1009


def a_flood_of_what_unpacks(server: Server) -> None:
    """Each unpacks to as much as a message may have, and there are thousands of them."""
    raw = server.opened(**INFLATES)
    raw.floods(deflated(b'{"seen":0}' + b" " * 4_000) * 500, min(0.5, server.within))
    ends(raw, server.within)


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        a_slow_reader,
        too_slow_a_reader,
        an_answer_that_is_not_read,
        a_slow_reader_of_a_stream,
        silence,
        half_a_header,
        half_an_upgrade,
        half_a_body,
        a_byte_now_and_then,
        a_line_break_between_requests,
        headers_without_end,
        requests_in_a_row,
        a_ping_flood,
        a_pong_flood,
        endless_pieces,
        too_large_a_message,
        too_large_a_handshake,
        what_unpacks_to_much,
        a_flood_of_what_unpacks,
    )
}
