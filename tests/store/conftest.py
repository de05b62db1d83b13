"""The three keepers that the contract is held against, and a PostgreSQL server for those that need one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from app.board.keeping import Keeper
from app.store.memory import MemoryStore
from app.store.opening import open_store
from app.store.store import Store
from tests.postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server that runs for as long as the tests do."""
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def shared(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on PostgreSQL; its tests keep apart by their boards."""
    opened = open_store(postgres.make("shared"), data=tmp_path_factory.mktemp("data"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    """A store on a SQLite file of its own."""
    opened = open_store(f"sqlite:///{tmp_path}/flipchart.db", data=tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def memory() -> Iterator[MemoryStore]:
    """A store in memory."""
    opened = MemoryStore()
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "sqlite", "shared"], ids=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Keeper:
    """Each keeper in turn."""
    keeper: Keeper = request.getfixturevalue(request.param)
    return keeper


@pytest.fixture(params=["sqlite", "shared"], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Store:
    """Each keeper that outlives its process, in turn."""
    keeper: Store = request.getfixturevalue(request.param)
    return keeper


@pytest.fixture
def board_id() -> str:
    """An id that no other test uses."""
    return uuid4().hex
