"""Two processes that serve one port, as an operator starts them: all of them are gone when they were asked to end."""

import time
from pathlib import Path

import httpx

from tests.deploy.proxied import until
from tests.postgres import DURABLE, server
from tests.web.served import served


def members(process: int) -> list[int]:
    """The processes that this one has started."""
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_two_processes_serve_one_port_and_end_with_who_started_them(tmp_path: Path):
    with server(DURABLE) as database:
        stated = {"FLIPCHART_DATABASE_URL": database.make("several"), "FLIPCHART_PROCESSES": "2"}
        with served(tmp_path / "boards", **stated) as serving:
            assert httpx.get(f"{serving.address}/readyz", timeout=20).text == "ready"
            until(lambda: len(members(serving.process.pid)) == 2)
            counted = httpx.get(f"{serving.address}/metrics", timeout=20).text
            assert all(f'flipchart_rooms{{process="{place}"}} 0.0' in counted for place in "01")
            started = members(serving.process.pid)
            began = time.monotonic()
            said = serving.stop()
            assert time.monotonic() - began < 10
        assert serving.process.returncode == 0
        assert not [each for each in started if Path(f"/proc/{each}").exists()]
        assert "hear within a second" in said
        assert "Traceback" not in said
