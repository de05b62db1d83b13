"""Knows how many files go out as one archive while they are still being made: nothing is held but the one at hand."""

import asyncio
import io
import time
import zipfile
from collections.abc import AsyncIterator

# What is compressed already is laid in as it is.
STORED = (".png", ".pdf")


class _Sink(io.RawIOBase):
    """Where the archive is written to, and taken from as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]
        self._held += given
        return len(given)

    def take(self) -> bytes:
        """What has come since the last time."""
        taken, self._held = bytes(self._held), bytearray()
        return taken


async def packed(files: AsyncIterator[tuple[str, bytes]], at: float) -> AsyncIterator[bytes]:
    """The archive in pieces; `files` are paths in it and what lies there, `at` is the date they bear (seconds)."""
    sink = _Sink()
    date = time.gmtime(at)[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        async for path, content in files:
            await asyncio.to_thread(_laid, archive, path, content, date)
            yield sink.take()
    yield sink.take()


def _laid(archive: zipfile.ZipFile, path: str, content: bytes, date: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(path, date)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(STORED) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
