"""A server on a free port whose page, frames and answers are decided by the test, one by one."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2
import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.websockets import WebSocketDisconnect

ROOT = Path(__file__).parents[3]
LOADER = jinja2.FileSystemLoader([ROOT / "tests/browser/rig", ROOT / "web/templates"])
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PATIENCE = 10.0


@dataclass
class Line:
    """One socket of the page: what it asked for when it opened, and what it said since."""

    socket: WebSocket
    since: int
    epoch: str
    said: list[dict[str, Any]] = field(default_factory=list)
    is_open: bool = True


class Rig:
    """What a test decides: `draw` is what the page is drawn from; `answers` go to commands in order, then 204."""

    def __init__(self) -> None:
        self.draw: dict[str, Any] = {
            "seq": 1,
            "epoch": "e1",
            "step": "s1",
            "steps": ["s1", "s2"],
            "notes": [],
            "facts": {},
        }
        self.lines: list[Line] = []
        self.commands: list[dict[str, str]] = []
        self.answers: list[tuple[int, str]] = []
        self.pages = 0
        self.gone = False
        self.held: asyncio.Event | None = None
        self.url = ""
        self.loop: asyncio.AbstractEventLoop | None = None

    def frame(self, content: str = "", *, seq: int | None = None) -> None:
        """Sends a frame down the newest line; without `seq`, the next one."""
        self.draw["seq"] = self.draw["seq"] + 1 if seq is None else max(seq, self.draw["seq"])
        self.send({"seq": self.draw["seq"] if seq is None else seq, "epoch": self.draw["epoch"], "content": content})

    def beat(self, head: int | None = None) -> None:
        """One heartbeat."""
        self.send({"head": self.draw["seq"] if head is None else head, "now": time.time()})

    def send(self, message: dict[str, Any]) -> None:
        """Sends any message down the newest line."""
        self._on_loop(self.lines[-1].socket.send_text(json.dumps(message)))

    def hang_up(self, code: int) -> None:
        """Closes the newest line."""
        self.lines[-1].is_open = False
        self._on_loop(self.lines[-1].socket.close(code))

    def _on_loop(self, doing: Any) -> None:
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(doing, self.loop).result(PATIENCE)


class Stand:
    """The server of one rig after the other: a browser that comes again has its scripts."""

    def __init__(self) -> None:
        self.url = ""
        self.app = FastAPI()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Whoever comes meets the rig that is carried now."""
        self.loop = asyncio.get_running_loop()
        await self.app(scope, receive, send)

    def carries(self, rig: Rig) -> Rig:
        """From now on that one."""
        rig.url, rig.loop, self.app = self.url, self.loop, app_of(rig)
        return rig


def app_of(rig: Rig) -> FastAPI:
    """The routes of the page contract, as far as a browser meets them."""
    environment = jinja2.Environment(loader=LOADER, autoescape=True)
    app = FastAPI()

    @app.get("/b/x")
    async def page() -> Response:
        rig.pages += 1
        if rig.gone:
            return HTMLResponse("<!doctype html><title>Door</title><h1>Door</h1>", 401)
        html = environment.get_template("board.html").render(rig.draw, clock=time.time())
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    @app.post("/b/x/commands")
    async def commands(request: Request) -> Response:
        body = parse_qs((await request.body()).decode(), keep_blank_values=True)
        rig.commands.append({name: ",".join(values) for name, values in body.items()})
        if rig.held:
            await rig.held.wait()
        status, html = rig.answers.pop(0) if rig.answers else (204, "")
        return Response(html or None, status, {"Flipchart-Seq": str(rig.draw["seq"])}, "text/html" if html else None)

    @app.get("/places")
    async def places(q: str) -> list[dict[str, str]]:
        cities = [
            ("1", "Dakar", "SN", "Senegal"),
            ("2", "Dakota City", "US", "United States"),
            ("3", "Lyon", "FR", "France"),
        ]
        return [
            {"id": id_, "name": name, "country": code, "country_name": country, "flag": "🏳"}
            for id_, name, code, country in cities
            if name.lower().startswith(q.lower())
        ]

    @app.websocket("/b/x/live")
    async def live(socket: WebSocket, since: int, epoch: str = "") -> None:
        await socket.accept()
        line = Line(socket, since, epoch)
        rig.lines.append(line)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                line.said.append(json.loads(await socket.receive_text()))
        line.is_open = False

    app.mount("/static", StaticFiles(directory=ROOT / "web/static"))
    return app


@contextlib.contextmanager
def served(app: Any) -> Iterator[str]:
    """Serves an app on a free port of this machine from a thread; the address."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", ws="websockets-sansio", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits for something that a server's thread does."""
    waiting, over = threading.Event(), time.monotonic() + seconds
    while not true():
        assert time.monotonic() < over, "waited in vain"
        waiting.wait(0.02)
