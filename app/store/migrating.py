"""Knows which tables the database has, and how it gets the newest ones."""

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


def migrate(engine: Engine) -> None:
    """Bring the tables up to date, in one transaction. Raises NewerDatabase.

    On SQLite the engine must not hold foreign keys: making a table anew would take its rows' rows along.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(TURN)
        config = config_for(connection)
        _refuse_newer(connection, ScriptDirectory.from_config(config))
        command.upgrade(config, "head")


def config_for(connection: Connection) -> Config:
    """Alembic's settings, made here so that no ini file is needed to run."""
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection, known: ScriptDirectory) -> None:
    ours = {step.revision for step in known.walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= ours:
        raise NewerDatabase("The database belongs to a newer Flipchart: start that one, or restore a backup.")
