"""Runs tests that are there anyway, as they are or with a bug planted, and counts what passed and what failed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.prove.promises import ROOT


@dataclass(frozen=True, slots=True)
class Passed:
    """How many passed and how many did not."""

    passed: int
    failed: int


def run(place: Path, tests: str, *, planted: str = "", only: str = "") -> Passed:
    """The tests of one file, in a process of their own; `planted` is a module that changes something before them."""
    report = place / f"{planted or 'as-it-is'}.xml"
    options = [*(["-p", planted] if planted else []), *(["-k", only] if only else [])]
    subprocess.run(
        [sys.executable, "-P", "-m", "pytest", tests, "-q", f"--junitxml={report}", "-p", "no:cacheprovider", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    suite = ElementTree.parse(report).getroot()[0].attrib  # noqa: S314 - we wrote it
    failed = int(suite["failures"]) + int(suite["errors"])
    return Passed(int(suite["tests"]) - failed - int(suite["skipped"]), failed)
