"""A running Flipchart on a free port: put forward in time, stopped and started again with the same boards."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from app.board.keeping import Keeper
from app.main import create_app
from app.serving import server
from app.settings import Settings
from app.starting import listen
from tests.browser.rig.server import PATIENCE, until

KEY = "a key for tests that is long enough to be one"
# People in a test are quicker than people: the gates count by a clock that runs ahead.
HASTE = 10_000.0


@dataclass
class Clock:
    """The time of day, which a test may put forward."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead

    def passes(self, *, minutes: float) -> None:
        """Time goes by."""
        self.ahead += 60 * minutes


def in_haste() -> float:
    """Seconds as the gates count them, unless a test wants to be slowed down."""
    return time.monotonic() * HASTE


@dataclass
class House:
    """A Flipchart in a thread. `settings` are the operator's, by name; `keeper` takes the place of a database."""

    data: Path
    settings: dict[str, Any] = field(default_factory=dict)
    ticks: Callable[[], float] = in_haste
    keeper: Keeper | None = None
    clock: Clock = field(default_factory=Clock)
    port: int = 0
    # Where people find it, if that is not itself.
    address: str = ""
    # One set of sockets for all who ask it as programs do; their cookies are their own.
    transport: httpx2.HTTPTransport = field(default_factory=lambda: httpx2.HTTPTransport(verify=False, retries=1))
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def visitor(self) -> httpx2.Client:
        """A device that asks as programs do."""
        return httpx2.Client(transport=self.transport, base_url=self.url, timeout=30)

    def opens(self) -> None:
        """Starts serving, on the port it had before if it had one."""
        chosen = Settings(data=self.data, secret_key=KEY, **self.settings)
        listener = listen("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        address = self.address or self.url
        app = create_app(chosen, keeper=self.keeper, clock=self.clock, ticks=self.ticks, address=address)
        made = self._server = server(app, chosen)
        self._thread = threading.Thread(target=made.run, kwargs={"sockets": [listener]})
        self._thread.start()
        until(lambda: made.started)

    def closes(self) -> None:
        """Stops serving; every page that is open loses its line."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        self._server = None


@contextlib.contextmanager
def house_in(data: Path, **more: Any) -> Iterator[House]:
    """A Flipchart that serves while the test runs."""
    house = House(data, **more)
    house.opens()
    try:
        yield house
    finally:
        house.transport.close()
        house.closes()
