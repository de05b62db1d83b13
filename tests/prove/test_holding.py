"""P11 and P12: everybody is back soon after a restart, and thousands who only listen cost little."""

import pytest

from bench import idle, restart
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("compiler")]
COMING_BACK, SECONDS = 2_000, 10
LISTENING, KIB = 10_000, 60


def test_promise_11_all_have_caught_up_soon_after_a_restart(promise: Promise) -> None:
    found = restart.run(COMING_BACK)
    assert found["people"] == COMING_BACK
    assert found["all"] <= SECONDS, found
    promise(
        11,
        f"{COMING_BACK:,} people, each lacking {restart.MISSED} notes when the server was killed: half of them had"
        f" caught up after {found['half']:.1f} s, the last after {found['all']:.1f} s, by {found['tries']:,} tries",
    )


def test_promise_11_a_server_that_draws_for_each_is_too_slow(promise: Promise) -> None:
    found = restart.run(COMING_BACK, planted="tests.prove.dawdling")
    assert found["all"] > SECONDS, found
    promise(11, "", control=f"where each who comes back costs 6 ms more, the last is there after {found['all']:.0f} s")


def test_promise_12_an_idle_connection_costs_little(promise: Promise) -> None:
    found = idle.run(LISTENING)
    assert found.whole <= KIB, found
    promise(
        12,
        f"{LISTENING:,} idle connections on one process: {found.whole:.1f} KiB each, {found.process:.1f} of them in the"
        f" process, and {100 * found.cpu:.1f} % of a core for their heartbeats",
    )


def test_promise_12_what_is_kept_for_each_connection_is_noticed(promise: Promise) -> None:
    found = idle.run(LISTENING // 10, watched=1.0, planted="tests.prove.hoarding")
    assert found.whole > KIB
    promise(12, "", control=f"with 64 KiB kept for each, {found.whole:.0f} KiB are measured")
