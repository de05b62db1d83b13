"""The image is what it says: each step of the Dockerfile is done, and what comes out serves with no right at all."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.deploy.dockerfile import ROOT
from tests.machine import missing

pytestmark = pytest.mark.prove


def can_mount() -> bool:
    """May this user make a namespace of mounts, with layers in it?"""
    tools = all(map(shutil.which, ("unshare", "chroot", "setpriv", "mount")))
    return tools and os.getuid() == 0 and subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen of the image, built in a clean directory."""
    if not can_mount():
        missing("there is no right on this machine to build the image's layers")
    place = tmp_path_factory.mktemp("image")
    place.chmod(0o755)
    apart = ["unshare", "--mount", "--propagation", "private"]
    run = subprocess.run(
        [*apart, sys.executable, "-P", "-m", "tests.prove.imaging", str(place)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert run.returncode == 0
    return json.loads(run.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_it_serves_and_says_that_it_is_well(seen: dict[str, Any]) -> None:
    for life in seen["lives"]:
        assert (life["healthy"], life["page"]) == (0, 200), life
        assert life["after"] < 30


def test_it_runs_as_its_own_user_without_any_right(seen: dict[str, Any]) -> None:
    for life in seen["lives"]:
        assert (life["Uid"], life["Gid"]) == (" ".join(["10001"] * 4),) * 2
        assert int(life["CapEff"], 16) == int(life["CapBnd"], 16) == 0
        assert life["NoNewPrivs"] == "1"


def test_only_its_volume_and_the_temporary_directory_can_be_written(seen: dict[str, Any]) -> None:
    assert {place for place, could in seen["written"].items() if could} == {"/tmp", "/data"}  # noqa: S108


def test_it_stops_within_ten_seconds_and_its_boards_are_there_the_next_time(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = seen["lives"]
    with capsys.disabled():
        print(  # noqa: T201 - a proof prints its figures
            f"\nThe image: well after {first['after']} s, again after {second['after']} s;"
            f" stopped in {first['stopped']} s and {second['stopped']} s"
        )
    assert (first["exit"], second["exit"]) == (0, 0)
    assert max(first["stopped"], second["stopped"]) <= 10
    assert first["boards"] == second["boards"] != []
    assert "Traceback" not in first["said"] + second["said"]


def test_what_installs_packages_is_left_out(seen: dict[str, Any]) -> None:
    assert seen["pip"] is False
