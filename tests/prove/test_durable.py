"""P1: no answer leaves before what it promises is synced to the disk, counted from outside the process."""

import shutil
from pathlib import Path

import pytest

from tests.machine import missing
from tests.prove.watching import CARELESS_SERVER, SERVER, early, trace

ANSWERS = 500


@pytest.fixture(autouse=True)
def _strace() -> None:
    if shutil.which("strace") is None:
        missing("strace is not installed")


@pytest.mark.prove
def test_p1_no_answer_leaves_before_its_commit_is_on_the_disk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, commands = trace(tmp_path, SERVER, answers=ANSWERS)
    found = early(seen, commands)
    with capsys.disabled():
        print(f"\nP1: {len(commands)} answers watched, {len(found)} before their sync")  # noqa: T201
    assert len(commands) >= ANSWERS
    assert found == set()


@pytest.mark.prove
def test_p1_the_watch_notices_a_server_that_does_not_sync(tmp_path: Path) -> None:
    seen, commands = trace(tmp_path, CARELESS_SERVER, answers=50)
    assert early(seen, commands) == commands
