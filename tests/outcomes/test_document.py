"""The Word document, read back with python-docx and as the XML that it is."""

import itertools

import pytest
from docx.oxml.ns import qn

from tests.outcomes.reading import document_of
from tests.outcomes.told import ARABIC, HOSTILE


@pytest.fixture(scope="module")
def document(made):
    return document_of(made.file("docx"))


def test_O5_the_document_has_real_headings_lists_and_tables(document):
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", "List Number"} <= set(styles)
    orders = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(orders))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[0] == "Le message choisi"
    assert len(document.tables) >= 5


def test_O12_every_table_says_its_header_again_on_the_next_page(document):
    for table in document.tables:
        head, *rest = (row._tr.find(qn("w:trPr")) for row in table.rows)
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:tblHeader")) is None for row in rest)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_O12_words_that_run_to_the_left_do(document):
    arabic = [each for each in document.paragraphs if each.text.startswith(ARABIC)]
    assert arabic
    for paragraph in arabic:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        how = paragraph.runs[0]._r.rPr
        assert how.find(qn("w:rtl")) is not None
        assert how.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    latin = next(each for each in document.paragraphs if each.text.startswith("Personne ne signe"))
    assert latin._p.pPr.find(qn("w:bidi")) is None


def test_O12_the_document_says_its_title_and_language(document):
    about = document.core_properties
    assert (about.title, about.language) == ("Flip the “Script” / été *2026*", "fr")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"fr"}


def test_O9_what_people_wrote_is_text_and_no_field(document):
    assert any(HOSTILE in paragraph.text for paragraph in document.paragraphs)
    assert not list(document.element.body.iter(qn("w:instrText"), qn("w:hyperlink"), qn("w:fldSimple")))
