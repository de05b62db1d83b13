"""What the server counts, for whoever watches over it; for everybody else there is nothing here."""

from hmac import compare_digest
from ipaddress import ip_address

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.metrics.scraping import TYPE
from app.settings import Settings
from web.house import InHouse
from web.thresholds import turned_away

routes = APIRouter()
# Whoever asks through a proxy does not ask from this machine, whatever the proxy made of its address.
FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


@routes.get("/metrics", summary="What the server counts, for Prometheus")
async def metrics(asked: Request, house: InHouse) -> Response:
    """Of all processes of this server. 404 for whoever has no business with it."""
    if not _may(asked, house.settings):
        return turned_away(asked, "not-found")
    return Response(await house.counted(), media_type=TYPE, headers={"Cache-Control": "no-store"})


def _may(asked: Request, settings: Settings) -> bool:
    """Whoever says the key; where there is none, this machine itself, by its own name and without a proxy."""
    if settings.metrics_key is not None:
        said = f"Bearer {settings.metrics_key.get_secret_value()}"
        return compare_digest(asked.headers.get("authorization", "").encode(), said.encode())
    forwarded = any(name in asked.headers for name in FORWARDING)
    return not forwarded and _is_here(asked.client.host if asked.client else "") and _is_here(asked.url.hostname or "")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
