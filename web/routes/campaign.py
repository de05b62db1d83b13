"""The campaign's logo: it comes in by a form, and is only ever given out as it was drawn anew."""

import asyncio
import re
from hashlib import blake2b
from typing import Final

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.asking import Refused
from app.board.audience import FACILITATORS, base_of
from app.board.campaigning import CampaignLogo, campaign_of
from app.board.keeping import Answer, OutcomeUnknown, Page, RuleBroken, StorageFull
from app.pictures.apart import TYPE
from app.printing.sheet import Sheet
from app.realtime.room import Room
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.pages import person_of, words_of
from web.parsing import COMMAND_ID, Sent
from web.replies import refused
from web.routes.asking import Reply
from web.routes.stage import PICTURE_ONLY, received
from web.seats import Seat
from web.sights import audience_of

routes = APIRouter()
log = structlog.get_logger()
MOST_OF_A_LOGO: Final = 5 * 1024 * 1024
MOST_OF_A_DRAWING: Final = 1024 * 1024
# Pixels of the longer side of a drawing.
SIDE: Final = 960
_DRAWING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg)", re.IGNORECASE)


@routes.post("/b/{board}/campaign/logo", summary="Give the campaign a logo")
async def put_logo(board: str, asked: Request, house: InHouse) -> Response:
    """A form (`multipart/form-data`) with `file`, `id` and, if wanted, `next`; for facilitators."""
    seat, room = house.seats.read(asked, board), await house.room(board)
    person = person_of(room, seat) if room and seat else None
    reply = Reply(house, asked, words_of(house, asked, person), seat, room)
    reply.fields = {"do": "campaign.logo"}
    if room is None:
        return reply.refuse("not-found", {})
    if seat is None or person is None:
        return reply.refuse("no-seat", {})
    try:
        if base_of(person) is not FACILITATORS:
            raise Refused("only-facilitators")
        if wait := await house.gates.take(uploads=board):
            raise Refused("slow-down", seconds=in_seconds(wait))
        return await _received(house, room, seat, asked, reply)
    except Refused as no:
        log.info("refused", do="campaign.logo", why=no.code)
        return reply.refuse(no.code, no.facts)
    except StorageFull:
        return reply.refuse("storage-full", {})
    except OutcomeUnknown:
        return reply.refuse("unknown-outcome", {})


async def _received(house: House, room: Room, seat: Seat, asked: Request, reply: Reply) -> Response:
    with house.gates.receiving.place(address_of(asked)) as free:
        if not free:
            raise Refused("slow-down", seconds=10)
        sent = await received(asked)
        reply.fields["id"] = sent.id
        if not COMMAND_ID.fullmatch(sent.id):
            raise Refused("invalid", field="id")
        if not sent.source:
            raise Refused("empty", field="file")
        is_drawing = bool(_DRAWING.match(sent.source))
        most = MOST_OF_A_DRAWING if is_drawing else MOST_OF_A_LOGO
        if len(sent.source) > most:
            raise Refused("file-too-big", max=most // 2**20)
        pixels = await _drawn(house, sent.source) if is_drawing else sent.source
        kept = await _kept(house, room.board.id, pixels)
    command = CampaignLogo(file=kept)
    answer: Answer = await room.submit(seat.person, command, sent.id)
    return reply.accept(Sent(command, sent.id, reply.fields), answer, sent.onward)


async def _drawn(house: House, source: bytes) -> bytes:
    try:
        drawing = source.decode()
    except UnicodeDecodeError:
        raise Refused("damaged-file") from None
    try:
        return await house.press.print(Sheet("logo", {"drawing": drawing, "side": SIDE}, "png"))
    except Refused as no:
        raise Refused("damaged-file" if no.code == "unprintable" else no.code, **no.facts) from no


async def _kept(house: House, board: str, source: bytes) -> str:
    """Under which name the first page is kept, half size, as it was drawn anew."""
    loop, keeper = asyncio.get_running_loop(), house.keeper
    file = blake2b(source, digest_size=16, person=b"logo").hexdigest()
    async for drawn in house.redrawer.redraw(source):
        if drawn.pages > 1:
            raise Refused("too-many-pages", max=1)
        page = Page(file=file, number=drawn.page, size=drawn.size, type=TYPE, content=drawn.content)
        try:
            await loop.run_in_executor(keeper.writer, keeper.keep_page, board, page)
        except RuleBroken:
            raise Refused("not-found") from None
    return file


async def logo_of(house: House, room: Room) -> bytes:
    """The campaign's logo as WebP, at most 960 pixels; empty when it has none."""
    logo, keeper = campaign_of(room.board).logo, house.keeper
    if not logo:
        return b""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(keeper.reader, keeper.page, room.board.id, logo, 1, "small")
    return found.content if found else b""


@routes.get("/b/{board}/campaign/logo", summary="The campaign's logo")
async def logo(board: str, asked: Request, house: InHouse) -> Response:
    """As WebP, for everybody with a seat or a screen; 404 while there is none."""
    room = await house.room(board)
    if room is None or audience_of(house, room, asked) is None:
        return refused(house, asked, house.words(asked), "not-found")
    made = await logo_of(house, room)
    if not made:
        return refused(house, asked, house.words(asked), "not-found")
    headers = {"Cache-Control": "private, no-cache", "Content-Security-Policy": PICTURE_ONLY}
    return Response(made, media_type=TYPE, headers=headers)
