"""Alike: how long it takes to find which of 500 notes are about the same subject, and what frames notice of it.

A check is a question to the process apart: all texts with each other, and their clusters. The list is the whole answer
to whoever groups: the board read, the check, the page drawn. Meanwhile means that one list after the other is asked
for while people write, so that no two checks are the same.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from threading import Event

import httpx

from app.alike.likeness import Likeness
from bench.asking import asked
from bench.boards import NOTE_WORDS, Ready, kept, ready
from bench.clients import client
from bench.report import Report
from bench.serving import Served, flipchart

NOTES = 500
WAYS = {True: "meanings", False: "words"}
SUBJECTS = (
    ("more shade", "plus d’ombre", "más sombra"),
    ("free buses", "des bus gratuits", "autobuses gratis"),
    ("clean water", "de l’eau propre", "agua limpia"),
    ("a school garden", "un jardin d’école", "un huerto escolar"),
    ("safe crossings", "des passages sûrs", "cruces seguros"),
    ("night markets", "des marchés de nuit", "mercados nocturnos"),
    ("cheaper homes", "des logements moins chers", "viviendas más baratas"),
    ("solar roofs", "des toits solaires", "techos solares"),
)
SAID = (
    ("We want {} in {}", "Nous voulons {} à {}", "Queremos {} en {}"),
    ("Start with {}, first of all in {}", "Commençons par {}, d’abord à {}", "Empecemos con {}, primero en {}"),
    ("{}: {} shows how", "{} : {} montre comment", "{}: {} muestra cómo"),
)
PLACES = ("Lyon", "Dakar", "Cali", "Nairobi", "Porto", "Hanoi", "Quito")


def texts() -> list[str]:
    """What people would write: 504 notes on eight subjects in three languages, in any order."""
    said = [
        form[language].format(subject[language], place)
        for subject, form, language, place in product(SUBJECTS, SAID, range(3), PLACES)
    ]
    random.Random(NOTES).shuffle(said)
    return said


async def checks(*, smart: bool) -> dict[str, float]:
    """Milliseconds for each kind of check, on a process of its own."""
    likeness, said = Likeness(smart=smart), [(text, "en") for text in texts()[:NOTES]]
    found = {}
    try:
        for what, asked in (
            ("the first, with the start of the process", [*said[:2]]),
            ("every note is new", said),
            ("one note is new", [*said[1:], ("One bench for each bus stop", "en")]),
        ):
            began = time.perf_counter()
            await likeness.compare(asked)
            found[what] = 1e3 * (time.perf_counter() - began)
    finally:
        await likeness.close()
    return found


def listed(server: Served, board: Ready) -> float:
    """Milliseconds until a facilitator has the list."""
    address = f"http://127.0.0.1:{server.port}/b/{board.id}/alike"
    began = time.perf_counter()
    httpx.get(address, headers={"Cookie": board.host, "HX-Request": "true"}, timeout=60).raise_for_status()
    return 1e3 * (time.perf_counter() - began)


def run(*, smart: bool, asking: bool, people: int, rate: float, seconds: float) -> tuple[float, list[float]]:
    """Milliseconds until 99 of 100 notes were seen by all, and for each list that was asked for meanwhile."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        data = Path(name)
        board = ready(data, people=people, notes=NOTES, texts=texts())
        with flipchart(data, FLIPCHART_MAX_NOTES="100000", FLIPCHART_SMART=str(smart)) as server:
            listed(server, board)
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
            with client("session", **facts) as load, ThreadPoolExecutor(1) as beside:
                over = Event()
                lists = beside.submit(_until, over, server, board) if asking else None
                try:
                    found = load.result()
                finally:
                    over.set()
    if found["refused"] or found["lost"] or found["seen_by_all"] != found["notes"]:
        raise RuntimeError(f"the session was not whole: {found}")
    return float(found["seen_p99"]), lists.result() if lists else []


def _until(over: Event, server: Served, board: Ready) -> list[float]:
    found = []
    while not over.wait(0.2):
        found.append(listed(server, board))
    return found


def main() -> None:
    """Each way several times; with and without lists in turn, and the ratio within each turn."""
    chosen = asked(__doc__, people=200, rate=50.0, seconds=5.0, runs=3)
    report = Report("alike")
    for smart, way in WAYS.items():
        _show_checks(report, way, [asyncio.run(checks(smart=smart)) for _ in range(chosen.runs)])
    fast = {"people": chosen.people, "rate": chosen.rate, "seconds": chosen.seconds}
    for smart, way in WAYS.items():
        turns = [[run(smart=smart, asking=asking, **fast) for asking in (False, True)] for _ in range(chosen.runs)]
        alone, beside = ([turn[at][0] for turn in turns] for at in (0, 1))
        report.row(f"{way}: a list, while people write", "ms", [each for turn in turns for each in turn[1][1]])
        report.row(f"{way}: seen by all, 99 of 100, without lists", "ms", alone)
        report.row(f"{way}: seen by all, 99 of 100, meanwhile", "ms", beside)
        ratios = [more / less for less, more in zip(alone, beside, strict=True)]
        report.row(f"{way}: meanwhile beside without", "×", ratios, 1.2)
    report.show(write=chosen.write)


def _show_checks(report: Report, way: str, found: Sequence[dict[str, float]]) -> None:
    for what in found[0]:
        report.row(f"{way}, {NOTES} notes: {what}", "ms", [each[what] for each in found])


if __name__ == "__main__":
    main()
