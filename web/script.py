"""The scripts: a page's entry and all the modules that it imports in one answer, so that a phone asks once."""

import re
from functools import cache
from pathlib import Path

from web.stylesheet import STATIC

ENTRIES = ("board", "door", "erased", "pen", "screen-page", "sheet")
SCRIPTS = STATIC / "js"
VENDORED = frozenset(path.stem for path in (STATIC / "vendor").glob("*.js"))
_IMPORT = re.compile(r'^import (?:\* as (\w+)|\{ ([^}]+) \}) from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const) (\w+))", re.MULTILINE)
# A module's comments are for who reads its file; types in them are written `/** … */`.
_COMMENT = re.compile(r"/\*\*.*?\*/ ?|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


class Unjoinable(Exception):
    """A module imports or exports in a way that is not understood here, or modules import each other in a ring."""


@cache
def script(entry: str) -> str:
    """The entry's script, each module once and before who imports it. Raises Unjoinable, FileNotFoundError."""
    return "".join(_enclosed(name, SCRIPTS) for name in order(entry, SCRIPTS))


@cache
def vendored(name: str) -> str:
    """A script of others, one of VENDORED, as they publish it."""
    return (STATIC / f"vendor/{name}.js").read_text()


def order(entry: str, scripts: Path) -> list[str]:
    """The modules that an entry needs, itself last."""
    found: list[str] = []
    _visit(entry, scripts, found, ())
    return found


def _visit(name: str, scripts: Path, found: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise Unjoinable(" imports ".join((*above, name)))
    if name in found:
        return
    for match in _IMPORT.finditer((scripts / f"{name}.js").read_text()):
        _visit(match[3], scripts, found, (*above, name))
    found.append(name)


def _enclosed(name: str, scripts: Path) -> str:
    """The module as a function of its own: what it exports is what it returns."""
    text = _INDENT.sub("", _COMMENT.sub("", (scripts / f"{name}.js").read_text()))
    exported = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", _IMPORT.sub(_taken, text)).strip()
    if re.search(r"^(?:import|export)\b", text, re.MULTILINE):
        raise Unjoinable(name)
    return f"const {_variable(name)} = (() => {{\n{text}\nreturn {{ {exported} }};\n}})();\n"


def _taken(match: re.Match[str]) -> str:
    whole, names, module = match.groups()
    wanted = whole or f"{{ {names.replace(' as ', ': ')} }}"
    return f"const {wanted} = {_variable(module)};"


def _variable(module: str) -> str:
    return "$" + module.replace("-", "_")
