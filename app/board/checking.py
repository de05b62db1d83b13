"""What a text must be to be accepted: tidied, not empty, not too long."""

from collections.abc import Mapping

from app.board.asking import Refused
from app.board.writing import count, is_blank, tidy


def checked(text: str, *, most: int, field: str = "text", empty: bool = False) -> str:
    """The tidied text; refused `empty` or `too-long {max}`, each naming its field."""
    tidied = tidy(text)
    if is_blank(tidied):
        if empty:
            return ""
        raise Refused("empty", field=field)
    if count(tidied) > most:
        raise Refused("too-long", max=most, field=field)
    return tidied


def checked_words(texts: Mapping[str, str], *, most: int, field: str, empty: bool = False) -> dict[str, str]:
    """The same for {language: text}: blank languages fall away; `empty` when none is left of those needed."""
    kept = {}
    for language, text in texts.items():
        tidied = checked(text, most=most, field=field, empty=True)
        if tidied:
            kept[language[:12]] = tidied
    if not kept and not empty:
        raise Refused("empty", field=field)
    return kept
