"""Kills or restarts PostgreSQL under a server while people write, and says what became of what they were promised."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.prove.auditing import Audit, audit
from tests.prove.serving import Served, changed, served
from tests.prove.writing import Writers, begin

PATIENCE = 10.0
# Asked by a signal, a server writes down how many connections its pools have given out and not got back.
TELLS_ITS_POOLS = (
    "import os, pathlib, signal\n"
    "from app.store import opening\n"
    "pools, engine = [], opening.postgresql_engine\n"
    "def noted(*places, **how):\n"
    "    made = engine(*places, **how)\n"
    "    pools.append(made.pool)\n"
    "    return made\n"
    "opening.postgresql_engine = noted\n"
    "def tell(*_):\n"
    "    out = sum(pool.checkedout() for pool in pools)\n"
    "    pathlib.Path(os.environ['FLIPCHART_DATA'], 'pools').write_text(f'{out} of {len(pools)} pools')\n"
    "signal.signal(signal.SIGUSR1, tell)\n"
)


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was found after so many ends of the database.

    `back` is the seconds from each return of the database until a command was answered, `unknown` how many answers were
    that nobody knows, `out` how many connections were still given out when nobody asked for anything any more.
    """

    audit: Audit
    back: list[float]
    unknown: int
    again: int
    out: int
    rate: float


def restart_again_and_again(
    place: Path, *, kills: int, restarts: int, writers: int, chance: random.Random, more: str = ""
) -> Restarted:
    """End PostgreSQL at moments that chance gives, have people feel it, start it again; then compare."""
    home = place / "boards"
    home.mkdir()
    back: list[float] = []
    up = 0.0
    with postgres.server(postgres.DURABLE) as database:
        url = database.make("audited")
        stated = {"FLIPCHART_DATABASE_URL": url, "FLIPCHART_DATA": str(home)}
        with served(home, changed(TELLS_ITS_POOLS + more), **stated) as server:
            session = begin(server.port)
            with Writers(server.port, session, writers) as writing:
                ends: list[Callable[[], None]] = [database.kill] * kills + [database.stop] * restarts
                chance.shuffle(ends)
                for end in ends:
                    up += writing.seen.await_more(chance.randint(20, 100))
                    end()
                    answered = len(writing.seen.answered)
                    database.start()
                    began = time.monotonic()
                    writing.seen.await_count(answered + 1)
                    back.append(time.monotonic() - began)
                writing.seen.await_more(20)
            out = given_out(server)
        found = audit(url, session, writing.seen)
    unknown = writing.seen.refused.get("unknown-outcome", 0) + writing.seen.refused.get("no answer", 0)
    return Restarted(found, back, unknown, writing.seen.again, out, len(writing.seen.answered) / max(up, 0.001))


def given_out(server: Served) -> int:
    """How many connections the server's pools lack, now that nobody asks for anything."""
    told = server.data / "pools"
    os.kill(server.pid, signal.SIGUSR1)
    until = time.monotonic() + PATIENCE
    while not told.is_file() or not told.read_text():
        assert time.monotonic() < until, "the server does not tell of its pools"
        threading.Event().wait(0.02)
    out, _, pools = told.read_text().partition(" of ")
    assert pools != "0 pools"
    return int(out)
