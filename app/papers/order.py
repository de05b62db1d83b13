"""Knows what is ordered: a board's records as they are now, the form of the file, and the words of its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.board.records import Record
from app.outcomes.report import Picture
from app.outcomes.tables import NAMES
from app.outcomes.wording import Wording
from app.printing.sheet import Sheet

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final[Mapping[str, str]] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
}
TABLES: Final = NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`form` is one of `TYPES`, `table` one of `TABLES` (for CSV alone); `as_of` in seconds since 1970.

    `pictures` go into a PDF as SVG, into a Word document as PNG.
    """

    form: str
    table: str = "notes"
    board: str
    epoch: str
    seq: int
    records: tuple[Record, ...]
    wording: Wording
    as_of: float
    pictures: tuple[Picture, ...] = ()

    @property
    def same_as(self) -> tuple[str, ...]:
        """What two orders have in common that ask for the same file."""
        return self.board, self.epoch, str(self.seq), self.form, self.table, self.wording.language


def sheet_of(written: bytes, as_of: float) -> Sheet:
    """A report as the press sets it, held to PDF/UA-1: it is refused rather than printed without its marks.

    It goes through as one text: whoever serves a room reads no ten thousand notes.
    """
    return Sheet("report", {"report": written.decode()}, "pdf", standards=("ua-1",), made=int(as_of))
