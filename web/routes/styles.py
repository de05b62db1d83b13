"""The style sheet's address: all components in one answer, beside the other static files."""

from fastapi import APIRouter
from starlette.responses import Response

from web.stylesheet import sheet, version

routes = APIRouter()


@routes.get("/static/{named}/css/flipchart.css", include_in_schema=False)
async def stylesheet(named: str) -> Response:
    """Kept for a year when it is asked for by its own version."""
    fresh = named == version()
    kept = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return Response(sheet(), media_type="text/css", headers={"Cache-Control": kept})
