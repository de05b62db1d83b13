"""Knows how figures are shown: a table with date, machine, command and spread, and which goals were met."""

import os
import platform
import re
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

PERFORMANCE = Path(__file__).absolute().parents[1] / "docs/performance.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, measured several times. `most` is its goal, None where there is none."""

    what: str
    unit: str
    measured: Sequence[float]
    most: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.measured)

    @property
    def verdict(self) -> str:
        """met, missed, or nothing where there is no goal."""
        if self.most is None:
            return ""
        return f"≤ {_short(self.most)}: {'met' if self.median <= self.most else 'missed'}"

    def cells(self) -> str:
        low, high = min(self.measured), max(self.measured)
        return f"| {self.what} | {_short(self.median)} {self.unit} | {_short(low)} to {_short(high)} | {self.verdict} |"


@dataclass(slots=True)
class Report:
    """What a benchmark found; shown on the terminal and, with --write, in `docs/performance.md`."""

    name: str
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def row(self, what: str, unit: str, measured: Sequence[float], most: float | None = None) -> None:
        """Add a figure."""
        self.rows.append(Row(what, unit, list(measured), most))

    def text(self) -> str:
        """The table, as Markdown."""
        asked = " ".join(argument for argument in sys.argv[1:] if argument != "--write")
        head = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}: `bin/bench {f'{self.name} {asked}'.strip()}`"
        table = ["| what | median | spread | goal |", "|---|---|---|---|", *(row.cells() for row in self.rows)]
        return "\n".join([head, "", *table, *(("", *self.remarks) if self.remarks else ())])

    def show(self, *, write: bool = False) -> None:
        """Print it; with `write`, put it between its two marks in `docs/performance.md` as well."""
        print(f"\n{self.text()}\n", flush=True)
        if write:
            keep(self.name, self.text())


def keep(name: str, text: str, path: Path = PERFORMANCE) -> None:
    """Put the text between the marks of that name. ValueError when they are not there."""
    before = path.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- bench: {name} -->\n).*?(<!-- /bench: {name} -->)", re.DOTALL)
    after, count = marks.subn(lambda found: f"{found[1]}{text}\n{found[2]}", before)
    if count != 1:
        raise ValueError(f"{path.name} has no place for {name}")
    path.write_text(after, encoding="utf-8")


def machine() -> str:
    """How many cores of which processor, and which Python."""
    model = "an unknown processor"
    about = Path("/proc/cpuinfo")
    if about.is_file():
        found = re.search(r"^model name\s*:\s*(.+)$", about.read_text(encoding="utf-8"), re.MULTILINE)
        model = " ".join(found[1].split()) if found else model
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))
    return f"{cores} cores of {model}, Python {platform.python_version()}"


def _short(number: float) -> str:
    """Three digits that matter."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
