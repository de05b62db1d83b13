"""A server in the hand of a test, and the people and programs that visit it."""

import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx2

from app.board.keeping import Keeper
from app.main import create_app
from app.settings import Settings
from tests.web.sockets import Socket, plug_in
from web.house import House

KEY = "a key for tests that is long enough to be one"
HERE = "http://flipchart.test"


@dataclass
class Hand:
    """A clock held in the hand: it goes when it is told to."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.now += seconds


@dataclass
class Place:
    """A running Flipchart, the two clocks that it goes by, and whether its server offers lines of its own."""

    app: Any
    clock: Hand
    ticks: Hand
    ready_made: bool = False

    @property
    def house(self) -> House:
        return self.app.state.house

    def visitor(self, **how: Any) -> "Visitor":
        """Somebody with a device that has never been here."""
        return Visitor(self, **how)

    async def board(self, *, template: str = "flip-the-script", **fields: Any) -> "Session":
        """A board that a facilitator has just started."""
        facilitator = self.visitor()
        asked = {"title": "Flip the Script", "template": template, "language": "en", "name": "Hall of cities"}
        answer = await facilitator.post("/boards", json={**asked, **fields})
        assert answer.status_code == 201, answer.text
        made = answer.json()
        session = Session(self, facilitator, made)
        session.steps = (await facilitator.board(session.id))["steps"]
        return session


@asynccontextmanager
async def running(data: Path, *, blank: Path | None = None, **settings: Any) -> AsyncIterator[Place]:
    """A server on a SQLite file of its own; `blank` is a file whose tables are made already."""
    if blank is not None:
        shutil.copy(blank, data / "flipchart.db")
    clock, ticks = Hand(), Hand(1_000.0)
    chosen = Settings(data=data, secret_key=settings.pop("secret_key", KEY), **settings)
    app = create_app(chosen, clock=clock, ticks=ticks)
    async with app.router.lifespan_context(app):
        yield Place(app, clock, ticks)


@asynccontextmanager
async def running_on(keeper: Keeper, **settings: Any) -> AsyncIterator[Place]:
    """A server on a keeper of the test's own, which is not closed with it."""
    clock, ticks = Hand(), Hand(1_000.0)
    app = create_app(Settings(secret_key=KEY, **settings), keeper=keeper, clock=clock, ticks=ticks)
    async with app.router.lifespan_context(app):
        yield Place(app, clock, ticks)


