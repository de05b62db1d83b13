"""Kills one of two processes on one PostgreSQL again and again while people write by both; compares afterwards."""

import itertools
import random
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import postgres
from tests.prove.auditing import Audit, audit
from tests.prove.serving import FLIPCHART, Client, served
from tests.prove.writing import Session, Writers, begin

KEY = "of-the-proofs-alone-and-long-enough"


@dataclass(frozen=True, slots=True)
class OneKilled:
    """What was found after so many kills; `gap` is how long nobody had an answer at most."""

    audit: Audit
    gap: float
    again: int
    rate: float


class Wanderer:
    """One device whose every request comes to the next process, as it may behind a proxy."""

    def __init__(self, ports: list[int], nth: int) -> None:
        self._clients = [Client(port) for port in ports]
        self._next = itertools.count(nth)
        self._cookie = ""

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        """As `Client.ask`."""
        client = self._clients[next(self._next) % len(self._clients)]
        client.cookie = self._cookie
        answer = client.ask(method, path, fields)
        self._cookie = client.cookie
        return answer

    def hang_up(self) -> None:
        """All of its lines."""
        for client in self._clients:
            client.hang_up()


class Wandering(Writers):
    """Writers who never ask the same process twice in a row."""

    def __init__(self, ports: list[int], session: Session, seats: int) -> None:
        super().__init__(ports, session, seats)
        self._ports, self._wanderers = ports, dict[Client, Wanderer]()

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)
        for wanderer in self._wanderers.values():
            wanderer.hang_up()

    def _insist(self, client: Client, path: str, fields: Mapping[str, Any]) -> Any:
        wanderer = self._wanderers.setdefault(client, Wanderer(self._ports, len(self._wanderers)))
        return super()._insist(wanderer, path, fields)  # type: ignore[arg-type]


def kill_one_again_and_again(
    place: Path, *, times: int, writers: int, chance: random.Random, program: tuple[str, ...] = FLIPCHART
) -> OneKilled:
    """Kill one of two at a moment that chance gives, have people go on by the other, start it again; then compare."""
    gaps: list[float] = []
    up = 0.0
    with postgres.server(postgres.DURABLE) as database, ExitStack() as running:
        url = database.make("audited")
        stated = {"FLIPCHART_DATABASE_URL": url, "FLIPCHART_SECRET_KEY": KEY}
        servers = []
        for name in ("one", "other"):
            (place / name).mkdir()
            servers.append(running.enter_context(served(place / name, program, **stated)))
        session = begin(servers[0].port)
        with Wandering([server.port for server in servers], session, writers) as writing:
            for _ in range(times):
                up += writing.seen.await_more(chance.randint(20, 150))
                killed = chance.choice(servers)
                began = time.monotonic()
                killed.kill()
                writing.seen.await_more(1)
                gaps.append(time.monotonic() - began)
                up += writing.seen.await_more(chance.randint(5, 50))
                killed.start()
            writing.seen.await_more(50)
        for server in servers:
            server.stop()
        found = audit(url, session, writing.seen)
    return OneKilled(found, max(gaps), writing.seen.again, len(writing.seen.answered) / max(up, 0.001))
