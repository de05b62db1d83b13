"""Kills a server again and again while people write and vote, and says what became of what they were promised."""

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from tests.prove.auditing import Audit, audit, intact
from tests.prove.serving import FLIPCHART, Served, served
from tests.prove.writing import Writers, begin

LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Killed:
    """What was found after so many kills.

    `back` is the seconds from each start until a command was answered again, `rate` the answers a second while the
    server was up, `intact` whether SQLite found nothing wrong with its file, also as it lay after a kill.
    """

    audit: Audit
    back: list[float]
    again: int
    rate: float
    intact: bool


def kill_again_and_again(
    data: Path, *, times: int, writers: int, chance: random.Random, program: tuple[str, ...] = FLIPCHART
) -> Killed:
    """Kill at a moment that chance gives, start again, and once more; then compare."""
    home = data / "boards"
    home.mkdir()
    back: list[float] = []
    up, sound = 0.0, True
    with served(home, program) as server:
        session = begin(server.port)
        with Writers(server.port, session, writers) as writing:
            for nth in range(times):
                up += writing.seen.await_more(chance.randint(20, 150))
                writing.up.clear()
                server.kill()
                sound &= nth % LOOKED_AT != 0 or _intact_as_it_lies(home, data / "copy")
                back.append(_again(server, writing))
            writing.seen.await_more(20)
        server.stop()
    found = audit(f"sqlite:///{home}/flipchart.db", session, writing.seen)
    rate = (len(writing.seen.answered)) / max(up, 0.001)
    return Killed(found, back, writing.seen.again, rate, sound and intact(home / "flipchart.db"))


def _again(server: Served, writing: Writers) -> float:
    """Start it; the seconds until somebody had an answer from it."""
    began = time.monotonic()
    server.start()
    writing.up.set()
    writing.seen.await_more(1)
    return time.monotonic() - began


def _intact_as_it_lies(home: Path, copy: Path) -> bool:
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for path in home.glob("flipchart.db*"):
        shutil.copy(path, copy)
    return intact(copy / "flipchart.db")
