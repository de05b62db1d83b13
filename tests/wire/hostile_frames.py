"""Hostile frames: of the protocol, of a page's few messages, of the pen, and handshakes that are none."""

import json
import random
import struct
from collections.abc import Callable

from tests.wire.corpus import Kind, Sent, World, handshake
from tests.wire.raw import CLOSE, CONTINUATION, PING, PONG, TEXT, piece

BINARY = 2
BROKEN, NOT_UTF8, NOT_UNDERSTOOD, TOO_BIG, TOO_OFTEN = "1002", "1007", "1008", "1009", "4429"
HEARD = "heard"


def live(said: bytes, *expected: str, halves: bool = False, apart: bool = False) -> Kind:
    """Those bytes on the socket of somebody who follows the board."""
    return lambda world, _: Sent(said, expected, f"/b/{world.board}/live?since=0", world.somebody(), halves, apart)


def drawn(make: Callable[[random.Random], bytes], *expected: str) -> Kind:
    """The same with bytes that chance makes."""
    return lambda world, chance: live(make(chance), *expected)(world, chance)


def pen(said: bytes, *expected: str, headline: str = "") -> Kind:
    """Those bytes on the socket of a version that is written together."""

    def kind(world: World, _: random.Random) -> Sent:
        path = f"/b/{world.board}/versions/{headline or world.headline}/en"
        return Sent(said, expected, path, world.somebody())

    return kind


def upgrade(*expected: str, path: str = "", method: bytes = b"GET", extra: bytes = b"", **headers: str) -> Kind:
    """A handshake with something about it; an empty header is left out."""

    def kind(world: World, _: random.Random) -> Sent:
        named = {"Cookie": world.somebody()} | {name.replace("_", "-"): value for name, value in headers.items()}
        asked = handshake(world.server.port, path or f"/b/{world.board}/live?since=0", named)
        return Sent(asked.replace(b"GET", method, 1).replace(b"\r\n\r\n", b"\r\n" + extra + b"\r\n", 1), expected)

    return kind


def seated(cookie: str, *expected: str) -> Kind:
    """A socket that is opened with a cookie which opens nothing here: "stranger", or anything else as it stands."""

    def kind(world: World, _: random.Random) -> Sent:
        held = world.stranger if cookie == "stranger" else cookie.replace("BOARD", world.board)
        return Sent(b"", expected, f"/b/{world.board}/live?since=0", held)

    return kind


def text(said: object, *expected: str) -> Kind:
    """A whole message."""
    words = said if isinstance(said, str) else json.dumps(said)
    return live(piece(TEXT, words.encode("utf-8", "surrogatepass")), *(expected or (NOT_UNDERSTOOD,)))


def noise(chance: random.Random) -> bytes:
    """Masked frames of no protocol: whatever their bits say."""
    return b"\x8f\x83" + chance.randbytes(40)


def control(chance: random.Random) -> bytes:
    """A ping longer than a ping may be."""
    return piece(PING, chance.randbytes(chance.randint(126, 2_000)))


def broken_text(chance: random.Random) -> bytes:
    """A message whose bytes are no UTF-8."""
    return piece(TEXT, b'{"typing": "' + bytes([chance.randint(0xF8, 0xFF)]) + b'"}')


def binary(chance: random.Random) -> bytes:
    """A page says nothing in binary."""
    return piece(BINARY, chance.randbytes(chance.randint(1, 500)))


def deep(chance: random.Random) -> bytes:
    """JSON as deep as a message can be."""
    depth = chance.randint(500, 1_900)
    return piece(TEXT, b"[" * depth + b"]" * depth)


