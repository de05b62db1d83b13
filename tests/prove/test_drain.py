"""P16: a server that is asked to end tells everybody and is gone in time; processes are replaced and nothing fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.prove.conftest import Promise
from tests.prove.draining import ask_to_end, replace_again_and_again
from tests.wire.rig import serving
from tests.wire.test_attacks import ends_with_stuck_readers

LINES, STUCK = 480, 20
RESTART = 1012


@pytest.fixture
def database() -> Iterator[str]:
    with postgres.server() as server:
        yield server.make("drained")


@pytest.mark.prove
def test_promise_16_a_server_with_500_people_says_good_bye_and_is_gone(tmp_path: Path, promise: Promise) -> None:
    url = f"sqlite:///{tmp_path}/boards/flipchart.db"
    ended = ask_to_end(tmp_path, url, lines=LINES, not_reading=STUCK, writers=3)
    assert ended.audit.whole, ended
    assert ended.audit.open == 0, ended
    assert ended.codes == {RESTART: LINES}, ended
    assert ended.seconds <= 10, ended
    promise(
        16,
        f"one process with {LINES} people and {ended.stuck} stuck ended after {ended.seconds:.1f} s:"
        f" {ended.codes[RESTART]} heard 1012, of {ended.audit.acknowledged:,} acknowledged {ended.audit.lost} lost",
    )


@pytest.mark.prove
def test_promise_16_two_processes_with_500_people_say_good_bye_and_are_gone(
    tmp_path: Path, database: str, promise: Promise
) -> None:
    stated = {"FLIPCHART_DATABASE_URL": database, "FLIPCHART_PROCESSES": "2"}
    ended = ask_to_end(tmp_path, database, lines=LINES, not_reading=STUCK, writers=3, **stated)
    assert ended.audit.whole, ended
    assert ended.audit.open == 0, ended
    assert ended.codes == {RESTART: LINES}, ended
    assert ended.seconds <= 10, ended
    promise(
        16,
        f"two processes with as many ended after {ended.seconds:.1f} s: {ended.codes[RESTART]} heard 1012,"
        f" of {ended.audit.acknowledged:,} acknowledged {ended.audit.lost} lost",
    )


@pytest.mark.prove
@pytest.mark.parametrize("front", ["nothing", "Caddy"])
def test_promise_16_two_processes_are_replaced_in_turn_and_no_command_fails(
    tmp_path: Path, database: str, promise: Promise, front: str
) -> None:
    replaced = replace_again_and_again(tmp_path, database, times=5, writers=6, lines=40, behind_caddy=front == "Caddy")
    assert replaced.audit.whole, replaced
    assert replaced.audit.open == 0, replaced
    assert replaced.codes == {RESTART: 40}, replaced
    promise(
        16,
        f"both processes replaced 5 times behind {front}, each time in {max(replaced.seconds):.1f} s at most:"
        f" of {replaced.audit.acknowledged:,} commands 0 failed, {sum(replaced.again.values())} were sent again",
    )


@pytest.mark.prove
def test_promise_16_stock_settings_do_not_end_in_time(tmp_path: Path, promise: Promise) -> None:
    with serving("stock", tmp_path, within=10.0) as server, pytest.raises(AssertionError, match="still running"):
        ends_with_stuck_readers(server, 12.0)
    promise(16, "", control=f"the same server with stock settings still ran 12 s after it was asked, {STUCK} stuck")
