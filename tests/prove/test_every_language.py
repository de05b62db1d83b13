"""Every state of every page is open to everybody in every language, not only in the two that bin/test looks at."""

import os
import subprocess
import sys

import pytest

from tests.deploy.proxied import ROOT


@pytest.mark.prove
def test_every_state_is_open_to_everybody_in_every_language() -> None:
    # In a process of its own: this one belongs to asyncio, that one to Playwright.
    asked = [sys.executable, "-P", "-m", "pytest", "-c", "tests/browser/pytest.ini", "tests/browser/test_states.py"]
    environment = {**os.environ, "FLIPCHART_EVERY_LANGUAGE": "1"}
    told = subprocess.run([*asked, "-q", "-n", "2"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-8000:]
