"""Knows whether a commit of this database is on the disk when it returns, and how that it can be written is tried."""

from sqlalchemy import Connection

from app.board.keeping import NotDurable

FULL = 2
OFF = (
    "SELECT name FROM pg_settings WHERE setting = 'off' AND name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
)
# A table that ends with its transaction: it takes room where the others do, about 350 kilobytes.
MUCH = "CREATE TEMPORARY TABLE flipchart_room ON COMMIT DROP AS SELECT generate_series(1, 10000) AS number"
LITTLE = "UPDATE alembic_version SET version_num = version_num"


def lacking(connection: Connection) -> str | None:
    """The settings without which a power failure loses what was acknowledged, None where there is none."""
    if connection.dialect.name == "sqlite":
        level = int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        return None if level >= FULL else f"synchronous is {level}"
    return ", ".join(connection.exec_driver_sql(OFF).scalars()) or None


def write_something(connection: Connection, *, much: bool) -> None:
    """Write what changes nothing; `much` asks a disk that may be full for room. Raises NotDurable."""
    if wrong := lacking(connection):
        raise NotDurable(wrong)
    if much and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(MUCH)
    connection.exec_driver_sql(LITTLE)
