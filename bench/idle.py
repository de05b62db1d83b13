"""Idle: what ten thousand connections hold in one process that have nothing to say and hear its heartbeat.

Memory is the process's own and what the kernel holds for its sockets, before and after so many more came.
"""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.asking import asked
from bench.boards import kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import flipchart

FIRST = 200
PEOPLE = 500
QUIET = 2.0


@dataclass(frozen=True, slots=True)
class Idle:
    """Of each connection: KiB in the process, KiB in the kernel; and what all of them cost while nobody speaks."""

    process: float
    kernel: float
    cpu: float
    seconds: float

    @property
    def whole(self) -> float:
        return self.process + self.kernel


def run(connections: int, *, watched: float = 10.0, planted: str = "") -> Idle:
    """So many lines to one board; the CPU is that of `watched` seconds in which nothing happens."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=PEOPLE)
        with flipchart(data, planted=planted) as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "path": board.live(),
                "seats": kept(data / "seats", board.seats),
                "open": f"{FIRST},{FIRST + connections}",
            }
            with client("session", **facts) as load:
                load.step()
                time.sleep(QUIET)
                first, sockets = server.memory(), _kernel()
                began = time.monotonic()
                load.step()
                took = time.monotonic() - began
                time.sleep(QUIET)
                process, kernel = server.memory() - first, _kernel() - sockets
                cpu = server.cpu()
                time.sleep(watched)
                cpu = (server.cpu() - cpu) / watched
    return Idle(process / connections / 1024, kernel / connections / 1024 / 2, cpu, took)


def _kernel() -> int:
    """Bytes that the kernel holds for TCP, at both ends of each line."""
    said = Path("/proc/net/sockstat").read_text(encoding="ascii")
    line = next(line for line in said.splitlines() if line.startswith("TCP:")).split()
    return int(line[line.index("mem") + 1]) * 4096


def main() -> None:
    """Runs it several times, and shows what it found."""
    chosen = asked(__doc__, connections=10_000, runs=2)
    runs = [run(chosen.connections) for _ in range(chosen.runs)]
    report = Report("idle")
    report.row(f"{chosen.connections:,} connections: memory of each", "KiB", [each.whole for each in runs], 60)
    report.row("of it in the process", "KiB", [each.process for each in runs])
    report.row("CPU of all of them while nobody speaks", "% of a core", [100 * each.cpu for each in runs])
    report.row("until all are open", "s", [each.seconds for each in runs])
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
