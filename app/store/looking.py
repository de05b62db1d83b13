"""Knows how a database is looked at beside a server that may have it open: nothing is written, nothing migrated."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError

from app.store import durability, failures, migrating
from app.store.migrating import CannotOpen, EmptyDatabase, NewerDatabase, OlderDatabase
from app.store.opening import postgresql_engine, sqlite_engine
from app.store.store import Store
from app.store.transactions import Database

NOTHING_WRITTEN: Final = ("query_only=ON",)


def open_to_look(url: str) -> Store:
    """The store at a SQLAlchemy URL, for reading, with this Flipchart's tables: of others half would be told.

    Raises CannotOpen (NewerDatabase, OlderDatabase), also when no server has made it yet.
    """
    require_newest(url)
    engine = _engine(make_url(url))
    return Store(Database(write=engine, read=engine, writers=1, readers=1, release=engine.dispose))


def require_newest(url: str) -> None:
    """Raises CannotOpen (NewerDatabase, OlderDatabase) unless the database has this Flipchart's tables."""
    engine = _engine(make_url(url))
    try:
        migrating.require_newest(engine)
    except DBAPIError as error:
        raise CannotOpen(_why_not(make_url(url), error)) from None
    finally:
        engine.dispose()


def connections_allowed(url: str) -> int:
    """How many connections a PostgreSQL server lets everybody together have. Raises CannotOpen."""
    engine = _engine(make_url(url))
    try:
        with engine.connect() as connection:
            return int(connection.exec_driver_sql("SHOW max_connections").scalar_one())
    except DBAPIError as error:
        raise CannotOpen(failures.sentence(error)) from None
    finally:
        engine.dispose()


def is_durable(url: str) -> bool:
    """Whether a commit is on the disk when PostgreSQL says so. Raises CannotOpen."""
    engine = _engine(make_url(url))
    try:
        with engine.connect() as connection:
            return durability.lacking(connection) is None
    except DBAPIError as error:
        raise CannotOpen(failures.sentence(error)) from None
    finally:
        engine.dispose()


def used_by(url: str) -> str | None:
    """The process that has a SQLite database open, "" where it does not say its number; None when nobody has."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        return None
    try:
        with Path(f"{place.database}.lock").open(encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
    except BlockingIOError:
        return Path(f"{place.database}.lock").read_text(encoding="ascii").strip()
    except OSError:
        return None


def copy(url: str, target: Path) -> None:
    """A copy of a SQLite database as it is at this moment, also while a server writes to it.

    Raises CannotOpen, one sentence for the operator: another database, none yet, or no room for the copy.
    """
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        raise CannotOpen("This database is backed up by its own tools, for example pg_dump.")
    if not Path(place.database or "").is_file():
        raise CannotOpen(f"There is no database at {place.database} yet: there is nothing to back up.")
    # A newer Flipchart's is copied as well as an older one's: whoever goes back or forth wants it.
    try:
        require_newest(url)
    except EmptyDatabase:
        raise CannotOpen(f"The database at {place.database} has no tables: there is nothing to back up.") from None
    except (NewerDatabase, OlderDatabase):
        pass
    with closing(sqlite3.connect(f"{Path(place.database or '').absolute().as_uri()}?mode=rw", uri=True)) as kept:
        try:
            kept.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.Error as error:
            raise CannotOpen(f"The copy {target} cannot be written: {error}.") from None


def _why_not(place: URL, error: DBAPIError) -> str:
    """SQLite says no more than that it cannot open a file whose directory it may not write to."""
    where = Path(place.database or "").absolute().parent
    if place.get_backend_name() == "sqlite" and not os.access(where, os.W_OK | os.X_OK):
        return f"The directory {where} is not writable, and SQLite writes beside its file even while it reads."
    return failures.sentence(error)


def _engine(place: URL) -> Engine:
    if place.get_backend_name() != "sqlite":
        return postgresql_engine(place)
    if not Path(place.database or "").is_file():
        raise CannotOpen(f"There is no database at {place.database} yet: bin/serve makes it.")
    return sqlite_engine(place, "DEFERRED", size=1, pragmas=NOTHING_WRITTEN)
