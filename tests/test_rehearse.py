"""`flipchart rehearse` as it is typed, over the network: refused on a live board, ended politely on a copy."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.served import ROOT, Served, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server, as operators run it."""
    with served(tmp_path_factory.mktemp("boards")) as here:
        yield here


@pytest.fixture(scope="module")
def boards(server: Served) -> tuple[dict[str, Any], dict[str, Any]]:
    """A live board, and its copy in a step of writing: what was answered to those who made them."""
    with httpx.Client(base_url=server.address) as host:
        asked = {"title": "Flip the Script", "template": "flip-the-script", "language": "en", "name": "Hall of cities"}
        live = host.post("/boards", json=asked).json()
        copy = host.post(f"/b/{live['board']}/copy", json={}).json()
        steps = host.get(f"/api/boards/{copy['board']}").json()["steps"]
        writing = next(step["id"] for step in steps if step["kind"] == "write")
        going = {"do": "agenda.go", "id": "going-to-write", "step": writing}
        assert host.post(f"/b/{copy['board']}/commands", json=going).status_code == 200
    return live, copy


def typed(*words: str) -> "subprocess.Popen[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "app", "rehearse", *words],
        env={**plain, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answered(*words: str) -> tuple[int, str, str]:
    """The exit code, and what it said."""
    process = typed(*words)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_a_live_board_is_refused_in_one_sentence(boards: tuple[dict[str, Any], dict[str, Any]]) -> None:
    code, _, said = answered(boards[0]["join_url"])
    assert code == 1
    assert said == (
        "Simulated participants come to a rehearsal only, never to the board itself. Please rehearse on a copy.\n"
    )


def test_a_copy_is_rehearsed_and_ctrl_c_ends_it_with_figures(boards: tuple[dict[str, Any], dict[str, Any]]) -> None:
    process = typed(boards[1]["join_url"], "--people", "8", "--pace", "300", "--minutes", "0.5", "--seed", "3")
    assert process.stdout is not None
    assert process.stdout.readline() == "8 simulated participants, 300 notes a minute, seed 3.\n"
    assert " here of " in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    for word in ("People", "Notes", "Refused", "Seen by", "p99"):
        assert word in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give the join link of a rehearsal, or --board and its id."),
        (("http://127.0.0.1:9/j/x",), "The server could not be reached"),
        (("x", "--pace", "frantic"), "--pace is calm, lively or rush"),
        (("x", "--languages", "fr,xx"), "--languages names some of fr, en, es."),
    ],
)
def test_what_stands_in_the_way_is_one_sentence(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    code, _, said = answered(*words, "--data", str(tmp_path))
    assert code == 1
    assert said.startswith(sentence) and said.count("\n") == 1
