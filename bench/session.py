"""A session: people who follow a board over sockets while notes are written to it at a steady rate by POST.

Shows how long a note takes to be acknowledged and to be seen by all, what it costs the server for each delivery
(one note reaching one connection; all of the server's work is in it, the disk included), how much traffic there is,
and what an idle connection holds in memory (of the process; the kernel's buffers are not in it). The board is the
ready-made hour; where a step that groups the notes is still to come, each note is told with its card there too.
"""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.asking import asked
from bench.boards import GROUPED_LATER, HOUR, NOTE_WORDS, Ready, kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import Served, flipchart

FIRST = 0.2
Meanwhile = Callable[[Served, Ready], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found, and what an idle connection held, in KiB."""

    found: dict[str, Any]
    idle: float
    whole: float

    @property
    def delivery(self) -> float:
        """Microseconds of the server's CPU for each delivery."""
        return float(1e6 * self.found["server_cpu"] / max(1, self.found["deliveries"]))


def run(
    people: int,
    rate: float,
    seconds: float,
    *,
    template: str = HOUR,
    meanwhile: Meanwhile = lambda *_: nullcontext(),
    planted: str = "",
) -> Run:
    """One session on a fresh server and a fresh board; what else happens while notes are written is `meanwhile`."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=people, template=template)
        with flipchart(data, planted=planted, FLIPCHART_MAX_NOTES="100000") as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "path": board.live(),
                "commands": f"/b/{board.id}/commands",
                "step": board.step,
                "seats": kept(data / "seats", board.seats),
                "open": f"{int(people * FIRST)},{people}",
                "rate": rate,
                "seconds": seconds,
                "text": NOTE_WORDS,
            }
            with client("session", **facts) as load:
                load.step()
                first = server.memory()
                load.step()
                idle = (server.memory() - first) / (people - int(people * FIRST)) / 1024
                with meanwhile(server, board):
                    found = load.result()
            whole = found["server_cpu"] / found["seconds"]
    if found["refused"] or found["lost"] or found["seen_by_all"] != found["notes"]:
        raise RuntimeError(f"the session was not whole: {found}")
    return Run(found, idle, whole)


def main() -> None:
    """Runs it at each rate, and shows what it found."""
    chosen = asked(__doc__, people=1_000, rates=[100.0, 300.0], seconds=5.0, runs=3)
    report = Report("session")
    idle: list[float] = []
    for rate in chosen.rates:
        runs = [run(chosen.people, rate, chosen.seconds) for _ in range(chosen.runs)]
        idle += [each.idle for each in runs]
        _show(report, f"{chosen.people:,} people, {rate:g} notes/s", runs, heavy=rate > 100)
    ahead = [run(chosen.people, rate, chosen.seconds, template=GROUPED_LATER) for _ in range(chosen.runs)]
    title = f"{chosen.people:,} people, {rate:g} notes/s, a step that groups them to come"
    report.row(f"{title}: seen by all, 99 of 100", "ms", [float(each.found["seen_p99"]) for each in ahead], 250)
    report.row(f"{title}: server CPU for a delivery", "µs", [each.delivery for each in ahead], 1.5 if rate > 100 else 3)
    report.row("memory of an idle connection", "KiB", idle, 60)
    report.show(write=chosen.write)


def _show(report: Report, title: str, runs: list[Run], *, heavy: bool) -> None:
    def of(name: str) -> list[float]:
        return [float(each.found[name]) for each in runs]

    report.row(f"{title}: acknowledged, half of them", "ms", of("ack_p50"))
    report.row(f"{title}: acknowledged, 99 of 100", "ms", of("ack_p99"), None if heavy else 100)
    report.row(f"{title}: seen by all, half of them", "ms", of("seen_p50"))
    report.row(f"{title}: seen by all, 99 of 100", "ms", of("seen_p99"), None if heavy else 250)
    report.row(f"{title}: server CPU for a delivery", "µs", [each.delivery for each in runs], 1.5 if heavy else 3)
    report.row(f"{title}: server CPU", "% of a core", [100 * each.whole for each in runs])
    report.row(f"{title}: frames", "/s", [each.found["frames"] / each.found["seconds"] for each in runs])
    report.row(f"{title}: traffic", "MB/s", [each.found["bytes"] / each.found["seconds"] / 1e6 for each in runs])
    report.row(
        f"{title}: the load client's own CPU",
        "% of a core",
        [100 * each.found["own_cpu"] / each.found["seconds"] for each in runs],
    )


if __name__ == "__main__":
    main()
