"""The sheet of doors and boards is without what these never show, and without nothing else."""

import re
from collections.abc import Iterator

import pytest

from web.script import SCRIPTS, order
from web.stylesheet import ELSEWHERE, STATIC, sheet
from web.words import TEMPLATES

NAMED = re.compile(r'(?:(?:include|extends|from|import) |kept\()"([\w/.-]+\.html)"')
LATER = re.compile(r'import\("\./([\w-]+)\.js"\)')
CLASSES = re.compile(r'(?:class|id)="([^"]*)"')
MARKS = re.compile(r"\bdata-[a-z-]+")
# What says nothing about where it stands.
PLAIN = {"aria-busy", "hidden", "type", "dir", "open", "lang"}
# Parts that a board and the screen share name these on the screen alone.
SCREEN = {"page-screen", "screen-flow", "screen-next", "screen-others"}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def reached(found: set[str], waiting: list[str], further: object) -> set[str]:
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += further(name)  # type: ignore[operator]
    return found


def shown() -> set[str]:
    """Every class and id that a door, a board's page or one of their scripts names."""
    pages = ["board.html", "door/door.html", "door/apart.html"]
    texts = {name: (TEMPLATES / name).read_text() for name in reached(set(), pages, _included)}
    named = " ".join(each for text in texts.values() for each in (*CLASSES.findall(text), *MARKS.findall(text)))
    scripts = [name for entry in ("board", "door", "erased", "pen") for name in order(entry, SCRIPTS)]
    code = [(SCRIPTS / f"{name}.js").read_text() for name in reached(set(), scripts, _fetched)]
    quoted = " ".join(" ".join(re.findall(r'"[^"\n]*"|`[^`]*`', text)) for text in code)
    return set(re.findall(r"[\w-]+", f"{named} {quoted}")) - SCREEN | PLAIN


def _included(name: str) -> list[str]:
    return NAMED.findall((TEMPLATES / name).read_text())


def _fetched(name: str) -> list[str]:
    text = (SCRIPTS / f"{name}.js").read_text()
    return [*LATER.findall(text), *order(name, SCRIPTS)[:-1]]


def rules(css: str) -> Iterator[list[str]]:
    """Each selector, after those that it is nested in."""
    above: list[str] = []
    for said, brace in re.findall(r"([^{};]*)([{};])", COMMENT.sub("", css)):
        if brace == "}":
            above.pop()
        elif brace == "{":
            above.append(said.strip())
            if not any(each.startswith("@keyframes") for each in above) and not said.strip().startswith("@"):
                yield [each for each in above if not each.startswith("@")]


def is_foreign(selectors: str, named: set[str]) -> bool:
    parts = re.split(r",(?![^(]*\))", selectors)
    return all(set(re.findall(r"[.#[]([a-zA-Z][\w-]*)", part)) - named for part in parts)


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_what_is_left_out_styles_nothing_on_a_board(name: str) -> None:
    named = shown()
    css = (STATIC / "css" / name).read_text()
    assert [above for above in rules(css) if not any(is_foreign(each, named) for each in above)] == []


def test_the_sheet_of_boards_is_the_other_in_the_same_order() -> None:
    rest = iter(sheet().splitlines())
    assert all(line in rest for line in sheet(ELSEWHERE).splitlines())
    assert len(sheet(ELSEWHERE)) < 0.9 * len(sheet())
