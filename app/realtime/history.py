"""A board's newest entries, kept in memory so that who was away hears what went stale meanwhile."""

from collections import deque
from collections.abc import Iterable

from app.board.board import Board
from app.board.entries import Entry
from app.board.parts import Part, parts_of

KEPT = 2_000


class History:
    """The newest entries, dense and ascending."""

    def __init__(self, entries: Iterable[Entry] = (), *, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(entries, maxlen=kept)
        self._stale: deque[tuple[Part, ...] | None] = deque((None for _ in self._entries), maxlen=kept)

    def add(self, entry: Entry) -> None:
        """Append the next entry; the oldest falls out when there are too many."""
        self._entries.append(entry)
        self._stale.append(None)

    def find(self, seq: int) -> Entry | None:
        """The entry of that seq, if it is still kept."""
        if not self._entries:
            return None
        at = seq - self._entries[0].seq
        return self._entries[at] if 0 <= at < len(self._entries) else None

    def newest(self, most: int) -> list[Entry]:
        """The newest entries, newest first."""
        return [self._entries[-1 - at] for at in range(min(most, len(self._entries)))]

    def stale_since(self, board: Board, seq: int) -> set[Part] | None:
        """The parts that went stale after `seq`, or None when that is too long ago, or ahead of the board."""
        missed = board.seq - seq
        if missed < 0 or missed > len(self._entries):
            return None
        stale: set[Part] = set()
        for at in range(len(self._entries) - missed, len(self._entries)):
            stale.update(self._parts(board, at))
        return stale

    def _parts(self, board: Board, at: int) -> tuple[Part, ...]:
        """What an entry made stale, worked out once: a page that was here was told the same and is right by it.

        What became of these parts later is what later entries made stale.
        """
        parts = self._stale[at]
        if parts is None:
            entry = self._entries[at]
            parts = self._stale[at] = tuple(parts_of(board, entry.before, entry.after))
        return parts
