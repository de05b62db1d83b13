"""Knows how a directory is made so that what fails in it leaves nothing behind."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def make(directory: Path) -> Sequence[Path]:
    """Make it where it is missing, for its owner only; those that were made, the innermost first. Raises OSError."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return missing


def take_back(made: Sequence[Path]) -> None:
    """Remove those that are empty."""
    with suppress(OSError):
        for each in made:
            each.rmdir()
