"""Knows what a database's error means to a board: full, behind a constraint, gone, or nobody knows."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from app.board.keeping import NoTables, OutcomeUnknown, RuleBroken, StorageFull, Unavailable

DISK_IS_FULL: Final = "The disk that holds the database is full."
DISK_FULL: Final = "53100"
NO_TABLE: Final = "42P01"
LOCKED: Final = "55P03"
# Shared memory of the log that cannot grow is a full disk under another name.
FULL: Final = frozenset({"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"})


def before_commit(error: DBAPIError) -> Exception:
    """What a failure means while nothing can have been saved yet."""
    if isinstance(error, IntegrityError):
        return RuleBroken(_reason(error))
    if _is_full(error):
        return StorageFull(_reason(error))
    return unavailable(error)


def during_commit(error: DBAPIError) -> Exception:
    """What a failure of the commit itself means: certain only where the database itself said no."""
    if isinstance(error, IntegrityError) or _is_full(error) or _was_refused(error):
        return before_commit(error)
    return OutcomeUnknown(_reason(error))


def unavailable(error: DBAPIError) -> Unavailable:
    """The database cannot be used, in one sentence."""
    kind = NoTables if _lacks_a_table(error) else Unavailable
    return kind(f"The database cannot be used: {_reason(error)}.")


def sentence(error: DBAPIError) -> str:
    """Why the database cannot be opened, for the operator."""
    return DISK_IS_FULL if _is_full(error) else str(unavailable(error))


def _lacks_a_table(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return str(error.orig).startswith("no such table")
    return _state(error) == NO_TABLE


def _is_full(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorname", "") in FULL
    return _state(error) == DISK_FULL


def _was_refused(error: DBAPIError) -> bool:
    # Classes 08 and 57 are a connection or a server going away; any other state is the server's own no.
    state = _state(error)
    return bool(state) and state[:2] not in ("08", "57")


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _reason(error: DBAPIError) -> str:
    if _state(error) == LOCKED:
        return "somebody else has held what this needs for five seconds"
    # First line only: the others quote the statement's values, which are people's words.
    lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return lines[0].rstrip(".")
