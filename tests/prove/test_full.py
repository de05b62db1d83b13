"""P4: a disk that is full, or fails, loses nothing; reading goes on, and writing goes on when it can."""

from pathlib import Path
from statistics import median

import pytest

from tests.machine import missing
from tests.prove.conftest import Promise
from tests.prove.filling import can_fail_calls, fail_again_and_again, fill_again_and_again
from tests.prove.serving import SAYS_IT_IS_SAVED

pytestmark = pytest.mark.prove
TIMES = 10
WRITERS = 12
ANSWERS = 1_000
# Every so-manieth sync or write of the database's thread fails.
FAILING = {"fdatasync": 10, "pwrite64": 60}


@pytest.mark.parametrize(("backend", "name"), [("sqlite", "SQLite"), ("postgresql", "PostgreSQL")])
def test_promise_4_a_full_disk_refuses_loses_nothing_and_is_written_to_again(
    tmp_path: Path, promise: Promise, backend: str, name: str
) -> None:
    filled = fill_again_and_again(tmp_path, times=TIMES, writers=WRITERS, backend=backend)
    found = filled.audit
    assert found.whole, filled
    assert found.open == 0, filled
    assert filled.intact
    assert max(filled.back) <= 5, filled
    promise(
        4,
        f"{name}, {TIMES} times without room: {filled.refused:,} refused as storage-full, {filled.read} pages"
        f" read meanwhile, of {found.acknowledged:,} acknowledged {found.lost} lost, {found.doubled} doubled; writing"
        f" again {median(filled.back):.1f} s after there was room (at most {max(filled.back):.1f} s)",
    )


@pytest.mark.parametrize(("call", "every"), FAILING.items())
def test_promise_4_a_disk_that_fails_loses_nothing(tmp_path: Path, promise: Promise, call: str, every: int) -> None:
    if not can_fail_calls():
        missing("strace is not installed")
    failed = fail_again_and_again(tmp_path, call=call, error="EIO", every=every, answers=ANSWERS, writers=6)
    found = failed.audit
    assert failed.failures >= 10
    assert found.whole, failed
    assert found.open == 0, failed
    assert failed.intact
    assert failed.back <= 5
    promise(
        4,
        f"{failed.failures} times EIO of {call}: of {found.acknowledged:,} acknowledged {found.lost} lost,"
        f" {found.doubled} doubled, file intact",
    )


def test_promise_4_the_audit_notices_a_server_that_does_not_say_that_the_disk_is_full(
    tmp_path: Path, promise: Promise
) -> None:
    filled = fill_again_and_again(tmp_path, times=1, writers=WRITERS, backend="sqlite", careless=SAYS_IT_IS_SAVED)
    assert filled.audit.lost > 0
    promise(4, "", control=f"a server that takes a failed save for a success lost {filled.audit.lost} on one full disk")
