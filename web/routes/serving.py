"""Alive, ready, static files under a name that changes with them, and places to choose from."""

import asyncio
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from app.readiness import SENTENCES
from web.gates import address_of, in_seconds
from web.house import InHouse
from web.places import Place, search
from web.stylesheet import STATIC

routes = APIRouter()
A_YEAR = "public, max-age=31536000, immutable"


@routes.get("/healthz", summary="Is the process alive?")
async def alive() -> Response:
    """Touches nothing."""
    return PlainTextResponse("alive")


@routes.get("/readyz", summary="Can it serve?")
async def ready(house: InHouse) -> Response:
    """503 with the reason when what people write cannot be kept. Without its broker it is slower, and serves."""
    why = await house.readiness.look()
    if why is not None:
        return JSONResponse({"ready": False, "reason": why, "message": SENTENCES[why]}, 503)
    return PlainTextResponse("ready; the broker is away" if house.broker_away() else "ready")


@routes.get("/places", summary="Cities whose name begins like this")
async def places(asked: Request, house: InHouse, q: str = "", language: str = "") -> Response:
    """JSON list of {id, name, country, country_name, flag}; free text is as good a place."""
    wait = house.gates.places.take(address_of(asked))
    if wait:
        return JSONResponse([], 429, headers={"Retry-After": str(in_seconds(wait))})
    # In a thread: the first search reads the whole list of cities, and boards go on meanwhile.
    found = await asyncio.to_thread(search, q, house.words(asked, language).language)
    return JSONResponse([_shown(place) for place in found], headers={"Cache-Control": "private, max-age=600"})


def _shown(place: Place) -> dict[str, str]:
    return {
        "id": place.id,
        "name": place.name,
        "country": place.code,
        "country_name": place.country,
        "flag": place.flag,
    }


class Files(StaticFiles):
    """Static files; their address holds the version, so a browser keeps them for ever."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, kept for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = A_YEAR
        return response


def files(directory: Path = STATIC) -> StaticFiles:
    """The static files of the project."""
    return Files(directory=directory)
