"""P27, P28: what guessing comes to, by arithmetic and by trying; and that no limit is evaded or grows without end."""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.links import SECRET_LENGTH
from tests.prove.conftest import Promise
from tests.web.guessing import A_DAY, CODES, LIKELY, from_everywhere, from_one_address, let_through
from tests.web.visiting import Place, running
from web.gates import Gates

pytestmark = pytest.mark.prove

AN_HOUR = 3_600
MINUTE = 60
OFFICE = "203.0.113.50"
PROGRAM = {"Accept": "application/json"}
ADDRESSES = 1_000_000
# What strangers' addresses are counted in, and how much memory that may take.
BY_ADDRESS = ("guesses", "boards", "places")
MOST = 64 * 2**20


def memory() -> int:
    """Bytes of this process that are in memory."""
    found = re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[0]) * 1_024


async def guessed(place: Place, addresses: int, seconds: int) -> int:
    """How many wrong codes were looked up in that time, each address trying as often as it is let: by HTTP."""
    tried = 0
    visitors = [place.visitor(address=f"198.51.100.{number}") for number in range(addresses)]
    codes = itertools.count(1)
    until = place.ticks() + seconds
    while place.ticks() < until:
        for visitor in visitors:
            status = 404
            while status == 404:
                said = {"X-Forwarded-For": f"192.0.2.{tried % 250}", "Forwarded": f"for=192.0.2.{tried % 250}"}
                code = {"code": f"ZZ{next(codes):04d}"}
                status = (await visitor.get("/join", params=code, headers={**PROGRAM, **said})).status_code
                tried += status == 404
            assert status == 429
        place.ticks.passes(6)
    return tried


async def joined(place: Place, people: int) -> set[int]:
    """What people behind one address are answered who come in within a minute, by the code."""
    session = await place.board()
    answers = set()
    for number in range(people):
        visitor = place.visitor(address=OFFICE)
        by_code = await visitor.get("/join", params={"code": session.made["code"]})
        answer = await visitor.joins(by_code.headers["location"], f"Desk {number}", "Lyon")
        page = await visitor.get(f"/b/{session.id}")
        answers |= {by_code.status_code, answer.status_code, page.status_code}
        place.ticks.passes(MINUTE / people)
    return answers


def on_a_server(data: Path, ask: Callable[[Place], Awaitable[object]]) -> None:
    """What is asked, on a server of its own."""

    async def whole() -> None:
        async with running(data) as place:
            await ask(place)

    asyncio.run(whole())


def test_promise_28_limits_hold_and_an_office_of_150_meets_none(tmp_path: Path, promise: Promise) -> None:
    found: dict[str, int] = {}

    async def ask(place: Place) -> None:
        assert await joined(place, 150) == {303, 201, 200}
        found["one"] = await guessed(place, 1, AN_HOUR)

    on_a_server(tmp_path, ask)
    assert 0.99 * from_one_address(AN_HOUR) <= found["one"] <= from_one_address(AN_HOUR)
    now, before = [0.0], memory()
    gates = Gates.new(lambda: now[0])
    for number in range(ADDRESSES):
        now[0] += 1e-4
        for name in BY_ADDRESS:
            getattr(gates, name).take(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    grown = memory() - before
    assert grown <= MOST
    promise(
        28,
        f"150 people behind one address came in within a minute and met no limit; one address that named another "
        f"each time got {found['one']} guesses in an hour, as its rate allows; {ADDRESSES:,} addresses take "
        f"{grown / 2**20:.0f} MiB of memory in {len(BY_ADDRESS)} limits",
        control="where every sender's word is believed (tests/web/test_forwarded.py) no limit holds",
    )


def test_promise_27_nobody_guesses_a_code_or_a_link(tmp_path: Path, promise: Promise) -> None:
    found: dict[str, int] = {}

    async def ask(place: Place) -> None:
        found["hour"] = await guessed(place, 12, AN_HOUR)

    on_a_server(tmp_path, ask)
    assert found["hour"] <= from_everywhere(AN_HOUR)

    async def a_day(addresses: int) -> int:
        now = [0.0]
        return await let_through(Gates.new(lambda: now[0]), now, addresses=addresses, seconds=A_DAY)

    one, everywhere = asyncio.run(a_day(1)), asyncio.run(a_day(700))
    assert 0.99 * from_one_address(A_DAY) <= one <= from_one_address(A_DAY)
    assert 0.99 * from_everywhere(A_DAY) <= everywhere <= from_everywhere(A_DAY)
    assert everywhere / CODES <= LIKELY
    promise(
        27,
        f"guessing for a day finds a board's code with a chance of {one / CODES:.1e} from one address and "
        f"{everywhere / CODES:.1e} from everywhere ({everywhere:,} tries let through, "
        f"{found['hour']:,} in an hour by HTTP); a link holds {6 * SECRET_LENGTH} bits",
        control=f"ten guesses a second in all, as it was before, come to {864_600 / CODES:.1e}",
    )
