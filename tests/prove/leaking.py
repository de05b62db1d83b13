"""What a server holds before so many people came and went, and after."""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.prove.coming import come_and_go
from tests.prove.measured import measured
from tests.prove.serving import Client, Served, served

CALM = 20.0
THIRDS = 3
# Objects that come and go with what is being done: fewer of one kind than one in ten boards are no leak.
BY_CHANCE = 10
SAME = ("tasks", "descriptors", "rooms", "threads")

Held = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """Before the first third of the boards and after each; the connects by how they ended; the seconds of closing."""

    looks: list[Held]
    connects: Counter[str]
    closing: float

    @property
    def before(self) -> Held:
        return self.looks[0]

    @property
    def after(self) -> Held:
        return self.looks[-1]

    @property
    def grown(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Of tasks, descriptors, rooms and threads, those that there are not as many of as before."""
        return {name: found for name in SAME if (found := differing(self.before[name], self.after[name]))}

    def left(self, boards: int) -> dict[str, tuple[int, int]]:
        """The kinds of objects, and the maps, that have grown with the boards."""
        found = differing(self.before["objects"], self.after["objects"])
        found |= differing(self.before["maps"], self.after["maps"])
        return {name: (was, now) for name, (was, now) in found.items() if now - was > max(20, boards // BY_CHANCE)}

    @property
    def memory(self) -> list[int]:
        """The bytes in memory, look by look."""
        return [int(each["memory"]) for each in self.looks]

    @property
    def still_grows(self) -> float:
        """How much the last third of the boards added, as a share: what warms up has done so in the thirds before."""
        *_, before, after = self.memory
        return (after - before) / before


def differing(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The names whose numbers are not the same."""
    names = before.keys() | after.keys()
    return {name: pair for name in names if len(set(pair := (before.get(name, 0), after.get(name, 0)))) > 1}


def comes_back(place: Path, *, warm: int, boards: int, planted: str = "") -> Compared:
    """Let people come and go once so that all is warm, look, and look again after each third of so many boards."""
    home = place / "boards"
    home.mkdir()
    with served(home, measured(planted)) as server:
        come_and_go(server.port, warm)
        looks, closing, connects = [calm(server)[0]], 0.0, Counter[str]()
        for third in range(THIRDS):
            connects += come_and_go(server.port, boards * (third + 1) // THIRDS - boards * third // THIRDS)
            found, took = calm(server)
            looks.append(found)
            closing = max(closing, took)
    return Compared(looks, connects, closing)


def calm(server: Served) -> tuple[Held, float]:
    """What is held once no room is open any more, or when waiting for that has been in vain."""
    began, found = time.monotonic(), looked(server)
    while found["rooms"]["open"] and time.monotonic() - began < CALM:
        threading.Event().wait(0.5)
        found = looked(server)
    took = time.monotonic() - began
    # Writing to the disk and timers of a second or two.
    threading.Event().wait(3)
    return looked(server), took


def looked(server: Served) -> Held:
    """What the server says that it holds."""
    with Client(server.port) as client:
        status, found = client.ask("GET", "/held")
        assert status == 200, status
        held: Held = found
        return held
