"""Finds the frames in the bytes of a WebSocket, as far as one has to in order to lose or double one."""

import zlib
from dataclasses import dataclass

CONTROL = 0x8
DEFLATED = 0x40
LENGTHS = {126: 2, 127: 8}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as it stands on the wire; `payload` is unmasked and inflated."""

    opcode: int
    payload: bytes
    raw: bytes

    @property
    def is_control(self) -> bool:
        """A ping, a pong or a close."""
        return bool(self.opcode & CONTROL)


def frames_of(stream: bytes) -> tuple[list[Frame], bytes]:
    """The whole frames at the beginning of a stream, and the bytes of one that has only begun."""
    found: list[Frame] = []
    while frame := _first(stream):
        found.append(frame)
        stream = stream[len(frame.raw) :]
    return found, stream


def _first(stream: bytes) -> Frame | None:
    if len(stream) < 2:
        return None
    short, masked = stream[1] & 0x7F, bool(stream[1] & 0x80)
    at = 2 + LENGTHS.get(short, 0)
    if len(stream) < at:
        return None
    size = int.from_bytes(stream[2:at]) if short in LENGTHS else short
    begins = at + 4 * masked
    if len(stream) < begins + size:
        return None
    payload = stream[begins : begins + size]
    if masked:
        payload = bytes(byte ^ stream[at + n % 4] for n, byte in enumerate(payload))
    if stream[0] & DEFLATED:
        payload = zlib.decompressobj(-zlib.MAX_WBITS).decompress(payload + b"\x00\x00\xff\xff")
    return Frame(stream[0] & 0x0F, payload, stream[: begins + size])
