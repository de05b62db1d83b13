"""One Redis for the tests that do nothing to it."""

from collections.abc import Iterator

import pytest

from tests import redis


@pytest.fixture(scope="session")
def broker() -> Iterator[redis.Server]:
    with redis.server() as running:
        yield running
