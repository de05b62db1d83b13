"""Knows how a crowd is brought to boards level by level, and what all processes that serve it use meanwhile."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.boards import NOTE_WORDS, Ready, kept
from bench.clients import Client, client, found_in
from bench.serving import CPU_CLOCK, Served

# Of each a process and all that it started, by the name under which they are shown.
Families = Mapping[str, int]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Level:
    """What was found with so many lines and notes a second; `cpu` is in seconds, of each family."""

    lines: int
    rate: float
    found: dict[str, Any]
    cpu: dict[str, float]

    @property
    def delivery(self) -> float:
        """Microseconds of CPU of all families for each delivery."""
        return sum(map(self.delivery_of, self.cpu))

    @property
    def used(self) -> float:
        """Cores' worth of CPU of all families."""
        return sum(self.cpu.values()) / float(self.found["seconds"])

    def delivery_of(self, family: str) -> float:
        """The same of one of them."""
        return 1e6 * self.cpu[family] / max(1, int(self.found["deliveries"]))

    def whole(self) -> bool:
        """Whether every note was acknowledged and seen by all in the end, and no line was lost."""
        return not (self.found["lacking"] or self.found["refused"] or self.found["lost"])

    def holds(self, *, acknowledged: float, seen: float) -> bool:
        """Whether 99 of 100 notes were acknowledged and seen by all within so many milliseconds."""
        return self.whole() and self.found["ack_p99"] <= acknowledged and self.found["seen_p99"] <= seen

    def each_second(self, what: str) -> float:
        """Of what was counted, how many a second."""
        return float(self.found[what] / self.found["seconds"])


class Crowd:
    """Everybody of some boards, in the boards' order; more and more of them are connected."""

    def __init__(self, load: Client, families: Families) -> None:
        self._load, self._families = load, families

    def level(self, lines: int, rate: float, seconds: float) -> Level:
        """Connect so many in all, and have so many notes a second written to the boards that these follow."""
        self._load.tell(f"{lines} {rate} {seconds}")
        self._until("writing")
        before = {name: used_by(pid) for name, pid in self._families.items()}
        self._until("written")
        cpu = {name: used_by(pid) - before[name] for name, pid in self._families.items()}
        return Level(lines, rate, found_in(self._load.hear()), cpu)

    def _until(self, word: str) -> None:
        while self._load.hear() != word:
            pass


@contextmanager
def crowd(place: Path, boards: Sequence[Ready], server: Served, **others: int) -> Iterator[Crowd]:
    """Nobody is connected yet; `others` are processes besides the server whose CPU is counted, by name."""
    lines = (f"{board.live()}\t/b/{board.id}/commands\t{board.step}" for board in boards)
    people = (f"{at} {seat}" for at, board in enumerate(boards) for seat in board.seats)
    text = NOTE_WORDS
    facts = {"boards": kept(place / "boards", lines), "people": kept(place / "people", people), "text": text}
    with client("crowd", port=server.port, **facts) as load:
        yield Crowd(load, {"server": server.pid, **others})


def used_by(pid: int) -> float:
    """Seconds of CPU that a process has used and all that it started, those that have ended since included."""
    return sum(_clock(each) + _ended(each) for each in family(pid))


def family(pid: int) -> list[int]:
    """That process, those that it started, and what these started, as far as they live."""
    parents = {int(path.parent.name): _stat(path)[1:2] for path in Path("/proc").glob("[0-9]*/stat")}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == [str(each)]]
    return found


def _clock(pid: int) -> float:
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | CPU_CLOCK)
    return 0.0


def _ended(pid: int) -> float:
    """Of those that it started and that have ended: fields 16 and 17 of proc(5), in ticks."""
    said = _stat(Path(f"/proc/{pid}/stat"))
    return sum(map(int, said[13:15])) / TICKS if said else 0.0


def _stat(path: Path) -> list[str]:
    """What proc(5) says of a process after its name, from its state on; nothing when it is gone."""
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
