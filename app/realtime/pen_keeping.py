"""How the board is asked to keep what people wrote together, and what comes of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from app.board.asking import Refused
from app.board.board import Board
from app.board.headlines import HeadlineCowrite
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.board.records import Version
from app.realtime.pen_document import Document, Gone

# What comes of asking, beside "kept": these are asked again.
LATER: Final = ("changed-since", "storage-full", "unknown")

# The board's epoch, the entry that changed the words last, and the state that is kept with them.
Seen = tuple[str, int, str]
Submit = Callable[[str, HeadlineCowrite, str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is being asked to keep: the words as they stood in the document, the state with them, whose."""

    document: Document
    words: str
    pen: str
    hands: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, hands: Sequence[str], gone: Gone = lambda _: False) -> "Asked":
        """As it is written by now, but for what whoever is `gone` wrote.

        A document of which something is not asked, or that grew too long, is left behind.
        """
        stay = tuple(person for person in hands if not gone(person))
        if len(stay) < len(hands):
            return cls(document, document.own_text(gone), "", stay)
        return cls(document, document.text, "" if document.is_full else document.kept, stay)

    def command(self, headline: str, language: str, at: Seen) -> HeadlineCowrite:
        """As whoever wrote it asks for it."""
        life, base, _ = at
        return HeadlineCowrite(
            headline=headline, language=language, text=self.words, base=base, pen=self.pen, life=life
        )


def seen(board: Board, version: Version | None) -> Seen:
    """Where a version is by that: in another life of the board its words may have gone for good."""
    return (board.epoch, version.text_seq, version.pen) if version is not None else (board.epoch, 0, "")


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
