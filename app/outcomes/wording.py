"""The words of one language, as whoever writes a file needs them; made from catalogs elsewhere, and sent along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from unicodedata import bidirectional
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """`tag` is what a file is marked with, `locale` how dates and countries are called ("en_GB").

    `texts` maps English sentences to this language's, `phrases` a family's keys to what they are called.
    """

    language: str
    tag: str
    rtl: bool
    locale: str
    texts: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, str]]

    def say(self, english: str, **facts: object) -> str:
        """The sentence in this language, its `%(name)s` filled with the facts."""
        text = self.texts.get(english) or english
        return text % facts if facts else text

    def lead(self, what: str) -> str:
        """What stands before something, with the colon as this language sets it, and a space."""
        return self.say("%(what)s:", what=what) + " "

    def quote(self, text: str) -> str:
        """The text between this language's marks."""
        return self.say("“%(text)s”", text=text)

    def phrase(self, family: str, key: str) -> str:
        """What `key` of that family is called; an unknown key is its own name."""
        return self.phrases.get(family, {}).get(key) or key

    def country(self, code: str) -> str:
        """The country's name; an unknown code is its own name."""
        return str(self._locale.territories.get(code.upper(), code))

    def language_name(self, tag: str) -> str:
        """What this language calls another one; a tag that nobody knows is its own name."""
        names = self._locale.languages
        return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0].lower(), tag))

    def number(self, number: float) -> str:
        """10,000 as this language groups it."""
        return format_decimal(number, locale=self._locale)

    def day(self, at: float, zone: str | None) -> str:
        """26 November 2026, on the calendar of that zone."""
        return format_date(datetime.fromtimestamp(at, _zone(zone)), "long", locale=self._locale)

    def moment(self, at: float, zone: str | None) -> str:
        """26 November 2026, 17:30 UTC+1."""
        here = datetime.fromtimestamp(at, _zone(zone))
        ahead = here.strftime("%z")
        hours = "UTC" if ahead == "+0000" else f"UTC{ahead[:3]}:{ahead[3:]}"
        return f"{self.day(at, zone)}, {format_time(here, 'HH:mm', locale=self._locale)} {hours}"

    def due(self, written: str) -> str:
        """A date as ISO 8601 in this language; whatever else was written, as it is."""
        try:
            return format_date(date.fromisoformat(written), "long", locale=self._locale)
        except ValueError:
            return written

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.locale)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def iso(seconds: float) -> str:
    """A moment as programs read it: 2026-11-26T17:30:00Z."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def leftward(text: str) -> bool:
    """Is the text read from right to left, as its first strong letter says (Unicode Bidirectional Algorithm, P2)?"""
    return next((kind != "L" for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), False)
