"""The languages Flipchart speaks: which one a reader gets, and everything said in it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web.catalogs import Mirrored, translations
from web.phrases import choices, phrase
from web.refusals import refusal
from web.speaking import Speaking
from web.times import city_of, date_in, hour_in, offered, seconds_ahead, typed_in

LANGUAGES = ("fr", "en", "es")
NAMES: Mapping[str, str] = MappingProxyType({"fr": "Français", "en": "English", "es": "Español"})
SOURCE = "en"
MIRRORED = "xx"
TEMPLATES = Path(__file__).parent / "templates"

_TRANSLATION_RULES = {"ext.i18n.trimmed": True}
_ACCEPTED = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """One language: `tag` is what `lang` takes, `dir` is "ltr" or "rtl"."""

    language: str
    tag: str
    dir: Literal["ltr", "rtl"]
    translations: NullTranslations
    locale: Locale

    def gettext(self, message: str) -> str:
        """The translation of an English sentence; its `%(name)s` are still to be filled."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The translation that fits the number, by the plural rule of the language."""
        return self.translations.ngettext(one, many, n)

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a word that means different things in different places."""
        return self.translations.pgettext(context, message)

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        """`ngettext` for a word that means different things in different places."""
        return self.translations.npgettext(context, one, many, n)

    def country(self, code: str) -> str:
        """The country's name, from its ISO 3166 code of two letters; an unknown code is its own name."""
        return str(self.locale.territories.get(code.upper(), code))

    def language_name(self, tag: str) -> str:
        """What this language calls another one; a tag that nobody knows is its own name."""
        names = self.locale.languages
        return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0].lower(), tag))

    def number(self, number: float) -> str:
        """10,000 as this language groups it."""
        return format_decimal(number, locale=self.locale)


def available() -> tuple[str, ...]:
    """The languages on offer; with `FLIPCHART_TEST_LOCALE=1` also the mirrored one, for tests."""
    return (*LANGUAGES, MIRRORED) if os.environ.get("FLIPCHART_TEST_LOCALE") == "1" else LANGUAGES


def _is_offered(language: str) -> bool:
    """Without asking the environment for the languages that are always there: each drawing asks."""
    return language in LANGUAGES or language in available()


@lru_cache(maxsize=500)
def own_name(language: str) -> str:
    """What a language calls itself; a tag that nobody knows is its own name."""
    try:
        known = NAMES.get(language) or Locale.parse(language, sep="-").get_language_name()
    except (UnknownLocaleError, ValueError):
        known = None
    return known or language


def negotiate(accept_language: str | None, chosen: str | None = None, default: str = SOURCE) -> str:
    """The language to speak: what the reader chose, else the best of their browser's, else the default."""
    if chosen in available():
        return str(chosen)
    return negotiate_locale(_preferred(accept_language or ""), available(), sep="-") or default


def words_for(language: str) -> Words:
    """The words of that language; of one that does not ship, the nearest that does."""
    return _words(language if _is_offered(language) else negotiate(language))


def environment(language: str) -> Environment:
    """The templates, speaking that language: `_` and `{% trans %}` translate, `words` is `Words`."""
    return _environment(words_for(language).language)


@cache
def _words(language: str) -> Words:
    if language == MIRRORED:
        return Words(MIRRORED, "ar-XB", "rtl", Mirrored(), Locale.parse(SOURCE))
    locale = Locale.parse(language)
    direction: Literal["ltr", "rtl"] = "rtl" if locale.text_direction == "rtl" else "ltr"
    return Words(language, language, direction, translations(language), locale)


def glued(text: str) -> str:
    """The words as typed, but no line begins with the mark that French sets apart from the word before it."""
    return re.sub(" (?=[:;?!»])", "\N{NO-BREAK SPACE}", text)


@cache
def _environment(language: str) -> Environment:
    made = Speaking(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        # A template that is changed shows after a restart, as every other file.
        auto_reload=False,
        # All are kept: finding one among those that may be given up costs thirteen times as much.
        cache_size=-1,
    )
    made.gettext, made.settles = _words(language).gettext, True
    install(made, _words(language))
    made.filters["glued"] = glued
    return made


@pass_context
def included(page: Context, template: str) -> Markup:
    """What including the template there would give: what a page asks for by `kept` and does not keep."""
    found = page.environment.get_template(template)
    whole = "".join(found.root_render_func(found.new_context(page.get_all(), shared=True)))
    return Markup(whole)  # noqa: S704 - every text in it was escaped by the template


def install(env: Environment, words: Words) -> None:
    """Make a Jinja environment with `jinja2.ext.i18n` speak one language (newstyle gettext)."""
    env.policies.update(_TRANSLATION_RULES)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    env.globals.update(
        words=words,
        tag_of=lambda language: words_for(language).tag,
        phrase=lambda family, key: phrase(words, family, key),
        own_name=own_name,
        choices=lambda family: choices(words, family),
        refusal=lambda code, facts: refusal(words, code, facts),
        date_in=lambda at, zone, other=None: date_in(other or words, at, zone),
        hour_in=lambda at, zone: hour_in(words, at, zone),
        city_of=lambda zone: city_of(words, zone),
        zones=lambda: offered(words),
        typed_in=typed_in,
        seconds_ahead=seconds_ahead,
        kept=included,
    )


def _preferred(header: str) -> list[str]:
    weighed = []
    for offer in header[:500].split(","):
        match = _ACCEPTED.fullmatch(offer)
        if match and match[1] != "*" and (weight := _weight(match[2])) > 0:
            weighed.append((weight, match[1]))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]


def _weight(written: str | None) -> float:
    try:
        return float(written or 1)
    except ValueError:
        return 0.0


def main(asked: list[str]) -> int:
    """`extract` gathers the sentences, `check` proves the catalogs, `compile` writes .mo files."""
    from web.proofreading import run

    return run(asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
