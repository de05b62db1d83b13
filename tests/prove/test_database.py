"""P3: a database that is killed or restarted under load leaves nothing lost, nothing doubled and nothing open."""

import random
from pathlib import Path
from statistics import median

import pytest

from tests.prove.conftest import Promise
from tests.prove.databases import restart_again_and_again
from tests.prove.serving import SAYS_IT_IS_SAVED

KILLS, RESTARTS = 10, 20
WRITERS = 12


@pytest.mark.prove
def test_promise_3_every_command_ends_as_one_effect_when_the_database_is_killed_and_restarted(
    tmp_path: Path, promise: Promise
) -> None:
    ended = restart_again_and_again(tmp_path, kills=KILLS, restarts=RESTARTS, writers=WRITERS, chance=random.Random())
    found = ended.audit
    assert found.whole, ended
    assert found.open == 0, ended
    assert ended.out == 0, ended
    assert ended.unknown > 0
    assert max(ended.back) <= 5, ended
    promise(
        3,
        f"{KILLS} kills and {RESTARTS} restarts of PostgreSQL under {ended.rate:.0f} writes a second:"
        f" of {found.acknowledged:,} acknowledged {found.lost} lost, {found.doubled} doubled; {ended.unknown} outcomes"
        f" that nobody knew all ended as one effect; writing again after {median(ended.back):.1f} s (at most"
        f" {max(ended.back):.1f} s); {ended.out} connections not given back",
    )


@pytest.mark.prove
def test_promise_3_the_audit_notices_a_server_that_takes_a_failure_for_a_success(
    tmp_path: Path, promise: Promise
) -> None:
    ended = restart_again_and_again(
        tmp_path, kills=1, restarts=1, writers=WRITERS, chance=random.Random(), more=SAYS_IT_IS_SAVED
    )
    assert ended.audit.lost > 0
    promise(3, "", control=f"a server that takes a failed save for a success lost {ended.audit.lost} in 2 restarts")
