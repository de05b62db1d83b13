"""The report as a workbook: a sheet for each table, with nothing in it that a spreadsheet would run or follow."""

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.outcomes.narrating import dated, figures, left_out
from app.outcomes.report import Report
from app.outcomes.tables import Cell, Table, tables
from app.outcomes.wording import Wording

INK, LINE, PAPER = "#17181C", "#E4DFD3", "#FAF7F0"
# What a spreadsheet forbids in the name of a sheet, and how long one may be.
FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_NAME: Final = 31
# How long a cell may be in the format of the file.
LONGEST_CELL: Final = 32_767
NARROWEST, WIDEST = 9, 70


def as_workbook(report: Report, words: Wording) -> bytes:
    """Every table, and before them a sheet that says what it is and as of when."""
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, settings)
    book.set_properties({"title": report.title, "subject": words.say("Report"), "author": "Flipchart"})
    styles = _styles(book)
    _about(book.add_worksheet(_name(words.say("Report"))), report, words, styles)
    for table in tables(report, words):
        _write(book.add_worksheet(_name(table.title)), table, words, styles)
    book.close()
    return out.getvalue()


def _styles(book: Any) -> dict[str, Format]:
    text = {"text_wrap": True, "valign": "top", "font_color": INK}
    return {
        "title": book.add_format({"bold": True, "font_size": 18, "font_color": INK}),
        "head": book.add_format({"bold": True, "bg_color": INK, "font_color": PAPER, "valign": "top"}),
        "text": book.add_format(text),
        "strong": book.add_format({**text, "bold": True}),
    }


def _name(title: str) -> str:
    return title.translate(FORBIDDEN)[:LONGEST_NAME].strip()


def _about(sheet: Worksheet, report: Report, words: Wording, styles: dict[str, Format]) -> None:
    _turn(sheet, words)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, WIDEST)
    sheet.write_string(0, 0, report.title[:LONGEST_CELL], styles["title"])
    lines = [(words.say("Rehearsal"), "")] if report.rehearsal else []
    lines += [(words.say("Date"), dated(report, words)[0]), (words.say("State"), dated(report, words)[1])]
    lines += figures(report, words)
    lines += [(words.say("Chosen"), each.text) for each in report.chosen]
    lines += [(words.say("Contact"), each) for each in (report.contact, report.link) if each]
    lines.append(("", left_out(words)))
    for at, (what, said) in enumerate(lines, start=2):
        sheet.write_string(at, 0, what, styles["strong"])
        sheet.write_string(at, 1, said[:LONGEST_CELL], styles["text"])


def _write(sheet: Worksheet, table: Table, words: Wording, styles: dict[str, Format]) -> None:
    """The header stays in sight, stands on each printed page, and can filter."""
    _turn(sheet, words)
    for at, title in enumerate(table.columns.values()):
        sheet.write_string(0, at, title, styles["head"])
        sheet.set_column(at, at, _width([title, *(row[at] for row in table.rows[:500])]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    for at, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _cell(sheet, (at, column), cell, styles["text"])


def _cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, style: Format) -> None:
    """Each kind by its own call: none of them reads a text for what it might be."""
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell, style)
    elif isinstance(cell, int):
        sheet.write_number(*at, cell, style)
    elif cell:
        sheet.write_string(*at, cell[:LONGEST_CELL], style)


def _turn(sheet: Worksheet, words: Wording) -> None:
    if words.rtl:
        sheet.right_to_left()


def _width(cells: Sequence[Cell]) -> int:
    longest = max((len(line) for cell in cells for line in str(cell).split("\n")), default=0)
    return max(NARROWEST, min(WIDEST, longest + 3))
