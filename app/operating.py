"""Knows the commands by which an operator moves, restores, renews and erases boards, also while they are served."""

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app.backing_up import BOARDS
from app.board.audience import Base
from app.board.parts import Part
from app.errands import Errand, Errands, NotDone, hand_over, no_such
from app.links import Links
from app.realtime.retention import DAY
from app.realtime.rooms import Rooms
from app.realtime.wire import Sight
from app.serving import DataOption, alone
from app.settings import KEY_FILE, Settings, load
from app.store import board_file, carrying
from app.store.looking import open_to_look, used_by
from app.store.opening import open_store
from app.store.weighing import weights

LinksOption = Annotated[bool, typer.Option("--new-links", help="Although the key is another one: all links are new.")]
BoardOption = Annotated[str | None, typer.Option("--board", help="This board alone; all of the backup unless said.")]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Put the file in the place of a board that is there.")]
RenewArgument = Annotated[str | None, typer.Argument(help="This board alone; every board unless said.")]
BoardArgument = Annotated[str | None, typer.Argument(help="The board to erase.")]
OlderOption = Annotated[int | None, typer.Option("--older-than", min=0, help="All that are older than so many days.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask whether to erase them.")]
BESIDE: Final = ("", "-wal")


def export_board(board: str, file: Path, data: DataOption = None) -> None:
    """Writes a whole board into a new file, also while a server runs."""
    os.umask(0o077)
    chosen = load(data=data)
    with closing(open_to_look(chosen.database_url)) as keeper:
        if not carrying.write(keeper.database, board, file):
            raise NotDone(no_such(board))
    typer.echo(f"Board {board} is in {file}: keep it where only you can read it.")


def import_board(file: Path, replace: ReplaceOption = False, data: DataOption = None) -> None:
    """Puts a board from a file into this database, also while a server runs."""
    chosen = load(data=data)
    _looked_through(file)
    typer.echo(_done(chosen, {"do": "import", "path": str(file), "replace": replace}, file))


def restore(
    directory: Path, board: BoardOption = None, new_links: LinksOption = False, data: DataOption = None
) -> None:
    """Puts boards back as they are in a backup, also while a server runs; boards that are not in it stay."""
    chosen = load(data=data)
    _same_key(chosen, directory, new_links)
    try:
        with tempfile.TemporaryDirectory(prefix="restore-", dir=chosen.data) as place:
            for file in _files_of(directory, Path(place), board):
                typer.echo(_done(chosen, {"do": "import", "path": str(file), "replace": True}, file))
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise NotDone(f"{directory} cannot be looked through in {chosen.data}: {why}.") from None


def renew(board: RenewArgument = None, data: DataOption = None) -> None:
    """Begins another life of every board, or of one, after its database was put back by its own tools.

    Pages that were open then come for the board as it is now, instead of taking it for the one that they knew. Also
    while a server runs.
    """
    chosen = load(data=data)
    with closing(open_to_look(chosen.database_url)) as keeper:
        if board is not None and not keeper.heads([board]):
            raise NotDone(no_such(board))
    typer.echo(_done(chosen, {"do": "renew", "board": board or ""}))


def boards(data: DataOption = None) -> None:
    """Lists every board, the one active last first: when that was, when it is erased, its people, its size."""
    chosen = load(data=data)
    with closing(open_to_look(chosen.database_url)) as keeper:
        weighed = weights(keeper)
        for kept in keeper.boards():
            people, size = weighed.get(kept.id, (0, 0))
            active = datetime.fromtimestamp(kept.active_at, UTC)
            erased = datetime.fromtimestamp(kept.active_at + chosen.retention_days * DAY, UTC)
            typer.echo(
                f"{kept.id}  {active:%Y-%m-%d %H:%M} UTC  erased {erased:%Y-%m-%d}"
                f"  {people:>5} people  {size / 2**20:>7.1f} MiB  {kept.title}"
            )


def purge(
    board: BoardArgument = None, older_than: OlderOption = None, yes: YesOption = False, data: DataOption = None
) -> None:
    """Erases a board and all that was written on it, for good, also while a server runs.

    With --older-than, every board that nothing was done on for so many days, once that was confirmed.
    """
    chosen = load(data=data)
    if (board is None) == (older_than is None):
        raise NotDone("Say which board to erase, or --older-than DAYS for all that are older; not both.")
    if board is not None:
        with closing(open_to_look(chosen.database_url)) as keeper:
            if not keeper.heads([board]):
                raise NotDone(no_such(board))
        typer.echo(_done(chosen, {"do": "purge", "board": board}))
        return
    with closing(open_to_look(chosen.database_url)) as keeper:
        old = [kept for kept in keeper.boards() if time.time() - kept.active_at > (older_than or 0) * DAY]
    if not old:
        typer.echo(f"No board is older than {older_than} days: nothing was erased.")
        return
    for kept in old:
        typer.echo(f"{kept.id}  {datetime.fromtimestamp(kept.active_at, UTC):%Y-%m-%d}  {kept.title}")
    if not yes and not _confirmed(f"Erase these {len(old)} boards for good?"):
        raise NotDone("Nothing was erased: say yes when asked, or --yes.")
    for kept in old:
        typer.echo(_done(chosen, {"do": "purge", "board": kept.id, "unless_after": kept.active_at}))


