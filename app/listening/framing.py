"""Knows the bytes of a text message from a server: encoded once, however many connections it is written to."""

from functools import lru_cache
from typing import Final

FINAL_TEXT: Final = 0x81
# A pass tells an audience one text, and those with something of their own another: the shared one stays.
KEPT: Final = 4


@lru_cache(maxsize=KEPT)
def framed(text: str) -> bytes:
    """One whole text frame, unmasked as a server sends it (RFC 6455, 5.2)."""
    body = text.encode()
    size = len(body)
    if size < 126:
        return bytes((FINAL_TEXT, size)) + body
    if size < 65_536:
        return bytes((FINAL_TEXT, 126)) + size.to_bytes(2, "big") + body
    return bytes((FINAL_TEXT, 127)) + size.to_bytes(8, "big") + body
