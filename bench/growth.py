"""Growth: what a note costs the server on a board that holds few notes, and on one that holds ten thousand.

All of the server's CPU is in it: the request, the rules, the disk, the drawing and the few sockets that follow.
"""

import shutil
import tempfile
from pathlib import Path

from bench.asking import asked
from bench.boards import NOTE_WORDS, Ready, kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import flipchart

PEOPLE = 1_000
FOLLOWERS = 20
RATE = 100.0


def cost(data: Path, board: Ready, seconds: float) -> float:
    """Microseconds of the server's CPU for a note, on a server that starts with this board."""
    with flipchart(data, FLIPCHART_MAX_NOTES="100000") as server:
        facts = {
            "port": server.port,
            "pid": server.pid,
            "path": board.live(),
            "commands": f"/b/{board.id}/commands",
            "step": board.step,
            "seats": kept(data / "seats", board.seats),
            "open": FOLLOWERS,
            "rate": RATE,
            "seconds": seconds,
            "text": NOTE_WORDS,
        }
        with client("session", **facts) as load:
            found = load.result()
    if found["refused"] or found["lost"] or found["seen_by_all"] != found["notes"]:
        raise RuntimeError(f"the session was not whole: {found}")
    return float(1e6 * found["server_cpu"] / found["notes"])


def main() -> None:
    """Boards of each size in turn, several times; the ratio is taken within each turn."""
    chosen = asked(__doc__, sizes=[100, 1_000, 10_000], seconds=3.0, runs=3)
    costs: dict[int, list[float]] = {size: [] for size in chosen.sizes}
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        boards = {size: ready(Path(name) / str(size), people=PEOPLE, notes=size) for size in chosen.sizes}
        for _ in range(chosen.runs):
            for size, board in boards.items():
                data = Path(name) / "now"
                shutil.copytree(Path(name) / str(size), data)
                costs[size].append(cost(data, board, chosen.seconds))
                shutil.rmtree(data)
    report = Report("growth")
    for size, measured in costs.items():
        report.row(f"a note on a board of {size:,}", "µs of server CPU", measured)
    small, large = min(costs), max(costs)
    ratios = [more / less for less, more in zip(costs[small], costs[large], strict=True)]
    report.row(f"{large:,} notes beside {small:,}", "×", ratios, 1.2)
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
