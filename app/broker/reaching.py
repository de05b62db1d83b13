"""How the broker is reached, and what is said of one that cannot be used."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from redis._parsers import _AsyncRESP2Parser
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    ConnectionError,
    InvalidResponse,
    NoPermissionError,
    RedisError,
    ResponseError,
)

from app.broker.sealing import MOST_BYTES

CONNECT: Final = 2.0
# The longest that is meant for us is one message with its channel; whoever shares the broker says more elsewhere.
MOST_OF_AN_ANSWER: Final = 2 * MOST_BYTES
# What a broker that answers nonsense makes of the client's own parsing, beside the errors that it names.
FAILURES: Final = (RedisError, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)
REFUSED: Final = (AuthenticationError, AuthorizationError, NoPermissionError)
REFUSED_WORDS: Final = ("NOAUTH", "WRONGPASS", "NOPERM", "without any password", "AUTH", "invalid password")

NO_DATABASE_WORDS: Final = ("DB index", "Invalid Database")

UNREACHABLE: Final = "nobody answers there"
SILENT: Final = "who is there does not answer in time"
FORBIDDEN: Final = "the password is refused, or may not publish, subscribe and run scripts"
NO_DATABASE: Final = "it has no database of the number that stands after the host"
NO_REDIS: Final = "who answers there is neither Redis nor Valkey"


class Bounded(_AsyncRESP2Parser):
    """Reads no answer to its end that is longer than any that is asked for: it would all lie in memory."""

    async def _read(self, length: int) -> bytes:
        self._require_short(length)
        read: bytes = await super()._read(length)
        return read

    async def _readline(self) -> bytes:
        self._require_short(0)
        line: bytes = await super()._readline()
        if line[:1] == b"*":
            self._require_short(int(line[1:]))
        return line

    def _require_short(self, more: int) -> None:
        if self._pos + more > MOST_OF_AN_ANSWER:
            raise InvalidResponse("The answer is too long.")


def reach(url: str, *, patience: float) -> Redis:
    """A client that gives up after `patience` seconds and tries nothing twice: whoever asks knows what to do then."""
    client: Redis = Redis.from_url(
        url,
        protocol=2,
        socket_connect_timeout=CONNECT,
        socket_timeout=patience,
        retry=Retry(NoBackoff(), 0),
        client_name="flipchart",
        parser_class=Bounded,
    )
    return client


def why(fault: BaseException) -> str:
    """What is wrong with the broker, without its address and its password."""
    said = str(fault)
    if isinstance(fault, REFUSED) or (isinstance(fault, RedisError) and any(each in said for each in REFUSED_WORDS)):
        return FORBIDDEN
    if isinstance(fault, RedisError) and any(each in said for each in NO_DATABASE_WORDS):
        return NO_DATABASE
    if isinstance(fault, TimeoutError) or "imeout" in type(fault).__name__:
        return SILENT
    if isinstance(fault, InvalidResponse | ResponseError) or not isinstance(fault, ConnectionError | OSError):
        return NO_REDIS
    return UNREACHABLE


async def trouble(url: str, *, patience: float = CONNECT) -> str:
    """What is wrong with the broker at that address; "" when it can be used."""
    client = reach(url, patience=patience)
    try:
        async with asyncio.timeout(2 * patience):
            asked: Awaitable[Any] = client.eval("return redis.call('TIME')[1]", 0)
            await asked
            await client.publish("flipchart:looking", b"")
    except FAILURES as fault:
        return why(fault)
    finally:
        await leave(client)
    return ""


async def leave(client: Redis) -> None:
    """Let go of a client whatever state it is in."""
    try:
        await client.aclose()
    except FAILURES:
        return
