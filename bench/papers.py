"""Papers: seconds for a report in every form as a server makes it, and how long its loop stood still meanwhile."""

import asyncio
import time
from collections.abc import Iterator

from app.board.founding import found
from app.board.records import Note, Person, Reaction, Record, Step
from app.papers.apart import Papers
from app.papers.order import TYPES, Order, sheet_of
from app.printing.press import Press
from bench.asking import asked
from bench.boards import PLACES, TEXTS
from bench.report import Report
from web.reporting import wording_of
from web.words import words_for

NOW = 1_790_000_000.0
COLORS = ("sun", "coral", "leaf", "sky", "lilac")
TICK = 0.002


def board_of(notes: int) -> tuple[Record, ...]:
    """A board of so many notes by 100 people in three steps, each with two reactions."""
    founded = list(found("papers", title="Flip the Script", template="flip-the-script", language="fr", now=NOW))
    steps = [each.id for each in founded if isinstance(each, Step) and each.kind == "write"]
    return (*founded, *_people(), *_written(notes, steps))


def _people() -> Iterator[Person]:
    for number in range(100):
        place, country = PLACES[number % len(PLACES)]
        yield Person(id=f"p{number}", name=f"p{number}", place=place, country=country, language="fr", joined_at=NOW)


def _written(notes: int, steps: list[str]) -> Iterator[Record]:
    for number in range(notes):
        place, country = PLACES[number % len(PLACES)]
        yield Note(
            id=f"n{number}",
            step=steps[number % len(steps)],
            text=f"{TEXTS[number % len(TEXTS)]} ({number})",
            author=f"p{number % 100}",
            language="fr",
            place=place,
            country=country,
            color=COLORS[number % len(COLORS)],
            created_at=NOW,
            seq=number,
            text_seq=number,
        )
        for person in (number % 100, (number + 1) % 100):
            reaction, note = f"r{number}-{person}", f"n{number}"
            yield Reaction(id=reaction, note=note, person=f"p{person}", emoji="♥")


async def made(form: str, records: tuple[Record, ...], turn: int) -> tuple[float, float, int]:
    """Seconds, milliseconds that the loop stood still at most, and bytes."""
    papers, press = Papers(), Press(patience=120)
    wording = wording_of(words_for("fr"))
    standing: list[float] = []
    watching = asyncio.create_task(_watch(standing))
    start = time.perf_counter()
    order = Order(form=form, board="papers", epoch="e", seq=turn, records=records, wording=wording, as_of=NOW)
    file = await papers.write(order)
    if form == "pdf":
        file = await press.print(sheet_of(file, NOW))
    took = time.perf_counter() - start
    watching.cancel()
    await papers.close()
    await press.close()
    return took, 1e3 * max(standing, default=0.0), len(file)


async def _watch(standing: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        standing.append(time.perf_counter() - before - TICK)


def main() -> None:
    """Each size and form several times."""
    chosen = asked(__doc__, sizes=[200, 2_000], runs=3)
    report = Report("papers")
    for size in chosen.sizes:
        records = board_of(size)
        for form in TYPES:
            runs = [asyncio.run(made(form, records, turn)) for turn in range(chosen.runs)]
            report.row(f"{form}, {size:,} notes ({runs[0][2] / 1000:,.0f} KB)", "s", [run[0] for run in runs])
            report.row(f"{form}, {size:,} notes: the loop stood still at most", "ms", [run[1] for run in runs])
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
