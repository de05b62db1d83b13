"""Knows what there is to say of the database and of several processes that share it. Nothing is written or changed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.board.keeping import Unavailable
from app.findings import Finding
from app.readiness import FULL, NOT_DURABLE, SENTENCES, is_nearly_full
from app.settings import PREFIX, Settings
from app.store.looking import connections_allowed, is_durable, require_newest
from app.store.migrating import CannotOpen, OlderDatabase
from app.store.opening import CONNECTIONS

# For an operator's own tools, while all processes use all they may.
SPARE: Final = 5


def database(chosen: Settings) -> Iterator[Finding]:
    """Whether it answers, and whose tables it has."""
    there = Path(chosen.database_url.partition(":///")[2] or ".").absolute()
    if chosen.on_sqlite and there.parent.exists() and not os.access(there.parent, os.W_OK | os.X_OK):
        yield Finding(f"The directory {there.parent} of the database is not writable for this user.", stops=True)
    if chosen.on_sqlite and not there.exists():
        return
    try:
        require_newest(chosen.database_url)
    except OlderDatabase as older:
        if not chosen.migrate:
            yield Finding(str(older), stops=True)
    except (CannotOpen, Unavailable) as refused:
        yield Finding(str(refused), stops=True)
        return
    if chosen.on_sqlite and is_nearly_full(there.parent):
        yield Finding(SENTENCES[FULL])
    if not chosen.on_sqlite and not is_durable(chosen.database_url):
        yield Finding(SENTENCES[NOT_DURABLE])


def processes(chosen: Settings) -> Iterator[Finding]:
    """What several of them lack."""
    if chosen.processes == 1:
        return
    if chosen.on_sqlite:
        yield Finding(ON_SQLITE, stops=True)
        return
    if chosen.broker_url is None:
        yield Finding(
            f"{PREFIX}BROKER_URL is not set: pages hear within a second of what was done at another process, and each"
            " process counts limits for itself."
        )
    yield from _connections(chosen)


def _connections(chosen: Settings) -> Iterator[Finding]:
    wanted = chosen.processes * CONNECTIONS + SPARE
    try:
        allowed = connections_allowed(chosen.database_url)
    except CannotOpen:
        return
    if allowed < wanted:
        yield Finding(
            f"{chosen.processes} processes may ask PostgreSQL for {wanted} connections, and its max_connections is"
            f" {allowed}."
        )


ON_SQLITE: Final = (
    f"{PREFIX}PROCESSES is more than 1, and SQLite has one process that writes: serve with 1, or name a PostgreSQL"
    f" database in {PREFIX}DATABASE_URL."
)
