"""What simulated participants write, and who they are: hand-written, in the files of `words/`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("fr", "en", "es")
KINDS = ("messages", "city", "billboard", "next")


@dataclass(frozen=True, slots=True)
class Line:
    """One note to write. `like` names what says nearly the same; `rude` is written to be hidden."""

    text: str
    language: str
    like: str = ""
    rude: bool = False
    typo: bool = False
    loud: bool = False
    tool: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A place to come from; `id` is its id in the list of cities, "" for a region or an organisation."""

    language: str
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that there is to say in one language: `notes` by the kind of step that they fit."""

    notes: Mapping[str, tuple[Line, ...]]
    headlines: tuple[Line, ...]
    comments: tuple[str, ...]
    roles: tuple[str, ...]


@cache
def script(language: str) -> Script:
    """The script of a language of `LANGUAGES`."""
    words = _read(language)
    return Script(
        notes={kind: _lines(words[kind], language) for kind in KINDS},
        headlines=_lines(words["headlines"], language),
        comments=tuple(words["comments"]),
        roles=tuple(_read("people")["roles"][language]),
    )


@cache
def homes() -> tuple[Home, ...]:
    """Sixty real places, from several continents."""
    return tuple(Home(*place) for place in _read("people")["places"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def _lines(written: list[str | dict[str, Any]], language: str) -> tuple[Line, ...]:
    marked = [{"text": each} if isinstance(each, str) else each for each in written]
    return tuple(Line(language=language, **each) for each in marked)
