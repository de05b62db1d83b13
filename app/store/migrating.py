"""Knows which tables the database has, and how it gets the newest ones."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

STEPS: Final = Path(__file__).resolve().parent.parent.parent / "migrations"
WHERE: Final = text("SELECT version_num FROM alembic_version")
# Any number will do that nobody else takes: two processes must not bring one database up to date at once.
TURN: Final = text("SELECT pg_advisory_xact_lock(4354170)")


class CannotOpen(Exception):
    """Why the database cannot be used: one sentence for the operator."""


class NewerDatabase(CannotOpen):
    """A newer Flipchart has changed the tables."""


class OlderDatabase(CannotOpen):
    """The tables are those of an older Flipchart, or there are none yet."""


class EmptyDatabase(OlderDatabase):
    """There are none yet."""


@dataclass(frozen=True, slots=True)
class Brought:
    """From which revision of the tables to which they were brought; `before` is "" where there were none."""

    before: str
    after: str


def migrate(engine: Engine) -> Brought:
    """Bring the tables up to date, in one transaction. Raises NewerDatabase.

    On SQLite the engine must not hold foreign keys: making a table anew would take its rows' rows along.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(TURN)
        before, wanted = _revision(connection), newest()
        if before != wanted:
            _upgrade(connection)
        return Brought(before, wanted)


def require_newest(engine: Engine) -> None:
    """Raises OlderDatabase or NewerDatabase unless the tables are those of this Flipchart; changes nothing."""
    with engine.connect() as connection:
        before, wanted = _revision(connection), newest()
    if before != wanted:
        have = f"are at {before}" if before else "are not there"
        kind = OlderDatabase if before else EmptyDatabase
        raise kind(f"The database's tables {have}, and this Flipchart needs {wanted}: run flipchart migrate.")


def revisions() -> set[str]:
    """Every revision of the tables that this Flipchart knows: each step's file is named by it."""
    return {step.stem for step in (STEPS / "versions").glob("[0-9]*.py")}


def newest() -> str:
    """The revision of the tables that this Flipchart has."""
    return max(revisions())


def config_for(connection: Connection) -> "Config":
    """Alembic's settings, made here so that no ini file is needed to run."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    # Alembic is long in coming, and most starts find the tables as they should be.
    from alembic import command

    command.upgrade(config_for(connection), "head")


def _revision(connection: Connection) -> str:
    """Where the tables are, "" where there are none. Raises NewerDatabase."""
    made = inspect(connection).has_table("alembic_version")
    found = set(connection.scalars(WHERE)) if made else set()
    if not found <= revisions():
        raise NewerDatabase("The database belongs to a newer Flipchart: start that one, or restore a backup.")
    return max(found, default="")
