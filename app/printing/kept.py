"""Knows what was printed lately: by content, the oldest forgotten first, never more than so many bytes."""

from collections import OrderedDict


class Kept:
    """Prints by the digest of their sheet; one that is larger than a quarter of the room is not kept."""

    def __init__(self, room: int) -> None:
        self._room, self._weight = room, 0
        self._prints: OrderedDict[str, bytes] = OrderedDict()

    @property
    def weight(self) -> int:
        """How many bytes are kept."""
        return self._weight

    def find(self, digest: str) -> bytes | None:
        """What was printed for it, used just now."""
        if digest in self._prints:
            self._prints.move_to_end(digest)
        return self._prints.get(digest)

    def clear(self) -> None:
        """Keep nothing."""
        self._prints.clear()
        self._weight = 0

    def keep(self, digest: str, made: bytes) -> None:
        """Keep what was printed; what was not asked for longest makes room."""
        if len(made) > self._room // 4 or digest in self._prints:
            return
        self._prints[digest] = made
        self._weight += len(made)
        while self._weight > self._room:
            self._weight -= len(self._prints.popitem(last=False)[1])
