"""The style sheet and the scripts: all components, all modules, in one answer each, beside the other static files."""

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.compressing import packed, taken
from web.script import VENDORED, script, vendored
from web.stylesheet import ELSEWHERE, sheet, version

routes = APIRouter()


@routes.get("/static/{named}/css/flipchart.css", include_in_schema=False)
async def stylesheet(named: str, asked: Request) -> Response:
    """Kept for a year when it is asked for by its own version."""
    return _answer(asked, sheet(), "text/css", named)


@routes.get("/static/{named}/css/board.css", include_in_schema=False)
async def boards(named: str, asked: Request) -> Response:
    """The same for the door and a board's page, without what these never show."""
    return _answer(asked, sheet(ELSEWHERE), "text/css", named)


@routes.get("/static/{named}/js/board.js", include_in_schema=False)
@routes.get("/static/{named}/js/door.js", include_in_schema=False)
@routes.get("/static/{named}/js/pen.js", include_in_schema=False)
@routes.get("/static/{named}/js/screen-page.js", include_in_schema=False)
@routes.get("/static/{named}/js/sheet.js", include_in_schema=False)
async def joined(named: str, asked: Request) -> Response:
    """A page's script with all that it imports; the modules lie beside it by their own names, for who reads them."""
    entry = asked.url.path.rpartition("/")[2].removesuffix(".js")
    return _answer(asked, script(entry), "text/javascript", named)


@routes.get("/static/{named}/vendor/{script_named}.js", include_in_schema=False)
async def from_others(named: str, script_named: str, asked: Request) -> Response:
    """A script that a page asks for beside its own."""
    if script_named not in VENDORED:
        raise HTTPException(404)
    return _answer(asked, vendored(script_named), "text/javascript", named)


def _answer(asked: Request, text: str, kind: str, named: str) -> Response:
    """Packed once for everybody: a thousand people come in together, and each of them fetches it."""
    encoding = taken(asked.headers)
    headers = _kept(named) | {"Vary": "Accept-Encoding"}
    if not encoding:
        return Response(text, media_type=kind, headers=headers)
    return Response(packed(text, encoding), media_type=kind, headers=headers | {"Content-Encoding": encoding})


def _kept(named: str) -> dict[str, str]:
    kept = "public, max-age=31536000, immutable" if named == version() else "no-cache"
    return {"Cache-Control": kept}
