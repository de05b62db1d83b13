"""Prints what each attack came to, on our server as it is run and on stock uvicorn: a table for docs/performance.md.

`PYTHONPATH=. .venv/bin/python -P -m tests.wire.table`, about two minutes.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.wire.attacks import ATTACKS
from tests.wire.rig import KIB, Server, neighbour, serving
from tests.wire.test_attacks import cost_of_a_reader, grown_by_pings, stuck, warm

WATCHED = 35.0
Found = dict[str, str]


def attacked(server: Server) -> Found:
    """Each attack by itself, all at once, and what a neighbour noticed."""

    def one(name: str) -> str:
        began = time.monotonic()
        try:
            ATTACKS[name](server)
        except AssertionError:
            return f"stands after {time.monotonic() - began:.0f} s"
        return f"ended after {time.monotonic() - began:.1f} s"

    with neighbour(server) as healthy, ThreadPoolExecutor(len(ATTACKS)) as attackers:
        found = dict(zip(ATTACKS, attackers.map(one, ATTACKS), strict=True))
        stuck(server)
        server.asks(f"/lab/blast/{server.board}")
        time.sleep(0.5)
        began = time.monotonic()
        ended = server.stop(20.0)
        found["SIGTERM with 20 who do not read"] = (
            f"{'ended after' if ended else 'runs after'} {time.monotonic() - began:.1f} s"
        )
        server.process.kill()
        told = healthy.says()
    late = told["late"]
    found["a healthy neighbour meanwhile"] = (
        f"{told['missed']} of {told['heard']} frames lost; p99 {1000 * late[int(len(late) * 0.99)]:.0f} ms"
    )
    return found


def costly(server: Server) -> Found:
    """What those cost who do not read."""
    warm(server)
    warm(server)
    pings = grown_by_pings(server) / KIB
    return {
        "memory for a second of unread pings": f"{pings:,.0f} KiB",
        "memory for one who does not read, kernel included": f"{cost_of_a_reader(server) / KIB:,.0f} KiB",
    }


def measured(kind: str, how: Callable[[Server], Found], within: float) -> Found:
    """On a server of its own."""
    with tempfile.TemporaryDirectory() as directory, serving(kind, Path(directory), within=within) as server:
        return how(server)


def table() -> str:
    """One row an attack."""
    columns = [
        measured(kind, attacked, within) | measured(kind, costly, 5.0)
        for kind, within in (("real", WATCHED), ("stock", WATCHED))
    ]
    rows = [f"| {name.replace('_', ' ')} | {columns[0][name]} | {columns[1][name]} |" for name in columns[0]]
    return "\n".join(["| attack | Flipchart | stock uvicorn |", "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(table())
