"""Knows how a database is looked at beside a server that may have it open: nothing is written, nothing migrated."""

from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from app.store.migrating import CannotOpen
from app.store.opening import postgresql_engine, sqlite_engine
from app.store.store import Store
from app.store.transactions import Database

NOTHING_WRITTEN: Final = ("query_only=ON",)


def open_to_look(url: str) -> Store:
    """The store at a SQLAlchemy URL, for reading. Raises CannotOpen when no server has made it yet."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        if not Path(place.database or "").is_file():
            raise CannotOpen(f"There is no database at {place.database} yet: bin/serve makes it.")
        engine = sqlite_engine(place, "DEFERRED", size=1, pragmas=NOTHING_WRITTEN)
    else:
        engine = postgresql_engine(place)
    return Store(Database(write=engine, read=engine, writers=1, readers=1, release=engine.dispose))
