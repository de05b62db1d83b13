"""The report and the data as files: which there are, how they are asked for, and that nobody waits for another's."""

import asyncio
import io
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest

from app.board.asking import Refused
from app.papers.apart import Papers
from app.papers.order import TABLES, TYPES, Order
from tests.web.visiting import Session
from web.reporting import wording_of
from web.words import words_for

BEGINS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-1.", "json": b"{", "csv": b"\xef\xbb\xbfstep,note", "md": b"# "}


@pytest.mark.parametrize("form", TYPES)
async def test_O3_every_form_is_a_file_while_the_session_runs(session: Session, form):
    writer = await session.participant(place="Saint-Étienne / “Nord”")
    await session.in_a_writing_step()
    await session.note(writer, "For all to read")
    answer = await writer.get(f"/b/{session.id}/export.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINS[form])
    assert answer.headers["content-type"].startswith(TYPES[form].partition(";")[0])
    assert answer.headers["content-disposition"] == f'attachment; filename="flipchart-{session.id}.{form}"'
    assert answer.headers["cache-control"] == "no-store"


async def test_O4_each_table_is_a_file_of_its_own(session: Session):
    for table in TABLES[1:]:
        answer = await session.facilitator.get(f"/b/{session.id}/export.csv?table={table}")
        assert f'filename="flipchart-{session.id}-{table}.csv"' in answer.headers["content-disposition"]
    assert (await session.facilitator.get(f"/b/{session.id}/export.csv?table=people")).status_code == 404


async def test_the_report_is_in_the_language_of_its_reader(session: Session):
    answer = await session.facilitator.get(f"/b/{session.id}/export.pdf?language=es")
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"] == "es"
    assert "Índice" in "".join(page.extract_text() for page in reader.pages)


async def ordered(session: Session, form: str) -> Order:
    board = (await session.place.house.room(session.id)).board
    return Order(
        form=form,
        board=board.id,
        epoch=board.epoch,
        seq=board.seq,
        records=tuple(board.records()),
        wording=wording_of(words_for("en")),
        as_of=1.0,
    )


async def test_O14_who_asks_for_the_same_gets_the_same_file_and_a_newer_board_a_new_one(session: Session):
    papers = Papers()
    order = await ordered(session, "docx")
    first, second = await asyncio.gather(papers.write(order), papers.write(replace(order, as_of=2.0)))
    assert first is second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert "word/document.xml" in packed.namelist()
    assert await papers.write(replace(order, form="md", seq=order.seq + 1)) != b""
    await papers.close()


async def test_O14_a_file_that_takes_too_long_is_refused_and_nothing_is_left(session: Session):
    papers = Papers(patience=0.01)
    with pytest.raises(Refused) as refused:
        await papers.write(await ordered(session, "xlsx"))
    assert refused.value.code == "unprintable"
    await papers.close()


async def test_O14_only_so_many_wait(session: Session):
    papers = Papers(waiting=0)
    with pytest.raises(Refused) as refused:
        await papers.write(await ordered(session, "xlsx"))
    assert (refused.value.code, refused.value.facts["seconds"]) == ("slow-down", 5)
    await papers.close()


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """What every picture says to who does not see it."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found += [str(element["/Alt"])] if "/Alt" in element else []
            waiting += [element["/K"]] if "/K" in element else []
    return found


async def test_O12_what_was_chosen_stands_on_billboards_which_say_what_they_show(session: Session):
    made = await session.runs("headline.add", language="en", text="Global change has a postcode")
    headline = made["made"]["headline"]
    await session.runs("headline.edit", headline=headline, language="ar", text="المدن أولاً", base=10_000)
    await session.runs("headline.choose", candidate=f"headline:{headline}")
    pdf = await session.facilitator.get(f"/b/{session.id}/export.pdf")
    told = alternatives(pypdf.PdfReader(io.BytesIO(pdf.content)))
    assert told == ["Billboard: “المدن أولاً”", "Billboard: “Global change has a postcode”"]
    word = docx.Document(io.BytesIO((await session.facilitator.get(f"/b/{session.id}/export.docx")).content))
    shown = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert shown == ["Billboard: “Global change has a postcode”", "Billboard: “المدن أولاً”"]
    assert word.paragraphs[0].text == "Flip the Script"
