"""Billboards: the page on which they are chosen and looked at, and each of them as SVG, PNG or PDF."""

from typing import Final, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.asking import Refused
from app.board.audience import Base
from app.board.checking import checked, checked_language
from app.outcomes.billboards import (
    DESIGNS,
    FORMATS,
    Billboard,
    billboard,
    file_name,
    places_of,
    sheet_of,
    version_for,
    written,
)
from app.printing.coverage import uncovered
from app.printing.sheet import TYPES, Form
from app.realtime.room import Room
from web.gates import in_seconds
from web.house import House, InHouse
from web.replies import refused
from web.routes.campaign import logo_of
from web.seating import InSeat, seated_page
from web.sights import audience_of
from web.views.billboards import billboards_view

routes = APIRouter()
DRAFT: Final = "draft"
# It is a picture and nothing else; what is drawn in it may have a style of its own.
PICTURE_ONLY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
_FORMS: Final = frozenset(get_args(Form))


@routes.get("/b/{board}/billboards", summary="Billboards to choose, look at and take along")
async def billboards(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat, as they may see the headlines."""
    shown = billboards_view(seat.room.board, seat.base, seat.words, asked.query_params, place=seat.person.place)
    return seated_page(house, asked, seat, "billboards.html", {"shown": shown})


@routes.get("/b/{board}/billboards/{headline}.{form}", summary="A headline on a billboard")
async def sheet(board: str, headline: str, form: str, asked: Request, house: InHouse) -> Response:
    """As SVG, PNG or PDF, for whoever sees the headline; `draft` prints the words that are asked for."""
    room = await house.room(board)
    if room is None:
        return refused(house, asked, house.words(asked), "not-found")
    audience = audience_of(house, room, asked)
    if audience is None:
        return refused(house, asked, house.words(asked), "no-seat")
    return await sheet_for(house, asked, room, headline, form, audience, _who(house, room, asked))


async def sheet_for(
    house: House, asked: Request, room: Room, headline: str, form: str, audience: Base, who: str
) -> Response:
    """The sheet as that audience may see it, or the refusal; `who` is whose asking is counted."""
    words = house.words(asked)
    if form not in _FORMS or (headline == DRAFT and audience is Base.PUBLIC):
        return refused(house, asked, words, "not-found")
    if wait := house.gates.prints.take(who):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    try:
        made = await _wanted(house, room, headline, audience, asked)
        if letters := uncovered(made.text + made.place + made.hashtag):
            raise Refused("no-letters", letters=letters[:12])
        return await _printed(house, made, form, asked)
    except Refused as no:
        return refused(house, asked, words, "not-found" if no.code == "unknown" else no.code, **no.facts)


def _who(house: House, room: Room, asked: Request) -> str:
    seat = house.seats.read(asked, room.board.id)
    return seat.person if seat else f"screen of {room.board.id}"


async def _wanted(house: House, room: Room, headline: str, audience: Base, asked: Request) -> Billboard:
    """Raises Refused: unknown headline, invalid {field}, too-long {max}, empty words of a draft."""
    query, limits = asked.query_params, house.settings.limits
    design, shape = query.get("design", DESIGNS[0]), query.get("format", "landscape")
    if design not in DESIGNS:
        raise Refused("invalid", field="design")
    if shape not in FORMATS:
        raise Refused("invalid", field="format")
    place = checked(query.get("place", ""), most=limits.place, field="place", empty=True)
    if audience is Base.PUBLIC and place and place not in places_of(room.board, audience):
        raise Refused("unknown", what="place")
    language = checked_language(query.get("language", "") or "en")
    looks = {"colors": query.get("colors", ""), "logo": await logo_of(house, room)}
    if headline == DRAFT:
        text = checked(query.get("words", ""), most=limits.headline, field="words")
        return written(room.board, text, language, place, design, shape, **looks)  # type: ignore[arg-type]
    version = version_for(room.board, headline, language, audience)
    if version is None:
        raise Refused("unknown", what="headline")
    return billboard(room.board, version, place=place, design=design, format=shape, **looks)  # type: ignore[arg-type]


async def _printed(house: House, made: Billboard, form: str, asked: Request) -> Response:
    wanted: Form = "svg" if form == "svg" else "pdf" if form == "pdf" else "png"
    sheet = sheet_of(made, wanted, for_print=asked.query_params.get("size") == "print")
    tag = f'"{sheet.digest()[:32]}"'
    how = "attachment" if asked.query_params.get("download") else "inline"
    name = file_name(made, form)
    headers = {
        # Kept by the browser, and never shown again without asking whether it still may be.
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "Content-Security-Policy": PICTURE_ONLY,
        "Content-Disposition": f'{how}; filename="{name}"',
    }
    if tag in asked.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(await house.press.print(sheet), media_type=TYPES[wanted], headers=headers)
