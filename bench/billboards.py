"""Billboards: milliseconds for one by a press that starts, that runs, and that has printed it before.

And whether notes are seen later while toolkits of fifty go out, one after the other.
"""

import asyncio
import io
import json
import statistics
import tempfile
import threading
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from app.board.contrast import readable_ink
from app.outcomes.billboards import COLORS, DESIGNS, FORMATS, Billboard, sheet_of
from app.printing.press import Press
from app.printing.sheet import Form
from bench.asking import asked
from bench.boards import NOTE_WORDS, PLACES, Ready, kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import flipchart

WORDS = ("Le changement global a un code postal.", "The world changes one block at a time.", "غيّروا العالم شارعاً شارعاً")
TOOLKIT, KITS = 50, 3
FORMS: tuple[Form, ...] = ("svg", "png", "pdf")


def billboard(number: int) -> Billboard:
    """Another one for each number."""
    ground, ink = list(COLORS.values())[number % len(COLORS)]
    return Billboard(
        text=WORDS[number % len(WORDS)],
        language=("fr", "en", "ar")[number % len(WORDS)],
        place=f"{PLACES[number % len(PLACES)][0]} {number}",
        design=DESIGNS[number % len(DESIGNS)],
        format=list(FORMATS)[number % len(FORMATS)],
        hashtag="#FlipTheScript",
        ground=ground,
        ink=readable_ink(ground, ink),
    )


async def printed(form: Form, *, for_print: bool = False) -> tuple[float, float, float]:
    """Milliseconds for the first, for each of those after it (half of them), and for one that is kept."""
    press = Press()
    try:
        took = [await _timed(press, form, number, for_print) for number in range(TOOLKIT)]
        again = await _timed(press, form, TOOLKIT - 1, for_print)
    finally:
        await press.close()
    return took[0], statistics.median(took[1:]), again


async def _timed(press: Press, form: Form, number: int, for_print: bool) -> float:
    start = time.perf_counter()
    await press.print(sheet_of(billboard(number), form, for_print=for_print))
    return 1e3 * (time.perf_counter() - start)


def session(people: int, rate: float, seconds: float, *, printing: bool) -> tuple[dict[str, Any], float]:
    """What a session found, and the seconds that a toolkit of fifty pictures took beside it."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=people)
        with flipchart(data) as server:
            facts = {
                "port": server.port,
                "pid": server.pid,
                "path": board.live(),
                "commands": f"/b/{board.id}/commands",
                "step": board.step,
                "seats": kept(data / "seats", board.seats),
                "open": people,
                "rate": rate,
                "seconds": seconds,
                "text": NOTE_WORDS,
            }
            took: list[float] = []
            with client("session", **facts) as load:
                load.step()
                fetching = threading.Thread(target=_fetch, args=(server.port, board, took))
                if printing:
                    fetching.start()
                found: dict[str, Any] = load.result()
            if printing:
                fetching.join()
    return found, statistics.mean(took) if took else 0.0


def _fetch(port: int, board: Ready, took: list[float]) -> None:
    """Toolkits of fifty pictures, one after the other, each in a design of its own: nothing has been printed before."""
    _asked(port, board, "/commands", {"do": "headline.add", "id": str(uuid4()), "text": WORDS[0], "language": "fr"})
    places = [("place", f"{PLACES[number % len(PLACES)][0]} {number}") for number in range(TOOLKIT // 2)]
    shapes = [("format", "landscape"), ("format", "square"), ("form", "png")]
    for design in DESIGNS[:KITS]:
        start = time.perf_counter()
        kit = _asked(port, board, f"/toolkit.zip?{urlencode([*places, *shapes, ('design', design)])}")
        took.append(time.perf_counter() - start)
        with zipfile.ZipFile(io.BytesIO(kit)) as archive:
            assert sum(name.endswith(".png") for name in archive.namelist()) == TOOLKIT


def _asked(port: int, board: Ready, path: str, said: dict[str, str] | None = None) -> bytes:
    headers = {"Cookie": board.host, "Content-Type": "application/json", "Accept": "application/json"}
    body = json.dumps(said).encode() if said else None
    with urllib.request.urlopen(
        urllib.request.Request(f"http://127.0.0.1:{port}/b/{board.id}{path}", body, headers)
    ) as answer:
        found: bytes = answer.read()
        return found


def main() -> None:
    """The press alone, then sessions with it and without it in turn."""
    chosen = asked(__doc__, people=300, rate=20.0, seconds=6.0, runs=5)
    report = Report("billboards")
    for form in FORMS:
        _alone(report, form, f"{form.upper()}")
    _alone(report, "png", "PNG for print", for_print=True)
    load = (chosen.people, chosen.rate, chosen.seconds)
    pairs = [[session(*load, printing=on) for on in (False, True)] for _ in range(chosen.runs)]
    without, beside = ([pair[at][0]["seen_p99"] for pair in pairs] for at in (0, 1))
    report.row(f"a toolkit of {TOOLKIT} pictures, during a session", "s", [pair[1][1] for pair in pairs])
    report.row("seen by all, 99 of 100, without", "ms", without)
    report.row("seen by all, 99 of 100, meanwhile", "ms", beside)
    ratio = statistics.median(beside) / statistics.median(without)
    report.row("seen by all, 99 of 100: meanwhile to without", "×", [ratio], 1.2)
    report.show(write=chosen.write)


def _alone(report: Report, form: Form, title: str, *, for_print: bool = False) -> None:
    runs = [asyncio.run(printed(form, for_print=for_print)) for _ in range(3)]
    report.row(f"{title}: the first, with the start of the press", "ms", [run[0] for run in runs])
    report.row(f"{title}: one after another", "ms", [run[1] for run in runs], None if for_print else 60)
    report.row(f"{title}: printed before", "ms", [run[2] for run in runs])


if __name__ == "__main__":
    main()
