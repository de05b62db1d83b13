"""A board's newest entries, kept in memory so that who was away hears what went stale meanwhile."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from app.board.board import Board
from app.board.entries import Entry
from app.board.parts import Part, parts_of

KEPT = 2_000
# An entry a second comes of each version that people write together: no single one of them is an act.
STROKES = "headline.cowrite"
# Seconds without a stroke after which it is another sitting.
SITTING = 60.0


class History:
    """The newest entries, dense and ascending."""

    def __init__(self, entries: Iterable[Entry] = (), *, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(entries, maxlen=kept)
        self._stale: deque[tuple[Part, ...] | None] = deque((None for _ in self._entries), maxlen=kept)
        self._acts: deque[Entry] = deque((each for each in self._entries if each.what != STROKES), maxlen=kept)

    def add(self, entry: Entry) -> None:
        """Append the next entry; the oldest falls out when there are too many."""
        self._entries.append(entry)
        self._stale.append(None)
        if entry.what != STROKES:
            self._acts.append(entry)

    def find(self, seq: int) -> Entry | None:
        """The entry of that seq, if it is still kept; of what is written together, the sitting that led up to it."""
        at = seq - self._entries[0].seq if self._entries else -1
        if not 0 <= at < len(self._entries):
            return next((act for act in self._acts if act.seq == seq), None)
        found = self._entries[at]
        return self._sitting(found, at) if found.what == STROKES else found

    def _sitting(self, last: Entry, at: int) -> Entry:
        """As one entry: what the first stroke found, and what the last one left."""
        sitting, since = last, last.at
        for earlier in (self._entries[before] for before in range(at - 1, -1, -1)):
            if not earlier.after.keys() & last.after.keys():
                continue
            if earlier.what != STROKES or since - earlier.at > SITTING:
                break
            since = earlier.at
            before, after = {**sitting.before, **earlier.before}, {**earlier.after, **sitting.after}
            sitting = replace(sitting, before=before, after=after)
        return sitting

    def acts(self, most: int) -> list[Entry]:
        """The newest acts, newest first: what people write together pushes none of them out."""
        return [self._acts[-1 - at] for at in range(min(most, len(self._acts)))]

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
