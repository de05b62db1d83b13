"""Relay: notes delivered for a second of CPU, beside npm `socket.io` that passes on what it is told.

The same people, the same notes at the same rate by the same client, in turn. The relay keeps nothing, asks nobody
whether they may, and sends the note's bare words by one broadcast a note; ours is decided, durable, and drawn.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from bench.asking import asked
from bench.boards import NOTE_WORDS, kept, ready
from bench.clients import BUILT, client
from bench.report import Report
from bench.serving import announced
from bench.session import run

AT_LEAST = 8.0


def relay(node: str, people: int, rate: float, seconds: float) -> dict[str, Any]:
    """The same session on a bare relay."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        board = ready(Path(name), people=people)
        script = Path(__file__).parent / "load/relay.cjs"
        with announced([node, str(script), str(BUILT / "node_modules")]) as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "path": "/socket.io/?EIO=4&transport=websocket",
                "hello": "40",
                "commands": "/",
                "step": board.step,
                "seats": kept(Path(name) / "seats", board.seats),
                "open": people,
                "rate": rate,
                "seconds": seconds,
                "text": NOTE_WORDS,
            }
            with client("session", **facts) as load:
                found = load.result()
    if not found["deliveries"]:
        raise RuntimeError(f"the relay delivered nothing: {found}")
    return found


def main() -> None:
    """Both in turn at each rate, several times; the ratio is taken within each turn."""
    chosen = asked(__doc__, people=1_000, rates=[100.0, 300.0], seconds=4.0, runs=3)
    node = shutil.which("node")
    if node is None or not (BUILT / "node_modules/socket.io").is_dir():
        print("skipped: npm socket.io, because node or the package is not on this machine.")
        return
    report = Report("relay")
    for rate in chosen.rates:
        load = (chosen.people, rate, chosen.seconds)
        pairs = [(run(*load).found, relay(node, *load)) for _ in range(chosen.runs)]
        _show(report, f"{rate:g} notes/s", pairs)
    report.show(write=chosen.write)


def _show(report: Report, title: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for at, name in enumerate(("Flipchart", "npm socket.io, a bare relay")):
        found = [pair[at] for pair in pairs]
        report.row(f"{title}, {name}: delivered for a second of CPU", "notes", [_each(one) for one in found])
        report.row(f"{title}, {name}: seen by all, 99 of 100", "ms", [one["seen_p99"] for one in found])
    beside = [_each(theirs) / _each(ours) for ours, theirs in pairs]
    report.row(f"{title}: a delivery's CPU beside the relay's", "×", beside, 1 / AT_LEAST)


def _each(found: dict[str, Any]) -> float:
    return float(found["deliveries"] / found["server_cpu"])


if __name__ == "__main__":
    main()
