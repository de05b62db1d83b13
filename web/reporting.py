"""The words that a report is written in, gathered for whoever writes it elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Final

from app.outcomes.wording import Wording
from web.catalogs import catalog_path, read_catalog
from web.phrases import choices
from web.words import LANGUAGES, SOURCE, Words

FAMILIES: Final = ("step-kind", "method", "method-rule", "one-per", "secrecy", "tie-rule", "verdict")
WRITERS: Final = "app/"


def wording_of(words: Words) -> Wording:
    """All that a file may say in this language. English is told as Europe tells it: the day before the month."""
    locale = str(words.locale)
    return Wording(
        language=words.language,
        tag=words.tag,
        rtl=words.dir == "rtl",
        locale="en_GB" if locale == SOURCE else locale,
        texts={english: words.gettext(english) for english in sentences()},
        phrases={family: dict(choices(words, family)) for family in FAMILIES},
    )


@cache
def sentences() -> tuple[str, ...]:
    """Every English sentence that the writers of files say, as the catalogs list them."""
    language = next(language for language in LANGUAGES if language != SOURCE)
    listed = read_catalog(catalog_path(language), language)
    said = (each for each in listed if any(file.startswith(WRITERS) for file, _ in each.locations))
    return tuple(each.id for each in said if isinstance(each.id, str) and each.id)
