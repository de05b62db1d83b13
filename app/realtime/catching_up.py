"""How a room comes to know what other processes wrote: by their entries, or by reading the whole board afresh."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from app.board.entries import Entry
from app.board.keeping import Keeper, Loaded, News, OutcomeUnknown, Unavailable
from app.board.parts import Part
from app.realtime.known import Known

Told = Callable[[Sequence[Entry]], None]
Overtaken = Callable[[set[Part] | None], None]


class CatchingUp:
    """For one room, within its own task.

    `told` tells pages of entries that were taken in, `overtaken` that the board was read afresh: what went stale, or
    None where nobody can say. `gone` is called when there is no such board any more.
    """

    def __init__(
        self, known: Known, keeper: Keeper, *, told: Told, overtaken: Overtaken, gone: Callable[[], None]
    ) -> None:
        self._known, self._keeper = known, keeper
        self._told, self._overtaken, self._gone = told, overtaken, gone
        # What is known may not be what is kept: it is read afresh before anything is decided.
        self.sound = True
        self._asked: asyncio.Future[bool] | None = None

    def ask(self, wake: Callable[[], None]) -> "asyncio.Future[bool]":
        """Whether `look` could, once it has: the next one from now on. `wake` has the room's task `answer`."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.get_running_loop().create_future()
            wake()
        return self._asked

    async def answer(self) -> None:
        """Look, because somebody asked. Raises as `look` does."""
        asked, self._asked = self._asked, None
        could = False
        try:
            await self.look()
            could = True
        finally:
            if asked is not None and not asked.done():
                asked.set_result(could)

    def end(self) -> None:
        """Nobody looks any more."""
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(False)

    async def look(self) -> bool:
        """Take in what others wrote; whether it was anything. Raises Unavailable, and OutcomeUnknown for no board."""
        board = self._known.board
        news = await asyncio.get_running_loop().run_in_executor(
            self._keeper.reader, lambda: self._keeper.news(board.id, board.seq)
        )
        return await self.take_in(news)

    async def take_in(self, news: News | None) -> bool:
        """The same, with what was read after the board's seq."""
        if news is None:
            return self._is_gone()
        if not self._known.follows(news):
            await self.reload()
            return True
        self._known.follow(news.entries)
        if news.entries:
            self._told(news.entries)
        return bool(news.entries)

    async def reload(self) -> None:
        """Read the board afresh: too much was written, a backup was restored, or a commit's outcome is unknown."""
        was = self._known.board
        loaded = await asyncio.get_running_loop().run_in_executor(self._keeper.reader, self._load)
        if loaded is None:
            self._is_gone()
            return
        self._known.adopt(loaded)
        self.sound = True
        same = loaded.board.epoch == was.epoch
        self._overtaken(self._known.history.stale_since(loaded.board, was.seq) if same else None)

    async def recover(self) -> None:
        """Read it now, so that pages see what came of it; if that cannot be, the next asking tries again."""
        with contextlib.suppress(Unavailable, OutcomeUnknown):
            await self.reload()

    def _load(self) -> Loaded | None:
        return self._keeper.load(self._known.board.id)

    def _is_gone(self) -> bool:
        self._gone()
        raise OutcomeUnknown()
