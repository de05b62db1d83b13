"""A small disk, to see what happens when it is full."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import missing


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """A directory on a disk of that size, in memory. Lacking where this user may not mount one."""
    place = Path(tempfile.mkdtemp(prefix="flipchart-disk-"))
    options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "flipchart-test", str(place)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True)
    if mounted.returncode:
        place.rmdir()
        missing(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()
