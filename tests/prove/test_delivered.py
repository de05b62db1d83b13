"""P5: a command that comes up to five times at once, over lines that are cut and two processes, counts once."""

import random
from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.prove.delivering import Delivered, deliver
from tests.prove.serving import FORGETS_IDS

pytestmark = pytest.mark.prove
COMMANDS = {"sqlite": 5_000, "postgresql": 15_000}
WHERE = {"sqlite": "one process on SQLite", "postgresql": "two processes on PostgreSQL"}


def once(found: Delivered) -> bool:
    """Was each carried out once, and answered alike each time?"""
    return (found.other, found.twice, found.lost, found.dense) == (0, 0, 0, True)


@pytest.mark.parametrize("backend", COMMANDS)
def test_promise_5_a_command_that_comes_up_to_five_times_counts_once(
    tmp_path: Path, promise: Promise, backend: str
) -> None:
    found = deliver(tmp_path, commands=COMMANDS[backend], backend=backend, chance=random.Random())
    assert once(found), found
    assert found.accepted == found.commands, found
    promise(
        5,
        f"{WHERE[backend]}: {found.commands:,} commands in {found.deliveries:,} deliveries, {found.cut:,} of them cut"
        f" off before the answer: {found.twice} with a second effect, {found.other} answers that changed",
    )


def test_promise_5_the_comparison_notices_a_server_that_forgets_ids(tmp_path: Path, promise: Promise) -> None:
    found = deliver(tmp_path, commands=100, backend="sqlite", chance=random.Random(), careless=FORGETS_IDS)
    assert found.twice > 0
    assert found.other > 0
    promise(
        5, "", control=f"a server that forgets ids did {found.twice} of 100 again and changed {found.other} answers"
    )
