"""A board's links and code, ready to be passed on, with the QR code of the join link."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import segno

from app.board.audience import FACILITATORS, SCREEN, Base
from app.board.board import Board
from app.links import ROLES, Links
from web.context import LinksView


@lru_cache(maxsize=256)
def qr_path(url: str) -> tuple[str, int]:
    """The QR code of an address as the data of one SVG path, and its side in modules with a margin of two."""
    code = segno.make(url, error="m", micro=False)
    out = BytesIO()
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=False, omitsize=True, nl=False)
    path = out.getvalue().decode().partition(' d="')[2].partition('"')[0]
    return path, int(code.symbol_size(border=2)[0])


def links_view(links: Links, board: Board, base: Base, address: str) -> LinksView | None:
    """For facilitators every link, for the screen the way in, for others none (they are in already)."""
    if base is FACILITATORS:
        return every_link(links, board, address)
    return way_in(links, board, address) if base is SCREEN else None


def every_link(links: Links, board: Board, address: str) -> LinksView:
    """The way in, and the links that are to be kept or passed on with care."""
    urls = {role: address + links.path(board.id, role, board.door.generations[role]) for role in ROLES}
    return replace(
        way_in(links, board, address),
        screen_url=urls["screen"],
        observer_url=urls["observer"],
        cohost_url=urls["cohost"],
        facilitator_url=urls["facilitator"],
    )


def way_in(links: Links, board: Board, address: str) -> LinksView:
    """The join link and its QR code, and the code as long as the door is open."""
    generation = board.door.generations["join"]
    url = address + links.path(board.id, "join", generation)
    path, size = qr_path(url)
    is_open = board.door.open != "closed"
    return LinksView(
        join_url=url,
        shown_url=address.partition("://")[2],
        code=links.code(board.id, generation) if is_open else "",
        qr=path if is_open else "",
        qr_size=size,
    )
