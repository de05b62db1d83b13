"""Two processes that serve the same boards from one PostgreSQL, with a broker between them; one is killed each time."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgres, redis
from tests.prove.auditing import audit
from tests.prove.killing import Killed
from tests.prove.serving import Served, changed, served
from tests.prove.writing import Writers, begin

KEY = "a key that both processes know, long enough to be one"
# Answered by the other one while the one is away.
MEANWHILE = 10


@contextmanager
def pair(place: Path, careless: str = "") -> Iterator[tuple[list[Served], str]]:
    """The two, and where their database is."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres.server(postgres.DURABLE)).make("shared")
        broker = stack.enter_context(redis.server()).url
        stated = {"FLIPCHART_SECRET_KEY": KEY, "FLIPCHART_DATABASE_URL": url, "FLIPCHART_BROKER_URL": broker}
        both = []
        for name in ("one", "two"):
            (place / name).mkdir()
            both.append(stack.enter_context(served(place / name, changed(careless), **stated)))
        yield both, url


def kill_one_of_two(place: Path, *, times: int, writers: int, chance: random.Random, careless: str = "") -> Killed:
    """Kill one of the two at a moment that chance gives, have the other go on, start it again; and once more."""
    back: list[float] = []
    up = 0.0
    with pair(place, careless) as (both, url):
        session = begin(both[0].port)
        with Writers([each.port for each in both], session, writers) as writing:
            for _ in range(times):
                up += writing.seen.await_more(chance.randint(20, 150))
                one = chance.choice(both)
                one.kill()
                writing.seen.await_more(MEANWHILE)
                began = time.monotonic()
                one.start()
                back.append(time.monotonic() - began)
            writing.seen.await_more(20)
        for each in both:
            each.stop()
        found = audit(url, session, writing.seen)
    return Killed(found, back, writing.seen.again, len(writing.seen.answered) / max(up, 0.001), intact=True)
