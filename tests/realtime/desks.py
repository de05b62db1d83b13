"""A headline that people write together, at one process or at two that hear each other."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.board.agenda import AgendaAdd, AgendaGo
from app.board.headlines import HeadlineAdd, HeadlineEdit
from app.board.records import Version
from tests.held import HeldKeeper
from tests.realtime.between import Between
from tests.realtime.pages import Page
from tests.realtime.stage import Stage


class Desk:
    """A headline that everybody may write, and the pages that do."""

    def __init__(self, stage):
        self.stage, self.headline = stage, ""

    async def opens(self, text="Une ville qui respire"):
        step = (await self.stage.does("ada", AgendaAdd(kind="headline", title={"en": "Headlines"}, minutes=9))).made[
            "step"
        ]
        await self.stage.does("ada", AgendaGo(step=step))
        self.headline = await self.adds(text)
        return self

    async def adds(self, text):
        return (await self.stage.does("ada", HeadlineAdd(text=text, language="fr"))).made["headline"]

    def page(self, person, *, language="fr", doc=None):
        page = Page(self.stage.room, person, self.headline, language, doc=doc)
        if page.code is None:
            page.syncs()
        return page

    @property
    def version(self):
        return self.stage.board.get(Version, f"{self.headline}.fr")

    @property
    def kept(self):
        return self.version.text

    async def edits(self, who, text):
        command = HeadlineEdit(headline=self.headline, language="fr", text=text, base=self.version.text_seq)
        return await self.stage.does(who, command)

    @property
    def entries(self):
        return [each for each in self.stage.room.history.newest(999) if each.what == "headline.cowrite"]


@asynccontextmanager
async def two_desks(keeper: HeldKeeper) -> AsyncIterator[tuple[Between, Desk, Desk]]:
    """The same headline on two processes."""
    between, stages = Between(), [Stage(keeper), Stage(keeper)]
    for stage, name in zip(stages, ("one", "two"), strict=True):
        stage.neighbours = between.process(name)
    stages[0].opens()
    one = await Desk(stages[0]).opens()
    stages[1].opens()
    two = Desk(stages[1])
    two.headline = one.headline
    for stage in stages:
        stage.neighbours.listen(_looks(stage))
    yield between, one, two
    for stage in stages:
        await stage.closes()


def _looks(stage: Stage) -> Callable[..., None]:
    def hear(board, kind, process, said):
        stage.room.pens.overhear(kind, process, said)
        if kind == "head":
            stage.room.look()

    return hear
