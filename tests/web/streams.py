"""An event stream plugged straight into the application: what a page hears where no socket is to be had."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from app.realtime.wire import ENDLESS
from tests.web.sockets import PATIENCE, with_host
from tests.web.visiting import Visitor


@dataclass
class Stream:
    """The page's end. `status` and `headers` are the answer's; `code` is what the event `close` said."""

    down: asyncio.Queue[dict[str, Any]]
    up: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    code: int | None = None
    aborted: asyncio.Event = field(default_factory=asyncio.Event)
    body: str = ""

    async def block(self) -> dict[str, str]:
        """The fields of the next event, as they stand on the wire."""
        while "\n\n" not in self.body:
            message = await asyncio.wait_for(self.down.get(), PATIENCE)
            self.body += message.get("body", b"").decode()
            if not message.get("more_body") and "\n\n" not in self.body:
                raise EOFError
        said, _, self.body = self.body.partition("\n\n")
        return dict(line.split(": ", 1) for line in said.split("\n"))

    async def hears(self) -> dict[str, Any]:
        """The next frame; the event `close` sets `code` and is answered with nothing."""
        fields = await self.block()
        if fields.get("event") == "close":
            self.code = int(fields["data"])
            return {}
        if "id" in fields:
            self.ids.append(fields["id"])
        return json.loads(fields["data"]) if "data" in fields else await self.hears()

    async def hears_of(self, field: str, words: str = "") -> dict[str, Any]:
        """The next frame that has this field with these words in it."""
        while True:
            frame = await self.hears()
            assert self.code is None, self.code
            if field in frame and words in str(frame[field]):
                return frame

    async def ends(self) -> int:
        """The code of the event `close`, behind which the answer ends."""
        while self.code is None:
            await self.hears()
        return self.code


@contextlib.asynccontextmanager
async def stream(
    visitor: Visitor, board: str, query: str = "", *, room: int = 0, abortable: bool = False, **headers: str
) -> AsyncIterator[Stream]:
    """Follow a board by an event stream. `room` is how many messages wait at this end before the server has to."""
    found = Stream(asyncio.Queue(room))
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.http.cookies.jar)
    sent = with_host({"accept": "text/event-stream", "origin": "", "cookie": cookies, **headers})

    def abort() -> None:
        found.aborted.set()
        found.up.put_nowait({"type": "http.disconnect"})

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": visitor.scheme,
        "server": ("flipchart.test", 80),
        "client": (visitor.address, 40_000),
        "path": f"/b/{board}/live",
        "raw_path": f"/b/{board}/live".encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "state": {},
        "extensions": {ENDLESS: {"abort": abort}} if abortable else {},
    }
    found.up.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    serving = asyncio.create_task(visitor.place.app(scope, found.up.get, found.down.put))
    try:
        begun = await asyncio.wait_for(found.down.get(), PATIENCE)
        found.status = begun["status"]
        found.headers = {name.decode().lower(): value.decode() for name, value in begun["headers"]}
        yield found
    finally:
        found.up.put_nowait({"type": "http.disconnect"})
        await asyncio.wait_for(serving, PATIENCE)
