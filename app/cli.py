"""Knows the commands an operator can give: serve, migrate, boards, links, backup, check-config, recount, rehearse."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from app import backing_up, checkup, handing_out, operating, rehearse, serving, settings, starting
from app.board.board import Board
from app.board.keeping import Behind, Keeper, OutcomeUnknown, StorageFull, Unavailable
from app.links import ROLES, Links
from app.outcomes import recounting
from app.serving import DataOption, alone
from app.settings import BadSettings, Settings
from app.store.looking import open_to_look
from app.store.migrating import CannotOpen
from app.store.opening import InUse, bring_up_to_date
from app.store.store import Store

commands = typer.Typer(
    help="Flipchart: a live board for writing a headline together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Rotated = Literal["join", "facilitator", "cohost", "observer", "screen", "all"]
RotateOption = Annotated[Rotated | None, typer.Option(help="Make a new link; the old one dies.")]


def run() -> None:
    """Runs one command of the command line; what stands in its way is one sentence and exit code 1."""
    try:
        commands(prog_name="flipchart")
    except (BadSettings, starting.CannotStart, CannotOpen, Unavailable) as refused:
        _stop(str(refused))
    except StorageFull:
        _stop("The disk that holds the data directory is full.")
    except Behind:
        _stop("The board was erased or put back meanwhile: nothing was changed. Look, and ask again.")
    except OutcomeUnknown:
        _stop("The database went away: nobody can say whether it was done. Look, and ask again.")
    except KeyboardInterrupt:
        sys.exit(130)


commands.command()(serving.serve)
commands.command("serve-beside", hidden=True)(serving.serve_beside)


@commands.command()
def migrate(data: DataOption = None) -> None:
    """Brings the database's tables up to date, and says from which revision to which."""
    chosen = settings.load(data=data)
    os.umask(0o077)
    brought = bring_up_to_date(chosen.database_url, data=chosen.data)
    if brought.before == brought.after:
        typer.echo(f"The tables are up to date: {brought.after}.")
    else:
        typer.echo(f"The tables were brought up to date: from {brought.before or 'none'} to {brought.after}.")


@commands.command()
def links(board: str, rotate: RotateOption = None, data: DataOption = None) -> None:
    """Prints the links of a board; with --rotate, makes new ones first."""
    chosen = settings.load(data=data)
    with _opened(chosen, to_change=rotate is not None) as keeper:
        found = _need(keeper, board)
        secret = Links(chosen.key(make=False))
        if rotate is not None:
            roles = ROLES if rotate == "all" else (rotate,)
            handing_out.rotate(keeper, secret, found, roles, now=time.time())
        typer.echo(handing_out.read_out(found, secret, starting.last_address(chosen)))


@commands.command()
def backup(into: Path, data: DataOption = None) -> None:
    """Copies all boards and the key into a new directory, also while a server runs."""
    os.umask(0o077)
    backing_up.back_up(settings.load(data=data), into)
    typer.echo(f"Backed up into {into}: keep it where only you can read it.")


@commands.command()
def recount(board: str, data: DataOption = None) -> None:
    """Counts every closed ballot of a board anew from what was cast; fails if a published tally is another one."""
    with _opened(settings.load(data=data), to_change=False) as keeper:
        counted = recounting.recounts(_need(keeper, board), keeper.entries_since(board, 0))
    for line in recounting.read_out(counted):
        typer.echo(line)
    if not all(each.equal for each in counted):
        sys.exit(1)


@commands.command("check-config")
def check_config(data: DataOption = None) -> None:
    """Prints every setting in force and where it came from, then what is wrong; fails if nothing could start so."""
    chosen, bad = settings.usable(data=data)
    for line in checkup.listed(chosen, bad, frozenset({"data"} if data else ())):
        typer.echo(line)
    typer.echo(f"\n{checkup.in_use(chosen)}")
    found = checkup.findings(chosen, bad)
    typer.echo("" if found else "\nNothing to object to.")
    for finding in found:
        typer.echo(f"{'Stops the start' if finding.stops else 'Mind'}: {finding.sentence}")
    if any(finding.stops for finding in found):
        sys.exit(1)


commands.command("boards")(operating.boards)
commands.command("rehearse")(rehearse.command)
commands.command("export-board")(operating.export_board)
commands.command("import-board")(operating.import_board)
commands.command("restore")(operating.restore)
commands.command("renew")(operating.renew)
commands.command("purge")(operating.purge)
commands.command("people")(operating.people)
commands.command("forget")(operating.forget)


@contextmanager
def _opened(chosen: Settings, *, to_change: bool) -> Iterator[Store]:
    # What is not there, or another Flipchart's, is neither made nor brought up to date by whoever wants links.
    with closing(open_to_look(chosen.database_url)) as keeper:
        if not to_change:
            yield keeper
            return
    try:
        with alone(chosen) as keeper:
            yield keeper
    except InUse as refused:
        raise CannotOpen(f"{refused} Rotate the links on the board's own page, or stop it first.") from None


def _need(keeper: Keeper, board: str) -> Board:
    found = keeper.load(board, entries=0)
    if found is None:
        _stop(f"There is no board {board}: bin/flipchart boards lists those there are.")
    return found.board


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)
