"""Who follows a board: the seat, the language and the audience of whoever opens a line to it, by whichever way."""

from starlette.requests import HTTPConnection

from app.board.audience import FACILITATORS, base_of
from app.realtime.connection import Connection
from app.realtime.metering import SOCKET, STREAM
from app.realtime.room import Room
from app.realtime.wire import Line
from web.gates import address_of
from web.house import House
from web.pages import person_of, words_of

# Ahead of every board: answered with a refresh.
NO_SEQ = 1 << 60
MOST_OF_A_NAME = 20
# Tabs and devices of one person that follow a board at the same time.
MOST_LINES = 20


def follower(asked: HTTPConnection, room: Room, house: House, line: Line) -> Connection | None:
    """The connection of the seat that this device has on the board, None where it has none.

    `?screen=1` asks with the seat of a screen, `as=participant` follows as participants do, `audience=` is what the
    page was drawn for, `version=` by which Flipchart.
    """
    asked_for = asked.query_params
    seat = house.seats.read(asked, room.board.id, screen=asked_for.get("screen") == "1")
    if seat is None:
        return None
    person = person_of(room, seat)
    if person is not None and base_of(person) is FACILITATORS:
        house.addresses[room.board.id] = house.address(asked)
    if asked_for.get("version", house.version) != house.version:
        house.meter.outdated()
    words = words_of(house, asked, person) if person else house.words(asked, room.board.about.language)
    return Connection(
        line=line,
        language=words.language,
        person=seat.person,
        role=seat.role,
        generation=seat.generation,
        as_participant=asked_for.get("as") == "participant",
        page=asked_for.get("audience", "")[:MOST_OF_A_NAME],
        gathered=seq_of(asked_for["gathered"]) if "gathered" in asked_for else None,
        way=SOCKET if asked.scope["type"] == "websocket" else STREAM,
    )


def seq_of(given: str | None) -> int:
    """A number of the board as an address has it; ahead of every board for anything that is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 16 else NO_SEQ


async def too_many(asked: HTTPConnection, room: Room, house: House, connection: Connection) -> bool:
    """Whether this person opens lines too often, or has as many open as one person may have."""
    if await house.gates.take(lines=connection.person or address_of(asked)):
        return True
    return bool(connection.person) and len(room.audiences.of(connection.person)) >= MOST_LINES
