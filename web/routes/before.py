"""Before the hour: the invitation, the calendar file, the sheet to print, and whether everything is ready."""

import asyncio
import os
import shutil

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.audience import FACILITATORS
from app.board.keeping import Unavailable
from app.realtime.room import Room
from web.house import House, InHouse
from web.invitation import calendar_file, how_to_join, invitations, minutes_of
from web.linking import links_view
from web.pages import context_of, words_of
from web.replies import page, refused
from web.routes.boards import facilitating
from web.routes.door import behind_join_link
from web.views.readiness import checks
from web.words import Words

routes = APIRouter()
ICALENDAR = "text/calendar; charset=utf-8"


@routes.get("/b/{board}/invitation", summary="The invitation in every language, for facilitators")
async def invitation(board: str, asked: Request, house: InHouse) -> Response:
    """Title, day and time, link and code, and what to expect; to be copied or mailed."""
    found = await facilitating(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person = found
    words = words_of(house, asked, person)
    context = context_of(house, room, FACILITATORS, words, house.address(asked))
    more = {"person": person, "invitations": invitations(room.board, context["links"])}
    return page(house, asked, words, "before/invitation.html", {**context, **more})


@routes.get("/b/{board}/print", summary="A sheet with a large QR code, for facilitators")
async def sheet(board: str, asked: Request, house: InHouse) -> Response:
    """For paper (A4 or Letter) and for a projector."""
    found = await facilitating(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person = found
    words = words_of(house, asked, person)
    context = context_of(house, room, FACILITATORS, words, house.address(asked))
    return page(house, asked, words, "before/print.html", {**context, "person": person, "spoken": how_to_join()})


@routes.get("/b/{board}/ready", summary="Is everything ready? For facilitators")
async def ready(board: str, asked: Request, house: InHouse) -> Response:
    """Links, door, agenda, languages, people and storage; the browser tries its own line and clock."""
    found = await facilitating(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person = found
    words = words_of(house, asked, person)
    context = context_of(house, room, FACILITATORS, words, house.address(asked))
    looked_at = checks(
        room.board,
        room.telling.sight.here,
        address=house.address(asked),
        screens=room.telling.screens,
        room_left=await _room_left(house),
        asker=person.id,
        now=house.clock(),
    )
    more = {"person": person, "checks": looked_at, "seq": room.board.seq, "epoch": room.board.epoch}
    return page(house, asked, words, "before/ready.html", {**context, **more, "minutes": minutes_of(room.board)})


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
async def for_facilitators(board: str, asked: Request, house: InHouse) -> Response:
    """404 no-start as long as no start is set."""
    found = await facilitating(board, asked, house)
    if isinstance(found, Response):
        return found
    room, person = found
    return _calendar(house, asked, room, words_of(house, asked, person))


@routes.get("/j/{token}/session.ics", summary="The session for a calendar, by the join link")
async def by_the_link(token: str, asked: Request, house: InHouse) -> Response:
    """For whoever has the link, before they come in; 404 no-start as long as no start is set."""
    room = await behind_join_link(house, token)
    if room is None:
        return refused(house, asked, house.words(asked), "stale-link")
    return _calendar(house, asked, room, house.words(asked))


def _calendar(house: House, asked: Request, room: Room, words: Words) -> Response:
    links = links_view(house.links, room.board, FACILITATORS, house.address(asked))
    if links is None or room.board.about.starts_at is None:
        return refused(house, asked, words, "no-start")
    name = f'attachment; filename="flipchart-{room.board.id}.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(calendar_file(room.board, links, words, now=house.clock()), media_type=ICALENDAR, headers=headers)
