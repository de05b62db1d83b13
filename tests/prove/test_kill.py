"""P1: killed again and again under two hundred writes a second, nothing acknowledged is lost and nothing doubled."""

import random
from pathlib import Path
from statistics import median

import pytest

from tests.prove.conftest import Promise
from tests.prove.killing import kill_again_and_again

TIMES = 20


@pytest.mark.prove
def test_promise_1_nothing_acknowledged_is_lost_in_twenty_kills(tmp_path: Path, promise: Promise) -> None:
    killed = kill_again_and_again(tmp_path, times=TIMES, writers=12, chance=random.Random())
    found = killed.audit
    assert (found.lost, found.doubled, found.foreign, found.dense) == (0, 0, 0, True), killed
    assert median(killed.back) <= 3
    promise(
        1,
        f"{TIMES} kills, {found.acknowledged} notes acknowledged, {found.lost} lost, {found.doubled} doubled,"
        f" {killed.again} sent again, serving again in {median(killed.back):.2f} s (at most {max(killed.back):.2f} s)",
    )
