"""The tables hold every field of every record, and the migrations make exactly the tables."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Engine, String, inspect, make_url

from app.board.records import KINDS
from app.store.migrating import STEPS, config_for, migrate, newest, revisions
from app.store.opening import MIGRATING, open_store, postgresql_engine, sqlite_engine
from app.store.shapes import shape
from app.store.tables import RECORDS, Row
from tests.postgres import Server
from tests.store.given import a_board, kept, records


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        engine = sqlite_engine(make_url(f"sqlite:///{tmp_path}/empty.db"), "IMMEDIATE", size=1, pragmas=())
    else:
        server: Server = request.getfixturevalue("postgres")
        engine = postgresql_engine(make_url(server.make(f"empty_{request.node.originalname}")))
    yield engine
    engine.dispose()


def test_every_kind_has_a_table() -> None:
    assert set(RECORDS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_a_column_for_each_field(kind: str) -> None:
    columns = {column.name for column in RECORDS[kind].c} - {"board_id", "came"}
    names = {field.name for field in fields(KINDS[kind])}
    assert columns == names, "change the table in app/store/tables.py, and add a migration"


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_as_a_list_or_mapping_is_kept_as_json(kind: str) -> None:
    kept_as_json = {column.name for column in RECORDS[kind].c if isinstance(column.type, JSON)}
    assert set(shape(kind).restored) <= kept_as_json


def test_migrations_from_an_empty_database_make_the_tables(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_constraints_are_named_alike_in_every_database(empty: Engine) -> None:
    migrate(empty)
    found = inspect(empty)
    unique = {each["name"] for table in ("board", "entry", "cast") for each in found.get_unique_constraints(table)}
    assert unique == {
        "uq_board_code_hash",
        "uq_entry_board_id_actor_command_id",
        "uq_cast_board_id_ballot_voter",
    }
    assert [each["name"] for each in found.get_check_constraints("cast")] == ["ck_cast_within_limit"]


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)


def test_migrations_go_back_to_an_empty_database(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        command.downgrade(config_for(connection), "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_table_that_is_made_anew_takes_nothing_along(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/flipchart.db"
    store = open_store(place, data=tmp_path)
    store.create(a_board("b"), title="T", code_hash="c", at=1.0)
    store.close()
    engine = sqlite_engine(make_url(place), "IMMEDIATE", size=1, pragmas=MIGRATING)
    with engine.begin() as connection:
        steps = Operations(MigrationContext.configure(connection))
        with steps.batch_alter_table("board", recreate="always") as table:
            table.add_column(Column("colour", String))
    engine.dispose()
    store = open_store(place, data=tmp_path)
    assert records(kept(store, "b").board) == records(a_board("b"))
    store.close()


def test_the_steps_are_named_by_their_revisions_so_that_a_start_need_not_read_them() -> None:
    steps = ScriptDirectory(str(STEPS))
    assert revisions() == {step.revision for step in steps.walk_revisions()}
    assert newest() == steps.get_current_head()
