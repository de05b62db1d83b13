"""P8: whoever joins in the middle of two hundred writes a second sees the board as it was at each number."""

from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.prove.joining import join_again_and_again

pytestmark = pytest.mark.prove
BOARDS, JOINS = 50, 20
WRITERS = 12
# Whoever comes is told one entry too few of what was missed since the page was drawn.
FORGETS_THE_NEWEST = (
    "from app.realtime.history import History\n"
    "whole = History.stale_since\n"
    "History.stale_since = lambda self, board, seq: whole(self, board, min(seq + 1, board.seq))\n"
)


def test_promise_8_whoever_joins_sees_the_board_as_it_was_at_each_number(tmp_path: Path, promise: Promise) -> None:
    found = join_again_and_again(tmp_path, boards=BOARDS, joins=JOINS, writers=WRITERS)
    assert (found.wrong, found.holes) == (0, 0), found
    promise(
        8,
        f"{found.joins:,} joins during {found.rate:.0f} writes a second: of {found.looks:,} boards that they saw, as"
        f" fetched and after each frame, {found.wrong} were another than the one at that number; {found.holes} holes",
    )


def test_promise_8_the_comparison_notices_a_frame_that_lacks_an_entry(tmp_path: Path, promise: Promise) -> None:
    found = join_again_and_again(tmp_path, boards=1, joins=20, writers=WRITERS, careless=FORGETS_THE_NEWEST)
    assert found.wrong > 0
    promise(8, "", control=f"with one entry too few after a join, {found.wrong} of {found.looks} boards were others")
