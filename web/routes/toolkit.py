"""The toolkit: the page on which it is put together, and the archive, which goes out while it is printed."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response, StreamingResponse

from app.board.asking import Refused
from app.board.audience import EVERYONE
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.checking import checked
from app.outcomes.billboards import DESIGNS, FORMATS, places_of, readable, sheet_of
from app.outcomes.toolkit import FORMS, Choice, Message, Picture, as_csv, as_json, as_text, messages, pictures
from app.printing.coverage import uncovered
from app.printing.press import Press
from web.gates import in_seconds
from web.house import House, InHouse
from web.packing import packed
from web.refusals import refusal
from web.replies import refused
from web.routes.campaign import logo_of
from web.seating import InSeat, seated_page
from web.views.billboards import DESIGN_NAMES, FORMAT_NAMES
from web.words import Words, environment

routes = APIRouter()
MOST_PLACES: Final = 50


def _choice(board: Board, asked: QueryParams, most: int) -> Choice:
    """Refused: too-many {max} places, too-long {max} and what else makes no place."""
    places = [each for each in dict.fromkeys((*asked.getlist("place"), asked.get("other", ""))) if each.strip()]
    if len(places) > MOST_PLACES:
        raise Refused("too-many", max=MOST_PLACES)
    chosen = campaign_of(board).chosen
    return Choice(
        headlines=tuple(asked.getlist("headline")) or ((chosen,) if chosen else ()),
        languages=tuple(asked.getlist("language")),
        places=tuple(checked(each, most=most, field="place") for each in places),
        designs=tuple(asked.getlist("design")) or Choice().designs,
        formats=tuple(asked.getlist("format")) or Choice().formats,
        forms=tuple(asked.getlist("form")) or Choice().forms,  # type: ignore[arg-type]
    )


@routes.get("/b/{board}/toolkit", summary="The toolkit, to be put together")
async def toolkit(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """For everybody with a seat."""
    offered = _offered(seat.room.board, seat.words, asked.query_params, seat.person.place)
    return seated_page(house, asked, seat, "toolkit.html", offered)


def _offered(board: Board, words: Words, asked: QueryParams, place: str) -> Mapping[str, Any]:
    told = readable(board, EVERYONE)
    languages = dict.fromkeys(each.language for _, written in told for each in written)
    return {
        "headlines": [(headline.id, written[0]) for headline, written in told],
        "chosen": asked.getlist("headline") or [campaign_of(board).chosen or (told[0][0].id if told else "")],
        "tongues": [(each, words.language_name(each)) for each in languages],
        "places": places_of(board, EVERYONE),
        "wanted_places": asked.getlist("place") or [place],
        "designs": [(each, words.gettext(DESIGN_NAMES[each])) for each in DESIGNS],
        "formats": [(each, words.gettext(FORMAT_NAMES[each])) for each in FORMATS],
        "forms": FORMS,
        "most": MOST_PLACES,
    }


@routes.get("/b/{board}/toolkit.zip", summary="The toolkit as one archive")
async def archive(asked: Request, house: InHouse, seat: InSeat) -> Response:
    """`headline`, `language`, `place`, `design`, `format` and `form` may each be given several times."""
    board, words = seat.room.board, seat.words
    if wait := house.gates.kits.take(seat.person.id):
        return refused(house, asked, words, "slow-down", seconds=in_seconds(wait))
    try:
        choice = _choice(board, asked.query_params, house.settings.limits.place)
        told = messages(board, choice, EVERYONE)
        if not told:
            raise Refused("unknown", what="headline")
        wanted = pictures(board, choice, EVERYONE, await logo_of(house, seat.room))
    except Refused as no:
        return refused(house, asked, words, no.code, **no.facts)
    files = _files(house, board, words, told, wanted)
    headers = {"Content-Disposition": f'attachment; filename="toolkit-{board.id}.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(packed(files, house.clock()), media_type="application/zip", headers=headers)


async def _files(
    house: House, board: Board, words: Words, told: tuple[Message, ...], wanted: tuple[Picture, ...]
) -> AsyncIterator[tuple[str, bytes]]:
    """The messages first, then each picture as it is printed, and the index last: it knows what could not be."""
    hashtag = campaign_of(board).hashtag
    yield "messages/messages.txt", as_text(told, hashtag).encode()
    yield "messages/messages.csv", as_csv(told, hashtag).encode()
    yield "messages/messages.json", as_json(board, told).encode()
    missing: list[tuple[Picture, str]] = []
    for picture in wanted:
        try:
            yield picture.path, await _printed(house.press, picture)
        except Refused as no:
            missing.append((picture, refusal(words, no.code, no.facts)))
    lacking = {picture.path for picture, _ in missing}
    context = {
        "about": board.about,
        "told": told,
        "pictures": [each for each in wanted if each.path not in lacking],
        "missing": missing,
        "hashtag": hashtag,
        "format_names": FORMAT_NAMES,
    }
    yield "index.css", environment(words.language).get_template("toolkit/index.css").render().encode()
    yield "LICENCE.txt", _licence(board, words).encode()
    yield "index.html", environment(words.language).get_template("toolkit/index.html").render(context).encode()


def _licence(board: Board, words: Words) -> str:
    messages_are = words.gettext(
        "The messages were written together by the places that took part. "
        "Use them freely for the campaign, and say where they come from."
    )
    letters_are = words.gettext(
        "The letters in the pictures are Bricolage Grotesque and Noto, under the SIL Open Font License 1.1: "
        "pictures made with them may be used for anything."
    )
    return f"{board.about.title}\n\n{messages_are}\n\n{letters_are}\n\nhttps://openfontlicense.org\n"


async def _printed(press: Press, picture: Picture) -> bytes:
    made = picture.billboard
    if letters := uncovered(made.text + made.place + made.hashtag):
        raise Refused("no-letters", letters=letters[:12])
    return await press.print(sheet_of(made, picture.form))
