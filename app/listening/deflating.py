"""Knows the bytes of a text message that is deflated (RFC 7692): once for everybody, and no message refers to another.

What everybody gets and what is one line's own are blocks of their own, put together without being deflated again: how
long a message is tells nothing of how much the two have in common.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from websockets.exceptions import NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

from app.listening.framing import framed, framed_with, header, size_of
from app.realtime.wire import END

DEFLATED_TEXT: Final = 0xC1
# Shorter texts gain little. Own ones are most often as short as one note.
LEAST: Final = 500
LEAST_OWN: Final = 4_000
LEVEL: Final = 3
# More than plain ones: who comes back gets what many others got too, and it is dear to make.
KEPT: Final = 16
# Where a block ends; a message is sent without the last of them (RFC 7692, 7.2.1).
FLUSHED: Final = b"\x00\x00\xff\xff"
MOST_STORED: Final = 0xFFFF


class Inflating(PerMessageDeflate):
    """What comes is inflated, up to the size of any message; what the server sends by itself goes as it is."""

    def encode(self, frame: Frame) -> Frame:
        """Each would be deflated for one line alone."""
        return frame


class Deflating(ServerPerMessageDeflateFactory):
    """Agreed to if the other side takes any window; nothing is kept between messages, in either direction.

    So a quiet line costs no memory, and what is deflated once can be sent to everybody.
    """

    def __init__(self) -> None:
        super().__init__(server_no_context_takeover=True, client_no_context_takeover=True)

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """Raises NegotiationError."""
        said, agreed = super().process_request_params(params, accepted_extensions)
        if agreed.local_max_window_bits < zlib.MAX_WBITS:
            raise NegotiationError("a smaller window is asked for")
        return said, Inflating(True, True, agreed.remote_max_window_bits, agreed.local_max_window_bits)


@lru_cache(maxsize=KEPT)
def deflated(text: str) -> bytes:
    """One whole frame, unmasked as a server sends it; a short one, or one that no frame ends with, as it is."""
    if len(text) < LEAST or not text.endswith(END):
        return framed(text)
    body = _block(text.removesuffix(END)) + LAST
    return header(len(body), DEFLATED_TEXT) + body


def deflated_with(text: str, own: str) -> bytes:
    """The frame of `app.realtime.wire.with_own(text, own)`: the text, which everybody gets, is not deflated again."""
    shared = deflated(text)
    if shared[0] != DEFLATED_TEXT:
        return framed_with(text, own)
    more = _block(own) if len(own) >= LEAST_OWN else _stored(own.encode())
    size = size_of(shared)
    before = memoryview(shared)[len(shared) - size : -len(LAST)]
    return b"".join((header(size + len(more), DEFLATED_TEXT), before, more, LAST))


def _block(text: str) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)


def _stored(body: bytes) -> bytes:
    """Blocks of bytes as they are (RFC 1951, 3.2.4)."""
    pieces = (body[start : start + MOST_STORED] for start in range(0, len(body), MOST_STORED))
    return b"".join(
        b"\x00" + len(piece).to_bytes(2, "little") + (len(piece) ^ 0xFFFF).to_bytes(2, "little") + piece
        for piece in pieces
    )


LAST: Final = _block(END).removesuffix(FLUSHED)
