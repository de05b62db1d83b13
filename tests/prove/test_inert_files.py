"""P26: 500 payloads on billboards and in reports, in every form in which they leave the server."""

import pytest

from app.printing.setting import Setter
from tests.printing.hostile import billboards, reports
from tests.printing.inert import acts_in_document, acts_in_pdf, acts_in_svg
from tests.printing.test_inert import hostile_document, hostile_pdf
from tests.prove.conftest import Promise
from tests.web.payloads import payloads


@pytest.mark.prove
def test_promise_26_no_payload_acts_in_a_picture_or_a_document(promise: Promise) -> None:
    setter, said = Setter(), payloads()
    pictures = [*map(acts_in_svg, billboards(setter, said, "svg")), *map(acts_in_pdf, billboards(setter, said, "pdf"))]
    documents = [(acts_in_pdf if form == "pdf" else acts_in_document)(made) for form, made in reports(setter, said)]
    assert [each for each in (*pictures, *documents) if each] == []
    assert len(pictures) == 2 * len(said) and len(documents) >= 3
    noticed = len(acts_in_pdf(hostile_pdf())) + len(acts_in_document(hostile_document()))
    promise(
        26,
        f"{len(said)} payloads on {len(pictures)} billboards (SVG, PDF) and in {len(documents)} reports (PDF, DOCX,"
        " XLSX): no script, event, action, formula or foreign address in any file",
        control=f"the same look finds {noticed} in a PDF and a document that have some",
    )
