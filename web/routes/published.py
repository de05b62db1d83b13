"""The results for whoever has their link: no seat, no name, and nothing that is not for publication."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.board.audience import PUBLIC
from app.board.campaigning import campaign_of
from app.links import read
from app.realtime.room import Room
from web.context import page_context
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.replies import page, refused
from web.routes.billboards import sheet_for
from web.routes.exports import file_of
from web.routes.results import outcomes
from web.views.billboards import billboards_view
from web.views.steps import step_views

routes = APIRouter()


async def published(token: str, house: House) -> Room | None:
    """The board whose results that link opens; None for a link that opens none, or none any more."""
    board = read(token)
    room = await house.room(board) if board else None
    if room is None or not campaign_of(room.board).public:
        return None
    generation = room.board.door.generation("results")
    return room if house.links.matches(token, room.board.id, "results", generation) else None


@routes.get("/r/{token}", summary="The results, where the hosts have published them")
async def results(token: str, asked: Request, house: InHouse) -> Response:
    """For everybody who has the link."""
    words = house.words(asked)
    room = await published(token, house)
    if room is None:
        return refused(house, asked, words, "not-found")
    if wait := house.gates.pages.take(address_of(asked)):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    summed = await outcomes(house, room, PUBLIC, words)
    # Summing up a large board takes its time: it may have been closed to the public meanwhile.
    if await published(token, house) is None:
        return refused(house, asked, words, "not-found")
    context = {
        **page_context(room.telling.sight, PUBLIC, words.language, house.clock(), None),
        **summed,
        "step_list": step_views(room.board, PUBLIC, words.language),
        "shown": billboards_view(room.board, PUBLIC, words, {}, place="", at=f"/r/{token}"),
        "files": f"/r/{token}",
        "is_public": True,
    }
    return page(house, asked, words, "published.html", context)


@routes.get("/r/{token}/export.{form}", summary="The report and the data, where the results are published")
async def export(token: str, form: str, asked: Request, house: InHouse, table: str = "notes") -> Response:
    """The same files as for whoever has a seat."""
    words = house.words(asked)
    room = await published(token, house)
    if room is None:
        return refused(house, asked, words, "not-found")
    if wait := house.gates.prints.take(address_of(asked)):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    return await file_of(house, asked, room.board, form, table, words)


@routes.get(
    "/r/{token}/billboards/{headline}.{form}", summary="A headline on a billboard, where the results are published"
)
async def billboard(token: str, headline: str, form: str, asked: Request, house: InHouse) -> Response:
    """The same sheets as for whoever has a seat, of headlines that the public may read; no words of one's own."""
    words = house.words(asked)
    room = await published(token, house)
    if room is None:
        return refused(house, asked, words, "not-found")
    return await sheet_for(house, asked, room, headline, form, PUBLIC, address_of(asked))
