"""What people write acts in nothing that is printed: the short form of what tests/prove does with 500 payloads."""

import io
import zipfile

import pypdf
import pytest
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.printing.setting import Setter
from tests.printing.hostile import billboards, reports
from tests.printing.inert import acts_in_document, acts_in_pdf, acts_in_svg
from tests.web.payloads import MARK, payloads

SAID = payloads()[::125] + payloads()[197:198]
LINK = '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script/><image href="//elsewhere.example/x"/></svg>'


@pytest.fixture(scope="module")
def setter():
    return Setter()


def test_K4_words_on_a_billboard_draw_and_do_nothing(setter):
    assert [acts_in_svg(drawn) for drawn in billboards(setter, SAID, "svg")] == [[]] * len(SAID)
    assert [acts_in_pdf(drawn) for drawn in billboards(setter, SAID[:2], "pdf")] == [[]] * 2
    assert len(acts_in_svg(LINK.encode())) == 3, "so that this could fail"


def hostile_pdf():
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://elsewhere.example/"))
    writer.add_attachment("a.txt", b"a")
    writer.write(held)
    return held.getvalue()


def hostile_document():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.rels", '<R><L TargetMode="External" Target="//elsewhere.example"/></R>')
        archive.writestr("b.xml", "<c><f>1+1</f><instrText>DDE x</instrText></c>")
        archive.writestr("vbaProject.bin", b"")
    return held.getvalue()


def test_what_would_act_is_noticed():
    assert {each.split()[0] for each in acts_in_pdf(hostile_pdf())} >= {
        "/OpenAction",
        "/S",
        "/JS",
        "/URI",
        "/EmbeddedFiles",
    }
    assert acts_in_pdf(hostile_pdf(), meant=["https://elsewhere.example/"]) != acts_in_pdf(hostile_pdf())
    assert len(acts_in_document(hostile_document())) == 4


def test_K4_words_in_a_report_are_read_and_do_nothing(setter):
    for form, made in reports(setter, SAID):
        assert form != "pdf" or MARK in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
        assert (acts_in_pdf if form == "pdf" else acts_in_document)(made) == [], form
