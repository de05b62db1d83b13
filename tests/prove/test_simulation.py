"""P7: sessions by chance over a hostile network, served by one process or by several, until all have seen enough."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.prove.conftest import Promise
from tests.prove.promises import ROOT
from tests.realtime.test_planted import BETWEEN_PROCESSES, PLANTED

STEPS = 250
SESSIONS = 4_000
FIRST_SEED = 1_000_000
AT_ONCE = 100
LIVED = """
import sys, structlog
short, nowhere = structlog.processors.KeyValueRenderer(), structlog.ReturnLoggerFactory()
structlog.configure(processors=[short], logger_factory=nowhere)
from tests.realtime.test_laws import session
first, last, steps = map(int, sys.argv[1:])
for seed in range(first, last):
    try:
        session(seed, steps, processes=1 + seed % 3)
    except AssertionError as found:
        sys.exit(f"seed {seed}, {1 + seed % 3} processes: {str(found)[:2000]}")
"""


@pytest.mark.prove
def test_promise_7_everybody_converges_over_any_network(promise: Promise) -> None:
    with ThreadPoolExecutor(os.cpu_count() or 1) as several:
        found = [each for each in several.map(_lived, _seeds()) if each]
    assert found == []
    promise(
        7,
        f"{SESSIONS * STEPS:,} steps in {SESSIONS:,} sessions by chance with 1, 2 and 3 processes, 6 to 10 pages each,"
        f" seeds from {FIRST_SEED:,} on: 0 pages differ from the board, 0 commands were done twice or lost",
        control=f"each of {len(PLANTED) + len(BETWEEN_PROCESSES) + 1} planted bugs is caught"
        " (tests/realtime/test_planted.py)",
    )


@pytest.mark.prove
def test_promise_7_planted_bugs_are_caught(promise: Promise) -> None:
    told = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "tests/realtime/test_planted.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout[-4000:]
    promise(7, "")


def _seeds() -> Iterator[range]:
    for first in range(FIRST_SEED, FIRST_SEED + SESSIONS, AT_ONCE):
        yield range(first, first + AT_ONCE)


def _lived(seeds: range) -> str:
    """What went wrong in these sessions, first; each process does a hundred, for its memory's sake."""
    asked = [sys.executable, "-P", "-c", LIVED, str(seeds.start), str(seeds.stop), str(STEPS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True)
    return told.stderr.strip() if told.returncode else ""
