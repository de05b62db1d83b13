"""Several: the same notes to the same people by one, two and four processes on PostgreSQL with a broker.

Beside them one process on SQLite, in the same run. Everything is on one machine, which the processes, the database, the
broker and the load client share: more processes than cores cannot be faster here. What shows is what it costs that any
process serves any board, on one hot board that all of them write to, and on many boards.
"""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.asking import asked
from bench.boards import Ready, several
from bench.crowd import Level, crowd, family
from bench.report import Report
from bench.serving import Served, flipchart
from tests import postgres, redis

PROCESSES = (1, 2, 4)
# Each process may have sixteen.
SETTINGS = f"{postgres.DURABLE} -c max_connections=100"


@dataclass(frozen=True, slots=True)
class Load:
    """Boards with so many people each, and notes a second to all of them."""

    name: str
    sizes: Sequence[int]
    rate: float


@dataclass(frozen=True, slots=True)
class Setup:
    """So many processes; on SQLite where there is no database of several."""

    processes: int
    database: postgres.Server | None = None
    broker: redis.Server | None = None

    def __str__(self) -> str:
        many = "1 process" if self.processes == 1 else f"{self.processes} processes"
        return f"{many} on {'SQLite' if self.database is None else 'PostgreSQL and Redis'}"


@dataclass(frozen=True, slots=True)
class Run:
    """What was found, and which part of the lines the process had that had most."""

    level: Level
    most: float


def run(setup: Setup, loads: Sequence[Load], seconds: float) -> list[Run]:
    """Each load in turn on one new server, on boards of its own."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        place = Path(name)
        settings, others = {"FLIPCHART_MAX_NOTES": "100000"}, {}
        if setup.database and setup.broker:
            settings["FLIPCHART_DATABASE_URL"] = setup.database.make(place.name.replace("-", "_"))
            settings["FLIPCHART_BROKER_URL"] = setup.broker.url
            settings["FLIPCHART_PROCESSES"] = str(setup.processes)
            others = {"PostgreSQL": setup.database.pid, "Redis": setup.broker.pid}
        boards = iter(
            several(place, [size for load in loads for size in load.sizes], settings.get("FLIPCHART_DATABASE_URL"))
        )
        with flipchart(place, **settings) as server:
            return [_run(place, server, [next(boards) for _ in load.sizes], load, seconds, others) for load in loads]


def _run(
    place: Path, server: Served, boards: Sequence[Ready], load: Load, seconds: float, others: dict[str, int]
) -> Run:
    before = _files(server.pid)
    with crowd(place, boards, server, **others) as people:
        level = people.level(sum(load.sizes), load.rate, seconds)
        lines = [after - before.get(pid, 0) for pid, after in _files(server.pid).items()]
    if not level.whole():
        raise RuntimeError(f"the session was not whole: {level.found}")
    return Run(level, max(lines) / sum(lines))


def _files(pid: int) -> dict[int, int]:
    """How many files each process of the server has open."""
    return {each: sum(1 for _ in Path(f"/proc/{each}/fd").iterdir()) for each in family(pid)}


def main() -> None:
    """All of them in turn, several times; ratios are taken within each turn."""
    chosen = asked(__doc__, people=1_000, seconds=4.0, runs=3)
    hot = Load("one board", [chosen.people], 50)
    many = Load("20 boards", [chosen.people // 20] * 20, 100)
    report = Report("several")
    with ExitStack() as running:
        try:
            database = running.enter_context(postgres.server(SETTINGS))
            broker = running.enter_context(redis.server())
        except pytest.skip.Exception as lacking:
            print(f"skipped: several processes, because {lacking}.")
            return
        setups = [Setup(1), *(Setup(count, database, broker) for count in PROCESSES)]
        turns = [[run(setup, (hot, many), chosen.seconds) for setup in setups] for _ in range(chosen.runs)]
    for at, load in enumerate((hot, many)):
        each = f"{load.sizes[0]:,} people on each, {load.rate:g} notes/s in all"
        report.remarks.append(f"{load.name.capitalize()}: {each}.")
        _show(report, load, setups, [[loads[at] for loads in turn] for turn in turns])
    report.show(write=chosen.write)


def _show(report: Report, load: Load, setups: Sequence[Setup], turns: Sequence[Sequence[Run]]) -> None:
    for at, setup in enumerate(setups):
        runs = [turn[at] for turn in turns]
        levels = [each.level for each in runs]
        title = f"{load.name}, {setup}"
        report.row(f"{title}: acknowledged, half of them", "ms", [each.found["ack_p50"] for each in levels])
        report.row(f"{title}: acknowledged, 99 of 100", "ms", [each.found["ack_p99"] for each in levels])
        report.row(f"{title}: seen by all, 99 of 100", "ms", [each.found["seen_p99"] for each in levels])
        report.row(f"{title}: CPU of everything for a delivery", "µs", [each.delivery for each in levels])
        if setup.database:
            report.row(f"{title}: of it the server's", "µs", [each.delivery_of("server") for each in levels])
            report.row(f"{title}: CPU beside SQLite's", "×", _beside(turns, at, 0, lambda level: level.delivery))
        if setup.processes > 1:
            seen = _beside(turns, at, 1, lambda level: float(level.found["seen_p99"]))
            report.row(f"{title}: seen by all, 99 of 100, beside 1 process", "×", seen)
            report.row(f"{title}: lines of the process that had most", "%", [100 * each.most for each in runs])


def _beside(turns: Sequence[Sequence[Run]], at: int, other: int, of: Callable[[Level], float]) -> list[float]:
    """One setup to another, within each turn."""
    return [of(turn[at].level) / of(turn[other].level) for turn in turns]


if __name__ == "__main__":
    main()
