"""Knows what a backup holds: the boards as they are at one moment, and the key that their links come from."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app import directories
from app.settings import KEY_FILE, Settings
from app.starting import CannotStart
from app.store.looking import copy

BOARDS: Final = "flipchart.db"


def back_up(chosen: Settings, into: Path) -> None:
    """Fill a new directory, for its owner only, also while a server runs. To restore it, serve it as `--data`.

    Raises CannotStart and CannotOpen, one sentence for the operator; what was begun is taken away again.
    """
    made = [each for each in (into, *into.parents) if not each.exists()]
    try:
        into.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise CannotStart(f"The backup {into} cannot be made: {(error.strerror or '').lower()}.") from None
    try:
        copy(chosen.database_url, into / BOARDS)
        (into / BOARDS).chmod(0o600)
        if (chosen.data / KEY_FILE).is_file():
            shutil.copy2(chosen.data / KEY_FILE, into / KEY_FILE)
        for path in (*into.iterdir(), *made, made[-1].parent):
            _to_disk(path)
    except OSError as error:
        _take_back(into, made)
        raise CannotStart(f"The backup {into} cannot be made: {(error.strerror or '').lower()}.") from None
    except BaseException:
        _take_back(into, made)
        raise


def _take_back(into: Path, made: Sequence[Path]) -> None:
    shutil.rmtree(into)
    directories.take_back(made[1:])


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
