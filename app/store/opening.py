"""Knows how a database is opened: alone where it has one writer, and with the newest tables."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from app import directories
from app.store import failures
from app.store.migrating import Brought, CannotOpen, migrate
from app.store.store import Store
from app.store.transactions import Database

WAIT: Final = 5.0
# Twice SQLite's own: a busy board writes the same pages again and again, and the log swallows that.
LOG_PAGES: Final = 2_000
# Whoever only looks does not ask for it: it would write.
LOGGED: Final = "journal_mode=WAL"
# macOS tells a disk to write only when it is asked in its own way; elsewhere that means nothing.
SYNCED: Final = ("synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON")
MIGRATING: Final = (LOGGED, *SYNCED, "foreign_keys=OFF")
DURABLE: Final = (
    LOGGED,
    *SYNCED,
    "secure_delete=ON",
    "foreign_keys=ON",
    f"wal_autocheckpoint={LOG_PAGES}",
)
READERS: Final = 4
POOL: Final = 8
# The most that one process has to PostgreSQL, half of them for a busy moment.
CONNECTIONS: Final = 2 * POOL
# A process that hangs in the middle of a change must not keep a board from all the others.
PATIENCE: Final = (
    "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s -c synchronous_commit=on"
)
ALIVE: Final = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2}

# Takes the engine of a database; raises CannotOpen.
Migrating = Callable[[Engine], object]


class InUse(CannotOpen):
    """Another process has this SQLite database open."""

    def __init__(self, path: Path, pid: str, sentence: str = "") -> None:
        who = f" (process {pid})" if pid else ""
        super().__init__(sentence or f"Another Flipchart already uses {path}{who}.")
        self.path = path
        self.pid = pid


class Unwritable(CannotOpen):
    """The place where the database should be cannot be written."""


def open_store(url: str, *, data: Path, migrating: Migrating = migrate) -> Store:
    """The store at a SQLAlchemy URL, its tables brought up to date; `data` is made where it is missing.

    `migrating` may be `require_newest`, which leaves the tables as they are. Raises CannotOpen (InUse, Unwritable,
    NewerDatabase, OlderDatabase …), whose text is one sentence for the operator.
    """
    place = make_url(url)
    try:
        with _ready(data):
            if place.get_backend_name() == "sqlite":
                return _open_sqlite(place, migrating)
            return _open_postgresql(place, migrating)
    except DBAPIError as error:
        raise CannotOpen(failures.sentence(error)) from None


def bring_up_to_date(url: str, *, data: Path) -> Brought:
    """Bring the tables of a database up to date that no other process may be changing. Raises CannotOpen."""
    brought: list[Brought] = []
    open_store(url, data=data, migrating=lambda engine: brought.append(migrate(engine))).close()
    return brought[0]


def _open_sqlite(place: URL, migrating: Migrating) -> Store:
    if not place.database or place.database == ":memory:":
        raise CannotOpen("A SQLite database needs a file: sqlite:////path/to/flipchart.db.")
    path = Path(place.database).absolute()
    with _ready(path.parent):
        held = _migrated_alone(place, path, migrating)
    return Store(
        Database(
            write=sqlite_engine(place, "IMMEDIATE", size=1, pragmas=DURABLE),
            read=sqlite_engine(place, "DEFERRED", size=READERS, pragmas=("query_only=ON",)),
            writers=1,
            readers=READERS,
            release=held.close,
        )
    )


def _migrated_alone(place: URL, path: Path, migrating: Migrating) -> IO[str]:
    """The tables are there, and nobody else has the file while the lock is held. A file that was begun goes again."""
    held = _occupy(path)
    begun = not path.exists()
    try:
        to_migrate = sqlite_engine(place, "IMMEDIATE", size=1, pragmas=MIGRATING)
        try:
            migrating(to_migrate)
        finally:
            to_migrate.dispose()
    except BaseException:
        # Nobody else can have begun it: it is taken away while the lock is held.
        for beside in ("", "-wal", "-shm", "-journal", ".lock") if begun else ():
            path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)
        held.close()
        raise
    return held


def _open_postgresql(place: URL, migrating: Migrating) -> Store:
    engine = postgresql_engine(place)
    try:
        migrating(engine)
    except BaseException:
        engine.dispose()
        raise
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Store(Database(write=engine, read=reading, writers=POOL, readers=POOL, release=engine.dispose))


def sqlite_engine(place: URL, begin: str, *, size: int, pragmas: tuple[str, ...]) -> Engine:
    """Connections to a SQLite file. Transactions begin as told: Python's own habit is to begin them late."""
    engine = create_engine(
        place,
        json_serializer=_json,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": WAIT, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine


def postgresql_engine(place: URL) -> Engine:
    """A small pool of connections, each tried before it is used."""
    return create_engine(
        place.set(drivername="postgresql+psycopg"),
        json_serializer=_json,
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=CONNECTIONS - POOL,
        pool_pre_ping=True,
        pool_timeout=WAIT,
        connect_args={**ALIVE, "options": PATIENCE},
    )


_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict).encode


@contextmanager
def _ready(directory: Path) -> Iterator[None]:
    """Made where it is missing, and taken back if it is empty when this fails."""
    try:
        made = directories.make(directory)
    except OSError as error:
        raise Unwritable(f"The directory {directory} cannot be made: {_why(error)}.") from error
    if not os.access(directory, os.W_OK | os.X_OK):
        raise Unwritable(f"The directory {directory} is not writable.")
    try:
        yield
    except BaseException:
        directories.take_back(made)
        raise


def _occupy(path: Path) -> IO[str]:
    # Beside the database, not in the data directory: two servers with two data directories may name one file.
    lock = path.with_name(f"{path.name}.lock")
    try:
        file = lock.open("a+", encoding="ascii")
    except OSError as error:
        raise Unwritable(f"The directory {path.parent} is not writable: {_why(error)}.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        pid = file.read(20).strip()
        file.close()
        raise InUse(path, pid) from None
    if not _is_still(lock, file):
        file.close()
        raise InUse(path, "")
    try:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
    except OSError as error:
        # What could not be written is tried once more when the file is closed.
        with suppress(OSError):
            file.close()
        raise Unwritable(f"The directory {path.parent} cannot be written: {_why(error)}.") from None
    return file


def _is_still(lock: Path, file: IO[str]) -> bool:
    """Whoever failed to begin takes their lock along: what was waited for may be nobody's any more."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _why(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
