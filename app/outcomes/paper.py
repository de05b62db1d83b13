"""The blocks that the pages of a report are built of: words with their language and direction, made fit for print."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.outcomes.wording import Wording, leftward
from app.printing.coverage import uncovered

Said = dict[str, Any]
Block = dict[str, Any]
# A word that is longer may break anywhere; in scripts that join their letters none does.
_LONG: Final = re.compile(r"[^\s\u0590-\u08ff\u0900-\u097f]{25,}")
# What no page may hold, not even undrawn: controls, and marks of formats that no font knows.
_UNSET: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u070f\u0890\u0891\u1680\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_BREAK: Final = "\u200b"
EVERY: Final = 8


def said(text: str, words: Wording, language: str = "") -> Said:
    """Words to be set: in which language, and read from which side."""
    rtl = leftward(text) if any(letter.isalpha() for letter in text) else words.rtl
    return {"text": shown(text, words), "language": (language or words.language).partition("-")[0], "rtl": rtl}


def in_print(words: Wording) -> Wording:
    """The words of a language without the letters that no font has."""
    texts = {english: _without(text, uncovered(text)) for english, text in words.texts.items()}
    phrases = {
        family: {key: _without(text, uncovered(text)) for key, text in told.items()}
        for family, told in words.phrases.items()
    }
    return replace(words, texts=texts, phrases=phrases)


def _without(text: str, missing: str) -> str:
    return " ".join(text.translate(dict.fromkeys(map(ord, missing))).split()) if missing else text


def shown(text: str, words: Wording) -> str:
    """The text as it can be printed: what no font has letters for is not drawn as boxes but said to be missing."""
    text = _UNSET.sub("", text)
    if missing := uncovered(text):
        kept = _without(text, missing)
        note = words.say("[letters that cannot be printed: see the data files]")
        text = f"{kept} {note}" if kept else note
    return _LONG.sub(lambda long: _BREAK.join(_parts(long[0])), text)


def _parts(word: str) -> list[str]:
    """Pieces of a long word, none of them begun by a mark that belongs to the letter before."""
    parts = [word[at : at + EVERY] for at in range(0, len(word), EVERY)]
    return [word] if any(not part[0].isalnum() for part in parts) and not word.isascii() else parts


def section(title: str, words: Wording) -> Block:
    """A heading of the first order."""
    return {"kind": "section", "said": said(title, words)}


def heading(title: str, words: Wording, language: str = "") -> Block:
    """A heading of the second order."""
    return {"kind": "heading", "said": said(title, words, language), "mark": ""}


def sub(title: str, words: Wording) -> Block:
    """A heading of the third order, which stands in no contents."""
    return {"kind": "sub", "said": said(title, words)}


def text(told: str, words: Wording, language: str = "") -> Block:
    """A paragraph."""
    return {"kind": "text", "said": said(told, words, language)}


def quiet(told: str, words: Wording, language: str = "") -> Block:
    """A paragraph that says how, not what."""
    return {"kind": "quiet", "said": said(told, words, language)}


def items(told: Sequence[Sequence[Said]]) -> Block:
    """A list, each of whose items is made of some words after the other."""
    return {"kind": "items", "items": told}


def table(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[Said]], widths: Sequence[int], words: Wording
) -> Block:
    """A table; `widths` are parts of the whole."""
    shared = {"kind": "table", "caption": shown(caption, words), "header": list(header)}
    return shared | {"rows": rows, "widths": widths}
