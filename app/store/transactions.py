"""Knows how a change is made whole or not at all, and how things are read as they were at one moment.

The database's own errors end here (`from None`): they quote rows, and rows are people's words.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneToSpare

from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable
from app.store import failures

T = TypeVar("T")
FINISHERS = 4
# Milliseconds.
A_MOMENT = 250


class Database:
    """Two engines and the threads that may wait for them.

    With one writer (SQLite) changes are made one after the other, whichever thread asks.
    """

    def __init__(self, *, write: Engine, read: Engine, writers: int, readers: int, release: Callable[[], None]) -> None:
        self._write = write
        self._read = read
        self._release = release
        self._turn: AbstractContextManager[object] = Lock() if writers == 1 else nullcontext()
        self._alone = writers == 1
        self._kept: Connection | None = None
        self.dialect = write.dialect.name
        self.writer = ThreadPoolExecutor(writers, "store-writer")
        self.reader = ThreadPoolExecutor(readers, "store-reader")
        # Whoever waits for a turn waits for another process, which may be waiting for one of ours: ending it never may.
        self.finisher = ThreadPoolExecutor(FINISHERS, "store-finisher")
        # Hears of every fault of the database, in whichever thread.
        self.hears: Callable[[Exception], None] = lambda fault: None

    def change(self, make: Callable[[Connection], T]) -> T:
        """Make the change and commit it.

        What `make` raises is raised after rolling back. Raises StorageFull, RuleBroken, Unavailable with
        nothing saved; OutcomeUnknown when the commit failed and nobody can say.
        """
        with self._heard(), self._turn, self._changing() as connection:
            return _changed(connection, make)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Where one writes alone, the connection of the change before: to fetch it and give it back costs as much.

        After a change that failed another one is opened. Entered by one thread at a time there.
        """
        if not self._alone:
            with _connected(self._write) as connection:
                yield connection
            return
        connection = self._kept or _connection(self._write)
        self._kept = None
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._kept = connection

    def hold(self, make: Callable[[Connection], T]) -> tuple[T, "Held"]:
        """Make the first part of a change and leave it open, on a database of many writers. Raises Unavailable."""
        with self._heard(), ExitStack() as opened:
            connection = opened.enter_context(_connected(self._write))
            try:
                made = make(connection)
            except DBAPIError as error:
                raise _rolled_back(connection, failures.unavailable(error)) from None
            return made, Held(connection, opened.pop_all(), self._heard)

    def look(self, at: Callable[[Connection], T]) -> T:
        """Read in one transaction that sees one moment. Raises Unavailable."""
        with self._heard(), _connected(self._read) as connection:
            try:
                return at(connection)
            except DBAPIError as error:
                raise failures.unavailable(error) from None

    @contextmanager
    def _heard(self) -> Iterator[None]:
        try:
            yield
        except (Unavailable, StorageFull, OutcomeUnknown) as fault:
            self.hears(fault)
            raise

    def tidy(self, statement: str) -> None:
        """Say something to the database that is said outside of any transaction. Raises Unavailable."""
        with self._heard(), self._turn, self._changing() as connection:
            try:
                if self.dialect == "postgresql":
                    connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)
                else:
                    _driver(connection).execute(statement)
            except DBAPIError as error:
                raise failures.unavailable(error) from None

    def empty_log(self) -> bool:
        """Have SQLite bring its log into the file; whether that is empty now. Raises Unavailable.

        Whoever reads what was before, as a backup does for as long as it takes, keeps it from being emptied: everybody
        else who writes waits for them for a moment at most.
        """
        with self._heard(), self._turn, self._changing() as connection:
            driver = _driver(connection)
            try:
                patience, *_ = driver.execute("PRAGMA busy_timeout").fetchone()
                driver.execute(f"PRAGMA busy_timeout={A_MOMENT}")
                is_busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                driver.execute(f"PRAGMA busy_timeout={patience}")
            except sqlite3.Error as error:
                raise Unavailable(f"The database cannot be used: {error}.") from None
            return not is_busy

    def close(self) -> None:
        """Wait for what is being written, then let go of threads, connections and the lock."""
        self.writer.shutdown()
        self.finisher.shutdown()
        self.reader.shutdown()
        if self._kept is not None:
            self._kept.close()
        self._read.dispose()
        self._write.dispose()
        self._release()


class Held:
    """A change that is half made. One of its two methods ends it, in whichever thread."""

    def __init__(
        self, connection: Connection, opened: ExitStack, heard: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._connection, self._opened, self._heard = connection, opened, heard

    def finish(self, make: Callable[[Connection], T]) -> T:
        """Make the rest and commit, or roll everything back. Raises what `Database.change` does."""
        with self._heard(), self._opened:
            return _changed(self._connection, make)

    def give_up(self) -> None:
        """Roll everything back."""
        with self._opened:
            _roll_back(self._connection)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _connection(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:
        raise failures.unavailable(error) from None
    except NoneToSpare:
        raise Unavailable("The database has no connection to spare.") from None


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with _connection(engine) as connection:
        yield connection


def _changed(connection: Connection, make: Callable[[Connection], T]) -> T:
    try:
        made = make(connection)
    except DBAPIError as error:
        raise _rolled_back(connection, failures.before_commit(error)) from None
    except BaseException:
        _roll_back(connection)
        raise
    _commit(connection)
    return made


def _commit(connection: Connection) -> None:
    try:
        connection.commit()
    except DBAPIError as error:
        # After a failed sync the handle cannot be trusted: the next change opens another.
        connection.invalidate()
        raise failures.during_commit(error) from None


def _rolled_back(connection: Connection, why: Exception) -> Exception:
    _roll_back(connection)
    if isinstance(why, Unavailable):
        connection.invalidate()
    return why


def _roll_back(connection: Connection) -> None:
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()
