"""What a request must be before it is read: from our own pages if it changes something, and not too large."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.house import house
from web.origins import SAFE, ours
from web.replies import refused


class SameOrigin:
    """Refuses, with 403, every request that would change something and comes from another site."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app, self._public_url = app, public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            asked = Request(scope)
            if not ours(asked, self._public_url):
                await turned_away(asked, "wrong-origin")(scope, receive, send)
                return
        await self._app(scope, receive, send)


class NotTooBig:
    """Refuses, with 413 and unread, every request that says it is larger than `most` bytes."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = Request(scope)
            announced = asked.headers.get("content-length", "0")
            if not announced.isdigit() or len(announced) > 12 or int(announced) > self._most:
                await turned_away(asked, "too-big")(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def grew_too_big(asked: Request, _: Exception) -> Response:
    """The answer to a request that did not say how large it is, and went on and on."""
    return turned_away(asked, "too-big")


def turned_away(asked: Request, code: str) -> Response:
    """A refusal of the whole request, whatever it asks."""
    here = house(asked)
    return refused(here, asked, here.words(asked), code)
