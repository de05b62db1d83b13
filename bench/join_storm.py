"""A join storm: a thousand people come in at the same moment, each through the door's form, to the page and its socket.

The seconds are those until the last of them has an open socket. The bytes are all that the server sends to anybody
from the first request on and until all is quiet again: doors, answers, pages (packed as browsers ask for them) and
frames, also those to a facilitator who is there already. Style, script and fonts are not in them: a browser fetches
them once in a year, and the benchmark `page` counts them.
"""

import tempfile
from pathlib import Path
from typing import Any

from bench.asking import asked
from bench.boards import ready
from bench.clients import client
from bench.report import Report
from bench.serving import flipchart


def run(people: int, notes: int) -> dict[str, Any]:
    """One storm on a fresh server, with so many notes on the board."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=max(1, min(notes, 100)) if notes else 0, notes=notes)
        with flipchart(data) as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "people": people,
                "board": board.id,
                "door": board.join,
                "watch": board.live(audience="facilitators"),
                "seat": board.host,
            }
            with client("storm", **facts) as load:
                found = load.result()
    if found["inside"] != people or found["lost"]:
        raise RuntimeError(f"not everybody came in: {found}")
    return found


def main() -> None:
    """Runs it several times, and shows what it found."""
    chosen = asked(__doc__, people=1_000, notes=0, runs=3)
    runs = [run(chosen.people, chosen.notes) for _ in range(chosen.runs)]

    def of(name: str, scale: float = 1) -> list[float]:
        return [each[name] * scale for each in runs]

    report = Report("join_storm")
    report.row(f"{chosen.people:,} people: until the last is in", "s", of("seconds"), 5)
    report.row("until half of them are in", "s", of("half"))
    report.row("server CPU until the last is in", "s", of("coming_cpu"))
    report.row("server CPU for each of them, until all is quiet", "ms", of("server_cpu", 1e3 / chosen.people))
    report.row("bytes to all", "MB", of("bytes", 1e-6), 30)
    report.row("of these, doors", "MB", of("doors", 1e-6))
    report.row("of these, pages", "MB", of("pages", 1e-6))
    report.row("frames to each of them", "", of("frames", 1 / chosen.people))
    report.row("the load client's own CPU", "s", of("own_cpu"))
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
