"""Moderated words reach nobody who may not read them: every byte that everybody received in an hour is scanned."""

import sys
from pathlib import Path

import pytest

from app.board import audience
from tests.canary.hour import STATES, Evidence, an_hour
from tests.canary.test_canary import NOTES, leaks, yes
from tests.canary.words import canary, name_of
from tests.prove.conftest import Promise

HOURS = 3
ALL = {"facilitator", "as participant", "author", "masked", "participant", "observer", "screen", "waiting"}


@pytest.mark.prove
async def test_promise_19_what_may_not_be_read_reaches_nobody(tmp_path: Path, promise: Promise) -> None:
    scanned = 0
    for number in range(HOURS):
        async with an_hour(tmp_path / f"hour-{number}") as hour:
            assert {state: leaks(hour, state) for state in NOTES if leaks(hour, state)} == {}
            assert [state for state in NOTES if canary(state) in hour.logged] == []
            assert [person for person in hour.persons if name_of(person) in hour.logged] == []
            scanned += sum(len(text) for texts in hour.received.values() for text in texts)
    readers, channels = {who for who, _ in hour.received}, {channel for _, channel in hour.received}
    assert readers >= ALL
    careless = await _with_a_guard_that_says_yes(tmp_path / "careless")
    found = [(state, *leak) for state in STATES for leak in leaks(careless, state)]
    assert found
    promise(
        19,
        f"{HOURS} hours, {len(NOTES)} states of what is written in words of their own, {len(readers)} readers by"
        f" {len(channels)} ways each: {scanned / 1e6:.0f} MB of bytes received, 0 words where they may not be,"
        " 0 in the log",
        control=f"with a guard that always says yes, {len(found)} leaks by"
        f" {len({channel for _, _, channel in found})} ways",
    )


async def _with_a_guard_that_says_yes(data: Path) -> Evidence:
    guard = audience.may_see
    patched = [module for module in list(sys.modules.values()) if getattr(module, "may_see", None) is guard]
    with pytest.MonkeyPatch.context() as patch:
        for module in patched:
            patch.setattr(module, "may_see", yes)
        async with an_hour(data, whole=False) as evidence:
            return evidence
