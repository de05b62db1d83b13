"""P17: a broker that is killed or frozen for a minute costs latency, and nothing else."""

from pathlib import Path

import pytest

from tests.prove.brokering import NEVER_LOOKS, break_the_broker
from tests.prove.conftest import Promise

AWAY = 60.0
NORMAL = 8.0
SEEN_BY_ALL = 1.5


@pytest.mark.prove
def test_promise_17_a_broker_killed_or_frozen_for_a_minute_loses_nothing_and_pages_hear_all_the_same(
    tmp_path: Path, promise: Promise
) -> None:
    broken = break_the_broker(tmp_path, away=AWAY, normal=NORMAL, writers=9, readers=6, pause=0.2)
    found = broken.audit
    assert found.whole and found.open == 0 and broken.unseen == 0, found
    assert broken.lies > 100
    killed, frozen, normal = broken.p99("killed"), broken.p99("frozen"), broken.p99("normal")
    assert max(killed, frozen) <= SEEN_BY_ALL, (killed, frozen)
    assert broken.median("normal") < broken.median("killed") / 2, "it is normal again five seconds after the return"
    promise(
        17,
        f"two processes on PostgreSQL, {broken.rate:.0f} writes a second, the broker killed for {AWAY:.0f} s and frozen"
        f" for {AWAY:.0f} s: of {found.acknowledged:,} acknowledged {found.lost} lost, {found.doubled} doubled; seen by"
        f" all at both processes p99 {killed * 1000:.0f} ms while killed, {frozen * 1000:.0f} ms while frozen,"
        f" {normal * 1000:.0f} ms otherwise, from 5 s after its return; {broken.lies:,} doubled, reordered, changed and"
        " forged hints changed nothing",
    )


@pytest.mark.prove
def test_promise_17_whoever_rests_on_the_broker_is_late(tmp_path: Path, promise: Promise) -> None:
    broken = break_the_broker(tmp_path, away=6.0, normal=2.0, writers=6, readers=4, pause=0.2, careless=NEVER_LOOKS)
    assert broken.p99("killed") > SEEN_BY_ALL and broken.p99("frozen") > SEEN_BY_ALL
    promise(
        17,
        "",
        control=f"processes that never look by themselves are {broken.p99('killed'):.1f} s late when it is away 6 s",
    )
