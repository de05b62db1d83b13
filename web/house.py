"""The parts of a running Flipchart that routes need, handed to them by the application."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.alike.likeness import Likeness
from app.board.keeping import Keeper
from app.links import BOARD_LENGTH, Links
from app.papers.apart import Papers
from app.pictures.apart import Redrawer
from app.printing.press import Press
from app.readiness import Readiness
from app.realtime.metering import Meter
from app.realtime.room import Room
from app.realtime.rooms import Rooms
from app.realtime.wire import Clock
from app.rehearsal.hosting import Rehearsals
from app.settings import Settings
from web.gates import Gates
from web.kept import Kept
from web.passes import Passes
from web.seats import Seats
from web.summing import Sums
from web.words import Words, available, negotiate, words_for

LANGUAGE_COOKIE = "flipchart-language"
A_YEAR = 365 * 24 * 3600
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")
_BOARD = re.compile(rf"[a-z0-9]{{{BOARD_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a route may need; nothing here is global.

    `addresses` remembers, for each board, the address at which its hosts last asked for a page or a line: a frame that
    draws its links has no request to take it from. Nobody else says where these lead, least of all to hosts. It is
    forgotten when the room closes: whoever opens the room as a host says it again.
    `broker_away` says whether this process hears nothing of the others that it should hear.
    `counted` is all that `meter` counts, in this process and those beside it.
    """

    settings: Settings
    keeper: Keeper
    rooms: Rooms
    links: Links
    seats: Seats
    passes: Passes
    gates: Gates
    redrawer: Redrawer
    likeness: Likeness
    press: Press
    papers: Papers
    sums: Sums
    kept: Kept
    rehearsals: Rehearsals
    clock: Clock
    version: str
    addresses: dict[str, str]
    broker_away: Callable[[], bool]
    meter: Meter
    counted: Callable[[], Awaitable[bytes]]
    readiness: Readiness

    async def room(self, board: str, *, fresh: bool = True) -> Room | None:
        """The board's room; None when there is no such board, or the id is none. See `Rooms.find`."""
        return await self.rooms.find(board, fresh=fresh) if _BOARD.fullmatch(board) else None

    def words(self, asked: HTTPConnection, chosen: str = "") -> Words:
        """The reader's words: what they chose, else their cookie's, else the best of their browser's languages."""
        wanted = asked.query_params.get("language") or chosen or asked.cookies.get(LANGUAGE_COOKIE) or ""
        kept = wanted if wanted in available() else None
        return words_for(negotiate(asked.headers.get("accept-language"), kept))

    def keep_language(self, asked: HTTPConnection, response: Response, language: str) -> None:
        """Remember on this device in which language its reader reads."""
        secure = asked.url.scheme == "https"
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, samesite="lax", httponly=True, secure=secure)

    def address(self, asked: HTTPConnection) -> str:
        """Where people find this server: what the operator says, else what the request was sent to."""
        if self.settings.public_url:
            return self.settings.public_url
        scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
        host = asked.headers.get("host", "")
        return f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}"


def house(asked: HTTPConnection) -> House:
    """The house of the application that was asked."""
    found: House = asked.app.state.house
    return found


async def _of_request(asked: HTTPConnection) -> House:
    """Not `house` itself: what is no coroutine is asked for in a thread, for each request anew."""
    return house(asked)


InHouse = Annotated[House, Depends(_of_request)]
