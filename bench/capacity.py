"""Capacity: how many people one board holds, and how many boards one process, until a note comes too late.

It goes up step by step and ends at the first that is missed twice, for what else a machine does is no limit of the
server's. A step holds when 99 of 100 notes are acknowledged within 100 ms and seen by all who follow their board within
250 ms, each of them by everybody in the end, and no line is lost. The last that held is run again on a new server;
where it does not hold then, the one below is tried.
On a board of a workshop 30 people write a note every 5 seconds among them. As there are seldom lines enough for the
boards of which a process is full by then, fewer boards are also written to ever faster.
"""

import resource
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.asking import asked
from bench.boards import several
from bench.crowd import Level, crowd
from bench.report import Report
from bench.serving import flipchart

ACKNOWLEDGED, SEEN = 100.0, 250.0
WORKSHOP, PAUSE = 30, 5.0
PEOPLE = (1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 10_000, 12_000, 15_000, 18_000)
BOARDS = (200, 400, 500, 650)
FEWER, NOTES = 200, (100, 150, 200, 250, 300, 400, 500)
TRIES = 2
# Files of a process that are no lines of people: its database, who posts, and what it opens for itself.
BESIDES = 300


@dataclass(frozen=True, slots=True)
class Step:
    """Boards with so many people each, and notes a second to all of them."""

    name: str
    sizes: Sequence[int]
    rate: float

    @property
    def lines(self) -> int:
        """One for each of the people."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class Held:
    """The last step that held each time and its runs, and the first that was missed; None for what there was not."""

    step: Step | None
    runs: Sequence[Level]
    missed: Step | None
    miss: Level | None


def people(numbers: Sequence[int], rate: float) -> list[Step]:
    """More and more people on one board."""
    return [Step(f"{number:,} people on one board, {rate:g} notes/s", [number], rate) for number in numbers]


def workshops(numbers: Sequence[int]) -> list[Step]:
    """More and more boards, at the pace of a workshop."""
    return [_boards(number, number / PAUSE) for number in numbers]


def faster(boards: int, rates: Sequence[float]) -> list[Step]:
    """More and more notes on the same boards."""
    return [_boards(boards, rate) for rate in rates]


def _boards(number: int, rate: float) -> Step:
    return Step(f"{number} boards of {WORKSHOP} people, {rate:g} notes/s in all", [WORKSHOP] * number, rate)


def up(steps: Sequence[Step], seconds: float, runs: int) -> Held:
    """From the first step to the first that is missed."""
    found = climb(steps, seconds)
    missed, miss = (None, None) if _holds(found[-1]) else (steps[len(found) - 1], found.pop())
    while found:
        step = steps[len(found) - 1]
        levels = [found.pop(), *(climb([step], seconds)[0] for _ in range(runs - 1))]
        if all(map(_holds, levels)):
            return Held(step, levels, missed, miss)
        missed, miss = step, next(each for each in levels if not _holds(each))
    return Held(None, [], missed, miss)


def climb(steps: Sequence[Step], seconds: float) -> list[Level]:
    """One step after the other on the same server, to which more people come; the last may have been missed."""
    found: list[Level] = []
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        place = Path(name)
        boards = several(place, steps[-1].sizes)
        with flipchart(place, FLIPCHART_MAX_NOTES="100000") as server, crowd(place, boards, server) as everybody:
            for step in steps:
                for _ in range(TRIES):
                    level = everybody.level(step.lines, step.rate, seconds)
                    if _holds(level):
                        break
                found.append(level)
                if not _holds(level):
                    break
    return found


def _holds(level: Level) -> bool:
    return level.holds(acknowledged=ACKNOWLEDGED, seen=SEEN)


def possible(steps: Sequence[Step]) -> list[Step]:
    """Without those that need more lines than this system lets a process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    return [step for step in steps if most < 0 or step.lines + BESIDES <= most]


def main() -> None:
    """Each way up, and what the last steps cost."""
    chosen = asked(__doc__, people=PEOPLE, rate=20.0, boards=BOARDS, notes=NOTES, seconds=5.0, runs=2)
    report = Report("capacity")
    for steps in (people(chosen.people, chosen.rate), workshops(chosen.boards), faster(FEWER, chosen.notes)):
        if steps:
            _show(report, steps, chosen.seconds, chosen.runs)
    report.show(write=chosen.write)


def _show(report: Report, wished: Sequence[Step], seconds: float, runs: int) -> None:
    steps = possible(wished)
    held = up(steps, seconds, runs)
    if held.step is not None:
        _figures(report, held.step.name, held.runs)
    if held.missed is not None and held.miss is not None:
        late = f"{held.miss.found['ack_p99']:.1f} ms, seen by all within {held.miss.found['seen_p99']:.1f} ms"
        said = f"did not hold: 99 of 100 notes were acknowledged within {late}{_lacking(held.miss)}."
        report.remarks.append(f"- {held.missed.name}, {said}")
    else:
        why = "" if len(steps) == len(wished) else _too_many()
        report.remarks.append(f"- More than {steps[-1].name}, was not tried{why}.")


def _figures(report: Report, title: str, runs: Sequence[Level]) -> None:
    def of(name: str) -> list[float]:
        return [float(each.found[name]) for each in runs]

    report.row(f"{title}: acknowledged, 99 of 100", "ms", of("ack_p99"), ACKNOWLEDGED)
    report.row(f"{title}: seen by all, half of them", "ms", of("seen_p50"))
    report.row(f"{title}: seen by all, 99 of 100", "ms", of("seen_p99"), SEEN)
    report.row(f"{title}: deliveries", "/s", [each.each_second("deliveries") for each in runs])
    report.row(f"{title}: server CPU for a delivery", "µs", [each.delivery for each in runs])
    report.row(f"{title}: server CPU", "% of a core", [100 * each.used for each in runs])
    own = [100 * each.each_second("own_cpu") for each in runs]
    report.row(f"{title}: the load client's own CPU", "% of a core", own)


def _lacking(miss: Level) -> str:
    if miss.whole():
        return ""
    found = miss.found
    return f"; {found['lacking']} were not seen by all, {found['refused']} refused, {found['lost']} lines lost"


def _too_many() -> str:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return f": this system lets a process have {most:,} files (`ulimit -Hn`), and each line is one"


if __name__ == "__main__":
    main()
