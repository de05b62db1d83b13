"""Where a headline is read, and how much of it is read there; and the hashtag that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from unicodedata import category

from app.board.writing import count

# What these write in one character others write in about two.
DENSE: Final = frozenset({"zh", "ja", "ko"})
APOSTROPHES: Final = "'’ʼ"


@dataclass(frozen=True, slots=True)
class Fit:
    """How many characters (as a person counts them) and words are read there; 0 words is no limit of words."""

    characters: int
    words: int = 0

    def most_in(self, language: str) -> int:
        """The characters for that language, by what its script says in one."""
        return self.characters // 2 if language.partition("-")[0].lower() in DENSE else self.characters


# A billboard is passed in some six seconds: about seven words, as the outdoor trade has it, and hardly more characters
# than one line of a book. A post leaves room for a link; a longer hashtag is cut or mistyped.
FITS: Final[Mapping[str, Fit]] = {
    "billboard": Fit(characters=40, words=8),
    "post": Fit(characters=240),
    "hashtag": Fit(characters=30, words=1),
}


def fits(text: str, name: str) -> bool:
    """Is the text short enough to be read there?"""
    fit = FITS[name]
    return count(text) <= fit.characters and not 0 < fit.words < len(text.split())


def reads_from_a_car(text: str) -> bool:
    """Can whoever drives by read all of it?"""
    return fits(text, "billboard")


def hashtag(text: str) -> str:
    """The text as one word, each of its words begun with a capital; "" where it has no letter."""
    kept = "".join(char if category(char)[0] in "LMN" else " " for char in text if char not in APOSTROPHES)
    joined = "".join(word[0].upper() + word[1:] for word in kept.split())
    return f"#{joined}" if any(char.isalpha() for char in joined) else ""


def measured(text: str, name: str) -> int:
    """How long the text is there, in characters as a person counts them; a hashtag without its sign."""
    return count(hashtag(text)[1:]) if name == "hashtag" else count(text)
