"""What people run keeps to what macOS has too: a plain shell, options its tools know, limits that it refuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.opening import DURABLE, MIGRATING

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(path for path in (ROOT / "bin").iterdir() if path.read_bytes().startswith(b"#!/bin/sh"))
# What GNU's tools know and BSD's do not, and what bash knows and a plain shell does not.
ELSEWHERE_UNKNOWN = re.compile(
    r"readlink -f|sed -i|sed -r|date (-d|.*%N)|stat -c|grep -\w*P|xargs -\w*r|sort -V|head -n -|cp --|\bnproc\b"
    r"|\brealpath\b|\btac\b|\[\[|<<<|\bdeclare\b|\bmapfile\b|\blocal \b|^source ",
    re.MULTILINE,
)
# Processes that give something up, and what each of them calls for it.
CONFINED = {
    "app.printing.setting": "confine()",
    "app.pictures.redrawing": "confine()",
    "app.papers.writing": "confine()",
    "app.alike.comparing": "main()",
}
REFUSING = (
    "import resource, sys\n"
    "limit = resource.setrlimit\n"
    "def refuse(which, how):\n"
    "    if which == resource.RLIMIT_AS:\n"
    "        raise ValueError('current limit exceeds maximum limit')\n"
    "    limit(which, how)\n"
    "import {module} as confined\n"
    "resource.setrlimit, sys.platform = refuse, {platform!r}\n"
    "confined.{calls}\n"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_ask_for_nothing_that_one_system_alone_has(script):
    assert ELSEWHERE_UNKNOWN.findall(script.read_text()) == []
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


@pytest.mark.parametrize("module", CONFINED)
@pytest.mark.parametrize("platform", ["darwin", "linux"])
def test_a_system_that_refuses_a_bound_on_memory_is_served_all_the_same(module, platform):
    program = REFUSING.format(module=module, platform=platform, calls=CONFINED[module])
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input=b"", capture_output=True, check=False)
    assert (done.returncode == 0) == (platform == "darwin"), done.stderr.decode()[-500:]


def test_a_disk_is_asked_to_write_as_macos_wants_to_be_asked():
    assert {"synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON"} <= {*DURABLE} & {*MIGRATING}
