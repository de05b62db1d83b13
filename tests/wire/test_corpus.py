"""The hostile corpus, one of each kind; bin/prove sends a thousand (`tests/prove/test_hostile.py`)."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.corpus import Kind, World, besieged, sent
from tests.wire.hostile_frames import FRAMES
from tests.wire.hostile_http import HTTP
from tests.wire.hostile_requests import REQUESTS
from tests.wire.rig import Server, neighbour, serving
from tests.wire.test_attacks import lost_nothing, stopped

KINDS: dict[str, Kind] = {**FRAMES, **HTTP, **REQUESTS}


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Server]:
    """Our server, its waiting times shortened."""
    with serving("hasty", tmp_path, within=2.0) as server:
        yield server


def test_each_of_200_kinds_is_answered_as_it_should_be_and_the_log_tells_of_no_fault(hasty: Server):
    assert len(KINDS) > 200
    world, chance = World.new(hasty), random.Random(1)
    # Control: what is answered otherwise than it should be is noticed.
    assert sent(world, KINDS["another site"], chance, expected=("101",)).startswith("403, not 101")
    with neighbour(hasty) as healthy:
        assert besieged(world, KINDS.items(), chance) == []
        lost_nothing(stopped(hasty, healthy, 5.0))
    assert [line for line in hasty.log().splitlines() if '"error"' in line or "Traceback" in line] == []
