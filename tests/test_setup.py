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


# Makes a .venv whose Python writes down what it is asked for, and whose pip cannot install what $CANNOT names.
RECENT = """#!/bin/sh
case "$*" in *"-m venv"*)
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    exit ;;
esac
case "$*" in *" pip "* | *app*) echo "$*" >>asked ;; esac
case "$*" in *"${CANNOT:-nothing}") echo "No such package."; exit 1 ;; esac
exit 0
"""


@pytest.fixture
def started(checkout, machine):
    """Serves as asked; answers how that ended, and for each time that pip installed, which file."""
    python3(machine, RECENT)
    shutil.copy(ROOT / "requirements-smart.txt", checkout)

    def start(**environment: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        (checkout / "asked").unlink(missing_ok=True)
        ended = subprocess.run(
            [checkout / "bin/serve"],
            env={"PATH": str(machine), **environment},
            capture_output=True,
            text=True,
            check=False,
            cwd=checkout,
        )
        asked = (checkout / "asked").read_text().splitlines()
        assert "app" in asked[-1]
        return ended, [line.rpartition(" ")[2] for line in asked if "--require-hashes" in line]

    return start


def test_what_compares_meanings_is_installed_too_and_once(started):
    ended, installed = started()
    assert (ended.returncode, installed) == (0, ["requirements.txt", "requirements-smart.txt"])
    assert started()[1] == []


@pytest.mark.parametrize("off", ["0", "false", "No", "OFF"])
def test_it_is_left_out_when_an_operator_says_so(started, off):
    assert started(FLIPCHART_SMART=off)[1] == ["requirements.txt"]


def test_without_it_flipchart_starts_says_so_in_one_sentence_and_tries_again(started, checkout):
    ended, installed = started(CANNOT="requirements-smart.txt")
    assert (ended.returncode, len(installed)) == (0, 2)
    told = [line for line in ended.stderr.splitlines() if "Setting up" not in line]
    assert told == [
        "Notes are compared within one language only: what compares meanings could not be installed; "
        f"what pip said is in {checkout}/.venv/lock/smart.log."
    ]
    assert started()[1] == ["requirements-smart.txt"]
