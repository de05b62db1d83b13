"""The report and the data as files, also while the session runs: what may be published, for everybody with a seat."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.asking import Refused
from app.board.audience import PUBLIC
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.outcomes.billboards import DESIGNS, Billboard, billboard, readable
from app.outcomes.billboards import sheet_of as picture_of
from app.outcomes.report import Picture
from app.papers.order import TABLES, TYPES, Order, sheet_of
from app.printing.coverage import uncovered
from app.printing.sheet import Form
from web.house import House, InHouse
from web.replies import refused
from web.reporting import wording_of
from web.routes.campaign import logo_of
from web.seating import InSeat
from web.words import Words

routes = APIRouter()
PICTURED: Final[Mapping[str, Form]] = {"pdf": "svg", "docx": "png"}
MOST_PICTURED: Final = 4


@routes.get("/b/{board}/export.{form}", summary="The report and the data as a file")
async def export(form: str, asked: Request, house: InHouse, seat: InSeat, table: str = "notes") -> Response:
    """What may be published: notes marked "not for publication" are in none of them. Also while the session runs."""
    return await file_of(house, asked, seat.room.board, form, table, seat.words)


async def file_of(house: House, asked: Request, board: Board, form: str, table: str, words: Words) -> Response:
    """The file, or the refusal of a form that there is not, or that cannot be made now. Who may ask is asked before."""
    if form not in TYPES or table not in TABLES:
        return refused(house, asked, words, "not-found")
    try:
        made = await _made(house, board, form, table, words)
    except Refused as refusal:
        return refused(house, asked, words, refusal.code, **refusal.facts)
    name = _name(board, form, table)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made, media_type=TYPES[form], headers=headers)


async def _made(house: House, board: Board, form: str, table: str, words: Words) -> bytes:
    """The records are taken as they are at this moment; whatever takes time happens elsewhere."""
    picturing = PICTURED.get(form)
    order = Order(
        form=form,
        table=table,
        board=board.id,
        epoch=board.epoch,
        seq=board.seq,
        records=tuple(board.records()),
        wording=wording_of(words),
        as_of=house.clock(),
    )
    if picturing:
        order = replace(order, pictures=await _pictures(house, board.id, _boards(board, words.language), picturing))
    made = await house.papers.write(order)
    if form != "pdf":
        return made
    return await house.press.print(sheet_of(made, order.as_of))


def _boards(board: Board, language: str) -> list[Billboard]:
    """What was chosen, on a billboard in each of its languages, each in a design of its own."""
    chosen = campaign_of(board).chosen
    found = next((written for headline, written in readable(board, PUBLIC) if headline.id == chosen), [])
    ordered = sorted(found, key=lambda version: version.language != language)[:MOST_PICTURED]
    return [billboard(board, each, design=DESIGNS[at % len(DESIGNS)]) for at, each in enumerate(ordered)]


async def _pictures(house: House, board: str, boards: list[Billboard], form: Form) -> tuple[Picture, ...]:
    """A report is worth having without one that cannot be printed."""
    made = []
    room = await house.room(board) if boards else None
    logo = await logo_of(house, room) if room else b""
    for each in boards:
        if not uncovered(each.text + each.hashtag):
            with suppress(Refused):
                content = await house.press.print(picture_of(replace(each, logo=logo), form))
                made.append(Picture(text=each.text, language=each.language, content=content))
    return tuple(made)


def _name(board: Board, form: str, table: str) -> str:
    """flipchart-<board>.pdf; nothing in it comes from what people wrote."""
    rehearsal = "rehearsal-" if board.about.rehearsal else ""
    which = f"-{table}" if form == "csv" and table != TABLES[0] else ""
    return f"flipchart-{rehearsal}{board.id}{which}.{form}"
