"""Catalogs of translations: read into memory from their .po files, and mirrored for testing."""

from __future__ import annotations

import re
import unicodedata
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "flipchart"

_NOT_WORDS = re.compile(r"(%\(\w+\)[sd]|\{\w+\}|%%|<[^>]*>|&\w+;|&#\d+;)")
_ACUTE = "\u0301"


def marked(text: str) -> str:
    """`text` unchanged: marks a sentence kept in a table, so that extraction finds it."""
    return text


def catalog_path(language: str, locale: Path = LOCALE) -> Path:
    """Where the translations of that language are kept."""
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalog(path: Path, language: str) -> Catalog:
    """The catalog of one .po file. A file that cannot be parsed raises babel's PoFileError."""
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def translations(language: str) -> NullTranslations:
    """What gettext asks for that language: straight from its .po file, or the English source."""
    path = catalog_path(language)
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalog(path, language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Write a .mo beside each .po, for programs that read no .po; returns what was written."""
    written = []
    for source in sorted(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, read_catalog(source, source.parent.parent.name))
        written.append(target)
    return written


class Mirrored(NullTranslations):
    """English with accents between brackets: shows at a look what was never handed to gettext."""

    def gettext(self, message: str) -> str:
        return mirrored(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return mirrored(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return mirrored(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return mirrored(msgid1 if n == 1 else msgid2)


def mirrored(text: str) -> str:
    """`text` accented between ⟦ and ⟧; its placeholders, tags and entities stay as they are."""
    pieces = _NOT_WORDS.split(text)
    words = (piece if at % 2 else _accented(piece) for at, piece in enumerate(pieces))
    return "⟦" + "".join(words) + "⟧"


def _accented(piece: str) -> str:
    return unicodedata.normalize(
        "NFC", "".join(char + _ACUTE if char in "aeiouyAEIOUYcnrsz" else char for char in piece)
    )
