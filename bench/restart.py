"""Restart: everybody's line is cut by a server that ends at once, another starts, and all come back by themselves.

Counted from the moment at which the first line was lost until everybody was told of the board as it is. Each is missing
some notes, so that there is something to catch up on; a page dials at a random moment within two seconds.
"""

import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.asking import asked
from bench.boards import kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import flipchart

MISSED = 20
WATCHING = 0.2


def run(people: int, *, kill: bool = True, planted: str = "") -> dict[str, Any]:
    """One restart; `kill` ends the server with SIGKILL, otherwise it drains. `planted` is in the second server."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=people, notes=2 * MISSED)
        facts: dict[str, object] = {
            "people": people,
            "path": board.live(since=str(board.seq - MISSED)),
            "head": board.seq,
            "seats": kept(data / "seats", board.seats),
        }
        with (
            flipchart(data) as first,
            client("reconnect", port=first.port, **facts) as load,
            ThreadPoolExecutor(1) as beside,
        ):
            load.step()
            back = beside.submit(load.result)  # it is watching when the line is cut
            time.sleep(WATCHING)
            first.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            first.process.wait()
            ended = time.monotonic()
            with flipchart(data, port=first.port, planted=planted) as second:
                serving, before = time.monotonic() - ended, second.cpu()
                found = back.result()
                found |= {"serving": serving, "server_cpu": second.cpu() - before}
    return found


def main() -> None:
    """Runs it several times, and shows what it found."""
    chosen = asked(__doc__, people=2_000, runs=3)
    runs = [run(chosen.people) for _ in range(chosen.runs)]
    report = Report("restart")
    report.row(f"{chosen.people:,} people: until the last has caught up", "s", [each["all"] for each in runs], 10)
    report.row("until half of them have", "s", [each["half"] for each in runs])
    report.row("until another server has answered a first request", "s", [each["serving"] for each in runs])
    report.row("its CPU for each of them", "ms", [1e3 * each["server_cpu"] / chosen.people for each in runs])
    report.row("bytes to each of them", "KB", [each["bytes"] / chosen.people / 1e3 for each in runs])
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
