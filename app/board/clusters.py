"""How many characters a person counts in a text: the grapheme clusters of UAX #29, simplified."""

from __future__ import annotations

import unicodedata

# A cluster has no upper bound in UAX #29, so a whole novel can hide in one "character". The longest
# emoji in use (two people, two skins, a heart, a kiss) has ten code points; from here on we count.
LONGEST_CLUSTER = 16

ZWNJ = "\u200c"
ZWJ = "\u200d"

_PICTURES = (
    (0x00A9, 0x00A9), (0x00AE, 0x00AE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122),
    (0x2139, 0x2139), (0x2194, 0x21AA), (0x231A, 0x23FF), (0x24C2, 0x24C2), (0x25AA, 0x27BF),
    (0x2934, 0x2935), (0x2B05, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3299),
    (0x1F000, 0x1F1E5), (0x1F200, 0x1F3FA), (0x1F400, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd")
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2")
_KEPT_LEFT = frozenset("\u0e33\u0eb3\uff9e\uff9f" + ZWNJ + ZWJ)


def count(text: str) -> int:
    """The number of characters a person sees in `text`, after NFC.

    Unicode Standard Annex #29 (extended grapheme clusters) from the properties in `unicodedata`:
    marks, emoji sequences, flags, keycaps, Hangul syllables and Indic conjuncts count as one. A
    cluster longer than `LONGEST_CLUSTER` code points counts once more for each further such stretch.
    """
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(-(-len(cluster) // LONGEST_CLUSTER) for cluster in clusters(text))


def clusters(text: str) -> list[str]:
    """`text`, in NFC, cut into what a person takes for single characters."""
    text = unicodedata.normalize("NFC", text)
    found: list[str] = []
    for char in text:
        if found and _belongs(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def is_picture(char: str) -> bool:
    """Whether `char` may begin an emoji sequence (about `Extended_Pictographic` of UTS #51)."""
    point = ord(char)
    return any(first <= point <= last for first, last in _PICTURES)


def is_modifier(char: str) -> bool:
    """Whether `char` is one of the five skin colours of UTS #51."""
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def is_mark(char: str) -> bool:
    """Whether `char` is drawn on, around or after the character before it."""
    return unicodedata.category(char)[0] == "M"


def _belongs(cluster: str, char: str) -> bool:
    last = cluster[-1]
    if cluster == "\r" and char == "\n":
        return True
    if _breaks(last) or _breaks(char):
        return False
    if _extends(char) or last in _PREPENDED:
        return True
    return (
        _is_second_of_flag(cluster, char)
        or (is_picture(char) and _awaits_picture(cluster))
        or _completes_syllable(last, char)
        or _continues_conjunct(cluster, char)
    )


def _breaks(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cf":
        return char not in _KEPT_LEFT and char not in _PREPENDED and not _is_tag(char)
    return category in ("Cc", "Zl", "Zp", "Cs")


def _extends(char: str) -> bool:
    return is_mark(char) or char in _KEPT_LEFT or is_modifier(char) or _is_tag(char)


def _is_tag(char: str) -> bool:
    return "\U000e0020" <= char <= "\U000e007f"


def _is_second_of_flag(cluster: str, char: str) -> bool:
    return len(cluster) == 1 and _is_regional(cluster) and _is_regional(char)


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _awaits_picture(cluster: str) -> bool:
    return cluster[-1] == ZWJ and cluster[-2:-1] != ZWJ and is_picture(cluster[0])


def _completes_syllable(last: str, char: str) -> bool:
    before, after = _hangul(last), _hangul(char)
    match before:
        case "L":
            return after in ("L", "V", "LV", "LVT")
        case "V" | "LV":
            return after in ("V", "T")
        case "T" | "LVT":
            return after == "T"
    return False


def _hangul(char: str) -> str:
    """The part of a Hangul syllable that `char` is (UAX #29, Hangul_Syllable_Type), or nothing."""
    if "\uac00" <= char <= "\ud7a3":
        return "LV" if (ord(char) - 0xAC00) % 28 == 0 else "LVT"
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb":
        return "T"
    return ""


def _continues_conjunct(cluster: str, char: str) -> bool:
    """Rule GB9c: consonant, linker, consonant are one, with joiners and other marks in between."""
    if not _is_consonant(char):
        return False
    linked = False
    for before in reversed(cluster):
        if before in _LINKERS:
            linked = True
        elif before != ZWJ and unicodedata.category(before) != "Mn":
            return linked and _is_consonant(before)
    return False


def _is_consonant(char: str) -> bool:
    point = ord(char)
    if 0x0900 <= point <= 0x0D7F:
        # The blocks of these scripts share one layout: 0x80 apart, consonants in the same places.
        block, place = divmod(point, 0x80)
        written_joined = block in (0x12, 0x13, 0x15, 0x16, 0x18, 0x1A)
        return written_joined and (0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F)
    return 0x1000 <= point <= 0x1021 or 0x1780 <= point <= 0x17A2