def _confirmed(question: str) -> bool:
    """Only somebody at a terminal is asked: a script says --yes."""
    return sys.stdin.isatty() and typer.confirm(question)


def forget(board: str, person: str, data: DataOption = None) -> None:
    """Erases what a person wrote and their name, in the board and in its past, also while a server runs.

    PERSON is their id or their name, if nobody else on the board has it.
    """
    chosen = load(data=data)
    typer.echo(_done(chosen, {"do": "forget", "board": board, "person": _person(chosen, board, person)}))


def _person(chosen: Settings, board: str, person: str) -> str:
    with closing(open_to_look(chosen.database_url)) as keeper:
        found = keeper.load(board, entries=0)
    if found is None:
        raise NotDone(no_such(board))
    named = [each.id for each in found.board.people() if person in (each.id, each.name)]
    if len(named) != 1:
        many = "There are several of that name: say which by the id, as flipchart people lists it"
        raise NotDone(f"{many if named else 'There is nobody of that name or id'} on board {board}.")
    return named[0]


def people(board: str, data: DataOption = None) -> None:
    """Lists who is or was on a board: id, role, place and name."""
    with closing(open_to_look(load(data=data).database_url)) as keeper:
        found = keeper.load(board, entries=0)
    if found is None:
        raise NotDone(no_such(board))
    for each in found.board.people():
        typer.echo(f"{each.id}  {each.state:<8} {each.role:<12} {each.place}  {each.name}")


def _looked_through(file: Path) -> None:
    carrying.require_known(board_file.opened(file), file)


def _done(chosen: Settings, errand: Errand, file: Path | None = None) -> str:
    """By the server that has the SQLite database open, else here and now."""
    if chosen.on_sqlite and used_by(chosen.database_url) is not None:
        return hand_over(chosen.data, errand, file)
    with alone(chosen) as keeper:

        def code_hash(board: str, generation: int) -> str:
            links = Links(chosen.key())
            return links.code_hash(links.code(board, generation))

        async def at_rest() -> str:
            rooms = Rooms(keeper, Unseen(), clock=time.time, limits=chosen.limits, code_hash=code_hash)
            try:
                return await Errands(keeper, rooms, code_hash, time.time).run(errand)
            finally:
                await rooms.stop()

        return asyncio.run(at_rest())


class Unseen:
    """Draws for nobody: no page is open where there is no server."""

    def shared(self, sight: Sight, parts: Collection[Part], base: Base, language: str) -> str:
        """Nothing."""
        return ""

    def own(self, sight: Sight, parts: Collection[Part], person: str, language: str) -> str:
        """Nothing."""
        return ""


def _same_key(chosen: Settings, directory: Path, new_links: bool) -> None:
    """Links and seats come from the key: with another one, all that were handed out would be dead."""
    if not (directory / BOARDS).is_file():
        raise NotDone(f"{directory} is no backup: there is no {BOARDS} in it.")
    if new_links:
        return
    kept = directory / KEY_FILE
    if chosen.secret_key is None and not (chosen.data / KEY_FILE).exists():
        raise NotDone(f"There is no {KEY_FILE} in {chosen.data} yet: put the backup's there first, or say --new-links.")
    if kept.is_file():
        if _bytes_of(kept) != chosen.key():
            raise NotDone(
                f"The key in {directory} is another one than this server's, so all links of these boards would be"
                f" dead: stop the server and put {KEY_FILE} into {chosen.data}, or say --new-links."
            )
    elif chosen.secret_key is None:
        raise NotDone(
            f"There is no {KEY_FILE} in {directory}, so nobody can say whether the links of these boards would still"
            " lead to them: say --new-links if that does not matter."
        )


def _bytes_of(key: Path) -> bytes:
    try:
        return key.read_bytes()
    except OSError as error:
        raise NotDone(f"{key} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None


def _files_of(directory: Path, place: Path, board: str | None) -> Iterator[Path]:
    """Each board of the backup as a file, all of them looked through before the first is given."""
    with _opened(directory, place) as url, closing(open_store(url, data=place)) as keeper:
        found = [kept.id for kept in keeper.boards()]
        if board is not None and board not in found:
            raise NotDone(f"There is no board {board} in {directory}.")
        files = [place / f"{each}.board" for each in found if board in (None, each)]
        for file in files:
            carrying.write(keeper.database, file.stem, file)
            _looked_through(file)
    yield from files


@contextmanager
def _opened(directory: Path, place: Path) -> Iterator[str]:
    """A copy of the backup's database, which may have older tables and is brought up to date. Raises NotDone."""
    copied = place / BOARDS
    for beside in BESIDE:
        if (directory / f"{BOARDS}{beside}").is_file():
            shutil.copyfile(directory / f"{BOARDS}{beside}", place / f"{BOARDS}{beside}")
    try:
        with closing(sqlite3.connect(copied)) as kept:
            whole = [row[0] for row in kept.execute("PRAGMA integrity_check(1)")] == ["ok"]
            tables = kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.Error:
        raise NotDone(f"{directory / BOARDS} is damaged, or is no database of Flipchart's.") from None
    if not whole or not tables:
        raise NotDone(f"{directory / BOARDS} is damaged, or is no database of Flipchart's.")
    yield f"sqlite:///{copied}"
