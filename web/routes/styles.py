"""The style sheet and the scripts: all components, all modules, in one answer each, beside the other static files."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.script import script
from web.stylesheet import sheet, version

routes = APIRouter()


@routes.get("/static/{named}/css/flipchart.css", include_in_schema=False)
async def stylesheet(named: str) -> Response:
    """Kept for a year when it is asked for by its own version."""
    return Response(sheet(), media_type="text/css", headers=_kept(named))


@routes.get("/static/{named}/js/board.js", include_in_schema=False)
@routes.get("/static/{named}/js/door.js", include_in_schema=False)
@routes.get("/static/{named}/js/screen-page.js", include_in_schema=False)
@routes.get("/static/{named}/js/sheet.js", include_in_schema=False)
async def joined(named: str, asked: Request) -> Response:
    """A page's script with all that it imports; the modules lie beside it by their own names, for who reads them."""
    entry = asked.url.path.rpartition("/")[2].removesuffix(".js")
    return Response(script(entry), media_type="text/javascript", headers=_kept(named))


def _kept(named: str) -> dict[str, str]:
    kept = "public, max-age=31536000, immutable" if named == version() else "no-cache"
    return {"Cache-Control": kept}
