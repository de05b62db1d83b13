"""P9: hundreds of frames are lost on the way, and each page finds out and repairs itself."""

from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.prove.losing import lose_again_and_again

pytestmark = pytest.mark.prove
PAGES, BURSTS, NOTES = 8, 4, 60


def test_promise_9_lost_frames_are_noticed_and_repaired(tmp_path: Path, promise: Promise) -> None:
    found = lose_again_and_again(tmp_path, pages=PAGES, bursts=BURSTS, notes=NOTES, seed=9)
    assert found.frames >= 300, found
    assert found.others == 0, found
    assert found.longest <= 21, found
    promise(
        9,
        f"{found.frames:,} frames lost on the way to {found.pages} pages: each page showed the whole board again, the"
        f" last after {found.longest:.1f} s",
    )


def test_promise_9_who_heeds_neither_numbers_nor_heartbeats_keeps_holes(tmp_path: Path, promise: Promise) -> None:
    found = lose_again_and_again(tmp_path, pages=4, bursts=1, notes=NOTES, seed=9, heeds=False)
    assert found.others == found.pages, found
    promise(
        9,
        "",
        control=f"of {found.pages} pages that heed neither numbers nor heartbeats, {found.others} kept a hole",
    )
