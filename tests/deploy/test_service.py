"""The unit of systemd: it is well-formed, it gives the service no more than it needs, and it starts what there is."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.deploy.dockerfile import ROOT
from tests.machine import missing

TEXT = (ROOT / "deploy/flipchart.service").read_text(encoding="utf-8")
# From 0 (nothing is exposed) to 10, times ten; what systemd itself calls OK ends at 40.
EXPOSED_AT_MOST = 20


class Repeated(dict[str, object]):
    """Keys may stand more than once in a unit; all of them count."""

    def __setitem__(self, key: str, value: object) -> None:
        both = isinstance(value, list) and isinstance(self.get(key), list)
        super().__setitem__(key, [*self[key], *value] if both else value)  # type: ignore[misc]


@pytest.fixture
def unit() -> RawConfigParser:
    parsed = RawConfigParser(dict_type=Repeated, strict=False)  # type: ignore[arg-type]
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(TEXT)
    return parsed


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The unit as it is where Flipchart is installed: here."""
    unit = tmp_path / "flipchart.service"
    unit.write_text(TEXT.replace("/opt/flipchart/", f"{ROOT}/"), encoding="utf-8")
    return unit


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("systemd-analyze") or missing("there is no systemd-analyze on this machine")
    return subprocess.run([tool, *words], capture_output=True, text=True, check=False)


def test_systemd_accepts_it(installed: Path):
    said = analyze("verify", "--recursive-errors=no", installed)
    assert (said.returncode, said.stderr) == (0, "")


def test_it_is_exposed_as_little_as_systemd_can_tell(installed: Path):
    said = analyze("security", "--offline=true", f"--threshold={EXPOSED_AT_MOST}", "--no-pager", installed)
    assert said.returncode == 0, said.stdout[-400:]


def test_control_a_unit_without_its_walls_is_called_exposed(tmp_path: Path):
    bare = tmp_path / "flipchart.service"
    bare.write_text(re.sub(r"(?m)^(Protect|Private|Restrict|System|Capab|NoNew|Dynamic).*\n", "", TEXT))
    said = analyze("security", "--offline=true", f"--threshold={EXPOSED_AT_MOST}", "--no-pager", bare)
    assert said.returncode != 0


def test_it_starts_what_there_is_and_keeps_boards_where_it_may_write(unit: RawConfigParser):
    service = unit["Service"]
    program, command = service["ExecStart"].split()
    assert service["ExecReload"].split()[1:] == ["-HUP", "$MAINPID"]
    assert service["KillMode"] == "mixed"
    assert (ROOT / "bin" / Path(program).name).is_file()
    assert command == "serve"
    assert f"FLIPCHART_DATA=/var/lib/{service['StateDirectory']}" in service["Environment"]
    for name, value in {"Restart": "on-failure", "DynamicUser": "yes", "ProtectSystem": "strict"}.items():
        assert service[name] == value
    assert service["NoNewPrivileges"] == "yes"
    assert int(service["LimitNOFILE"]) >= 20_000
    assert int(service["TimeoutStopSec"]) > 10
