"""The PDF, read back with pypdf: what it says, and what it says to machines that read it aloud."""

import io
from dataclasses import replace

import pypdf
import pytest

from app.outcomes.paper import shown
from app.papers.writing import written
from tests.outcomes.conftest import printed
from tests.outcomes.reading import text_of_pdf
from tests.outcomes.told import ARABIC, LONG
from web.reporting import wording_of
from web.words import words_for


@pytest.fixture(scope="module")
def reader(made):
    return pypdf.PdfReader(io.BytesIO(made.file("pdf")))


def tags(reader):
    """How often each kind of structure stands in the document."""
    counted, waiting = {}, [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            kind = element.get("/S")
            counted[kind] = counted.get(kind, 0) + 1
            waiting += [element["/K"]] if "/K" in element else []
    return counted


def test_O12_the_pdf_is_tagged_for_who_does_not_see_it(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == "Flip the “Script” / été *2026*"
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    found = tags(reader)
    assert {"/Title", "/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/TOC"} <= found.keys()


def test_O12_the_pdf_says_what_the_other_forms_say(made, reader):
    text = " ".join(text_of_pdf(made.file("pdf")).split())
    for words in (
        "Le changement global a un code postal",
        "Adapter le kit en 6 langues",
        "15 mars 2026",
        "#CodePostal",
    ):
        assert words in text
    assert '#eval("1")' in text
    assert "Personne ne signe" in text
    assert LONG in text.replace("\u200b", "").replace(" ", "")


def test_O12_arabic_is_joined_and_comes_out_in_its_letters(made):
    text = text_of_pdf(made.file("pdf"))
    letters = {letter for letter in ARABIC if letter.isalpha()}
    assert letters <= set(text)
    # Joined letters are drawn by forms of their own, which stand for the letters and not for themselves.
    assert not any("\ufb50" <= letter <= "\ufeff" for letter in text)


def test_O13_letters_that_no_font_has_are_said_to_be_missing():
    words = wording_of(words_for("en"))
    assert shown("城市优先", words) == "[letters that cannot be printed: see the data files]"
    assert shown("Nantes 城市", words).startswith("Nantes [letters")
    assert shown("Nantes", words) == "Nantes"


def test_O13_no_letter_and_no_mark_keeps_a_report_from_being_printed(made):
    """Whatever a note may hold: a letter of every block, each invisible mark, a heap of accents, emoji in sequence."""
    every = "".join(chr(code) for code in range(0x20, 0x20000, 61) if not 0xD800 <= code < 0xE000)
    marks = "".join(
        chr(code) for code in (0, 7, 0x7F, 0x85, 0xAD, 0x200B, 0x200D, 0x202E, 0x2028, 0x2068, 0xFEFF, 0xE0067)
    )
    order = made.order("pdf")
    strange = f"{every} {marks} 👩\u200d🚀 ❤\ufe0f 🇫🇷 n{chr(0x300) * 40} {LONG}"
    records = tuple(
        replace(record, text=strange, place=strange[:80]) if record.KIND == "note" else record
        for record in order.records
    )
    records = tuple(replace(each, title=strange) if each.KIND in ("about", "theme") else each for each in records)
    assert printed(written(replace(order, records=records))).startswith(b"%PDF-1.7")


def test_an_empty_board_is_a_report_too(made):
    empty = made.order("pdf")
    kept = tuple(record for record in empty.records if record.KIND in ("about", "now", "timer", "door", "step"))
    file = printed(written(replace(empty, records=kept)))
    assert 2 <= len(pypdf.PdfReader(io.BytesIO(file)).pages) <= 3
