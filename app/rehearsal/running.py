"""A rehearsal from its first participant to its end: who comes when, who leaves, and when it is over."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from app.rehearsal.acting import Actor
from app.rehearsal.company import Plan, Simulated, Temper, company
from app.rehearsal.figures import Figures
from app.rehearsal.visit import TurnedAway, Visit
from app.rehearsal.ways import Way

TELLS_EVERY = 5.0
AWAY = 0.03
WITHIN_A_MINUTE = 60.0

Tell = Callable[[float, Figures], None]


async def rehearse(way: Way, door: str, plan: Plan, *, stop: asyncio.Event, tell: Tell | None = None) -> Figures:
    """Runs until its time is over, everybody has left, or `stop` is set; answers what came of it.

    `door` is the path of the door (see `door_of`). Raises TurnedAway when the first of them is not let in (the
    board is no rehearsal, its door is closed, the link is stale); then nobody else tries.
    """
    figures = Figures()
    first, *others = company(plan)
    visit = Visit(way, first, figures)
    await visit.join(door)
    playing = [asyncio.ensure_future(_play(first, plan, visit))]
    playing += [asyncio.ensure_future(_come(way, door, plan, each, figures)) for each in others]
    telling = asyncio.ensure_future(_told(figures, tell))
    stopping = asyncio.ensure_future(stop.wait())
    everybody = asyncio.ensure_future(asyncio.wait(playing))
    try:
        await asyncio.wait((everybody, stopping), timeout=plan.seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*playing, everybody, telling, stopping):
            task.cancel()
        await asyncio.gather(*playing, everybody, telling, stopping, return_exceptions=True)
        await way.close()
    return figures


async def door_of(way: Way, url: str) -> str:
    """The door's path behind a join link or an address with a code. Raises TurnedAway where there is none."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    answer = await way.device().get(path, follow_redirects=True)
    if answer.status_code != 200 or not answer.url.path.startswith("/j/"):
        raise TurnedAway("stale-link", "There is no open door at this address: give the board's join link.")
    return answer.url.path


async def _told(figures: Figures, tell: Tell | None) -> None:
    began = asyncio.get_running_loop().time()
    while tell is not None:
        await asyncio.sleep(TELLS_EVERY)
        tell(asyncio.get_running_loop().time() - began, figures)


async def _come(way: Way, door: str, plan: Plan, who: Simulated, figures: Figures) -> None:
    late = 0.3 + 0.3 * who.comes if who.temper is Temper.LATE else 0.0
    await asyncio.sleep(late * plan.seconds or min(who.comes * plan.seconds, WITHIN_A_MINUTE * who.comes * 10))
    visit = Visit(way, who, figures)
    with suppress(TurnedAway):
        await visit.join(door)
        await _play(who, plan, visit)


async def _play(who: Simulated, plan: Plan, visit: Visit) -> None:
    """Take part until leaving; whoever returns closes the page for a while, and is the same person again."""
    goes, actor = who.goes * plan.seconds, Actor(who, plan, visit)
    if who.temper is Temper.LEAVING:
        await _stay(actor, visit, seconds=goes)
        if who.number % 2:
            await visit.leave()
    elif who.temper is Temper.RETURNING:
        await _stay(actor, visit, seconds=goes / 2)
        await asyncio.sleep(AWAY * plan.seconds)
        await _stay(actor, visit, seconds=plan.seconds)
    else:
        await _stay(actor, visit, seconds=plan.seconds)


async def _stay(actor: Actor, visit: Visit, *, seconds: float) -> None:
    following = asyncio.ensure_future(visit.follow())
    acting = asyncio.ensure_future(actor.act())
    try:
        await asyncio.wait((following, acting), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        following.cancel()
        acting.cancel()
        await asyncio.gather(following, acting, return_exceptions=True)
