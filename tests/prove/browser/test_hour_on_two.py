"""The whole hour once more, on PostgreSQL and Redis, by two servers that serve every other connection each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.hour.house import House
from tests.browser.hour.pair import pair_in
from tests.browser.test_hour import hour, test_the_whole_hour

__all__ = ["hour", "test_the_whole_hour"]
pytestmark = [pytest.mark.browser, pytest.mark.prove]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two Flipcharts as if they were one."""
    with pair_in(tmp_path) as pair:
        yield pair
