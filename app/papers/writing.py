"""Writes what was ordered. As a program it does so in a process of its own: an order comes in, a file goes out."""

import os
import pickle
import resource
import sys
from contextlib import nullcontext, suppress
from typing import Final

from app.board.audience import PUBLIC
from app.board.board import Board
from app.outcomes.exports import as_json
from app.outcomes.markdown import as_markdown
from app.outcomes.report import Report
from app.outcomes.reporting import report_of
from app.outcomes.tables import as_csv
from app.outcomes.typesetting import as_sheet
from app.papers.order import Order

MEMORY: Final = 2 * 1024 * 1024 * 1024
SECONDS: Final = 90


def written(order: Order) -> bytes:
    """The file; of a PDF what the press sets it from, as JSON. It holds what may be published, whoever asks."""
    board = Board(order.board, epoch=order.epoch, seq=order.seq, records=order.records)
    report = report_of(board, PUBLIC, order.wording.language, order.as_of)
    match order.form:
        case "json":
            return as_json(report).encode()
        case "csv":
            return as_csv(report, order.wording, order.table).encode()
        case "md":
            return as_markdown(report, order.wording).encode()
        case "pdf":
            return as_sheet(report, order.wording, order.pictures).encode()
        case _:
            return _bound(order, report)


def _bound(order: Order, report: Report) -> bytes:
    """Whoever runs in the server loads neither of these: the process apart does."""
    if order.form == "xlsx":
        from app.papers.workbook import as_workbook

        return as_workbook(report, order.wording)
    from app.papers.document import as_document

    return as_document(report, order.wording, order.pictures)


def confine() -> None:
    """Give way to the room's frames, and take no more than this of the machine."""
    os.nice(10)
    # macOS reserves hundreds of gigabytes for each process, and refuses to be asked for less.
    with suppress(ValueError, OSError) if sys.platform == "darwin" else nullcontext():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    confine()
    # The server wrote it: nothing that people sent is unpickled as such.
    sys.stdout.buffer.write(written(pickle.load(sys.stdin.buffer)))  # noqa: S301
