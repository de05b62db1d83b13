"""Who asks, when something stands between: only a named proxy is believed, and no made-up address evades a limit."""

import contextlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.main import create_app
from app.serving import server
from app.settings import Settings
from tests.web.visiting import KEY, Hand

PROXY = "203.0.113.1"
PROGRAM = {"Accept": "application/json"}
A_WRONG_CODE = "/join?code=ZZZZZZ"


@contextlib.asynccontextmanager
async def behind(data: Path, believed: str, *, peer: str = PROXY) -> AsyncIterator[httpx2.AsyncClient]:
    """Flipchart as its server wraps it, asked by whoever has that address."""
    chosen = Settings(data=data, secret_key=KEY, forwarded_allow_ips=believed)
    app = create_app(chosen, clock=Hand(), ticks=Hand())
    config = server(app, chosen).config
    config.load()
    async with app.router.lifespan_context(app):
        wrapped: Any = config.loaded_app
        transport = httpx2.ASGITransport(app=wrapped, client=(peer, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://flipchart.test", headers=PROGRAM) as asks:
            yield asks


async def last(asks: httpx2.AsyncClient, said: Iterable[str]) -> int:
    """What the last of these guesses is answered with: 404 when each counts for itself, 429 when all are one's."""
    answers = [(await asks.get(A_WRONG_CODE, headers={"X-Forwarded-For": each.encode()})).status_code for each in said]
    assert answers[0] == 404
    return answers[-1]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("192.0.2.{}", 404),
        ("192.0.2.{}:4711", 404),
        ("2001:db8:0:{}::7", 404),
        ("[2001:db8:0:{}::7]:4711", 404),
        # One household has a whole half of its own.
        ("2001:db8::{}", 429),
        # What a client wrote before it came to the proxy stands further left, and counts for nothing.
        ("192.0.2.{}, 198.51.100.9", 429),
        ("192.0.2.{},,198.51.100.9", 429),
        # The same address, however it is written.
        ("::ffff:198.51.100.9, 203.0.113.1", 429),
        # No address at all.
        ("unknown-{}", 429),
        ("_hidden{}", 429),
        ("{}", 429),
        ("192.0.2.{}.5", 429),
        ("' or {}=1 --", 429),
        ("<script>{}</script>", 429),
        ("[2001:db8::{}", 429),
        ("é{}", 429),
        ("", 429),
    ],
)
async def test_what_a_believed_proxy_says_counts_only_as_an_address(tmp_path: Path, said: str, status: int):
    async with behind(tmp_path, PROXY) as asks:
        assert await last(asks, (said.format(number) for number in range(11, 22))) == status


@pytest.mark.parametrize(
    ("believed", "peer", "status"),
    [
        ("203.0.113.1", "203.0.113.1", 404),
        ("203.0.113.1", "203.0.113.2", 429),
        ("203.0.113.0/24", "203.0.113.77", 404),
        ("10.0.0.0/8, 203.0.113.1", "203.0.113.1", 404),
        # Both versions listened on at once: the system writes a version 4 address so.
        ("203.0.113.1", "::ffff:203.0.113.1", 404),
        ("203.0.113.0/24", "::ffff:203.0.113.9", 404),
        ("203.0.113.0/24", "::ffff:203.0.114.9", 429),
        ("2001:db8::/32", "2001:db8:5::1", 404),
        ("2001:db8::/32", "2001:db9::1", 429),
    ],
)
async def test_only_whoever_is_named_is_believed(tmp_path: Path, believed: str, peer: str, status: int):
    async with behind(tmp_path, believed, peer=peer) as asks:
        assert await last(asks, (f"192.0.2.{number}" for number in range(11))) == status


async def test_control_where_everybody_is_believed_no_limit_holds(tmp_path: Path):
    async with behind(tmp_path, "*", peer="198.51.100.9") as asks:
        assert await last(asks, (f"192.0.2.{number}, 198.51.100.9" for number in range(11))) == 404


@pytest.mark.parametrize("scheme", ["https, http", "javascript", "HTTPS", "", "wss:"])
async def test_a_scheme_that_is_none_is_not_taken_for_one(tmp_path: Path, scheme: str):
    async with behind(tmp_path, PROXY) as asks:
        answer = await asks.get("/", headers={"X-Forwarded-Proto": scheme})
        assert (answer.status_code, "strict-transport-security" in answer.headers) == (200, False)
