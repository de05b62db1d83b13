"""P18: nothing leaks. Twenty thousand lines to two thousand boards later the server holds what it held before."""

from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.prove.leaking import comes_back

BOARDS = 2_000
WARM = 200
# What the allocator keeps in pieces; and each connection to the database keeps up to 2,000 KiB of its pages.
MORE_MEMORY = 0.05
PAGES = 5 * 2_000 * 1_024
FEW = 40
# A room that is closed is still pointed to.
KEEPS_ROOMS = (
    "from app.realtime.rooms import Rooms\n"
    "close, kept = Rooms._close, []\n"
    "def forgetful(self, board):\n"
    "    kept.append(self._open.get(board))\n"
    "    return close(self, board)\n"
    "Rooms._close = forgetful\n"
)
# Whoever has gone is still told, so that their room never closes.
KEEPS_LINES = "from app.realtime.frames import Audiences\nAudiences.drop = lambda self, connection: None\n"


@pytest.mark.prove
def test_promise_18_nothing_is_left_of_2000_boards_and_20000_lines(tmp_path: Path, promise: Promise) -> None:
    found = comes_back(tmp_path, warm=WARM, boards=BOARDS)
    assert found.connects.total() == 10 * BOARDS
    assert found.grown == {}
    assert found.left(BOARDS) == {}
    assert found.after["memory"] - found.before["memory"] <= MORE_MEMORY * found.before["memory"] + PAGES
    ways = ", ".join(f"{number:,} {way}" for way, number in found.connects.most_common())
    before, after = (each["memory"] / 2**20 for each in (found.before, found.after))
    promise(
        18,
        f"{BOARDS:,} boards and {found.connects.total():,} lines to them ({ways}): as many tasks"
        f" ({sum(found.after['tasks'].values())}), descriptors ({sum(found.after['descriptors'].values())}), threads"
        f" ({sum(found.after['threads'].values())}) and rooms ({found.after['rooms']['open']}) as before, no kind of"
        f" object grown; memory {before:.0f} MiB before and {after:.0f} MiB after ({found.memory:+.1%})",
    )


@pytest.mark.prove
def test_promise_18_the_count_notices_what_is_kept(tmp_path: Path, promise: Promise) -> None:
    (tmp_path / "rooms").mkdir()
    (tmp_path / "lines").mkdir()
    rooms = comes_back(tmp_path / "rooms", warm=FEW, boards=FEW, planted=KEEPS_ROOMS).left(FEW)
    lines = comes_back(tmp_path / "lines", warm=FEW, boards=FEW, planted=KEEPS_LINES)
    was, now = rooms["app.realtime.room.Room"]
    assert now - was >= FEW
    assert "rooms" in lines.grown
    promise(
        18,
        "",
        control=f"with closed rooms that are still pointed to {now - was} of {FEW} are counted; with lines that are"
        f" never counted out {lines.after['rooms']['open']} rooms never close",
    )
