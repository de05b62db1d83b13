"""Knows the file in which a whole board travels: a zip of JSON lines and of pages, each part with its checksum.

`board.json` names the format, its version, the tables' revision, and for each part how many lines it has and their
SHA-256. Records are `record/<kind>.jsonl`, entries `entry.jsonl`, pages of files `file.jsonl` and `page/<number>`.
"""

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from app.store.migrating import CannotOpen

FORMAT: Final = "flipchart-board"
VERSION: Final = 1
HEAD: Final = "board.json"
ENTRIES: Final = "entry.jsonl"
FILES: Final = "file.jsonl"
# A page is a picture of some hundred kilobytes; a line is an entry, of a cleared board at the most.
MOST_OF_A_PART: Final = 2 * 1024**3

Row = Mapping[str, Any]


class CannotCarry(CannotOpen):
    """Why a board cannot be written to a file or read from it: one sentence for the operator."""


class Writer:
    """Writes the parts one after the other, and the head last."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._parts: dict[str, dict[str, Any]] = {}

    def lines(self, part: str, rows: Iterable[Row]) -> None:
        """Write a part of one JSON object a line."""
        digest, count = sha256(), 0
        with self._zip.open(part, "w", force_zip64=True) as out:
            for row in rows:
                line = json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"), default=list).encode() + b"\n"
                digest.update(line)
                out.write(line)
                count += 1
        self._parts[part] = {"lines": count, "sha256": digest.hexdigest()}

    def bytes(self, part: str, content: bytes) -> None:
        """Write a part as it is: what is a picture is not made smaller."""
        self._zip.writestr(zipfile.ZipInfo(part), content)
        self._parts[part] = {"lines": 0, "sha256": sha256(content).hexdigest()}

    def close(self, board: Row, tables: str) -> None:
        """Write the head, which makes the file whole."""
        head = {"format": FORMAT, "version": VERSION, "tables": tables, "board": dict(board), "parts": self._parts}
        self._zip.writestr(HEAD, json.dumps(head, ensure_ascii=False, indent=1))
        self._zip.close()
        self._file.close()

    def abandon(self) -> None:
        """Let go of a file that did not become whole. The library would go on trying to end it."""
        self._zip.fp = None
        with suppress(OSError):
            self._file.close()


@dataclass(frozen=True, slots=True)
class Reader:
    """A file whose every part was found to be as it was written."""

    zip: zipfile.ZipFile
    board: Mapping[str, Any]
    tables: str
    parts: Mapping[str, Any]

    def lines(self, part: str) -> Iterator[dict[str, Any]]:
        """The rows of a part; none where there is no such part."""
        if part in self.parts:
            with self.zip.open(part) as found:
                for line in found:
                    yield json.loads(line)

    def bytes(self, part: str) -> bytes:
        """A part as it is."""
        return self.zip.read(part)


def opened(path: Path, file: IO[bytes] | None = None) -> Reader:
    """The file, looked through to its end; `path` is how it is called where it is open already.

    Raises CannotCarry for another file, a newer one and a damaged one.
    """
    try:
        archive = zipfile.ZipFile(file or path)
        head = json.loads(archive.read(HEAD))
        if head["format"] != FORMAT or not isinstance(head["board"]["id"], str):
            raise KeyError(FORMAT)
        version, parts = int(head["version"]), list(head["parts"].items())
        reader = Reader(archive, head["board"], str(head["tables"]), dict(parts))
    except OSError as error:
        raise CannotCarry(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    except (zipfile.BadZipFile, AttributeError, KeyError, TypeError, ValueError):
        raise CannotCarry(f"{path} is not a whole board that flipchart export-board has written.") from None
    if version > VERSION:
        raise CannotCarry(f"{path} was written by a newer Flipchart: import it with that one.")
    for part, told in parts:
        _check(reader, path, part, told)
    return reader


def _check(reader: Reader, path: Path, part: str, told: Any) -> None:
    digest = sha256()
    try:
        if reader.zip.getinfo(part).file_size > MOST_OF_A_PART:
            raise ValueError(part)
        with reader.zip.open(part) as found:
            while chunk := found.read(1 << 20):
                digest.update(chunk)
        whole = digest.hexdigest() == told["sha256"]
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, OSError, EOFError, RuntimeError):
        whole = False
    if not whole:
        raise CannotCarry(f"{path} is damaged: {part} is not what was written.")
