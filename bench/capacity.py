"""Capacity: how many people one board holds, and how many boards one process, until a note comes too late.

It goes up step by step and ends at the first that is missed. A step holds when 99 of 100 notes are acknowledged within
100 ms and seen by all who follow their board within 250 ms, each of them by everybody in the end, and no line is lost.
The last that held is run again on a new server; where it does not hold then, the one below is tried.
On a board of a workshop 30 people write a note every 5 seconds among them.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.boards import several
from bench.crowd import Level, crowd
from bench.report import Report
from bench.serving import flipchart

ACKNOWLEDGED, SEEN = 100.0, 250.0
WORKSHOP, PAUSE = 30, 5.0
PEOPLE = (1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 10_000, 12_000, 15_000, 18_000)
BOARDS = (100, 200, 300, 400, 500, 600, 650)
# Files of a process that are no lines of people: its database, who posts, and what it opens for itself.
BESIDES = 300


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is stepped up: `sizes` are the people of each board of a step, `rate` the notes a second to all of them."""

    steps: Sequence[int]
    sizes: Callable[[int], Sequence[int]]
    rate: Callable[[int], float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Held:
    """The last step that held each time and its runs, and the first that was missed; None for what there was not."""

    step: int | None
    runs: Sequence[Level]
    missed: int | None
    miss: Level | None


def people(steps: Sequence[int], rate: float, seconds: float) -> Ladder:
    """More and more people on one board."""
    return Ladder(steps, lambda step: [step], lambda step: rate, seconds)


def workshops(steps: Sequence[int], seconds: float) -> Ladder:
    """More and more boards."""
    return Ladder(steps, lambda step: [WORKSHOP] * step, lambda step: step / PAUSE, seconds)


def up(ladder: Ladder, runs: int) -> Held:
    """From the first step to the first that is missed."""
    climbed = climb(ladder, ladder.steps)
    missed, miss = climbed.popitem() if not _holds([*climbed.values()][-1]) else (None, None)
    while climbed:
        step, level = climbed.popitem()
        levels = [level, *(climb(ladder, [step])[step] for _ in range(runs - 1))]
        if all(map(_holds, levels)):
            return Held(step, levels, missed, miss)
        missed, miss = step, next(each for each in levels if not _holds(each))
    return Held(None, [], missed, miss)


def climb(ladder: Ladder, steps: Sequence[int]) -> dict[int, Level]:
    """Each step on the same server, to which more people come; the last may have been missed."""
    found: dict[int, Level] = {}
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        place = Path(name)
        boards = several(place, ladder.sizes(max(steps)))
        with flipchart(place, FLIPCHART_MAX_NOTES="100000") as server, crowd(place, boards, server) as everybody:
            for step in steps:
                level = everybody.level(sum(ladder.sizes(step)), ladder.rate(step), ladder.seconds)
                found[step] = level
                if not _holds(level):
                    break
    return found


def _holds(level: Level) -> bool:
    return level.holds(acknowledged=ACKNOWLEDGED, seen=SEEN)


def possible(ladder: Ladder) -> Ladder:
    """Without the steps that need more lines than this system lets a process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = [step for step in ladder.steps if most < 0 or sum(ladder.sizes(step)) + BESIDES <= most]
    return Ladder(few, ladder.sizes, ladder.rate, ladder.seconds)


def main() -> None:
    """Both ways up, and what the last steps cost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=_numbers, default=PEOPLE)
    asked.add_argument("--boards", type=_numbers, default=BOARDS)
    asked.add_argument("--rate", type=float, default=20.0)
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--runs", type=int, default=2)
    asked.add_argument("--write", action="store_true")
    chosen = asked.parse_args()
    report = Report("capacity")
    _show(report, "people on one board", people(chosen.people, chosen.rate, chosen.seconds), chosen.runs)
    _show(report, f"boards of {WORKSHOP} people", workshops(chosen.boards, chosen.seconds), chosen.runs)
    report.show(write=chosen.write)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _show(report: Report, what: str, wished: Ladder, runs: int) -> None:
    ladder = possible(wished)
    held = up(ladder, runs)
    if held.step is not None:
        _figures(report, f"{held.step:,} {what}, {ladder.rate(held.step):g} notes/s", held.runs)
    if held.missed is not None and held.miss is not None:
        report.row(f"{held.missed:,} {what}: seen by all, 99 of 100", "ms", [held.miss.found["seen_p99"]])
        report.row(f"{held.missed:,} {what}: acknowledged, 99 of 100", "ms", [held.miss.found["ack_p99"]])
        report.remarks.append(f"{held.missed:,} {what} did not hold{_why(held.miss)}.")
    else:
        report.remarks.append(f"More {what} were not tried{'' if ladder.steps == wished.steps else _too_many()}.")


def _figures(report: Report, title: str, runs: Sequence[Level]) -> None:
    def of(name: str) -> list[float]:
        return [float(each.found[name]) for each in runs]

    report.row(f"{title}: acknowledged, 99 of 100", "ms", of("ack_p99"), ACKNOWLEDGED)
    report.row(f"{title}: seen by all, half of them", "ms", of("seen_p50"))
    report.row(f"{title}: seen by all, 99 of 100", "ms", of("seen_p99"), SEEN)
    report.row(f"{title}: deliveries", "/s", [each.each_second("deliveries") for each in runs])
    report.row(f"{title}: server CPU for a delivery", "µs", [each.delivery for each in runs])
    report.row(f"{title}: server CPU", "% of a core", [100 * each.used for each in runs])
    report.row(
        f"{title}: the load client's own CPU", "% of a core", [100 * each.each_second("own_cpu") for each in runs]
    )


def _why(miss: Level) -> str:
    if miss.whole():
        return ""
    found = miss.found
    return f": {found['lacking']} notes were not seen by all, {found['refused']} refused, {found['lost']} lines lost"


def _too_many() -> str:
    return (
        f": {resource.getrlimit(resource.RLIMIT_NOFILE)[1]:,} files are the most that this system lets a process have"
    )


if __name__ == "__main__":
    main()
