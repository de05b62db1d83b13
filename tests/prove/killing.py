"""Kills a server again and again while people write, and says what became of what they were promised."""

import random
from dataclasses import dataclass
from pathlib import Path

from tests.prove.auditing import Audit, Writers, audit, begin, served


@dataclass(frozen=True, slots=True)
class Killed:
    """What was found after so many kills; `back` is the seconds from each start until it served again."""

    audit: Audit
    back: list[float]
    again: int


def kill_again_and_again(data: Path, *, times: int, writers: int, chance: random.Random) -> Killed:
    """Kill at a moment that chance gives, start again, and once more; then compare."""
    back: list[float] = []
    with served(data) as server:
        session = begin(server.port)
        with Writers(server.port, session, writers) as writing:
            for _ in range(times):
                writing.seen.await_count(len(writing.seen.answered) + chance.randint(20, 150))
                writing.up.clear()
                server.kill()
                back.append(server.start())
                writing.up.set()
            writing.seen.await_count(len(writing.seen.answered) + 20)
        server.stop()
    found = audit(f"sqlite:///{data}/flipchart.db", session, writing.seen)
    return Killed(found, back, writing.seen.again)
