"""One server for each file of tests, on a copy of an empty database; every test has a board of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.store.opening import open_store
from tests.web.visiting import Place, Session, running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A server lives in one event loop: the tests of a file share it."""
    shared = pytest.mark.asyncio(loop_scope="module")
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(shared, append=False)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them, made once."""
    data = tmp_path_factory.mktemp("blank")
    open_store(f"sqlite:///{data}/flipchart.db", data=data).close()
    return data / "flipchart.db"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def serving(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> AsyncIterator[Place]:
    """A running Flipchart."""
    async with running(tmp_path_factory.mktemp("data"), blank=blank) as here:
        yield here


@pytest.fixture
def place(serving: Place) -> Place:
    """The same, an hour after the test before: whatever was tried too often may be tried again."""
    serving.ticks.passes(3_600)
    return serving


@pytest_asyncio.fixture(loop_scope="module")
async def session(place: Place) -> Session:
    """A board that has just been started."""
    return await place.board()
