"""Every test of live boards runs on a loop whose time stands still."""

import gc

import pytest
import structlog

from tests.held import HeldKeeper, HeldLoop
from tests.realtime.desks import two_desks
from tests.realtime.stage import Stage


def pytest_asyncio_loop_factories():
    """No test waits for a real second."""
    return {"held": HeldLoop}


@pytest.fixture(scope="session", autouse=True)
def trees_are_not_searched_for_waste():
    """Millions of elements are made here, and each is done with soon: looking for them costs a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    yield
    gc.set_threshold(*usual)


@pytest.fixture(autouse=True)
def log_in_short():
    """Faults are planted here by the thousand: each is one line, not a picture of every local variable."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture
def keeper():
    """A keeper in the hand, with one board."""
    return HeldKeeper()


@pytest.fixture
async def stage(keeper):
    """A live board with a facilitator and three participants on it."""
    opened = Stage(keeper)
    opened.opens()
    yield opened
    await opened.closes()


@pytest.fixture
async def desks(keeper):
    """The same headline on two processes that hear each other."""
    async with two_desks(keeper) as both:
        yield both
