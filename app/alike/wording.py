"""Compares texts word by word, within one language: what there is without the model, and all that it can do."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from app.alike.clustering import Pair

# Articles and the like are short in all of the languages that are written with spaces.
SHORTEST: Final = 4
NEIGHBOURS: Final = 64
FLOOR: Final = 0.50


def compared(texts: Sequence[tuple[str, str]]) -> list[Pair]:
    """Each two of (text, language) in the same language that share enough of their words, in any order."""
    by_language: dict[str, list[int]] = {}
    for at, (_, language) in enumerate(texts):
        by_language.setdefault(language.partition("-")[0], []).append(at)
    return [pair for inside in by_language.values() for pair in _within(texts, inside)]


def _within(texts: Sequence[tuple[str, str]], inside: Sequence[int]) -> Iterator[Pair]:
    bare = [content(texts[at][0]) for at in inside]
    for at, one in enumerate(bare):
        if not one:
            continue
        found = process.extract(
            one, bare[at + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=100 * FLOOR, limit=NEIGHBOURS
        )
        yield from ((inside[at], inside[at + 1 + nth], score / 100) for _, score, nth in found)


def content(text: str) -> str:
    """The words that carry something, without case and accents; all of them where none is long."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in bare).split()
    return " ".join([word for word in words if len(word) >= SHORTEST or not word.isascii()] or words)