class Visitor:
    """A device: its cookies, the address that it comes from, and the language of its browser."""

    def __init__(
        self, place: Place, *, address: str = "198.51.100.7", speaks: str = "en", scheme: str = "http"
    ) -> None:
        self.place, self.address, self.scheme = place, address, scheme
        self.person = ""
        self.http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=place.app, client=(address, 40_000), raise_app_exceptions=True),
            base_url=HERE.replace("http", scheme, 1),
            headers={"Accept-Language": speaks},
        )

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.http.get(path, **more)

    async def post(self, path: str, **more: Any) -> httpx2.Response:
        if "json" in more:
            # In ASCII, so that what is no text can be sent too.
            more["content"] = json.dumps(more.pop("json"))
            more["headers"] = {"Content-Type": "application/json", **more.get("headers", {})}
        return await self.http.post(path, **more)

    async def form(self, path: str, fields: Mapping[str, Any] | list[tuple[str, str]], **headers: str) -> Any:
        """Send a form as a browser does without a script."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": str(self.http.base_url).rstrip("/")}
        pairs = list(fields.items()) if isinstance(fields, Mapping) else fields
        return await self.post(path, content=urlencode(pairs), headers={**sent, **headers})

    async def joins(self, link: str, name: str = "Quay office", place: str = "Lyon", **more: Any) -> Any:
        """Come in by a join link (its whole address or its path) as a program does."""
        fields = {"name": name, "place": place, "language": "en", **more}
        answer = await self.post(path_of(link), json=fields)
        if answer.status_code in (201, 202):
            self.person = answer.json()["person"]
        return answer

    async def takes(self, link: str, **fields: Any) -> Any:
        """Press the one button behind a facilitator's, observer's or screen link."""
        return await self.form(path_of(link), fields)

    async def board(self, board: str) -> dict[str, Any]:
        """The board as this visitor may see it, as programs read it."""
        answer = await self.get(f"/api/boards/{board}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def asks(self, board: str, do: str, *, id: str = "", **fields: Any) -> httpx2.Response:
        """Ask for a command as a program does."""
        return await self.post(f"/b/{board}/commands", json={"do": do, "id": id or str(uuid4()), **fields})

    async def sends(self, board: str, fields: Mapping[str, Any] | list[tuple[str, str]], **headers: str) -> Any:
        """Ask by a plain form; with `HX_Request="true"` by a script's."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.form(f"/b/{board}/commands", fields, **named)

    def follows(self, board: str, query: str = "", *, room: int = 0, **headers: str) -> Any:
        """The socket of the board, as `async with visitor.follows(board) as socket`; `room` as in `plug_in`."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        scheme = {"http": "ws", "https": "wss"}[self.scheme]
        known = {"cookie": cookies, "accept-language": self.http.headers["Accept-Language"], **headers}
        how: dict[str, Any] = {"address": self.address, "scheme": scheme, "room": room}
        ready_made = self.place.ready_made and not room
        return plug_in(self.place.app, f"/b/{board}/live", query, known, ready_made=ready_made, **how)


@dataclass
class Session:
    """A board, its first facilitator and its links."""

    place: Place
    facilitator: Visitor
    made: dict[str, Any]
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.made["board"])

    def link(self, role: str) -> str:
        """A link's path."""
        return path_of(self.made[f"{role}_url"])

    async def participant(self, name: str = "Quay office", place: str = "Lyon", **how: Any) -> Visitor:
        """Somebody who has come in by the join link."""
        visitor = self.place.visitor(**how)
        answer = await visitor.joins(self.link("join"), name, place)
        assert answer.status_code in (201, 202), answer.text
        return visitor

    async def seated(self, role: str) -> Visitor:
        """Somebody who has taken the seat behind one of the other links."""
        visitor = self.place.visitor()
        answer = await visitor.takes(self.link(role))
        assert answer.status_code == 303, answer.text
        return visitor

    def step(self, kind: str) -> str:
        """The id of the first step of a kind."""
        return str(next(step["id"] for step in self.steps if step["kind"] == kind))

    async def runs(self, do: str, **fields: Any) -> dict[str, Any]:
        """The facilitator asks, and it is accepted."""
        answer = await self.facilitator.asks(self.id, do, **fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def in_a_writing_step(self) -> str:
        """Go to the first step in which people write."""
        step = self.step("write")
        await self.runs("agenda.go", step=step)
        return step

    async def note(self, by: Visitor, text: str = "Every street a garden", **fields: Any) -> str:
        """A note in the first writing step, where the session is by then."""
        fields.setdefault("step", self.step("write"))
        answer = await by.asks(self.id, "note.add", text=text, **fields)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["made"]["note"])

    async def ballot(self, *notes: str, **fields: Any) -> str:
        """An open ballot over these notes."""
        candidates = [f"note:{note}" for note in notes]
        made = await self.runs("ballot.open", title="Which one?", candidates=candidates, **fields)
        return str(made["made"]["ballot"])


def path_of(link: str) -> str:
    """The path of an address on the test's server."""
    return re.sub(r"^https?://[^/]+", "", link)


@dataclass
class Element:
    """One start tag of a page."""

    tag: str
    attributes: dict[str, str | None]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def elements_of(markup: str) -> list[Element]:
    """Every element of a page or a frame, as a browser reads it."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.elements


def words_of(markup: str) -> str:
    """What a page says, without its tags."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return " ".join(" ".join(reader.words).split())


def refusal_of(answer: httpx2.Response) -> tuple[int, str]:
    """The status and the code of a refusal, whichever way it was answered."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        return answer.status_code, str(json.loads(answer.text).get("refused"))
    found = re.search(r'data-code="([a-z-]+)"', answer.text)
    return answer.status_code, found[1] if found else ""


__all__ = ["HERE", "Session", "Socket", "Visitor", "elements_of", "path_of", "refusal_of", "running", "words_of"]
