"""What words need to be set large: where lines may break, which way they run, how high and deep their script stands."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from app.board.clusters import clusters, is_picture

# Between two words that may stand on two lines, with nothing between them on one.
BREAK: Final = "\u200b"
LONGEST_WORD: Final = 40
LONG_WORD: Final = 14

# How far letters stand above and below their line, and how far lines stand apart, in parts of their size.
Shape = Mapping[str, float]
_LATIN: Final[Shape] = {"top": 0.72, "depth": 0.2, "lead": 0.96}
_SHAPES: Final[Mapping[str, Shape]] = {
    "ARABIC": {"top": 1.0, "depth": 0.34, "lead": 1.46},
    "DEVANAGARI": {"top": 0.98, "depth": 0.36, "lead": 1.4},
    "HEBREW": {"top": 0.78, "depth": 0.22, "lead": 1.12},
    "CYRILLIC": {"top": 0.74, "depth": 0.24, "lead": 1.06},
    "GREEK": {"top": 0.78, "depth": 0.24, "lead": 1.08},
    "EMOJI": {"top": 0.88, "depth": 0.2, "lead": 1.16},
}
# French sets these apart, and never at the beginning of a line.
_BEFORE: Final = re.compile(r" (?=[:;!?»%])")
_AFTER: Final = re.compile(r"(?<=«) ")


def set_words(text: str) -> list[str]:
    """The pieces between which lines may break. Very long ones are broken where they have a hyphen, or anywhere."""
    close = _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", text))
    return [piece for word in close.split(" ") if _is_seen(word) for piece in _pieces(word)]


def _is_seen(word: str) -> bool:
    """A word of joiners and marks alone has no width, and could not be made as wide as a line."""
    return any(unicodedata.category(letter) not in ("Cf", "Mn", "Me", "Zs") for letter in word)


def _pieces(word: str) -> list[str]:
    letters = clusters(word)
    if len(letters) > 1 and all(is_picture(letter[0]) for letter in letters):
        return [letter + BREAK for letter in letters[:-1]] + letters[-1:]
    if len(letters) > LONG_WORD and re.search(r"\w-\w", word):
        return re.sub(r"(?<=\w)-(?=\w)", f"-{BREAK} ", word).split(" ")
    if len(letters) > LONGEST_WORD:
        rows = [letters[at : at + LONG_WORD] for at in range(0, len(letters), LONG_WORD)]
        return ["".join(row) + BREAK for row in rows[:-1]] + ["".join(rows[-1])]
    return [word]


def direction(text: str) -> str:
    """ "rtl" or "ltr": that of the first letter that has one (as `dir="auto"` finds it)."""
    for letter in text:
        found = unicodedata.bidirectional(letter)
        if found in ("L", "R", "AL"):
            return "ltr" if found == "L" else "rtl"
    return "ltr"


def is_joined(text: str) -> bool:
    """Does it hold a script whose letters join, so that they must not be moved closer or apart?"""
    return bool({"ARABIC", "DEVANAGARI"} & _scripts(text))


def shape_of(text: str) -> Shape:
    """The room that every script in the text needs."""
    found = [_LATIN, *(_SHAPES[script] for script in _scripts(text))]
    return {name: max(shape[name] for shape in found) for name in ("top", "depth", "lead")}


def _scripts(text: str) -> set[str]:
    named = {unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}
    pictures = {"EMOJI"} if any(is_picture(letter) for letter in text if ord(letter) > 0xFF) else set()
    return (named & _SHAPES.keys()) | pictures
