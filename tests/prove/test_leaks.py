"""P18: nothing leaks. Twenty thousand lines to two thousand boards later the server holds what it held before."""

from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.prove.leaking import comes_back
from web import seats
from web.seats import Seat

BOARDS = 2_000
WARM = 200
# What the allocator keeps in pieces; and each connection to the database keeps up to 2,000 KiB of its pages.
MORE_MEMORY = 0.05
PAGES = 5 * 2_000 * 1_024
# All of that is there after two thirds of the boards: what the last third adds is what each board costs for good.
STILL = 0.01
FEW, SOME = 40, 300
# Kept on purpose, and no more of them than that.
KEPT = {f"{Seat.__module__}.{Seat.__qualname__}": seats.KEPT}
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
# No object of ours is kept, only bytes: 48 KiB for each room that was closed.
KEEPS_BYTES = (
    "import os\n"
    "from app.realtime.rooms import Rooms\n"
    "close, kept = Rooms._close, []\n"
    "def forgetful(self, board):\n"
    "    kept.append(os.urandom(48 * 1024))\n"
    "    return close(self, board)\n"
    "Rooms._close = forgetful\n"
)


@pytest.mark.prove
def test_promise_18_nothing_is_left_of_2000_boards_and_20000_lines(tmp_path: Path, promise: Promise) -> None:
    found = comes_back(tmp_path, warm=WARM, boards=BOARDS)
    assert found.connects.total() == 10 * BOARDS
    assert found.grown == {}
    assert {name: now for name, (_, now) in found.left(BOARDS).items() if now > KEPT.get(name, 0)} == {}
    assert found.memory[-1] - found.memory[0] <= MORE_MEMORY * found.memory[0] + PAGES
    assert found.still_grows <= STILL
    ways = ", ".join(f"{number:,} {way}" for way, number in found.connects.most_common())
    looks = ", ".join(f"{each / 2**20:.0f}" for each in found.memory)
    promise(
        18,
        f"{BOARDS:,} boards and {found.connects.total():,} lines to them ({ways}): as many tasks"
        f" ({sum(found.after['tasks'].values())}), descriptors ({sum(found.after['descriptors'].values())}), threads"
        f" ({sum(found.after['threads'].values())}) and rooms ({found.after['rooms']['open']}) as before, no kind of"
        f" object grown but {seats.KEPT:,} seats that are remembered; memory {looks} MiB before and after each third"
        f" ({found.still_grows:+.1%} in the last)",
    )


@pytest.mark.prove
def test_promise_18_the_count_notices_what_is_kept(tmp_path: Path, promise: Promise) -> None:
    (tmp_path / "rooms").mkdir()
    (tmp_path / "lines").mkdir()
    (tmp_path / "bytes").mkdir()
    rooms = comes_back(tmp_path / "rooms", warm=FEW, boards=FEW, planted=KEEPS_ROOMS).left(FEW)
    lines = comes_back(tmp_path / "lines", warm=FEW, boards=FEW, planted=KEEPS_LINES)
    kept = comes_back(tmp_path / "bytes", warm=FEW, boards=SOME, planted=KEEPS_BYTES)
    was, now = rooms["app.realtime.room.Room"]
    assert now - was >= FEW
    assert "rooms" in lines.grown
    assert kept.still_grows > STILL
    promise(
        18,
        "",
        control=f"with closed rooms that are still pointed to {now - was} of {FEW} are counted; with lines that are"
        f" never counted out {lines.after['rooms']['open']} rooms never close; with 48 KiB kept of each board memory"
        f" goes on growing, {kept.still_grows:+.1%} in the last third of {SOME}",
    )
