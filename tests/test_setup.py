"""What a person is told whose machine cannot run Flipchart yet."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOLD_3_9 = '#!/bin/sh\nif [ "$1" = --version ]; then echo Python 3.9.2; exit; fi\nexit 1\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.fixture
def checkout(tmp_path):
    shutil.copytree(ROOT / "bin", tmp_path / "checkout" / "bin")
    shutil.copy(ROOT / "requirements.txt", tmp_path / "checkout")
    return tmp_path / "checkout"


@pytest.fixture
def machine(tmp_path):
    """The programs of a machine that has no Python."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "dirname", "cmp", "cat", "rm", "cp", "mkdir"):
        (programs / name).symlink_to(shutil.which(name) or "")
    return programs


def serve(checkout: Path, machine: Path) -> str:
    ended = subprocess.run(
        [checkout / "bin/serve"], env={"PATH": str(machine)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    return ended.stderr


def python3(machine: Path, script: str) -> None:
    (machine / "python3").write_text(script)
    (machine / "python3").chmod(0o755)


def test_a_machine_without_python_is_told_which_one_to_get(checkout, machine):
    assert serve(checkout, machine) == (
        "Flipchart needs Python 3.11 or newer, and there is no python3 on this machine.\n"
    )


def test_an_old_python_is_named(checkout, machine):
    python3(machine, TOLD_3_9)
    assert serve(checkout, machine) == ("Flipchart needs Python 3.11 or newer; this machine has Python 3.9.2.\n")


def test_a_missing_venv_module_is_named_with_its_package(checkout, machine):
    python3(machine, WITHOUT_VENV)
    assert "install the package python3-venv" in serve(checkout, machine)


def test_the_command_line_says_when_nothing_is_set_up_yet(checkout, machine):
    ended = subprocess.run(
        [checkout / "bin/flipchart", "boards"],
        env={"PATH": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == f"Flipchart is not set up yet: run {checkout}/bin/setup first.\n"
