"""Keeps boards in SQLite or PostgreSQL: every change one transaction, everything read as of one moment."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Executable

from app.board.board import Board
from app.board.entries import Entry
from app.board.keeping import Answer, Behind, Kept, Loaded, News, NoTables, Page, RuleBroken, Taken, Turn, Unavailable
from app.board.records import Record
from app.store import durability, shapes, statements, turns
from app.store.sweeping import forgotten_by, sweep
from app.store.tables import RECORDS
from app.store.transactions import Database
from app.store.turns import MOST, HeldTurn, OpenTurn

BEYOND = 2**31 - 1


class Store:
    """The keeper on a database: `app.board.keeping.Keeper` says what each method does and raises."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.unclean = False
        self._puts = statements.puts(database.dialect)
        self._put_page = statements.put_page(database.dialect)

    @property
    def writer(self) -> Executor:
        """The threads that may change: one for SQLite, several for PostgreSQL."""
        return self.database.writer

    @property
    def reader(self) -> Executor:
        """The threads that may read."""
        return self.database.reader

    @property
    def finisher(self) -> Executor:
        """The threads that end turns."""
        return self.database.finisher

    @property
    def shared(self) -> bool:
        """Whether other processes may write: a SQLite file is held by one."""
        return self.database.dialect != "sqlite"

    def create(self, board: Board, *, title: str, code_hash: str, at: float) -> None:
        """Keep a new board with all its records, at seq 0. Raises Taken, StorageFull, OutcomeUnknown."""
        row = {
            "id": board.id,
            "seq": board.seq,
            "epoch": board.epoch,
            "title": title,
            "created_at": at,
            "active_at": at,
            "code_hash": code_hash,
        }

        def make(connection: Connection) -> None:
            connection.execute(statements.NEW_BOARD, row)
            for kind, rows in shapes.first_rows(board.id, board.records()).items():
                connection.execute(statements.NEW_RECORD[kind], rows)

        try:
            self.database.change(make)
        except RuleBroken:
            raise Taken("Another board has this id or this code.") from None

    def load(self, board_id: str, *, entries: int = 2000) -> Loaded | None:
        """The board in one consistent read, with so many of its newest entries; None when there is none."""

        def at(connection: Connection) -> Loaded | None:
            head = connection.execute(statements.HEAD, {"board": board_id}).first()
            if head is None:
                return None
            board = Board(board_id, epoch=head.epoch, seq=head.seq, records=_records(connection, board_id))
            return Loaded(board, _newest(connection, board_id, entries), _answers(connection, board_id))

        return self.database.look(at)

    def save(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None = None, epoch: str = ""
    ) -> None:
        """Keep the entries after seq `before`, and the records as the last one leaves them: all or nothing.

        `epoch` is the life of the board that it was decided in; any, where it is not said.
        Raises Behind, StorageFull, OutcomeUnknown, RuleBroken; ValueError when the seqs are not dense.
        """
        self.database.change(self.saving(board_id, before=before, entries=entries, code_hash=code_hash, epoch=epoch))

    def saving(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None, epoch: str
    ) -> Callable[[Connection], None]:
        """What `save` does, within a transaction. Raises ValueError when the seqs are not dense."""
        shapes.require_dense(before, entries)
        clock = {
            "board": board_id,
            "before": before,
            "life": epoch,
            "after": entries[-1].seq,
            "at": entries[-1].at,
            "name": shapes.new_title(entries),
            "code": code_hash,
        }
        rows = [shapes.entry_row(board_id, entry) for entry in entries]
        records = shapes.left_by(board_id, entries)

        def make(connection: Connection) -> None:
            if connection.execute(statements.ADVANCE, clock).rowcount == 0:
                raise Behind(f"{board_id} is no longer at seq {before}")
            connection.execute(statements.NEW_ENTRY, rows)
            for kind, left in records.items():
                self._leave(connection, board_id, kind, left)
            for person in forgotten_by(entries):
                sweep(connection, board_id, person, self._puts)

        return make

    def _leave(self, connection: Connection, board_id: str, kind: str, left: shapes.Rows) -> None:
        if left.gone:
            gone = [{"board": board_id, "record": id_} for id_ in left.gone]
            connection.execute(statements.REMOVE[kind], gone)
        if left.put:
            connection.execute(self._puts[kind], left.put)

    def take_turn(self, board_id: str, seq: int) -> Turn:
        """Wait until nobody else writes to the board, and keep it so; with the news since `seq`."""
        if not self.shared:
            return OpenTurn(self, board_id, self.news(board_id, seq))
        news, held = self.database.hold(lambda connection: turns.news(connection, board_id, seq, locking=True))
        return HeldTurn(self.saving, board_id, news, held)

    def news(self, board_id: str, seq: int, *, most: int = MOST) -> News | None:
        """The board's place and at most `most` of its entries after `seq`; None when there is no such board."""
        return self.database.look(lambda connection: turns.news(connection, board_id, seq, most=most))

    def entries_since(self, board_id: str, seq: int) -> list[Entry]:
        """Every entry after `seq`, ascending."""
        return self._entries(statements.SINCE, {"board": board_id, "since": seq})

    def entry(self, board_id: str, seq: int) -> Entry | None:
        """The entry of that seq, or None."""
        return next(iter(self._entries(statements.ONE_ENTRY, {"board": board_id, "at": seq})), None)

    def entries(self, board_id: str, limit: int, before: int | None = None) -> list[Entry]:
        """The newest `limit` entries (older than seq `before`, if given), ascending."""
        return self.database.look(lambda connection: _newest(connection, board_id, limit, before))

    def _entries(self, statement: Executable, facts: dict[str, Any]) -> list[Entry]:
        return self.database.look(lambda connection: _read_entries(connection, statement, facts))

    def heads(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """(seq, epoch) of each of these boards that there is."""
        found = self._rows(statements.HEADS, {"boards": list(ids)})
        return {row.id: (row.seq, row.epoch) for row in found}

    def boards(self) -> list[Kept]:
        """Every board, the one active last first."""
        return [Kept(**row._mapping) for row in self._rows(statements.BOARDS, {})]

    def find_by_code(self, code_hash: str) -> str | None:
        """The id of the board that has this code, or None."""
        return next((row.id for row in self._rows(statements.BY_CODE, {"code": code_hash})), None)

    def delete(self, board_id: str, *, unless_after: float | None = None) -> bool:
        """Erase the board and all that was written or shown on it, unless it was used since; whether there was one."""
        which = {"board": board_id, "unused_since": unless_after}
        erase = statements.ERASE if unless_after is None else statements.ERASE_UNUSED
        gone = bool(self.database.change(lambda connection: connection.execute(erase, which).rowcount))
        if gone:
            self._empty_log_soon()
        return gone

    def leave_nothing(self) -> None:
        """What was erased or forgotten is nowhere any more, also not where it lay; else `unclean`. Runs in `writer`."""
        self._empty_log()
        if self.database.dialect == "postgresql":
            self.database.tidy(f"VACUUM {', '.join(chr(34) + name + chr(34) for name in ('entry', *RECORDS))}")

    def _empty_log(self) -> None:
        """Until it is emptied, the log beside the file still holds what was erased."""
        if self.database.dialect == "sqlite":
            self.unclean = True
            self.unclean = not self.database.empty_log()

    def _empty_log_soon(self) -> None:
        """It is erased whatever comes of this."""
        with suppress(Unavailable):
            self._empty_log()

    def keep_page(self, board_id: str, page: Page) -> None:
        """Keep one page of a file, whether it is there or not. Raises RuleBroken, StorageFull, OutcomeUnknown."""
        row = shapes.page_row(board_id, page)
        self.database.change(lambda connection: connection.execute(self._put_page, row))

    def page(self, board_id: str, file: str, number: int, size: str) -> Page | None:
        """That page in that size, or None."""
        which = {"board": board_id, "file": file, "number": number, "large_or_small": size}
        return next((shapes.page_of(row._mapping) for row in self._rows(statements.PAGE, which)), None)

    def weight(self, board_id: str) -> int:
        """How many bytes the pages of all its files have."""
        return sum(row.bytes for row in self._rows(statements.WEIGHT, {"board": board_id}))

    def forget_files(self, *, now: float, after: float) -> int:
        """Erase the files that no stage has shown for more than `after` seconds; how many pages. Raises StorageFull."""

        def make(connection: Connection) -> int:
            connection.execute(statements.FILES_BACK)
            connection.execute(statements.FILES_LEFT, {"now": now})
            return connection.execute(statements.FILES_GONE, {"before": now - after}).rowcount

        gone = self.database.change(make)
        if gone:
            self._empty_log_soon()
        return gone

    def ready(self) -> None:
        """Return when the database can be used; raises Unavailable otherwise."""
        if not self._rows(statements.VERSION, {}):
            raise NoTables("The database has no tables yet.")

    def try_writing(self, *, much: bool) -> None:
        """Write something that changes nothing. Raises NotDurable, StorageFull, OutcomeUnknown."""
        self.database.change(lambda connection: durability.write_something(connection, much=much))

    def close(self) -> None:
        """Wait for what is being written, then let go of threads, connections and the lock."""
        self.database.close()

    def _rows(self, statement: Executable, facts: dict[str, Any]) -> list[Any]:
        return self.database.look(lambda connection: list(connection.execute(statement, facts)))


def _records(connection: Connection, board_id: str) -> Iterable[Record]:
    for kind, everything in statements.ALL.items():
        for row in connection.execute(everything, {"board": board_id}):
            yield shapes.record_of(kind, row._asdict())


def _newest(connection: Connection, board_id: str, most: int, before: int | None = None) -> list[Entry]:
    facts = {"board": board_id, "most": most, "before": BEYOND if before is None else before}
    return _read_entries(connection, statements.NEWEST, facts)[::-1]


def _read_entries(connection: Connection, statement: Executable, facts: dict[str, Any]) -> list[Entry]:
    return [shapes.entry_of(row._asdict()) for row in connection.execute(statement, facts)]


def _answers(connection: Connection, board_id: str) -> dict[tuple[str, str], Answer]:
    found = connection.execute(statements.ANSWERS, {"board": board_id})
    return {(actor, command): Answer(seq, digest, made) for actor, command, seq, digest, made in found}
