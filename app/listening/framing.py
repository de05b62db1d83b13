"""Knows the bytes of a text message from a server: encoded once, however many connections it is written to."""

from functools import lru_cache
from typing import Final

from app.realtime.wire import END

FINAL_TEXT: Final = 0x81
# The texts of a board's audiences: a few, and again at its next pass.
KEPT: Final = 4


@lru_cache(maxsize=KEPT)
def framed(text: str) -> bytes:
    """One whole text frame, unmasked as a server sends it (RFC 6455, 5.2)."""
    body = text.encode()
    return header(len(body)) + body


def framed_with(text: str, own: str) -> bytes:
    """The frame of `app.realtime.wire.with_own(text, own)`: the text, which everybody gets, is not encoded again."""
    shared, more, end = framed(text), own.encode(), END.encode()
    size = size_of(shared)
    return b"".join((header(size + len(more)), memoryview(shared)[len(shared) - size : -len(end)], more, end))


def header(size: int, first: int = FINAL_TEXT) -> bytes:
    """What stands before a body of so many bytes."""
    if size < 126:
        return bytes((first, size))
    if size < 65_536:
        return bytes((first, 126)) + size.to_bytes(2, "big")
    return bytes((first, 127)) + size.to_bytes(8, "big")


def size_of(frame: bytes) -> int:
    """How many of a frame's bytes are its body."""
    return len(frame) - {126: 4, 127: 10}.get(frame[1], 2)
