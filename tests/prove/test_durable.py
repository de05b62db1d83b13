"""P1: no answer leaves before what it promises is synced to the disk, counted from outside the process."""

import shutil
from pathlib import Path

import pytest

from tests.machine import missing
from tests.prove.conftest import Promise
from tests.prove.watching import CARELESS_SERVER, SERVER, early, trace

ANSWERS = 500


@pytest.fixture(autouse=True)
def _strace() -> None:
    if shutil.which("strace") is None:
        missing("strace is not installed")


@pytest.mark.prove
def test_promise_1_no_answer_leaves_before_its_commit_is_on_the_disk(tmp_path: Path, promise: Promise) -> None:
    seen, commands = trace(tmp_path, SERVER, answers=ANSWERS)
    found = early(seen, commands)
    assert len(commands) >= ANSWERS
    assert found == set()
    promise(1, f"{len(commands)} answers watched, none left before its sync")


@pytest.mark.prove
def test_promise_1_the_watch_notices_a_server_that_does_not_sync(tmp_path: Path, promise: Promise) -> None:
    seen, commands = trace(tmp_path, CARELESS_SERVER, answers=50)
    assert early(seen, commands) == commands
    promise(1, "", control=f"with synchronous=OFF all of {len(commands)} answers left before their sync")
