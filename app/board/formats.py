"""Where a headline is read, and how much of it is read there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.board.clusters import clusters


@dataclass(frozen=True, slots=True)
class Fit:
    """How many characters (as a person counts them) and words are read there; 0 words is no limit of words."""

    characters: int
    words: int = 0


# A billboard is passed in some six seconds: about seven words, as the outdoor trade has it, and hardly more characters
# than one line of a book. A post leaves room for a link; a longer hashtag is cut or mistyped.
FITS: Final[Mapping[str, Fit]] = {
    "billboard": Fit(characters=50, words=8),
    "post": Fit(characters=240),
    "hashtag": Fit(characters=30, words=1),
}


def fits(text: str, name: str) -> bool:
    """Is the text short enough to be read there?"""
    fit = FITS[name]
    return len(clusters(text)) <= fit.characters and not 0 < fit.words < len(text.split())


def reads_from_a_car(text: str) -> bool:
    """Can whoever drives by read all of it?"""
    return fits(text, "billboard")
