"""Knows the command that sends simulated participants to a board which is a rehearsal."""

import asyncio
import signal
import sys
from contextlib import closing
from pathlib import Path
from random import SystemRandom
from typing import Annotated, NoReturn

import typer

from app import settings, starting
from app.links import Links
from app.rehearsal.company import MOST_PEOPLE, PACES, Plan
from app.rehearsal.figures import Figures
from app.rehearsal.script import LANGUAGES
from app.settings import Settings
from app.store.looking import open_to_look

MOST_NOTES = 3_000.0

Url = Annotated[str, typer.Argument(help="The join link of a rehearsal, or its address with the code.")]
BoardOption = Annotated[str, typer.Option("--board", help="A board of this data directory, instead of a link.")]
PeopleOption = Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many simulated participants come.")]
PaceOption = Annotated[str, typer.Option(help="calm, lively or rush, or how many notes a minute from all of them.")]
MinutesOption = Annotated[float, typer.Option(min=0.1, max=240, help="After so many minutes it ends by itself.")]
LanguagesOption = Annotated[str, typer.Option(help="What they write in, separated by commas.")]
SeedOption = Annotated[int | None, typer.Option(help="The same number: the same people, the same words.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="The directory that holds the boards.")]


def command(
    url: Url = "",
    board: BoardOption = "",
    people: PeopleOption = 30,
    pace: PaceOption = "lively",
    minutes: MinutesOption = 10.0,
    languages: LanguagesOption = "fr,en,es",
    seed: SeedOption = None,
    data: DataOption = None,
) -> None:
    """Sends simulated participants to a rehearsal: a copy of a board, made in its facilitators' panel."""
    # The HTTP client is long in coming, and every other command would wait for it.
    import httpx

    from app.rehearsal.visit import TurnedAway

    if bool(url) == bool(board):
        _stop("Give the join link of a rehearsal, or --board and its id.")
    plan = Plan(
        people=people,
        notes_per_minute=_pace(pace),
        seconds=60 * minutes,
        languages=_languages(languages),
        seed=SystemRandom().randrange(1_000_000) if seed is None else seed,
    )
    typer.echo(f"{plan.people} simulated participants, {plan.notes_per_minute:g} notes a minute, seed {plan.seed}.")
    address = url if url else _link(settings.load(data=data), board)
    try:
        figures = asyncio.run(_rehearse(address if "//" in address else f"http://{address}", plan))
    except TurnedAway as away:
        _stop(str(away))
    except (httpx.HTTPError, httpx.InvalidURL) as broken:
        _stop(f"The server could not be reached: {str(broken) or type(broken).__name__}.")
    typer.echo(f"\n{figures.summary()}")


async def _rehearse(url: str, plan: Plan) -> Figures:
    from app.rehearsal.running import door_of, rehearse
    from app.rehearsal.ways import Network

    way, stop = Network(url), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    door = await door_of(way, url)
    return await rehearse(way, door, plan, stop=stop, tell=_tell)


def _tell(seconds: float, figures: Figures) -> None:
    minutes, rest = divmod(round(seconds), 60)
    typer.echo(f"{minutes:02}:{rest:02}  {figures.line()}")


def _pace(pace: str) -> float:
    try:
        notes = PACES.get(pace) or float(pace)
    except ValueError:
        notes = 0.0
    if not 0 < notes <= MOST_NOTES:
        _stop(f"--pace is calm, lively or rush, or notes a minute from all of them (up to {MOST_NOTES:g}).")
    return notes


def _languages(named: str) -> tuple[str, ...]:
    chosen = tuple(name.strip() for name in named.split(",") if name.strip())
    if not chosen or any(name not in LANGUAGES for name in chosen):
        _stop(f"--languages names some of {', '.join(LANGUAGES)}.")
    return chosen


def _link(chosen: Settings, board: str) -> str:
    with closing(open_to_look(chosen.database_url)) as keeper:
        found = keeper.load(board, entries=0)
    if found is None:
        _stop(f"There is no board {board}: bin/flipchart boards lists those there are.")
    links = Links(chosen.key(make=False))
    return starting.last_address(chosen) + links.path(board, "join", found.board.door.generations["join"])


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)
