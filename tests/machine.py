"""What a machine lacks: said in a skip, and a failure where nothing may be lacking."""

import os
import shutil
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip, naming what this machine lacks; on a machine that must have everything (CI=true), fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def needs_a_compiler() -> None:
    """The programs that make load are in C."""
    if shutil.which("cc") is None:
        missing("there is no C compiler on this machine")
