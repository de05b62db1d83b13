"""Does to one text what made a second of a third, word by word: for what was typed into what others changed."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

# Scripts that put no space between words are taken character by character.
_WORDS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+|.", re.DOTALL)
# Comparing takes the product of both lengths; whatever is longer is taken as one.
MOST_WORDS = 600


def merged(before: str, after: str, now: str) -> str:
    """`now`, with the words that `after` has and `before` had not, and without those that `after` lacks.

    What was done to both is done once.
    """
    if before == after or now == after:
        return now
    if now == before:
        return after
    words, there = _WORDS.findall(before), _WORDS.findall(now)
    matched = _matched(words, there)
    gone: set[int] = set()
    put: dict[int, list[str]] = {}
    for first, last, new in _changes(words, _WORDS.findall(after)):
        gone.update(matched[at] for at in range(first, last) if at in matched)
        at = _place(matched, first, len(there))
        if there[at : at + len(new)] != new or set(range(at, at + len(new))) & set(matched.values()):
            put.setdefault(at, []).extend(new)
    rows = ((*put.get(at, ()), word if at not in gone else "") for at, word in enumerate([*there, ""]))
    return "".join(word for row in rows for word in row)


def replaced(before: str, after: str) -> list[tuple[int, int, str]]:
    """What makes `after` of `before`: from which character to before which, and by what; in their order."""
    words = _WORDS.findall(before)
    ends = list(accumulate(map(len, words), initial=0))
    changes = _changes(words, _WORDS.findall(after))
    return [(ends[first], ends[last], "".join(new)) for first, last, new in changes]


def _changes(words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int, list[str]]]:
    """From where to where, and by which words it was replaced."""
    if max(len(words), len(others)) > MOST_WORDS:
        return [(0, len(words), list(others))]
    compared = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return [(first, last, list(others[start:end])) for tag, first, last, start, end in compared if tag != "equal"]


def _matched(words: Sequence[str], others: Sequence[str]) -> Mapping[int, int]:
    """Where each of the words is among the others; none of them where there are too many."""
    if max(len(words), len(others)) > MOST_WORDS:
        return {}
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return {one + at: other + at for one, other, size in blocks for at in range(size)}


def _place(matched: Mapping[int, int], first: int, end: int) -> int:
    """After the word before it, before the word after it; where both are others by now, before the next that is not."""
    if first == 0:
        return 0
    if first - 1 in matched:
        return matched[first - 1] + 1
    return min((there for at, there in matched.items() if at >= first), default=end)
