"""The addresses that a crowd asks for at the same moment, as plain routes: they stand before all others.

The routes of the same addresses say what there is to ask, and these answer as they do: they need none of what a
framework looks up, checks and hands in for each request.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.house import house
from web.routes import asking, boards, door


async def _asked(asked: Request) -> Response:
    return await asking.ask(asked.path_params["board"], asked, house(asked))


async def _shown(asked: Request) -> Response:
    return await boards.show(asked.path_params["board"], asked, house(asked))


async def _at_the_door(asked: Request) -> Response:
    answer = door.come_in if asked.method == "POST" else door.show_door
    return await answer(asked.path_params["token"], asked, house(asked))


def _plain(path: str, answer: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
    route = Route(path, answer, include_in_schema=False)
    # These alone: what others ask for there is not found as it was.
    route.methods = set(methods)
    return route


straight: Final = (
    _plain("/b/{board}/commands", _asked, "POST"),
    _plain("/b/{board}", _shown, "GET"),
    _plain("/j/{token}", _at_the_door, "GET", "POST"),
)
