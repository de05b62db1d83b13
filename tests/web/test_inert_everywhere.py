"""What people write stays words in every field and in every form that a board leaves the server in."""

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

from tests.web.everywhere import FILES, PAGES, SHOWN, Board, fill
from tests.web.payloads import MARK, payloads
from tests.web.test_inert import FORMULA, strange
from tests.web.visiting import Session, Visitor, path_of

TAKEN = {
    *("board", "announcement", "step", "cue", "stage", "note", "comment", "translation", "reason", "resubmit", "theme"),
    *("merged", "headline", "version", "ballot", "consent", "place of others", "action", "contact", "survey"),
}  # fmt: skip


def asked_by(session: Session, writer: Visitor) -> Board:
    """The board, which visitors in this process fill."""

    async def asks(who: str, do: str, fields: dict[str, Any]) -> tuple[int, dict[str, str]]:
        session.place.ticks.passes(1)
        answer = await (writer if who == "writer" else session.facilitator).asks(session.id, do, **fields)
        told = answer.json()
        return answer.status_code, told.get("made") or told if answer.status_code != 200 else told.get("made", {})

    return Board(asks, {step["kind"]: step["id"] for step in session.steps})


async def test_words_in_every_field_are_words_on_every_page_and_in_every_file(session: Session):
    said = payloads()[:: len(payloads()) // 24]
    writer = session.place.visitor()
    await writer.joins(session.link("join"), said[3][:60], said[5][:80])
    board = asked_by(session, writer)
    await fill(board, said)
    assert {name for name, count in board.took.items() if count} >= TAKEN
    screen, observer = await session.seated("screen"), await session.seated("observer")
    for who, pages in ((session.facilitator, PAGES), (writer, SHOWN), (observer, SHOWN), (screen, ("/screen",))):
        for page in pages:
            answer = await who.get(f"/b/{session.id}{page}")
            assert answer.status_code == 200, page
            assert strange(answer.text) == [], page
            session.place.ticks.passes(1)
    await published(session)
    await files(session)


async def published(session: Session) -> None:
    """What the public reads, who have no seat."""
    links, door = session.place.house.links, (await session.place.house.room(session.id)).board.door  # type: ignore[union-attr]
    address = path_of(links.path(session.id, "results", door.generation("results")))
    answer = await session.place.visitor().get(address)
    assert answer.status_code == 200
    assert strange(answer.text) == []
    assert MARK in answer.text


async def files(session: Session) -> None:
    """Each file is what it says, and what was written is only ever read in it."""
    for path in FILES:
        answer = await session.facilitator.get(f"/b/{session.id}{path}")
        assert answer.status_code == 200, (path, answer.text[:300])
        session.place.ticks.passes(1)
        kind = re.split(r"[.?]", path)[1] if "." in path else "json"
        if kind == "csv":
            in_cells(answer.text, path)
        elif kind in ("docx", "xlsx"):
            in_documents(answer.content, path)
        elif kind == "json":
            json.loads(answer.text)
        elif kind == "ics":
            lines = answer.text.split("\r\n")
            assert {line.partition(":")[0].partition(";")[0] for line in lines if line and line[0] != " "} <= ICS, path
            assert max(len(line.encode()) for line in lines) <= 75


ICS = {
    *("BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE"),
    *("CATEGORIES", "TRANSP", "LAST-MODIFIED", "STATUS", "URL", "METHOD", "CALSCALE", "X-WR-CALNAME", "LOCATION"),
}  # fmt: skip


def in_cells(text: str, path: str) -> None:
    """No cell is a formula, and no row has more cells than another."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) <= 1, path
    cells = [cell for row in rows for cell in row if MARK in cell]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(tuple(FORMULA))] == [], path


def in_documents(content: bytes, path: str) -> None:
    """Every part is XML that names no entity; no cell has a formula, no link leads to a script."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                assert b"<!ENTITY" not in part
                ElementTree.fromstring(part)  # noqa: S314 - made by ourselves, and looked at for entities
                assert not re.search(rb"<f>|<f |Target=\"javascript:|<script", part), (path, name)
