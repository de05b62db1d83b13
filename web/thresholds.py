"""What a request must be before it is read: from our own pages if it changes something, and not too large."""

import re

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.pictures.apart import MOST_OF_A_FILE
from web.house import house
from web.origins import SAFE, ours
from web.replies import refused

MOST_BYTES = 128 * 1024
# A form has some words around its file.
MOST_OF_AN_UPLOAD = MOST_OF_A_FILE + 16 * 1024
_UPLOAD = re.compile(r"/b/[^/]+/(stage/[^/]+|campaign/logo)")


def most_of(scope: Scope) -> int:
    """How many bytes the body of this request may have: a file comes to two addresses only."""
    is_upload = scope["method"] == "POST" and _UPLOAD.fullmatch(scope["path"])
    return MOST_OF_AN_UPLOAD if is_upload else MOST_BYTES


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
    """Refuses, with 413, every request that says it is too large, unread, and every other once it has grown so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = Request(scope)
            announced = asked.headers.get("content-length", "0")
            if not announced.isdigit() or len(announced) > 12 or int(announced) > most_of(scope):
                await (await grew_too_big(asked))(scope, receive, send)
                return
            await RequestBodyLimitMiddleware(self._app, most_of(scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def grew_too_big(asked: Request, _: Exception | None = None) -> Response:
    """The answer to a request that is too large, also to one that did not say so and went on and on."""
    if most_of(asked.scope) == MOST_BYTES:
        return turned_away(asked, "too-big")
    return turned_away(asked, "file-too-big", max=MOST_OF_A_FILE // 2**20)


async def left_halfway(_: Request, __: Exception) -> Response:
    """Whoever leaves in the middle of what they send hears nothing of it, and neither does the log."""
    return Response(status_code=400)


def turned_away(asked: Request, code: str, **facts: int) -> Response:
    """A refusal of the whole request, whatever it asks."""
    here = house(asked)
    return refused(here, asked, here.words(asked), code, **facts)
