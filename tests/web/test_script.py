"""A page's script is one answer: every module once, before who imports it."""

import re
from pathlib import Path

import pytest

from web.script import ENTRIES, SCRIPTS, Unjoinable, order, script

LATER = re.compile(r'[^{] ?import\("\./([\w-]+)\.js"\)')


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_module_is_in_it_once(entry: str) -> None:
    joined = script(entry)
    for name in order(entry, SCRIPTS):
        assert joined.count(f"const ${name.replace('-', '_')} = (() => {{\n") == 1
    assert "\n\n" not in joined
    assert order(entry, SCRIPTS)[-1] == entry
    assert "\nimport " not in joined
    assert "\nexport " not in joined
    assert "/**" not in joined


def _with_what_it_fetches(entry: str) -> set[str]:
    """Its modules, and those that are fetched only when somebody needs them."""
    found, waiting = set(), [entry]
    while waiting:
        new = set(order(waiting.pop(), SCRIPTS)) - found
        found |= new
        waiting += [name for each in new for name in LATER.findall((SCRIPTS / f"{each}.js").read_text())]
    return found


def test_every_module_is_used_by_a_page() -> None:
    used = {name for entry in ENTRIES for name in _with_what_it_fetches(entry)}
    assert used == {path.stem for path in SCRIPTS.glob("*.js")}


def test_modules_that_import_each_other_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(Unjoinable, match="a imports b imports a"):
        order("a", tmp_path)


def test_a_missing_module_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    with pytest.raises(FileNotFoundError):
        order("a", tmp_path)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_module_says_what_it_knows_and_is_short(entry: str) -> None:
    for name in order(entry, SCRIPTS):
        lines = (SCRIPTS / f"{name}.js").read_text().splitlines()
        assert lines[0].startswith("// "), name
        assert len(lines) <= 120, name
