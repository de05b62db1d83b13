"""The parts of a running Flipchart that routes need, handed to them by the application."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.board.keeping import Keeper
from app.links import Links
from app.realtime.rooms import Rooms
from app.realtime.wire import Clock
from app.settings import Settings
from web.gates import Gates
from web.seats import Seats
from web.words import Words, available, negotiate, words_for

LANGUAGE_COOKIE = "flipchart-language"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a route may need; nothing here is global."""

    settings: Settings
    keeper: Keeper
    rooms: Rooms
    links: Links
    seats: Seats
    gates: Gates
    clock: Clock
    version: str

    def words(self, asked: HTTPConnection, chosen: str = "") -> Words:
        """The reader's words: what they chose, else their cookie's, else the best of their browser's languages."""
        wanted = asked.query_params.get("language") or chosen or asked.cookies.get(LANGUAGE_COOKIE) or ""
        kept = wanted if wanted in available() else None
        return words_for(negotiate(asked.headers.get("accept-language"), kept))

    def address(self, asked: HTTPConnection) -> str:
        """Where people find this server: what the operator says, else what the request was sent to."""
        if self.settings.public_url:
            return self.settings.public_url
        scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
        return f"{scheme}://{asked.headers.get('host', 'localhost')}"


def house(asked: HTTPConnection) -> House:
    """The house of the application that was asked."""
    found: House = asked.app.state.house
    return found


InHouse = Annotated[House, Depends(house)]
