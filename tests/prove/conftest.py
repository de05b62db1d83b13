"""What every proof has: a way to say what it found, and somebody who writes it down."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from tests.machine import needs_a_compiler
from tests.prove.promises import PROMISES, ROOT
from tests.prove.proofs import PROVING, Tally

TALLY = pytest.StashKey[Tally]()


class Promise(Protocol):
    """Says what a proof found, and what it took to make it fail."""

    def __call__(self, number: int, figure: str, *, control: str = "") -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--tally FILE`: write what was found into docs/promises.md; the runs of one bin/prove share the file."""
    parser.addoption("--tally", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is proved yet."""
    config.addinivalue_line("markers", "prove: repeats a promise many times; run by bin/prove, not by bin/test")
    config.stash[TALLY] = Tally(config.getoption("--tally"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Counts how often each test is to run, before any is left out."""
    for item in items:
        if _number(item):
            config.stash[TALLY].of(_test(item)).wanted += 1


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Remembers what became of a test, and writes its promise down when all of its tests have run."""
    outcome = yield
    report, number = outcome.get_result(), _number(item)
    if not number:
        return
    tally = item.config.stash[TALLY]
    proof = tally.of(_test(item))
    proof.seconds += report.duration
    proof.failed |= report.failed
    proof.passed += report.when == "call" and report.passed
    if report.when == "teardown":
        tally.settle(number)


@pytest.fixture
def promise(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """`promise(1, "100 kills: 0 lost", control="with synchronous=OFF 37 answers left too early")` ends a proof."""
    proof = request.config.stash[TALLY].of(_test(request.node))

    def said(number: int, figure: str, *, control: str = "") -> None:
        assert number in PROMISES
        assert number == _number(request.node), "the test's name tells which promise it proves"
        proof.figures += [figure] if figure else []
        proof.controls += [control] if control else []
        with capsys.disabled():
            print(f"\nP{number}: {figure}{f' [{control}]' if control else ''}")  # noqa: T201 - a proof prints its figures

    return said


def _test(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    return f"{item.path.relative_to(ROOT)}::{item.originalname}"


def _number(item: pytest.Item) -> int:
    """The promise that a test proves; 0 for none."""
    found = PROVING.match(item.name)
    return int(found[1]) if found else 0


@pytest.fixture
def compiler() -> None:
    """For proofs that have load made."""
    needs_a_compiler()
