"""Knows which characters the fonts of the press have letters for, so that nobody is given boxes."""

import json
import unicodedata
from bisect import bisect_right
from functools import cache

from app.printing.sheet import FONTS


@cache
def _spans() -> tuple[tuple[int, int], ...]:
    """From the fonts themselves, written down by bin/vendor: first and last code point of each span."""
    return tuple((first, last) for first, last in json.loads((FONTS / "covered.json").read_text()))


def uncovered(text: str) -> str:
    """The characters that no font of the press has, each once, in the order in which they come; "" when all is well."""
    return "".join(dict.fromkeys(letter for letter in text if not _covered(letter)))


def _covered(letter: str) -> bool:
    spans = _spans()
    at = bisect_right(spans, (ord(letter), 0x10FFFF)) - 1
    if at >= 0 and spans[at][0] <= ord(letter) <= spans[at][1]:
        return True
    # Joiners, marks of direction, variation selectors and spaces are obeyed, not drawn.
    return unicodedata.category(letter) in ("Cf", "Cc", "Zs", "Zl", "Zp") or 0xFE00 <= ord(letter) <= 0xFE0F
