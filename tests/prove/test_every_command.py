"""P10: after every command, what was there and what was told make what is read afresh."""

from pathlib import Path

import pytest

from app.board.deciding import RULES
from tests.prove.conftest import Promise
from tests.prove.passing import run

EVERY_COMMAND = "tests/realtime/test_every_command.py"


@pytest.mark.prove
def test_promise_10_after_every_command_what_was_told_makes_what_is_kept(tmp_path: Path, promise: Promise) -> None:
    kept = run(tmp_path, EVERY_COMMAND, only="what_was_and_the_entry or example_of_every")
    drawn = run(tmp_path, EVERY_COMMAND, only="page")
    assert (kept.failed, drawn.failed) == (0, 0)
    assert kept.passed > len(RULES)
    assert drawn.passed > len(RULES)
    promise(
        10,
        f"all {len(RULES)} commands in {kept.passed - 1} examples: 0 differ from what the database holds, and the pages"
        " of everybody on the board differ in none from pages drawn afresh, also after the act was undone",
    )


@pytest.mark.prove
def test_promise_10_a_part_that_is_not_told_is_noticed(tmp_path: Path, promise: Promise) -> None:
    found = run(tmp_path, EVERY_COMMAND, planted="tests.prove.planted", only="page and note.")
    assert found.failed > 0
    promise(10, "", control=f"where notes are left out of frames, {found.failed} examples fail")
