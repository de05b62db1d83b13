"""Nobody is cut off who only listens: lines through both proxies outlive the minute after which nginx cuts silence."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.realtime.rooms import BEAT
from tests.deploy.proxied import caddy, flipchart, hosted, nginx
from tests.deploy.test_proxies import heard, stream

LONGER_THAN_A_MINUTE = 75


@pytest.mark.prove
def test_lines_that_only_listen_are_there_after_more_than_a_minute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        port, _ = stack.enter_context(flipchart(tmp_path / "boards", beat=BEAT))
        followed = []
        for kind in (nginx, caddy):
            front = stack.enter_context(kind(tmp_path / kind.__name__, port))
            guest = stack.enter_context(hosted(front))
            lines = stack.enter_context(stream(guest, timeout=3 * BEAT))
            followed.append((guest, stack.enter_context(guest.follows()), lines))
        began, beats = time.monotonic(), 0
        while time.monotonic() - began < LONGER_THAN_A_MINUTE:
            for _, socket, lines in followed:
                heard(socket, '"head"', within=3 * BEAT)
                next(line for line in lines if '"head"' in line)
                beats += 1
        for guest, socket, lines in followed:
            guest.writes("Still here")
            heard(socket, "Still here")
            assert next(line for line in lines if "Still here" in line)
    with capsys.disabled():
        print(  # noqa: T201 - a proof prints its figures
            f"\nListening only, for {LONGER_THAN_A_MINUTE} s, through nginx and Caddy, by sockets and by streams:"
            f" {beats} heartbeats heard by each way"
        )
