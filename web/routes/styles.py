"""The style sheet and the scripts: all components, all modules, in one answer each, beside the other static files."""

import gzip
from functools import lru_cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.script import script
from web.stylesheet import sheet, version

routes = APIRouter()


@routes.get("/static/{named}/css/flipchart.css", include_in_schema=False)
async def stylesheet(named: str, asked: Request) -> Response:
    """Kept for a year when it is asked for by its own version."""
    return _answer(asked, sheet(), "text/css", named)


@routes.get("/static/{named}/js/board.js", include_in_schema=False)
@routes.get("/static/{named}/js/door.js", include_in_schema=False)
@routes.get("/static/{named}/js/pen.js", include_in_schema=False)
@routes.get("/static/{named}/js/screen-page.js", include_in_schema=False)
@routes.get("/static/{named}/js/sheet.js", include_in_schema=False)
async def joined(named: str, asked: Request) -> Response:
    """A page's script with all that it imports; the modules lie beside it by their own names, for who reads them."""
    entry = asked.url.path.rpartition("/")[2].removesuffix(".js")
    return _answer(asked, script(entry), "text/javascript", named)


def _answer(asked: Request, text: str, kind: str, named: str) -> Response:
    """Packed once for everybody: a thousand people come in together, and each of them fetches it."""
    if "gzip" not in asked.headers.get("accept-encoding", ""):
        return Response(text, media_type=kind, headers=_kept(named))
    packed = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(_packed(text), media_type=kind, headers=_kept(named) | packed)


@lru_cache(maxsize=8)
def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def _kept(named: str) -> dict[str, str]:
    kept = "public, max-age=31536000, immutable" if named == version() else "no-cache"
    return {"Cache-Control": kept}
