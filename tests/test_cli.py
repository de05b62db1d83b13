"""What an operator types, and what comes back: one sentence where something stands in the way, never a traceback."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.links import ROLES

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"http://\S+/[fcjos]/\S{30}")


def environment(tmp_path: Path, **stated: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
    return {**plain, "PYTHONPATH": str(ROOT), "FLIPCHART_DATA": str(tmp_path / "boards"), **stated}


def command(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "app", *words]


@pytest.fixture
def flipchart(tmp_path):
    def run(*words, **stated):
        return subprocess.run(
            command(*words),
            cwd=tmp_path,
            env=environment(tmp_path, **stated),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@contextmanager
def serving(tmp_path: Path, **stated: str) -> Iterator[subprocess.Popen[str]]:
    """A server of its own on a free port; it has said that it serves."""
    server = subprocess.Popen(
        command("serve", "--port", "0"),
        cwd=tmp_path,
        env=environment(tmp_path, **stated),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        assert "serving" in server.stderr.readline()
        yield server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A data directory on which a server was started and told to stop; what it printed, and what it logged."""
    place = tmp_path_factory.mktemp("ran")
    with serving(place) as server:
        server.send_signal(signal.SIGTERM)
        printed, logged = server.communicate(timeout=30)
    return place / "boards", printed, logged


@pytest.fixture
def boards(ran, tmp_path):
    """The same for one test alone."""
    return shutil.copytree(ran[0], tmp_path / "boards")


def refusal(ended):
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    return ended.stderr.strip()


def test_a_server_starts_on_a_ready_made_board_and_stops_when_told(tmp_path):
    with serving(tmp_path, FLIPCHART_PRINT_LINKS="1") as server:
        address = (tmp_path / "boards" / "address").read_text().strip()
        assert httpx.get(f"{address}/healthz").status_code == 200
        server.send_signal(signal.SIGTERM)
        printed, logged = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Flip the Script" in printed
    assert len(LINK.findall(printed)) == len(ROLES)
    assert "Traceback" not in logged


def test_a_log_never_holds_a_link(ran):
    _, printed, logged = ran
    assert printed == ""
    assert not LINK.search(logged)


def test_the_same_board_is_there_at_the_next_start(tmp_path, boards, flipchart):
    with serving(tmp_path):
        pass
    assert len(flipchart("boards").stdout.splitlines()) == 1


def test_nobody_else_on_the_machine_can_read_the_boards(tmp_path):
    (tmp_path / "boards").mkdir(mode=0o755)
    with serving(tmp_path):
        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "boards").iterdir()}
    assert {name for name, mode in modes.items() if mode} == set()


def test_a_second_server_on_the_same_boards_is_refused_by_name(tmp_path, flipchart):
    with serving(tmp_path) as server:
        port = (tmp_path / "boards" / "address").read_text().strip().rpartition(":")[2]
        said = refusal(flipchart("serve", "--port", port))
    there = tmp_path / "boards"
    assert said == f"Another Flipchart already serves this data directory: {there} (process {server.pid})."


def test_links_are_read_out_while_a_server_runs_and_rotated_while_none_does(tmp_path, flipchart):
    with serving(tmp_path):
        board = flipchart("boards").stdout.split()[0]
        first = LINK.findall(flipchart("links", board).stdout)
        assert "stop it first" in refusal(flipchart("links", board, "--rotate", "all"))
    assert len(first) == len(ROLES)
    second = LINK.findall(flipchart("links", board, "--rotate", "join").stdout)
    assert len(set(first) & set(second)) == len(ROLES) - 1
    third = LINK.findall(flipchart("links", board, "--rotate", "all").stdout)
    assert not set(second) & set(third)
    assert LINK.findall(flipchart("links", board).stdout) == third


def test_an_unknown_board_is_named(boards, flipchart):
    assert refusal(flipchart("links", "nowhere1")).startswith("There is no board nowhere1")


def test_there_are_no_boards_before_the_first_start(flipchart):
    assert "bin/serve makes it" in refusal(flipchart("boards"))


def test_a_bad_setting_is_one_sentence(flipchart):
    assert refusal(flipchart("serve", FLIPCHART_PORT="eight")).startswith("FLIPCHART_PORT cannot be used")


def test_a_database_that_is_not_there_is_one_sentence(tmp_path, flipchart):
    nowhere = "postgresql://flipchart:open-sesame@127.0.0.1:1/flipchart"
    said = refusal(flipchart("serve", "--port", "0", FLIPCHART_DATABASE_URL=nowhere))
    assert "sesame" not in said
    assert not (tmp_path / "boards").exists(), "what was begun is taken back"


def test_a_port_that_cannot_be_had_leaves_nothing_and_a_key_that_is_damaged_leaves_itself_alone(tmp_path, flipchart):
    assert "not an address of this machine" in refusal(flipchart("serve", "--host", "192.0.2.1"))
    assert not (tmp_path / "boards").exists()
    (tmp_path / "boards").mkdir()
    (tmp_path / "boards" / "secret.key").write_text("short")
    assert "damaged" in refusal(flipchart("serve", "--port", "0"))
    assert [path.name for path in (tmp_path / "boards").iterdir()] == ["secret.key"]


def test_a_data_directory_that_cannot_be_made_is_one_sentence(tmp_path, flipchart):
    (tmp_path / "boards").write_text("a file, where boards should be")
    assert "cannot be made" in refusal(flipchart("serve", "--port", "0"))


def test_a_backup_made_while_a_server_runs_serves_the_same_boards(tmp_path, flipchart):
    with serving(tmp_path):
        board = flipchart("boards").stdout.split()[0]
        links = LINK.findall(flipchart("links", board).stdout)
        assert flipchart("backup", "kept").returncode == 0
        assert "file exists" in refusal(flipchart("backup", "kept"))
    kept = tmp_path / "kept"
    assert sorted((path.name, path.stat().st_mode & 0o077) for path in [kept, *kept.iterdir()]) == [
        ("flipchart.db", 0),
        ("kept", 0),
        ("secret.key", 0),
    ]
    restored = LINK.findall(flipchart("links", board, "--data", "kept").stdout)
    assert [link.rpartition("/")[2] for link in restored] == [link.rpartition("/")[2] for link in links]


def test_a_backup_that_cannot_be_made_leaves_nothing_behind(tmp_path, flipchart):
    assert "nothing to back up" in refusal(flipchart("backup", "kept"))
    elsewhere = "postgresql://flipchart@127.0.0.1:1/flipchart"
    assert "pg_dump" in refusal(flipchart("backup", "kept", FLIPCHART_DATABASE_URL=elsewhere))
    assert not (tmp_path / "kept").exists()


def test_check_config_masks_secrets(flipchart):
    printed = flipchart(
        "check-config",
        FLIPCHART_SECRET_KEY="open-sesame" * 4,
        FLIPCHART_CREATE_KEY="open-sesame",
        FLIPCHART_DATABASE_URL="postgresql://flipchart:open-sesame@127.0.0.1:1/flipchart",
    ).stdout
    assert "FLIPCHART_RETENTION_DAYS=90" in printed
    assert "FLIPCHART_DATABASE_URL=postgresql://********@127.0.0.1:1/flipchart" in printed
    assert "sesame" not in printed


def test_check_config_fails_where_a_server_could_not_start(flipchart):
    good = flipchart("check-config", FLIPCHART_PORT="0")
    assert (good.returncode, good.stderr) == (0, "")
    bad = flipchart("check-config", FLIPCHART_PORT="eight")
    assert bad.returncode == 1
    assert "Stops the start: FLIPCHART_PORT cannot be used" in bad.stdout
