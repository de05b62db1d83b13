"""Before the hour: the invitation, the calendar file, the sheet to print, and whether everything is ready."""

import asyncio
import os
import shutil

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.keeping import Unavailable
from app.realtime.room import Room
from web.house import House, InHouse
from web.invitation import calendar_file, how_to_join, invitations, minutes_of
from web.linking import every_link
from web.replies import refused
from web.routes.door import behind_join_link
from web.seating import Facilitating, seated_page
from web.views.readiness import checks
from web.words import Words

routes = APIRouter()
ICALENDAR = "text/calendar; charset=utf-8"


@routes.get("/b/{board}/invitation", summary="The invitation in every language, for facilitators")
async def invitation(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Title, day and time, link and code, and what to expect; to be copied or mailed."""
    board = seat.room.board
    links = every_link(house.links, board, house.address(asked))
    return seated_page(house, asked, seat, "before/invitation.html", {"invitations": invitations(board, links)})


@routes.get("/b/{board}/print", summary="A sheet with a large QR code, for facilitators")
async def sheet(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """For paper (A4 or Letter) and for a projector."""
    return seated_page(house, asked, seat, "before/print.html", {"spoken": how_to_join()})


@routes.get("/b/{board}/ready", summary="Is everything ready? For facilitators")
async def ready(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """Links, door, agenda, languages, people and storage; the browser tries its own line and clock."""
    room = seat.room
    looked_at = checks(
        room.board,
        room.telling.sight.here,
        address=house.address(asked),
        screens=room.telling.screens,
        room_left=await _room_left(house),
        asker=seat.person.id,
        now=house.clock(),
    )
    live = {"seq": room.board.seq, "epoch": room.board.epoch, "minutes": minutes_of(room.board)}
    return seated_page(house, asked, seat, "before/ready.html", {"checks": looked_at, **live})


async def _room_left(house: House) -> float | None:
    """Bytes that are free where the data is, None when the database does not answer or may not be written."""

    def looked() -> float | None:
        house.keeper.ready()
        data = house.settings.data
        return shutil.disk_usage(data).free if os.access(data, os.W_OK) else None

    try:
        return await asyncio.get_running_loop().run_in_executor(house.keeper.reader, looked)
    except (Unavailable, OSError):
        return None


@routes.get("/b/{board}/session.ics", summary="The session for a calendar, for facilitators")
async def for_facilitators(asked: Request, house: InHouse, seat: Facilitating) -> Response:
    """404 no-start as long as no start is set."""
    return _calendar(house, asked, seat.room, seat.words)


@routes.get("/j/{token}/session.ics", summary="The session for a calendar, by the join link")
async def by_the_link(token: str, asked: Request, house: InHouse) -> Response:
    """For whoever has the link, before they come in; 404 no-start as long as no start is set."""
    room = await behind_join_link(house, token)
    if room is None:
        return refused(house, asked, house.words(asked), "stale-link")
    return _calendar(house, asked, room, house.words(asked))


def _calendar(house: House, asked: Request, room: Room, words: Words) -> Response:
    if room.board.about.starts_at is None:
        return refused(house, asked, words, "no-start")
    links = every_link(house.links, room.board, house.address(asked))
    name = f'attachment; filename="flipchart-{room.board.id}.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(calendar_file(room.board, links, words, now=house.clock()), media_type=ICALENDAR, headers=headers)
