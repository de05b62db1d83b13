"""How the board is asked to keep what people wrote together, and what comes of it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from app.board.asking import Refused
from app.board.headlines import HeadlineCowrite
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.realtime.pen_document import Document

# What comes of asking, beside "kept": these are asked again.
LATER: Final = ("changed-since", "storage-full", "unknown")

Submit = Callable[[str, HeadlineCowrite, str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is being asked to keep: the words as they stood in the document, the state with them, whose."""

    document: Document
    words: str
    pen: str
    hands: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, hands: Iterable[str]) -> "Asked":
        """As it is written by now; a document that grew too long is left behind."""
        return cls(document, document.text, "" if document.is_full else document.kept, tuple(hands))


async def outcome(submit: Submit, person: str, command: HeadlineCowrite) -> str:
    """Ask once: "kept", one of `LATER`, "too-long", or "refused"."""
    try:
        await submit(person, command, uuid4().hex)
    except Refused as refused:
        return refused.code if refused.code in ("too-long", "changed-since") else "refused"
    except StorageFull:
        return "storage-full"
    except OutcomeUnknown:
        return "unknown"
    return "kept"
