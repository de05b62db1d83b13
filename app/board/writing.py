"""What a person may write: text made tidy, told blank, counted, and compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from app.board.clusters import ZWJ, ZWNJ, clusters, count, is_mark, is_modifier, is_picture

__all__ = ["clusters", "count", "fold", "is_blank", "tidy"]

MARKS_PER_CHARACTER = 4

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# A lone no-break space is good typography (French writes one before a question mark): it stays.
_SPACES = re.compile("[\u00a0\u202f]{2,}|[^\\S\n]*[^\\S\n\u00a0\u202f][^\\S\n]*")
_FLAG_OF_A_NATION = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Default-ignorable code points (UAX #44) other than the joiners, selectors and tags judged below:
# nobody sees them, so they can only hide or reorder something.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
# Letters and signs that stand for themselves: Latin, Greek and Cyrillic with their punctuation, kana, Han and Hangul.
# No mark, selector, joiner or control is among them: in a text of them there is nothing to be looked for.
_PLAIN = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u20a0-\u20c0\u3001-\u3029"
    "\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]*"
)
_CURSIVE_OR_JOINED = (
    (0x0600, 0x08FF), (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0x1A20, 0x1BFF),
    (0xA840, 0xA9FF), (0xAA60, 0xAAFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0x10A00, 0x11FFF),
    (0x1E900, 0x1E95F),
)  # fmt: skip
_SPELT_ALIKE: Mapping[int, str] = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
     "ŧ": "t", "ŋ": "n", "ə": "e", "’": "'", "ʼ": "'", "ʻ": "'", "‘": "'"}
)  # fmt: skip


def tidy(text: str, *, lines: bool = False) -> str:
    """`text` as it may be kept: in NFC (UAX #15), with nothing in it that a reader cannot see.

    Removed: controls, bidi overrides and isolates, other invisible characters, lone surrogates,
    non-characters, and marks past the fourth on one character. Joiners, variation selectors and
    tags stay where a script or an emoji needs them. Runs of white space become one space; with
    `lines`, line ends stay and at most one empty line in a row. Tidying twice is tidying once.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    if _PLAIN.fullmatch(text):
        return _spaced(unicodedata.normalize("NFC", text), lines=lines)
    text = "".join(char for char in text if not _is_forbidden(char))
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    # What goes may have kept two marks apart, or been what a joiner joined: look again.
    while (kept := unicodedata.normalize("NFC", _well_joined(text))) != text:
        text = kept
    return _spaced(text, lines=lines)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing at all of `text`."""
    return all(_leaves_no_ink(char) for char in tidy(text))


def fold(text: str) -> str:
    """A key under which spellings that differ by case, accents or vowel points are the same.

    Marks of Latin, Greek, Cyrillic, Arabic and Hebrew go; the vowels of Indic and Thai, and the
    voicing of kana, are letters to their readers and stay.
    """
    # U+0130 folds to "i" and a mark, and some letters fold only once they are taken apart: twice.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return " ".join(unicodedata.normalize("NFC", apart.translate(_comparable())).split())


def _is_forbidden(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cc":
        return char != "\n"
    point = ord(char)
    return category == "Cs" or 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def _well_joined(text: str) -> str:
    kept: list[str] = []
    marks = 0
    tags = {at for flag in _FLAG_OF_A_NATION.finditer(text) for at in range(*flag.span())}
    for at, char in enumerate(text):
        before, after = kept[-1] if kept else "", text[at + 1 : at + 2]
        if char in (ZWJ, ZWNJ):
            fits = _may_join(before, char, after)
        elif _is_selector(char):
            fits = _may_select(before, char, after)
        elif "\U000e0020" <= char <= "\U000e007f":
            fits = at in tags
        elif is_mark(char):
            marks += 1
            fits = marks <= MARKS_PER_CHARACTER and bool(before) and not before.isspace()
        else:
            marks, fits = 0, True
        if fits:
            kept.append(char)
    return "".join(kept)


def _may_join(before: str, joiner: str, after: str) -> bool:
    if not before or not after:
        return bool(before) and joiner == ZWJ and _is_cursive_or_joined(before)
    if joiner == ZWNJ:
        return _is_cursive_or_joined(before) and _is_cursive_or_joined(after)
    in_emoji = is_picture(before) or is_modifier(before) or before == "\ufe0f"
    return _is_cursive_or_joined(before) or (in_emoji and is_picture(after))


def _is_cursive_or_joined(char: str) -> bool:
    if unicodedata.category(char)[0] not in "LM":
        return False
    point = ord(char)
    return any(first <= point <= last for first, last in _CURSIVE_OR_JOINED)


def _is_selector(char: str) -> bool:
    point = ord(char)
    return 0xFE00 <= point <= 0xFE0F or 0x180B <= point <= 0x180D or point == 0x180F or 0xE0100 <= point <= 0xE01EF


def _may_select(before: str, selector: str, after: str) -> bool:
    if not before:
        return False
    if selector in "\ufe0e\ufe0f":
        return is_picture(before) or (before in "0123456789#*" and after == "\u20e3")
    if "\u1800" <= selector <= "\u18af":
        return "\u1800" <= before <= "\u18af" and before.isalpha()
    return unicodedata.category(before) in ("Lo", "Sm", "So")


def _spaced(text: str, *, lines: bool) -> str:
    if not lines:
        return _SPACES.sub(" ", text.replace("\n", " ")).strip()
    rows = [_SPACES.sub(" ", row).strip() for row in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(rows)).strip()


def _leaves_no_ink(char: str) -> bool:
    return char.isspace() or char == "\u2800" or unicodedata.category(char) in ("Cf", "Mn", "Me")


@cache
def _comparable() -> Mapping[int, str | None]:
    """What becomes of a character that is not compared: no accent, a plain letter."""
    marks = range(0x0300, 0x1E94B)
    accents = {point: None for point in marks if _is_accent(unicodedata.combining(chr(point)))}
    return {**accents, **_SPELT_ALIKE}


def _is_accent(place: int) -> bool:
    """Whether a mark of that canonical combining class (UAX #44) is an accent or a vowel point."""
    return place == 1 or 10 <= place <= 36 or 200 <= place <= 240
