"""P2: one of two processes on PostgreSQL killed a hundred times under load, and nothing acknowledged is lost."""

import random
from pathlib import Path
from statistics import median

import pytest

from tests.prove.conftest import Promise
from tests.prove.pairs import kill_one_of_two
from tests.prove.serving import LOSES_SOME

pytestmark = pytest.mark.prove
TIMES = 100
WRITERS = 12


def test_promise_2_nothing_acknowledged_is_lost_when_one_of_two_is_killed(tmp_path: Path, promise: Promise) -> None:
    killed = kill_one_of_two(tmp_path, times=TIMES, writers=WRITERS, chance=random.Random())
    found = killed.audit
    assert found.whole, killed
    assert found.open == 0, killed
    promise(
        2,
        f"{TIMES} kills of one of two processes under {killed.rate:.0f} writes a second, the other going on: of"
        f" {found.notes:,} notes and {found.votes:,} votes acknowledged {found.lost} lost, {found.doubled} doubled,"
        f" numbers dense; {killed.again:,} sent again; serving again after {median(killed.back):.1f} s (at most"
        f" {max(killed.back):.1f} s)",
    )
    assert max(killed.back) <= 3


def test_promise_2_the_audit_notices_saves_that_are_not_made(tmp_path: Path, promise: Promise) -> None:
    killed = kill_one_of_two(tmp_path, times=5, writers=WRITERS, chance=random.Random(), careless=LOSES_SOME)
    assert killed.audit.lost > 0
    promise(2, "", control=f"where some saves of votes are not made, {killed.audit.lost} votes were lost")
