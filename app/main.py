"""The whole of Flipchart, put together: builds the parts and hands each what it needs. Nobody else knows everybody."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, ProcessCollector
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.alike.likeness import Likeness
from app.board.audience import Base
from app.board.keeping import Keeper, Unavailable
from app.broker.joined import Joined
from app.errands import Errands, heard
from app.links import Links
from app.listening.deflating import deflated
from app.listening.framing import framed
from app.metrics.measures import Measures
from app.metrics.scraping import Counted
from app.metrics.standing import Standing
from app.papers.apart import Papers
from app.pictures.apart import Redrawer
from app.printing.press import Press
from app.readiness import SENTENCES, Readiness
from app.realtime.metering import watch_lag
from app.realtime.neighbours import REHEARSED
from app.realtime.retention import keep_retention
from app.realtime.rooms import Rooms
from app.realtime.wire import Clock, Sight
from app.rehearsal.hosting import Rehearsals
from app.settings import Settings
from app.store.opening import open_store
from app.store.store import Store
from web import drawn, places
from web.compressing import GZIP, SMALLEST, Compressing
from web.context import Context, page_context
from web.describing import described
from web.drawing import Drawer
from web.gates import Gates
from web.headers import Headers
from web.house import House
from web.kept import Kept
from web.linking import links_view
from web.passes import Passes
from web.routes import (
    alike,
    asking,
    before,
    billboards,
    boards,
    campaign,
    crowded,
    door,
    events,
    exports,
    follow_up,
    home,
    live,
    metrics,
    passes,
    pen,
    published,
    rehearsal,
    results,
    seats,
    serving,
    stage,
    styles,
    toolkit,
)
from web.seating import TurnedAway, away
from web.seats import Seats
from web.stylesheet import version
from web.summing import Sums
from web.thresholds import NotTooBig, SameOrigin, grew_too_big, left_halfway, turned_away


def create_app(
    settings: Settings,
    *,
    keeper: Keeper | None = None,
    clock: Clock = time.time,
    ticks: Clock = time.monotonic,
    address: str = "",
    told_at: Path | None = None,
) -> FastAPI:
    """The application; `address` is where people find this server.

    `told_at` is where one of several processes tells the others what it has counted.
    `keeper`, `clock` (seconds since 1970) and `ticks` (what the gates count by) are put in by tests.
    """
    made = FastAPI(
        title="Flipchart",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, keeper, clock, ticks, address, told_at),
        middleware=[
            Middleware(Headers, frame_ancestors=settings.frame_ancestors),
            Middleware(SameOrigin, public_url=settings.public_url),
            Middleware(NotTooBig),
            Middleware(Compressing, minimum_size=SMALLEST, compresslevel=GZIP),
        ],
        exception_handlers={
            404: _not_found,
            413: grew_too_big,
            Unavailable: _unavailable,
            TurnedAway: away,
            ClientDisconnect: left_halfway,
        },
    )
    made.openapi = partial(described, made)  # type: ignore[method-assign]
    made.router.routes.extend(crowded.straight)
    for routes in (
        home,
        door,
        seats,
        passes,
        boards,
        alike,
        before,
        asking,
        stage,
        live,
        pen,
        events,
        rehearsal,
        results,
        toolkit,
        published,
        exports,
        follow_up,
        billboards,
        campaign,
        styles,
        serving,
        metrics,
    ):
        made.include_router(routes.routes)
    made.mount(f"/static/{version()}", serving.files())
    return made


def _lifespan(
    settings: Settings, keeper: Keeper | None, clock: Clock, ticks: Clock, address: str, told_at: Path | None
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        kept = keeper or open_store(settings.database_url, data=settings.data)
        registry = CollectorRegistry()
        meter, counted = Measures(registry, clock), Counted(registry, told_at)
        readiness = Readiness(kept, _disk(settings) if isinstance(kept, Store) else None)
        if isinstance(kept, Store):
            kept.database.hears = _both(meter.failed, readiness.hear)
        links = Links(settings.key())
        addresses: dict[str, str] = {}
        likeness = Likeness(smart=settings.smart)
        press, papers, sums, parts = Press(), Papers(), Sums(), Kept()
        joined = Joined.by(settings.broker_url, settings.key())
        rehearsals = Rehearsals(app, lambda board: joined.neighbours.say(board, REHEARSED, {}))
        joined.neighbours.listen(lambda board, kind, *_: rehearsals.heard(board) if kind == REHEARSED else None)
        rooms = Rooms(
            kept,
            Drawer(_context(links, clock, addresses, settings.public_url or address)),
            clock=clock,
            limits=settings.limits,
            code_hash=lambda board, generation: links.code_hash(links.code(board, generation)),
            neighbours=joined.neighbours,
            renewed=lambda: _forget(press, papers, sums, likeness, parts),
            closed=lambda board: addresses.pop(board, None),
            meter=meter,
        )
        app.state.house = House(
            settings=settings,
            keeper=kept,
            rooms=rooms,
            links=links,
            seats=Seats(settings.key(), days=settings.retention_days),
            passes=Passes(settings.key()),
            gates=Gates.new(ticks, joined.counting, meter.limited),
            redrawer=Redrawer(),
            likeness=likeness,
            press=press,
            papers=papers,
            sums=sums,
            kept=parts,
            rehearsals=rehearsals,
            clock=clock,
            version=version(),
            addresses=addresses,
            broker_away=lambda: joined.away,
            meter=meter,
            counted=counted.text,
            readiness=readiness,
        )
        joined.start()
        registry.register(_standing(settings, rooms, joined, readiness))
        ProcessCollector(registry=registry)
        await counted.start()
        lagging = asyncio.create_task(watch_lag(meter), name="lag")
        # The first letters of a city that anybody types should not wait for the list to be read.
        reading = asyncio.create_task(asyncio.to_thread(places.load), name="places")
        beating = asyncio.create_task(rooms.beat(), name="heartbeat")
        following = asyncio.create_task(rooms.follow(), name="following")
        forgetting = asyncio.create_task(
            keep_retention(kept, rooms, clock, days=settings.retention_days), name="retention"
        )
        async with _errands(settings, kept, rooms, links, clock):
            yield
        counted.close()
        lagging.cancel()
        reading.cancel()
        beating.cancel()
        following.cancel()
        forgetting.cancel()
        await rehearsals.close()
        await likeness.close()
        await papers.close()
        await press.close()
        await rooms.stop()
        await joined.close()
        if keeper is None:
            kept.close()

    return lifespan


def _forget(*kept: Press | Papers | Sums | Likeness | Kept) -> None:
    """Of a board that begins another life nothing stays that was made of the one before."""
    for remembered in (framed, deflated, events.event):
        remembered.cache_clear()
    drawn.forget()
    places.forget()
    for each in kept:
        each.forget()


def _disk(settings: Settings) -> Path | None:
    return Path(settings.database_url.partition(":///")[2]).absolute().parent if settings.on_sqlite else None


def _both(one: Callable[[Exception], None], other: Callable[[Exception], None]) -> Callable[[Exception], None]:
    def hear(fault: Exception) -> None:
        one(fault)
        other(fault)

    return hear


def _standing(settings: Settings, rooms: Rooms, joined: Joined, readiness: Readiness) -> Standing:
    return Standing(
        lines=rooms.lines,
        rooms=lambda: rooms.number,
        broker_up=lambda: None if joined.broker is None else bool(joined.broker.up),
        not_ready=lambda: {reason: reason == readiness.why for reason in SENTENCES},
        disk=settings.data,
    )


def _errands(
    settings: Settings, kept: Keeper, rooms: Rooms, links: Links, clock: Clock
) -> contextlib.AbstractAsyncContextManager[None]:
    """Beside SQLite nobody else may write, so the operator's commands ask this process to."""
    if not isinstance(kept, Store) or not settings.on_sqlite:
        return contextlib.nullcontext()

    def code_hash(board: str, generation: int) -> str:
        return links.code_hash(links.code(board, generation))

    return heard(settings.data, Errands(kept, rooms, code_hash, clock))


def _context(
    links: Links, clock: Clock, addresses: Mapping[str, str], address: str
) -> Callable[[Sight, Base, str], Context]:
    def context(sight: Sight, base: Base, language: str) -> Context:
        here = addresses.get(sight.board.id, address)
        return page_context(sight, base, language, clock(), links_view(links, sight.board, base, here))

    return context


async def _not_found(asked: Request, _: Exception) -> Response:
    return turned_away(asked, "not-found")


async def _unavailable(asked: Request, _: Exception) -> Response:
    return turned_away(asked, "unavailable")
