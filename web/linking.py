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
    if base not in (FACILITATORS, SCREEN):
        return None
    generations = board.door.generations
    urls = {role: address + links.path(board.id, role, generations[role]) for role in ROLES}
    path, size = qr_path(urls["join"])
    is_open = board.door.open != "closed"
    for_the_screen = LinksView(
        join_url=urls["join"],
        shown_url=address.partition("://")[2],
        code=links.code(board.id, generations["join"]) if is_open else "",
        qr=path if is_open else "",
        qr_size=size,
    )
    if base is SCREEN:
        return for_the_screen
    return replace(
        for_the_screen,
        screen_url=urls["screen"],
        observer_url=urls["observer"],
        cohost_url=urls["cohost"],
        facilitator_url=urls["facilitator"],
    )
