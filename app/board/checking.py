"""What a text must be to be accepted: tidied, not empty, not too long."""

import re
from collections.abc import Mapping

from app.board.asking import Refused
from app.board.clusters import LONGEST_CLUSTER
from app.board.writing import count, is_blank, tidy

MOST_LANGUAGES = 40

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


def checked(text: str, *, most: int, field: str = "text", empty: bool = False, lines: bool = False) -> str:
    """The tidied text, with its `lines` where they matter; refused `empty` or `too-long {max}`, naming the field."""
    # Tidying and counting take a second for as much as a request can hold, and everybody would wait meanwhile.
    if len(text) > most * LONGEST_CLUSTER:
        raise Refused("too-long", max=most, field=field)
    tidied = tidy(text, lines=lines)
    if is_blank(tidied):
        if empty:
            return ""
        raise Refused("empty", field=field)
    if count(tidied) > most:
        raise Refused("too-long", max=most, field=field)
    return tidied


def checked_words(texts: Mapping[str, str], *, most: int, field: str, empty: bool = False) -> dict[str, str]:
    """The same for {language: text}: blank languages fall away; `empty` when none is left of those needed.

    Refused `too-many {max}` for more languages than a board is ever held in.
    """
    if len(texts) > MOST_LANGUAGES:
        raise Refused("too-many", max=MOST_LANGUAGES)
    kept = {}
    for language, text in texts.items():
        tidied = checked(text, most=most, field=field, empty=True)
        if tidied:
            kept[checked_language(language, field=field)] = tidied
    if not kept and not empty:
        raise Refused("empty", field=field)
    return kept


def checked_language(code: str, *, field: str = "language") -> str:
    """A language's tag, as BCP 47 forms them ("fr", "pt-BR", "zh-Hant"); refused `invalid` naming its field."""
    if not _LANGUAGE.fullmatch(code):
        raise Refused("invalid", field=field)
    return code


def checked_code(code: str, *, most: int, field: str) -> str:
    """A code of another list (a place's id, a country) or ""; refused `invalid` when it is no plain text."""
    if len(code) > most or tidy(code) != code:
        raise Refused("invalid", field=field)
    return code
