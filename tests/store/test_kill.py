"""P1, in short: a server that is killed loses nothing that it acknowledged, and doubles nothing."""

import random
from pathlib import Path

from tests.prove.killing import kill_again_and_again


def test_p1_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    killed = kill_again_and_again(tmp_path, times=2, writers=6, chance=random.Random(3))
    found = killed.audit
    assert found.acknowledged >= 60
    assert found.whole, killed
    assert killed.intact
