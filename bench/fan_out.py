"""Fan-out: what it costs a server to send one frame of 600 bytes to one of a thousand sockets.

Beside each other, in turn, in one run: a loop of `send()` in C, which is the floor; our protocol with its ready-made
frames; npm `ws`; and the loop of awaited `send_text` that everybody writes, under the server as it comes (without its
compression, which the load client does not ask for). Last the real board: there a frame holds a note, is three times
as large, and all that the note costs until it is kept and drawn is in the figure too.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.asking import asked
from bench.boards import NOTE_WORDS, kept, ready
from bench.clients import BUILT, client, program
from bench.report import Report
from bench.serving import announced, flipchart

SIZE = 600
PAUSE = 0.05
FLOOR, OURS = "send() in C", "our protocol"


def speakers(facts: Sequence[str]) -> dict[str, list[str]]:
    """Each server's command, by its name."""
    python = [sys.executable, "-P", "-m", "bench.speakers"]
    found = {
        FLOOR: [str(program("send_loop")), *facts],
        OURS: [*python, "ours", *facts],
        "awaited send_text, server as it comes": [*python, "naive", *facts],
    }
    node, modules = shutil.which("node"), BUILT / "node_modules"
    if node is None or not (modules / "ws").is_dir():
        print("skipped: npm ws, because node or the package is not on this machine.")
    else:
        found["npm ws"] = [node, str(Path(__file__).parent / "load/ws_loop.cjs"), str(modules), *facts]
    return found


def per_frame(command: Sequence[str], sockets: int, passes: int, seats: Path) -> float:
    """Microseconds of the server's CPU for each frame that arrived."""
    with announced(command) as server:
        facts = {"port": server.port, "path": "/", "seats": seats, "open": sockets, "frames": passes, "inflates": 0}
        with client("session", **facts) as load:
            load.step()
            before = server.cpu()
            found = load.result()
            return 1e6 * (server.cpu() - before) / float(found["frames"])


def on_the_board(sockets: int, seconds: float) -> float:
    """The same on a real board, with twenty notes a second."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=sockets)
        with flipchart(data) as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "path": board.live(),
                "commands": f"/b/{board.id}/commands",
                "step": board.step,
                "seats": kept(data / "seats", board.seats),
                "open": sockets,
                "rate": 1 / PAUSE,
                "seconds": seconds,
                "text": NOTE_WORDS,
            }
            with client("session", **facts) as load:
                found = load.result()
    return 1e6 * float(found["server_cpu"]) / float(found["frames"])


def main() -> None:
    """Each server in turn, several times; ratios are taken within each turn."""
    chosen = asked(__doc__, sockets=1_000, passes=60, runs=3)
    facts = [str(each) for each in (chosen.sockets, chosen.passes, SIZE, PAUSE)]
    commands = speakers(facts)
    costs: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        seats = kept(Path(name) / "seats", ["none=0"])
        for _ in range(chosen.runs):
            for each, command in commands.items():
                costs[each].append(per_frame(command, chosen.sockets, chosen.passes, seats))
    report = Report("fan_out")
    for each, measured in costs.items():
        report.row(f"a frame of {SIZE} bytes, {each}", "µs", measured)
    ratios = [ours / floor for ours, floor in zip(costs[OURS], costs[FLOOR], strict=True)]
    report.row(f"{OURS} beside {FLOOR}", "×", ratios, 2.5)
    board = [on_the_board(chosen.sockets, chosen.passes * PAUSE) for _ in range(chosen.runs)]
    report.row("a frame with a note on the real board, and all that the note costs", "µs", board)
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
