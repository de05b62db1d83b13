"""Two processes on one PostgreSQL, people who write and read on both, and a broker that dies, freezes and lies."""

import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from redis import Redis
from redis.exceptions import RedisError
from websockets.sync.client import connect

from tests import postgres, redis
from tests.prove.auditing import Audit, audit
from tests.prove.serving import Client, changed, served
from tests.prove.writing import Session, Writers, begin

PATIENCE = 20.0
KEY = "a key that both processes know, long enough to be one"
NOTE = re.compile(r"Note \d+ of writer \d+")
# What was normal before is normal again after so many seconds.
AGAIN = 5.0
# Nobody tells the others, and nobody looks by themselves.
NEVER_LOOKS = "from app.realtime import rooms\nrooms.POLL = 3600.0\n"


@dataclass(frozen=True, slots=True)
class Broken:
    """What became of the notes, and the seconds from the asking until every page of both processes had each of them.

    `unseen` are notes that some page never had; `latencies` by what was the matter while they were asked for.
    """

    audit: Audit
    latencies: Mapping[str, list[float]]
    unseen: int
    lies: int
    rate: float

    def p99(self, when: str) -> float:
        """Of a hundred, all but the slowest one."""
        return sorted(self.latencies[when])[int(len(self.latencies[when]) * 0.99)]

    def median(self, when: str) -> float:
        """Of two, the quicker one."""
        return sorted(self.latencies[when])[len(self.latencies[when]) // 2]


class Paced(Writers):
    """Writers who pause between two commands, and know when they asked first."""

    def __init__(self, ports: list[int], session: Session, seats: int, pause: float) -> None:
        super().__init__(ports, session, seats)
        self.asked: dict[str, float] = {}
        self._pause = pause

    def _ask(self, client: Client, id_: str, said: Any, command: Mapping[str, Any]) -> None:
        if isinstance(said, str):
            self.asked[said] = time.monotonic()
        super()._ask(client, id_, said, command)
        self._enough.wait(self._pause * random.uniform(0.5, 1.5))


@dataclass(slots=True)
class Reader:
    """A page of one process: when it had each note first."""

    port: int
    session: Session
    had: dict[str, float] = field(default_factory=dict)
    open: threading.Event = field(default_factory=threading.Event)

    def read(self, until: threading.Event) -> None:
        """Come in, and take in frames until there is enough."""
        with Client(self.port) as client:
            client.ask("POST", self.session.join, {"name": "Reader", "place": "Quito", "language": "en"})
            _, seen = client.ask("GET", f"/api/boards/{self.session.board}")
            where = urlencode({"since": seen["seq"], "epoch": seen["epoch"]})
            address = f"ws://127.0.0.1:{self.port}/b/{self.session.board}/live?{where}"
            home = f"http://127.0.0.1:{self.port}"
            with connect(address, additional_headers={"Cookie": client.cookie}, origin=home, max_size=None) as line:  # type: ignore[arg-type]
                self.open.set()
                while not until.is_set():
                    with suppress(TimeoutError):
                        told = str(line.recv(0.2))
                        now = time.monotonic()
                        assert '"refresh"' not in told, "a page that missed more than frames can tell"
                        for text in NOTE.findall(told):
                            self.had.setdefault(text, now)


class Liar:
    """Hears everything that goes over the broker, and says it again: doubled, in another order, changed, forged."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self._url, self._chance = url, chance
        self.said: set[bytes] = set()

    def lie(self, until: threading.Event) -> None:
        """Until there is enough, whenever there is a broker."""
        heard: list[tuple[bytes, bytes]] = []
        while not until.is_set():
            with suppress(RedisError, OSError), Redis.from_url(self._url, socket_timeout=1.0) as broker:
                line = broker.pubsub()
                line.psubscribe("flipchart:*")
                while not until.is_set():
                    found = line.get_message(timeout=0.2)
                    if found is not None and found["type"] == "pmessage" and found["data"] not in self.said:
                        heard.append((found["channel"], found["data"]))
                    if len(heard) > self._chance.randrange(20):
                        self._say(broker, heard)
                        heard.clear()
            until.wait(0.5)

    def _say(self, broker: "Redis[Any]", heard: list[tuple[bytes, bytes]]) -> None:
        self._chance.shuffle(heard)
        for channel, message in heard:
            at = self._chance.randrange(1, len(message))
            for lie in (message, message, message[:at] + b"9" + message[at + 1 :], message[:at]):
                self.said.add(lie)
                broker.publish(channel, lie)


def break_the_broker(
    place: Path, *, away: float, normal: float, writers: int, readers: int, pause: float, careless: str = ""
) -> Broken:
    """Kill the broker for `away` seconds, bring it back, freeze it for as long, and let it go on; then compare."""
    enough = threading.Event()
    phases: list[tuple[float, str]] = []

    def phase(name: str, seconds: float) -> None:
        phases.append((time.monotonic(), name))
        enough.wait(seconds)

    with _two(place, careless) as (ports, url, broker):
        session = begin(ports[0])
        pages = [Reader(ports[at % len(ports)], session) for at in range(readers)]
        liar = Liar(broker.url, random.Random())
        jobs: list[Callable[[threading.Event], None]] = [*(page.read for page in pages), liar.lie]
        threads = [threading.Thread(target=job, args=(enough,)) for job in jobs]
        for thread in threads:
            thread.start()
        # Where nobody writes, only a hint, or a look of one's own, tells that somebody does elsewhere.
        with Paced(ports[:1], session, writers, pause) as writing:
            assert all(page.open.wait(PATIENCE) for page in pages)
            phase("normal", normal)
            for name, begins, ends in (("killed", broker.stop, broker.start), ("frozen", broker.freeze, broker.thaw)):
                begins()
                phase(name, away)
                ends()
                phase("returning", AGAIN)
                phase("normal", normal)
            took = time.monotonic() - phases[0][0]
            phase("end", 0.0)
        _await_all(pages, writing)
        enough.set()
        for thread in threads:
            thread.join()
        found = audit(url, session, writing.seen)
    latencies, unseen = _latencies(pages, writing, phases)
    return Broken(found, latencies, unseen, len(liar.said), len(writing.seen.answered) / took)


def _await_all(pages: list[Reader], writing: Paced) -> None:
    until = time.monotonic() + AGAIN
    while time.monotonic() < until and any(len(page.had) < len(writing.asked) for page in pages):
        threading.Event().wait(0.05)


def _latencies(
    pages: list[Reader], writing: Paced, phases: list[tuple[float, str]]
) -> tuple[dict[str, list[float]], int]:
    latencies, unseen = defaultdict(list), 0
    began = phases[0][0]
    for text, at in writing.asked.items():
        seen = [page.had.get(text) for page in pages]
        if at < began:
            continue
        if None in seen:
            unseen += 1
            continue
        when = [name for since, name in phases if since <= at][-1]
        latencies[when].append(max(each for each in seen if each is not None) - at)
    return latencies, unseen


@contextmanager
def _two(place: Path, careless: str) -> Iterator[tuple[list[int], str, redis.Server]]:
    """Their ports, the database, and the broker."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres.server(postgres.DURABLE)).make("brokered")
        broker = stack.enter_context(redis.server("geheim"))
        stated = {
            "FLIPCHART_SECRET_KEY": KEY,
            "FLIPCHART_DATABASE_URL": url,
            "FLIPCHART_BROKER_URL": broker.url,
            "FLIPCHART_SMART": "false",
        }
        ports = []
        for name in ("one", "two"):
            (place / name).mkdir()
            ports.append(stack.enter_context(served(place / name, changed(careless), **stated)).port)
        yield ports, url, broker


__all__ = ["NEVER_LOOKS", "Broken", "break_the_broker"]
