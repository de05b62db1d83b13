"""The pen's messages: those of the yjs protocol, read before anything believes them, and written."""

from enum import Enum
from typing import Final

from app.realtime.pen_document import TooMuch
from app.realtime.pen_updates import NotUnderstood, Reader, sized

NOT_UNDERSTOOD, RESTS, ANOTHER, TOO_BIG, TOO_MANY = 4400, 4409, 4412, 1009, 1013
SYNC, AWARENESS, QUERY = 0, 1, 3
MOST_OF_A_MESSAGE: Final = 16 * 1024


class Said(Enum):
    """What a message says, by its first bytes: what one knows, what the other lacks of it, a stroke, who is here."""

    LACKS = (SYNC, 0)
    HAS = (SYNC, 1)
    WROTE = (SYNC, 2)
    IS = (AWARENESS,)
    WHO = (QUERY,)


def understood(message: bytes) -> tuple[Said, bytes]:
    """What it says, and of what. Raises NotUnderstood and TooMuch."""
    if len(message) > MOST_OF_A_MESSAGE:
        raise TooMuch
    reader = Reader(message)
    kind = reader.number()
    try:
        what = Said((kind, reader.number()) if kind == SYNC else (kind,))
    except ValueError:
        raise NotUnderstood from None
    said = reader.bytes() if what is not Said.WHO else b""
    reader.end()
    return what, said


def synced(what: Said, said: bytes) -> bytes:
    """A step of syncing."""
    return bytes(what.value) + sized(said)


def introduced(company: bytes) -> bytes:
    """Who is here, in the form of y-protocols' awareness."""
    return bytes(Said.IS.value) + sized(company)
