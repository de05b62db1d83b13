"""Knows how a whole board leaves a database, and how it comes into another one, under a new epoch: nothing is lost."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Connection, Insert, bindparam, insert, select
from sqlalchemy.exc import SQLAlchemyError

from app.board.keeping import RuleBroken, Taken
from app.board.records import KINDS
from app.store import shapes, statements
from app.store.board_file import ENTRIES, FILES, CannotCarry, Reader, Row, Writer
from app.store.migrating import newest, revisions
from app.store.tables import BOARD, ENTRY, FILE
from app.store.transactions import Database

TOGETHER: Final = 500
# Every row of a board but what is derived from the key of the server that keeps it.
OF_A_BOARD: Final = ("id", "seq", "epoch", "title", "created_at", "active_at")
NEW_PAGE: Final = insert(FILE)
# What becomes of lines that are whole, and are not those of a board.
NO_BOARD: Final = (SQLAlchemyError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def write(database: Database, board_id: str, path: Path) -> bool:
    """Write the board as it is at this moment into a new file, for its owner only; False when there is no such board.

    Raises CannotCarry when the file is there or cannot be written, Unavailable.
    """
    with suppress(FileNotFoundError):
        if path.stat():
            raise CannotCarry(f"{path} is there already: name a new file.")
    try:
        found = database.look(lambda connection: _write(connection, board_id, path))
        if found:
            path.chmod(0o600)
            _to_disk(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        why = (error.strerror or "unknown reason").lower()
        raise CannotCarry(f"{path} cannot be written: {why}.") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return found


def _write(connection: Connection, board_id: str, path: Path) -> bool:
    at = {"board": board_id}
    board = connection.execute(select(BOARD).where(BOARD.c.id == board_id)).mappings().first()
    if board is None:
        return False
    writer = Writer(path)
    try:
        _fill(connection, at, writer)
        writer.close({name: board[name] for name in OF_A_BOARD}, newest())
    except BaseException:
        writer.abandon()
        raise
    return True


def _fill(connection: Connection, at: Row, writer: Writer) -> None:
    for kind, everything in statements.ALL.items():
        writer.lines(f"record/{kind}.jsonl", (_own(row) for row in connection.execute(everything, at).mappings()))
    entries = connection.execute(statements.SINCE, {**at, "since": 0}).mappings()
    writer.lines(ENTRIES, (_own(row) for row in entries))
    pages = [_own(row) for row in connection.execute(_PAGES, at).mappings()]
    for nth, page in enumerate(pages):
        writer.bytes(f"page/{nth}", bytes(connection.execute(_CONTENT, {**at, **_named(page)}).scalar_one()))
    writer.lines(FILES, pages)


_PAGES = (
    select(*(column for column in FILE.c if column.name != "content"))
    .where(FILE.c.board_id == bindparam("board"))
    .order_by(FILE.c.id, FILE.c.page, FILE.c.size)
)
_CONTENT = statements.PAGE.with_only_columns(FILE.c.content)


def _named(page: Row) -> dict[str, Any]:
    return {"file": page["id"], "number": page["page"], "large_or_small": page["size"]}


def _own(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "board_id"}


def require_known(reader: Reader, path: Path) -> None:
    """Raises CannotCarry when a newer Flipchart has written the file."""
    if reader.tables not in revisions():
        raise CannotCarry(f"{path} was written by a newer Flipchart: import it with that one.")
    known = {f"record/{kind}.jsonl" for kind in KINDS} | {ENTRIES, FILES}
    if any(part not in known and not part.startswith("page/") for part in reader.parts):
        raise CannotCarry(f"{path} holds what this Flipchart does not know: import it with a newer one.")


def put(database: Database, reader: Reader, *, code_hash: Callable[[str, int], str], now: float, replace: bool) -> str:
    """Keep the board of a file in one transaction, with its links as this server derives them; its new epoch.

    It counts as active `now` (seconds): what was fetched from a backup is not erased as outdated within the hour.
    Raises Taken when there is such a board and it is not to be replaced; StorageFull, OutcomeUnknown, Unavailable.
    """
    epoch, board_id = token_hex(8), str(reader.board["id"])

    def make(connection: Connection) -> None:
        generation = next((row["generations"]["join"] for row in reader.lines("record/door.jsonl")), 1)
        row = {**reader.board, "epoch": epoch, "active_at": now, "code_hash": code_hash(board_id, generation)}
        if connection.execute(statements.HEAD, {"board": board_id}).first() is not None:
            if not replace:
                raise Taken(board_id)
            connection.execute(statements.ERASE, {"board": board_id})
        connection.execute(statements.NEW_BOARD, row)
        for kind in KINDS:
            _insert(connection, statements.NEW_RECORD[kind], _records(reader, kind, board_id))
        _insert(connection, statements.NEW_ENTRY, _entries(reader, board_id))
        for nth, page in enumerate(reader.lines(FILES)):
            content = {"board_id": board_id, "content": reader.bytes(f"page/{nth}")}
            connection.execute(NEW_PAGE, {**page, **content})

    try:
        database.change(make)
    except (RuleBroken, *NO_BOARD):
        raise CannotCarry("The file breaks a rule that every board keeps to: it was changed by hand.") from None
    return epoch


def renew(database: Database, board_id: str | None, *, now: float) -> list[str]:
    """Put that board, or all, under a new epoch each, in one transaction, and tell which; its entries are as they were.

    For a database that was put back by its own tools: it counts as active `now` (seconds), as one from a file does.
    Raises StorageFull, OutcomeUnknown, Unavailable.
    """

    def make(connection: Connection) -> list[str]:
        # In one order: two who do this at once wait for each other, and neither for ever.
        found = select(BOARD.c.id).order_by(BOARD.c.id)
        ids = list(connection.scalars(found if board_id is None else found.where(BOARD.c.id == board_id)))
        if ids:
            connection.execute(statements.RENEW, [{"board": each, "life": token_hex(8), "now": now} for each in ids])
        return ids

    return database.change(make)


def _records(reader: Reader, kind: str, board_id: str) -> Iterator[Row]:
    """Fields that a record has gained since have their default."""
    for row in reader.lines(f"record/{kind}.jsonl"):
        yield {"board_id": board_id, "came": row["came"], **shapes.fields_of(shapes.record_of(kind, row))}


def _entries(reader: Reader, board_id: str) -> Iterator[Row]:
    names = {column.name for column in ENTRY.c}
    for row in reader.lines(ENTRIES):
        # What could not be read back would take the place of a board that can.
        shapes.entry_of(row)
        yield {name: value for name, value in row.items() if name in names} | {"board_id": board_id}


def _insert(connection: Connection, statement: Insert, rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    while some := [dict(row) for row in islice(waiting, TOGETHER)]:
        connection.execute(statement, some)


def _to_disk(path: Path) -> None:
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
