"""What a catalog must be before it ships: complete, current, formal, and true to its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po
from jinja2 import TemplateSyntaxError

from web.catalogs import LOCALE, catalog_path, compile_all, read_catalog

TRANSLATED = ("fr", "es")
ROOT = LOCALE.parent.parent
SAME = "same.txt"

_KEYWORDS = {**DEFAULT_KEYWORDS, "marked": None, "say": None, "_n": (1, 2)}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_TAG = re.compile(r"</?\w+[^>]*>")
_INFORMAL = {
    "fr": re.compile(r"\b(?:tu|te|toi|ton|ta|tes|tiens?|tiennes?)\b|\bt['’]", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:tú|tu|tus|te|ti|contigo|tuy[oa]s?|vosotr[oa]s|vuestr[oa]s?|os"
        r"|tienes|puedes|quieres|debes|eres|estás|has|haz|elige tu)\b",
        re.IGNORECASE,
    ),
}
_LOOSE_MARK = re.compile(r"\w? [?!:;»]|« ")
_STALE = "the catalog is behind its sources; run `python -m web.words extract`"
# A catalog says when it was made; a fixed day keeps two people's extractions the same.
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: in which file, in which sentence, and why."""

    file: str
    sentence: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.sentence!r}: {self.why}"


def extract(root: Path = ROOT) -> Catalog:
    """Every sentence of the sources in babel.cfg; a template that does not parse is a ValueError that names it."""
    catalog = Catalog(project="flipchart", creation_date=_DAY, revision_date=_DAY, charset="utf-8")
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    reading = [""]
    found = extract_from_dir(
        root,
        methods,
        options,
        _KEYWORDS,
        ("Translators:",),
        callback=lambda filename, method, options: reading.__setitem__(0, filename),
        strip_comment_tags=True,
    )
    try:
        for filename, _, message, comments, context in found:
            catalog.add(message, None, [(filename, 1)], auto_comments=comments, context=context)
    except TemplateSyntaxError as error:
        raise ValueError(f"{reading[0]}, line {error.lineno}: {error.message}") from error
    return catalog


def merge(sources: Catalog, language: str, locale: Path = LOCALE) -> int:
    """Bring one .po file up to date, keeping its translations; returns how many sentences still lack one."""
    path = catalog_path(language, locale)
    kept = read_catalog(path, language) if path.exists() else Catalog(locale=language)
    merged = Catalog(
        locale=language,
        project="flipchart",
        version="",
        last_translator="Flipchart",
        language_team=language,
        msgid_bugs_address="",
        header_comment=f"# The words of Flipchart, {language}.",
        creation_date=_DAY,
        revision_date=_DAY,
        fuzzy=False,
    )
    for message in _sentences(sources):
        before = kept.get(message.id, message.context)
        string = before.string if before and bool(before.pluralizable) == bool(message.pluralizable) else None
        files = sorted(set(message.locations))
        merged.add(message.id, string, files, auto_comments=message.auto_comments, context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, merged, width=110, include_lineno=False, ignore_obsolete=True, sort_output=True)
    return sum(not all(_forms(message)) for message in _sentences(merged))


def check(sources: Catalog, locale: Path = LOCALE) -> list[Finding]:
    """Everything that keeps the catalogs from shipping; nothing when they may."""
    return [finding for language in TRANSLATED for finding in _check_one(sources, language, locale)]


def _check_one(sources: Catalog, language: str, locale: Path) -> Iterator[Finding]:
    path = catalog_path(language, locale)
    if not path.exists():
        yield Finding(str(path), "", _STALE)
        return
    file = path.relative_to(locale.parent).as_posix()
    catalog, same = read_catalog(path, language), _allowed_same(language, locale)
    for message in _sentences(sources):
        if catalog.get(message.id, message.context) is None:
            yield Finding(file, _name(message), _STALE)
    for message in catalog.obsolete.values():
        yield Finding(file, _name(message), _STALE)
    for message in _sentences(catalog):
        known = sources.get(message.id, message.context)
        if known is None or bool(known.pluralizable) != bool(message.pluralizable):
            yield Finding(file, _name(message), _STALE)
        else:
            for why in _faults(message, language, same):
                yield Finding(file, _name(message), why)


def _faults(message: Message, language: str, same: set[str]) -> Iterator[str]:
    forms = _forms(message)
    if message.fuzzy:
        yield "is marked fuzzy; look at it, then take the mark away"
    if not all(forms):
        yield "has no translation"
        return
    if forms[0] == _ids(message)[0] and forms[0] not in same:
        yield f"is the same as its source; translate it, or name it in web/locale/{SAME}"
    if not _placeholders_fit(message, language):
        yield "has other placeholders than its source"
    if any(set(_TAG.findall(form)) != set(_TAG.findall(_ids(message)[-1])) for form in forms):
        yield "has other tags than its source"
    for form in forms:
        if found := _INFORMAL[language].search(form):
            yield f"addresses the reader informally ({found[0]})"
        if language == "fr" and _LOOSE_MARK.search(form):
            yield "lets a mark start a line alone; put a no-break space (U+00A0) before it"
        if language == "fr" and "'" in form:
            yield "has a straight apostrophe; write ’"


def _placeholders_fit(message: Message, language: str) -> bool:
    """Each form holds what its source holds; in French the first is also for none, and says how many."""
    wanted = [_placeholders(text) for text in _ids(message)]
    first, *rest = [_placeholders(form) for form in _forms(message)]
    may_be_first = wanted[-1:] if language == "fr" else wanted
    return first in may_be_first and all(form == wanted[-1] for form in rest)


def _placeholders(text: str) -> list[str]:
    return sorted(set(_PLACEHOLDER.findall(text)))


def _sentences(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str | None):
        return (message.string or "",)
    return tuple(message.string)


def _name(message: Message) -> str:
    return _ids(message)[0]


def _allowed_same(language: str, locale: Path) -> set[str]:
    """The sentences that may stay as they are in that language: lines "fr: sentence" of the allow-list."""
    lines = (locale / SAME).read_text(encoding="utf-8").splitlines()
    return {line.removeprefix(f"{language}: ") for line in lines if line.startswith(f"{language}: ")}


def run(asked: list[str]) -> int:
    """`extract`, `check` or `compile`, as on the command line; 0 when all is well."""
    try:
        match asked:
            case ["extract"]:
                return _extract()
            case ["check"]:
                return _check()
            case ["compile"]:
                return _say(path.as_posix() for path in compile_all())
    except ValueError as error:
        _say([str(error)])
        return 1
    _say(["usage: python -m web.words extract | check | compile"])
    return 2


def _extract() -> int:
    sources = extract()
    return _say(f"{language}: {merge(sources, language)} without a translation" for language in TRANSLATED)


def _check() -> int:
    findings = check(extract())
    _say(map(str, findings))
    return 1 if findings else 0


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)  # noqa: T201 - a command's answer
    return 0
