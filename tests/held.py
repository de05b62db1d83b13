"""The world held in the hand: a clock that stands still, a keeper that waits until released, lines that write down."""

import asyncio
import json
import selectors
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from typing import Any

from app.board.entries import Entry
from app.board.keeping import Loaded, News, OutcomeUnknown
from app.realtime.wire import with_own
from app.store.memory import MemoryStore


class _Still(selectors.DefaultSelector):
    """Notices when everybody waits: nothing more happens then until time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: asyncio.Future[float | None] | None = None

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or timeout == 0:
            return found
        if self.waiting is None:
            raise AssertionError("everybody waits for something that never comes")
        waiting, self.waiting = self.waiting, None
        waiting.set_result(timeout)
        return []


class HeldLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only when a test lets it pass."""

    def __init__(self) -> None:
        self._held_at, self._still = 1000.0, _Still()
        super().__init__(self._still)

    def time(self) -> float:
        return self._held_at

    async def settled(self) -> float | None:
        """Return when nothing more happens by itself; answers in how many seconds something is due."""
        self._still.waiting = self.create_future()
        return await self._still.waiting

    async def passes(self, seconds: float) -> None:
        """Let so many seconds pass, and everything happen that comes due meanwhile, each at its time."""
        until = self._held_at + seconds
        while (due := await self.settled()) is not None and self._held_at + due <= until:
            self._held_at += due
        self._held_at = until
        await self.settled()


def _held() -> HeldLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HeldLoop)
    return loop


async def settled() -> None:
    """Return when nothing more happens by itself."""
    await _held().settled()


async def passes(seconds: float) -> None:
    """Let time pass."""
    await _held().passes(seconds)


class Hand(Executor):
    """Does at once what it is given; while held, keeps it until it is released."""

    def __init__(self) -> None:
        self.held = False
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: work(*args, **more)))
        if not self.held:
            self.release()
        return future

    def __len__(self) -> int:
        return len(self._waiting)

    def release(self) -> None:
        """Do everything that waits."""
        while self._waiting:
            future, work = self._waiting.popleft()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as fault:
                    future.set_exception(fault)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing runs here."""


class HeldKeeper(MemoryStore):
    """A keeper whose writing waits while `hand.held`, and whose next saves end as they are told to.

    `after` is raised once everything was saved: the answer of the database is lost on its way.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hand, self.reading = Hand(), Hand()
        self.before: deque[BaseException] = deque()
        self.after: deque[BaseException] = deque()
        self.saves: list[list[Entry]] = []
        self.loads = self.processes = self.asked = 0
        self.away: BaseException | None = None
        self.others = False

    @property
    def shared(self) -> bool:
        """Whether a test has several processes over it."""
        return self.others

    @property
    def writer(self) -> Executor:
        """The hand."""
        return self.hand

    @property
    def reader(self) -> Executor:
        """The other hand."""
        return self.reading

    def load(self, board_id: str, *, entries: int = 2000) -> Loaded | None:
        """Count, and load."""
        self.loads += 1
        if self.away is not None:
            raise self.away
        return super().load(board_id, entries=entries)

    def news(self, board_id: str, seq: int, *, most: int = 2000) -> News | None:
        """The news, unless it is away."""
        if self.away is not None:
            raise self.away
        return super().news(board_id, seq, most=most)

    def heads(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Count, and answer unless it is away."""
        self.asked += 1
        if self.away is not None:
            raise self.away
        return super().heads(ids)

    def save(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None = None, epoch: str = ""
    ) -> None:
        """Fail as told, or save and note down what was saved together."""
        if self.before:
            raise self.before.popleft()
        super().save(board_id, before=before, entries=entries, code_hash=code_hash, epoch=epoch)
        self.saves.append(list(entries))
        if self.after:
            raise self.after.popleft()

    def loses_the_answer(self) -> None:
        """The next save is kept, and nobody hears of it."""
        self.after.append(OutcomeUnknown())


class Line:
    """Writes down everything that one tab was told, and the code with which it was closed."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.code: int | None = None

    def tell(self, text: str, own: str = "") -> None:
        """Nobody is told anything after they were sent away."""
        assert self.code is None
        self.texts.append(with_own(text, own))

    def close(self, code: int) -> None:
        """Sent away."""
        self.code = self.code or code

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was told, read."""
        return [json.loads(text) for text in self.texts]

    @property
    def frames(self) -> list[dict[str, Any]]:
        """The frames alone."""
        return [message for message in self.messages if "seq" in message]

    @property
    def refreshed(self) -> bool:
        """Was the page told to come for a new one?"""
        return {"refresh": True} in self.messages

    def forget(self) -> None:
        """Begin to write anew."""
        self.texts.clear()
