"""The workbook, read back with openpyxl."""

import pytest

from tests.outcomes.reading import book_of
from tests.outcomes.told import ARABIC, HOSTILE


@pytest.fixture(scope="module")
def book(made):
    return book_of(made.file("xlsx"))


def test_O4_a_sheet_for_each_table_begins_with_what_its_columns_are(book, made):
    assert len(book.sheetnames) == 10
    notes = book["Idées"]
    rows = {row[1].value: row for row in notes.iter_rows(min_row=2)}
    assert rows.keys() >= {made.ids["first"], made.ids["arabic"]}
    assert rows[made.ids["arabic"]][2].value == ARABIC
    for sheet in book.worksheets[1:]:
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
        assert all(cell.value for cell in sheet[1])


def test_O9_no_cell_of_the_workbook_is_a_formula_or_a_link(book):
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in cells)
    assert HOSTILE in {cell.value for cell in cells}


def test_the_workbook_says_what_it_is(book):
    assert book.properties.title == "Flip the “Script” / été *2026*"
    assert "Feuille de route" in book.sheetnames


def test_a_reader_from_right_to_left_gets_sheets_that_are(made, monkeypatch):
    monkeypatch.setenv("FLIPCHART_TEST_LOCALE", "1")
    mirrored = book_of(made.file("xlsx", "xx"))
    assert all(sheet.sheet_view.rightToLeft for sheet in mirrored.worksheets)
    assert all(len(name) <= 31 for name in mirrored.sheetnames)
