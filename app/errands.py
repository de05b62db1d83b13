"""What an operator has done to boards: fetched in, renewed, or erased; at rest, or by the server that has them.

Beside SQLite one process may write. So whoever wants it done hands it to the server that has the database, by a socket
in its data directory that only its owner opens; where no server runs, and on PostgreSQL, it is done at once.
"""

import asyncio
import json
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Final
from uuid import uuid4

import structlog

from app.board.asking import Refused
from app.board.forgetting import PersonForget
from app.board.keeping import OutcomeUnknown, StorageFull, Taken, Unavailable
from app.realtime.rooms import Rooms
from app.realtime.wire import Clock
from app.store import board_file, carrying
from app.store.board_file import CannotCarry
from app.store.migrating import CannotOpen
from app.store.store import Store

SOCKET: Final = "errands"
LONGEST: Final = 64 * 1024
CHUNK: Final = 1 << 20
# Seconds that the server may take for the largest board, and for a line of a few words.
PATIENCE: Final = 300.0
SOON: Final = 10.0
log = structlog.get_logger()

Errand = Mapping[str, Any]


class NotDone(CannotOpen):
    """Why an errand was not done: one sentence for the operator. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Errands:
    """Does them, where the store and the rooms are."""

    keeper: Store
    rooms: Rooms
    code_hash: Callable[[str, int], str]
    clock: Clock

    async def run(self, errand: Errand, file: IO[bytes] | None = None) -> str:
        """Do it and say what came of it. Raises NotDone."""
        ways = {"import": self._import, "renew": self._renew, "purge": self._purge, "forget": self._forget}
        way = ways.get(str(errand.get("do")))
        if way is None:
            raise NotDone("This server does not know this errand: it is of another version than the command.")
        try:
            return await way(errand, file)
        except CannotCarry as no:
            raise NotDone(str(no)) from None
        except StorageFull:
            raise NotDone("The disk that holds the database is full: nothing was changed.") from None
        except OutcomeUnknown:
            raise NotDone("The database went away: nobody can say whether it was done. Look, and ask again.") from None
        except Unavailable as no:
            raise NotDone(str(no)) from None

    async def _import(self, errand: Errand, file: IO[bytes] | None) -> str:
        board = await asyncio.get_running_loop().run_in_executor(self.keeper.writer, self._put, errand, file)
        await self.rooms.rewritten(board)
        log.info("board fetched in", board=board)
        return f"Board {board} is here, as it was in the file."

    def _put(self, errand: Errand, file: IO[bytes] | None) -> str:
        path = Path(str(errand["path"]))
        found = board_file.opened(path, file)
        carrying.require_known(found, path)
        replace, board = bool(errand.get("replace")), str(found.board["id"])
        try:
            carrying.put(self.keeper.database, found, code_hash=self.code_hash, now=self.clock(), replace=replace)
        except Taken:
            raise NotDone(f"Board {board} is here already: say --replace to put the file in its place.") from None
        return board

    async def _renew(self, errand: Errand, _: IO[bytes] | None) -> str:
        board = str(errand.get("board") or "")

        def renew() -> list[str]:
            return carrying.renew(self.keeper.database, board or None, now=self.clock())

        renewed = await asyncio.get_running_loop().run_in_executor(self.keeper.writer, renew)
        if board and not renewed:
            raise NotDone(no_such(board))
        for each in renewed:
            await self.rooms.rewritten(each)
        log.info("boards renewed", boards=len(renewed))
        return f"{len(renewed)} {'board begins' if len(renewed) == 1 else 'boards begin'} another life."

    async def _purge(self, errand: Errand, _: IO[bytes] | None) -> str:
        board = str(errand["board"])
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self.keeper.reader, lambda: self.keeper.heads([board])):
            raise NotDone(no_such(board))
        erase = partial(self.keeper.delete, board, unless_after=errand.get("unless_after"))
        if not await loop.run_in_executor(self.keeper.writer, erase):
            return f"Board {board} stays: something was done on it meanwhile."
        await self.rooms.erased(board)
        log.info("board erased", board=board)
        return f"Board {board} is erased."

    async def _forget(self, errand: Errand, _: IO[bytes] | None) -> str:
        board, person = str(errand["board"]), str(errand["person"])
        room = await self.rooms.find(board)
        if room is None:
            raise NotDone(no_such(board))
        try:
            await room.submit(person, PersonForget(), str(uuid4()))
        except Refused:
            raise NotDone(f"There is nobody {person} on board {board}.") from None
        await room.look()
        # The operator is told once it is so, on the disk too.
        await asyncio.get_running_loop().run_in_executor(self.keeper.writer, self.keeper.leave_nothing)
        log.info("person forgotten", board=board, person=person)
        done = f"Nothing that {person} wrote is on board {board} any more. Older backups still hold it: delete them."
        reads = " So does the database's log until what reads it now, a backup for example, has ended."
        return done + reads if self.keeper.unclean else done


def no_such(board: str) -> str:
    """What is said of a board that is not there."""
    return f"There is no board {board}: flipchart boards lists those there are."


@asynccontextmanager
async def heard(data: Path, errands: Errands) -> AsyncIterator[None]:
    """While this lasts, errands are taken from the socket in the data directory, one after the other."""
    turn = asyncio.Lock()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with turn:
                answer = await _answered(reader, data, errands)
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            log.warning("an errand was broken off")
        finally:
            writer.close()

    (data / SOCKET).unlink(missing_ok=True)
    with _reachable(data) as place:
        server = await asyncio.start_unix_server(take, place, limit=LONGEST)
    try:
        (data / SOCKET).chmod(0o600)
        async with server:
            yield
    finally:
        (data / SOCKET).unlink(missing_ok=True)


async def _answered(reader: asyncio.StreamReader, data: Path, errands: Errands) -> dict[str, str]:
    try:
        errand = json.loads(await asyncio.wait_for(reader.readline(), SOON))
        with tempfile.TemporaryFile(dir=data) as file:
            left = int(errand.get("bytes", 0))
            while left > 0:
                chunk = await asyncio.wait_for(reader.readexactly(min(CHUNK, left)), SOON)
                await asyncio.to_thread(file.write, chunk)
                left -= len(chunk)
            file.seek(0)
            return {"said": await errands.run(errand, file)}
    except NotDone as no:
        return {"refused": str(no)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {"refused": "This server does not understand the errand: it is of another version than the command."}
    except OSError as error:
        return {"refused": f"The file cannot be taken in: {(error.strerror or 'unknown reason').lower()}."}


def hand_over(data: Path, errand: Errand, path: Path | None = None) -> str:
    """Have the server that serves this data directory do it; what it says. Raises NotDone."""
    line = dict(errand) | ({"bytes": path.stat().st_size} if path else {})
    try:
        with socket.socket(socket.AF_UNIX) as line_to, _reachable(data) as place:
            line_to.settimeout(PATIENCE)
            line_to.connect(place)
            line_to.sendall(json.dumps(line).encode() + b"\n")
            if path:
                with path.open("rb") as file:
                    line_to.sendfile(file)
            with line_to.makefile("rb") as said:
                answer = json.loads(said.readline() or b"{}")
    except (OSError, ValueError):
        raise NotDone(
            f"The process that uses the database in {data} takes no errands just now: try again, or stop it first."
        ) from None
    if "said" not in answer:
        raise NotDone(str(answer.get("refused", "The server ended before it was done: look, and ask again.")))
    return str(answer["said"])


@contextmanager
def _reachable(data: Path) -> Iterator[str]:
    """The socket's name, short enough for any directory: the system takes a hundred characters."""
    if not Path("/proc/self/fd").is_dir():
        yield str(data / SOCKET)
        return
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET}"
    finally:
        os.close(descriptor)
