"""Knows which tests prove which promise, and what became of each test in this run."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.report import machine
from tests.prove.promises import ROOT, Held, Page, keep

PROVING = re.compile(r"test_promise_(\d+)_")


def proofs() -> dict[int, set[str]]:
    """The tests of each promise, as `tests/prove/test_kill.py::test_promise_1_…`."""
    found: dict[int, set[str]] = {}
    for path in sorted(ROOT.glob("tests/prove/**/test_*.py")):
        for name in _tests(path):
            if number := PROVING.match(name):
                found.setdefault(int(number[1]), set()).add(f"{path.relative_to(ROOT)}::{name}")
    return found


def _tests(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


@dataclass(slots=True)
class Proof:
    """What became of one test: of its `wanted` runs so many `passed`, in so many seconds, with these figures."""

    wanted: int = 0
    passed: int = 0
    failed: bool = False
    seconds: float = 0.0
    figures: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)


class Tally:
    """What became of the proofs of one `bin/prove`, which may be several runs of pytest that share a file."""

    def __init__(self, shared: Path | None) -> None:
        self._shared = shared
        self._proofs: dict[str, Proof] = {}
        if shared is not None and shared.is_file():
            told = json.loads(shared.read_text(encoding="utf-8"))
            self._proofs = {test: Proof(**proof) for test, proof in told.items()}

    def of(self, test: str) -> Proof:
        """What became of that test so far."""
        return self._proofs.setdefault(test, Proof())

    def settle(self, number: int) -> None:
        """Write down a promise once all its tests have passed, or as soon as one has failed."""
        if self._shared is None:
            return
        self._shared.write_text(json.dumps({test: asdict(proof) for test, proof in self._proofs.items()}))
        proofs_of_it = [self.of(test) for test in sorted(proofs()[number])]
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        if any(proof.failed for proof in proofs_of_it):
            keep(lambda page: _fail(page, number, today))
        elif all(0 < proof.wanted == proof.passed for proof in proofs_of_it):
            held = _held(proofs_of_it, today)
            if held.figure and held.control:
                keep(lambda page: _hold(page, number, held))


def _held(found: list[Proof], today: str) -> Held:
    figures = "; ".join(figure for proof in found for figure in proof.figures)
    controls = "; ".join(control for proof in found for control in proof.controls)
    return Held(figures, controls, today, round(sum(proof.seconds for proof in found)), machine())


def _hold(page: Page, number: int, held: Held) -> None:
    page.held[number] = held
    page.failed.pop(number, None)


def _fail(page: Page, number: int, today: str) -> None:
    page.held.pop(number, None)
    page.failed[number] = today
