"""Every numbered rule has a test that cites it, and no test cites a rule that there is not."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULE = re.compile(r"^- ([A-Z]\d+) [A-Z].*\.$", re.MULTILINE)
CITING = re.compile(r"test_([A-Z]\d+)_")


def _numbered() -> list[str]:
    return RULE.findall((ROOT / "docs/rules.md").read_text(encoding="utf-8"))


def _cited() -> set[str]:
    names = (
        node.name
        for path in ROOT.glob("tests/**/test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return {found[1] for name in names if (found := CITING.match(name))}


def test_every_line_of_the_rules_is_a_numbered_sentence():
    lines = (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("- ") and not RULE.fullmatch(line)] == []


def test_rules_are_numbered_one_after_the_other():
    counted: dict[str, int] = {}
    for rule in _numbered():
        counted[rule[0]] = counted.get(rule[0], 0) + 1
        assert rule == f"{rule[0]}{counted[rule[0]]}"


def test_every_rule_has_a_test():
    assert sorted(set(_numbered()) - _cited()) == []


def test_every_test_cites_a_rule_that_there_is():
    assert sorted(_cited() - set(_numbered())) == []


def _calls(folder: str, name: str) -> set[str]:
    """The first words given to every call of that name below the folder."""
    calls = (
        node
        for path in (ROOT / folder).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    )
    words = (call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant))
    return {word for word in words if isinstance(word, str)}


def test_every_refusal_of_the_board_is_met_in_a_test():
    # `Refused(person.state)` says why somebody with a seat may ask nothing.
    codes = _calls("app/board", "Refused") | {"removed", "waiting"}
    assert sorted(codes - _calls("tests/board", "refused")) == []
