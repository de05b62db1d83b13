"""Knows which tables the database has, and how it gets the newest ones."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

STEPS: Final = Path(__file__).resolve().parent.parent.parent / "migrations"
# Any number will do that nobody else takes: two processes must not bring one database up to date at once.
TURN: Final = text("SELECT pg_advisory_xact_lock(4354170)")


class CannotOpen(Exception):
    """Why the database cannot be used: one sentence for the operator."""


class NewerDatabase(CannotOpen):
    """A newer Flipchart has changed the tables."""


class OlderDatabase(CannotOpen):
    """The tables are those of an older Flipchart, or there are none yet."""


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
        config = config_for(connection)
        steps = ScriptDirectory.from_config(config)
        before = _revision(connection, steps)
        command.upgrade(config, "head")
        return Brought(before, steps.get_current_head() or "")


def require_newest(engine: Engine) -> None:
    """Raises OlderDatabase or NewerDatabase unless the tables are those of this Flipchart; changes nothing."""
    with engine.connect() as connection:
        steps = ScriptDirectory.from_config(config_for(connection))
        before, wanted = _revision(connection, steps), steps.get_current_head()
    if before != wanted:
        have = f"are at {before}" if before else "are not there"
        raise OlderDatabase(f"The database's tables {have}, and this Flipchart needs {wanted}: run flipchart migrate.")


def config_for(connection: Connection) -> Config:
    """Alembic's settings, made here so that no ini file is needed to run."""
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection, known: ScriptDirectory) -> str:
    """Where the tables are, "" where there are none. Raises NewerDatabase."""
    ours = {step.revision for step in known.walk_revisions()}
    heads = MigrationContext.configure(connection).get_current_heads()
    if not set(heads) <= ours:
        raise NewerDatabase("The database belongs to a newer Flipchart: start that one, or restore a backup.")
    return heads[0] if heads else ""
