"""P1: killed a hundred times under two hundred writes a second, nothing acknowledged is lost and nothing doubled."""

import random
from pathlib import Path
from statistics import median

import pytest

from tests.prove.conftest import Promise
from tests.prove.killing import kill_again_and_again
from tests.prove.serving import ANSWERS_TOO_EARLY, changed

TIMES = 100
WRITERS = 12


@pytest.mark.prove
def test_promise_1_nothing_acknowledged_is_lost_in_a_hundred_kills(tmp_path: Path, promise: Promise) -> None:
    killed = kill_again_and_again(tmp_path, times=TIMES, writers=WRITERS, chance=random.Random())
    found = killed.audit
    assert found.whole, killed
    assert found.open == 0
    assert killed.intact
    promise(
        1,
        f"{TIMES} kills under {killed.rate:.0f} writes a second: of {found.notes:,} notes and {found.votes:,} votes"
        f" acknowledged {found.lost} lost, {found.doubled} doubled, numbers dense, file intact;"
        f" {killed.again:,} sent again;"
        f" answering again after {median(killed.back):.1f} s (at most {max(killed.back):.1f} s)",
    )
    assert max(killed.back) <= 3


@pytest.mark.prove
def test_promise_1_the_audit_notices_a_server_that_answers_before_it_saves(tmp_path: Path, promise: Promise) -> None:
    killed = kill_again_and_again(
        tmp_path, times=5, writers=WRITERS, chance=random.Random(), program=changed(ANSWERS_TOO_EARLY)
    )
    assert killed.audit.lost > 0
    promise(1, "", control=f"a server that answers before it saves lost {killed.audit.lost} in 5 kills")