FRAMES: dict[str, Kind] = {
    "not masked": live(piece(TEXT, b"{}", masked=False), BROKEN),
    "first reserved bit: compressed, not agreed": live(piece(TEXT, b"x", bits=0x40), BROKEN),
    "other reserved bits": live(piece(TEXT, b"x", bits=0x30), BROKEN),
    "reserved opcode": live(piece(3, b"x"), BROKEN),
    "reserved control opcode": live(piece(0xB, b"x"), BROKEN),
    "bits of nothing": drawn(noise, BROKEN),
    "control frame too long": drawn(control, BROKEN),
    "control frame in pieces": live(piece(PING, b"x", last=False), BROKEN),
    "messages in each other": live(piece(TEXT, b"a", last=False) + piece(TEXT, b"b"), BROKEN),
    "goes on with nothing": live(piece(CONTINUATION, b"x"), BROKEN),
    "empty pieces without end": live(
        piece(TEXT, b"", last=False) + piece(CONTINUATION, b"", last=False) * 400, TOO_OFTEN
    ),
    "length of 2^63": live(b"\x81\xff" + struct.pack(">Q", 2**63) + b"\1\2\3\4", BROKEN, TOO_BIG),
    "says it is a gigabyte": live(b"\x81\xff" + struct.pack(">Q", 2**30) + b"\1\2\3\4", TOO_BIG),
    "large in pieces": live(piece(TEXT, b"x" * 9_000, last=False) + piece(CONTINUATION, b"x" * 9_000), TOO_BIG),
    "cut short": live(piece(TEXT, b'{"seen": 1}')[:-3], "1006", halves=True),
    "a byte at a time": live(piece(TEXT, b"no message"), NOT_UNDERSTOOD, apart=True),
    "no UTF-8": drawn(broken_text, NOT_UTF8),
    "no UTF-8 across pieces": live(piece(TEXT, b"\xc3", last=False) + piece(CONTINUATION, b"("), NOT_UTF8),
    "half a character of UTF-16": text('{"typing": "\ud800"}', NOT_UTF8),
    "close of one byte": live(piece(CLOSE, b"\x03"), BROKEN),
    "close with a code that is none": live(piece(CLOSE, struct.pack(">H", 1005)), BROKEN),
    "close with a code below all": live(piece(CLOSE, struct.pack(">H", 999)), BROKEN),
    "close whose reason is no UTF-8": live(piece(CLOSE, b"\x03\xe8\xff"), NOT_UTF8),
    "goes on after its close": live(piece(CLOSE, b"\x03\xe8") + piece(TEXT, b"and") * 3, "1000"),
    "pings without end": live(piece(PING, b"x") * 400, TOO_OFTEN),
    "pongs without end": live(piece(PONG, b"x") * 400, TOO_OFTEN),
    "messages without end": live(piece(TEXT, b'{"seen": 0}') * 400, TOO_OFTEN),
    "longer than a page says anything": live(piece(TEXT, b'"' + b"x" * 5_000 + b'"'), TOO_BIG),
    "binary": drawn(binary, NOT_UNDERSTOOD),
    "empty message": live(piece(TEXT, b""), NOT_UNDERSTOOD),
    "no JSON": text("seen: 1"),
    "a list": text([1]),
    "a number": text(7),
    "depth": drawn(deep, NOT_UNDERSTOOD),
    "digits": text('{"seen": ' + "9" * 4_000 + "}"),
    "NaN": text('{"seen": NaN}'),
    "minus infinity": text('{"seen": -Infinity}'),
    "a name of 3 KB": text({"k" * 3_000: 1}),
    "unknown message": text({"subscribe": "everything"}),
    "a field too many": text({"seen": 1, "board": "other"}),
    "a text for a number": text({"seen": "1"}),
    "true for a number": text({"seen": True}),
    "negative": text({"seen": -1}),
    "a fraction": text({"seen": 0.5}),
    "a number of 2^63": text({"seen": 2**63}),
    "a number from the future": text({"seen": 10**15}, HEARD),
    "the same name twice": text('{"seen": 0, "seen": 1}', HEARD),
    "half a character, escaped": text('{"typing": "\\ud800"}', HEARD),
    "NUL": text('{"typing": "\\u0000"}', HEARD),
    "a part that there is not": text({"typing": "note:../../x"}, HEARD),
    "__proto__": text({"__proto__": {"seen": 1}}),
    "constructor": text({"constructor": {"prototype": 1}}),
    "a second hello": text({"since": 0, "epoch": ""}),
    "a command": text({"do": "board.lock", "id": "abcdefgh"}),
    "pen: text": pen(piece(TEXT, b"{}"), "4400"),
    "pen: nothing": pen(piece(BINARY, b""), "4400"),
    "pen: a message that there is not": pen(piece(BINARY, b"\x07\x07"), "4400"),
    "pen: an update that says it is long": pen(piece(BINARY, b"\0\2\xff\xff\xff\xff\x0f"), "4400"),
    "pen: an update of many writers": pen(piece(BINARY, b"\0\2\x06\xff\xff\xff\xff\x0f\0"), "4400"),
    "pen: numbers without end": pen(piece(BINARY, b"\0\2" + b"\xff" * 60), "4400"),
    "pen: cut short": pen(piece(BINARY, b"\0"), "4400"),
    "pen: large": pen(piece(BINARY, b"\0" * 17_000), TOO_BIG),
    "pen: a flood": pen(piece(BINARY, b"\0\0\1\0") * 300, TOO_OFTEN),
    "pen: no such headline": pen(b"", "4404", headline="nothing"),
    "pen: a headline that is a path": pen(b"", "403", headline="..%2f..%2fx"),
    "no key": upgrade("400", Sec_WebSocket_Key=""),
    "a key that is none": upgrade("400", Sec_WebSocket_Key="x"),
    "two keys": upgrade("400", extra=b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"),
    "an old version": upgrade("426", "400", Sec_WebSocket_Version="8"),
    "headers of 100 KB": upgrade("431", X_Long="x" * 100_000),
    "cookies of 40 KB": upgrade("431", Cookie="a=" + "x" * 40_000),
    "another site": upgrade("403", Origin="https://elsewhere.example"),
    "no site": upgrade("403", Origin="null"),
    "a site that is ours up to there": upgrade("403", Origin="http://127.0.0.1.elsewhere.example"),
    "by POST": upgrade("400", "405", method=b"POST"),
    "a board that there is not": upgrade("101", path="/b/zzzzzzzz/live"),
    "an address that there is not": upgrade("403", path="/b/zzzzzzzz/nothing"),
    "no seat": seated("", "4401"),
    "another board's seat": seated("stranger", "4401"),
    "a forged seat": seated("flipchart-BOARD=eyJib2FyZCI6IngifQ.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "4401"),
    "a seat of noise": seated("flipchart-BOARD=%00%ff;;=;", "4401"),
}
