"""A board on which everything has happened once: every state of a note, every kind of ballot, every role."""

from __future__ import annotations

from typing import Any

from app.board.agenda import AgendaAdd, AgendaGo, AgendaRemove
from app.board.ballots import BallotClose, BallotOpen
from app.board.board import Board
from app.board.casting import BallotCast, BallotCastFor, BallotDone
from app.board.commenting import CommentHide, NoteComment
from app.board.founding import found
from app.board.grouped import themes
from app.board.hall import BoardAnnounce, DoorSet, Spotlight
from app.board.moderating import NoteHide, NoteLock, NotePin, NoteReturn
from app.board.moderating_people import PersonRemove
from app.board.notes import NoteAdd, NoteDelete, OnBehalf
from app.board.people import Hand
from app.board.reacting import NoteReact
from app.board.records import Headline, Note
from app.board.stepping import StepSettings
from app.board.timing import TimerStart
from app.board.translating import NoteTranslate
from tests.held import HeldKeeper, passes
from tests.markup import Page
from tests.realtime.drawn import DRAWER, html, page
from tests.realtime.stage import BOARD, NOW, Stage, Tab
from web.kept import Kept

GUESTS = {
    "ada": "facilitator",
    "cleo": "cohost",
    "lyon": "participant",
    "dakar": "participant",
    "quito": "participant",
    "olga": "observer",
}


class Scene(Stage):
    """The stage, drawn as it really is, after an eventful hour."""

    def __init__(self, keeper: HeldKeeper, *, first_pages: dict[str, str] | None = None) -> None:
        records = found(BOARD, title="Our hour", template="flip-the-script", language="en", now=NOW)
        super().__init__(keeper, Board(BOARD, epoch="spring", records=records), DRAWER)
        self.first_pages = {} if first_pages is None else first_pages
        self.ids: dict[str, str] = {}
        self.kept = Kept()

    def __getattr__(self, name: str) -> str:
        """The id of what goes by that name in this scene."""
        if found := self._grouped().get(name):
            return found
        try:
            return self.ids[name]
        except KeyError:
            raise AttributeError(name) from None

    def _grouped(self) -> dict[str, str]:
        """What examples make for themselves: the grouping step, its first theme and its last."""
        board = self.__dict__.get("room") and self.board
        steps = [step.id for step in board.steps if step.kind == "group"] if board else []
        made = themes(board, steps[0]) if board and steps else []
        named = {
            "grouping": steps[:1],
            "theme": [each.id for each in made[:1]],
            "other_theme": [each.id for each in made[1:2]],
            "drafting": [step.id for step in board.steps if step.kind == "headline"] if board else [],
            "draft": [each.id for each in board.all(Headline)] if board else [],
            "merged": [each.id for each in board.all(Note) if each.made_of] if board else [],
        }
        return {name: ids[0] for name, ids in named.items() if ids}

    async def happens(self) -> None:
        """The hour."""
        for person, role in GUESTS.items():
            await self.joins(person, role=role, place="" if role == "observer" else person.title())
        await self._agenda()
        await self._notes()
        await self._ballots()
        await self._people()
        await self.does("ada", AgendaGo(step=self.writing))
        await self.does("ada", TimerStart(seconds=300))
        await self.does("ada", BoardAnnounce(text="Ten minutes left"))
        await self.does("ada", Spotlight(part=f"note:{self.spotlit}"))
        await self.does("dakar", Hand(up=True))

    async def _agenda(self) -> None:
        names = ("welcome", "campaign", "writing", "approving", "silent", "voting", "roadmap", "survey")
        self.ids |= dict(zip(names, (step.id for step in self.board.steps), strict=True))
        await self.does("ada", StepSettings(step=self.approving, approve_first=True))
        await self.does("ada", StepSettings(step=self.silent, silent=True))
        self.ids["extra"] = await self.made("ada", AgendaAdd(kind="write", title={"en": "One more"}, minutes=3))
        self.ids["gone"] = await self.made("ada", AgendaAdd(kind="write", title={"en": "Too many"}, minutes=3))

    async def made(self, who: str, command: Any) -> str:
        """The id of what the command makes."""
        (id_,) = (await self.does(who, command)).made.values()
        return id_

    async def _writes(self, name: str, who: str, step: str, **also: Any) -> None:
        self.ids[name] = await self.made(who, NoteAdd(step=self.ids[step], text=f"The {name} note", **also))

    async def _notes(self) -> None:
        await self.does("ada", AgendaGo(step=self.writing))
        for name, who in (("shown", "lyon"), ("spotlit", "dakar"), ("pinned", "lyon"), ("host", "ada")):
            await self._writes(name, who, "writing")
        for name in ("hidden", "hidden_later", "erased", "withdrawn", "locked", "moved"):
            await self._writes(name, "lyon", "writing")
        await self._writes("anonymous", "dakar", "writing", attribution="anonymous")
        await self._writes("unpublished", "dakar", "writing", attribution="unpublished")
        await self._writes("behalf", "ada", "writing", on_behalf=OnBehalf(place="Oslo", people=12))
        await self.does("ada", NotePin(note=self.pinned))
        await self.does("ada", NoteLock(note=self.locked))
        await self.does("ada", NoteHide(note=self.hidden))
        await self.does("ada", NoteDelete(note=self.erased))
        await self.does("lyon", NoteDelete(note=self.withdrawn))
        await self.does("quito", NoteReact(note=self.shown, emoji="♥"))
        await self._added()
        await self._held_back()

    async def _added(self) -> None:
        """What others say to a note, and how it reads in other languages."""
        await self._writes("translated", "lyon", "writing")
        for language, text in (("fr", "La note traduite"), ("es", "La nota traducida")):
            await self.does("dakar", NoteTranslate(note=self.translated, language=language, text=text))
        for name, who in (("remark", "dakar"), ("unsigned", "quito"), ("concealed", "lyon"), ("hosted", "cleo")):
            how = "anonymous" if name == "unsigned" else "place"
            said = NoteComment(note=self.translated, text=f"The {name} comment", attribution=how)
            self.ids[name] = await self.made(who, said)
        await self.does("ada", CommentHide(comment=self.concealed))
        await self.does("dakar", NoteComment(note=self.hidden_later, text="On what was hidden then"))
        await self.does("ada", NoteHide(note=self.hidden_later))

    async def _held_back(self) -> None:
        await self.does("ada", AgendaGo(step=self.approving))
        await self._writes("waiting", "lyon", "approving")
        await self._writes("returned", "dakar", "approving")
        await self.does("ada", NoteReturn(note=self.returned, reason="rephrase", text="Shorter, please"))
        await self.does("ada", AgendaGo(step=self.silent))
        await self._writes("hushed", "lyon", "silent")
        await self._writes("quiet", "dakar", "silent")
        await self.does("ada", AgendaGo(step=self.gone))
        await self._writes("dropped", "lyon", "gone")
        await self.does("ada", AgendaGo(step=self.voting))
        await self.does("ada", AgendaRemove(step=self.gone))

    async def _ballots(self) -> None:
        refs = (f"note:{self.shown}", f"note:{self.spotlit}", f"note:{self.anonymous}", f"note:{self.moved}")
        closed = BallotOpen(title="The first vote", candidates=refs, dots=3, per_candidate=2, step=self.voting)
        self.ids["over"] = await self.made("ada", closed)
        await self.does("lyon", BallotCast(ballot=self.over, choices={refs[0]: 2, refs[1]: 1}))
        await self.does("quito", BallotCast(ballot=self.over, choices={refs[2]: 1}))
        await self.does("ada", BallotClose(ballot=self.over))
        named = BallotOpen(title="By name", candidates=refs, sealed=False, secrecy="named", step=self.voting)
        self.ids["named"] = await self.made("ada", named)
        await self.does("lyon", BallotCast(ballot=self.named, choices={refs[0]: 1, refs[1]: 1}))
        await self.does("quito", BallotDone(ballot=self.named))
        await self.does("ada", BallotCastFor(ballot=self.named, place="Oslo", people=3, choices={refs[1]: 2}))
        placed = BallotOpen(title="By place", candidates=refs, one_per="place", step=self.writing)
        self.ids["placed"] = await self.made("ada", placed)
        await self.does("dakar", BallotCast(ballot=self.placed, choices={refs[3]: 1}))

    async def _people(self) -> None:
        await self.joins("rex")
        await self.does("ada", PersonRemove(person="rex"))
        await self.joins("colleague", place="Dakar")
        await self.does("ada", DoorSet(open="waiting"))
        await self.joins("wanda")

    async def watches(self, *names: str) -> dict[str, Watcher]:
        """They open the page, or the few whom one test of every command can afford; what they see has settled."""
        watchers = {name: Watcher(self, name, **WATCHERS[name]) for name in names or FEW}
        await passes(2)
        for watcher in watchers.values():
            watcher.takes_in()
        return watchers


WATCHERS: dict[str, dict[str, Any]] = {
    "facilitator": {"person": "ada"},
    "author": {"person": "lyon"},
    "participant": {"person": "dakar", "language": "fr"},
    "colleague": {"person": "colleague"},
    "screen": {"person": ""},
    "waiting": {"person": "wanda"},
    "co-facilitator": {"person": "cleo", "language": "fr"},
    "as participant": {"person": "ada", "as_participant": True},
    "observer": {"person": "olga", "language": "es"},
}
FEW = tuple(WATCHERS)[:6]


class Watcher:
    """Somebody before a page that takes frames as a browser does."""

    def __init__(
        self, scene: Scene, name: str, person: str, language: str = "en", as_participant: bool = False
    ) -> None:
        self.scene, self.name, self.person, self.language = scene, name, person, language
        self.as_participant, self.fetched = as_participant, 0
        self.page = self._first_page()
        also = {"role": "screen", "generation": 1} if not person else {"as_participant": as_participant}
        self.tab = Tab(scene, person, since=scene.board.seq, language=language, **also)

    def _first_page(self) -> Any:
        known = self.scene.first_pages
        if self.name not in known:
            markup = html(self.scene.room.telling.sight, self.person, self.language, as_participant=self.as_participant)
            known[self.name] = markup or ""
        return Page.of(known[self.name]) if known[self.name] else None

    def drawn_afresh(self) -> Any:
        """The page that a GET answers now; None where it has no board."""
        sight = self.scene.room.telling.sight
        kept = self.scene.kept, self.scene.room.history
        return page(sight, self.person, self.language, as_participant=self.as_participant, kept=kept)

    def takes_in(self) -> list[str]:
        """Apply everything that was told; answers what came of each message."""
        came = []
        for text in self.tab.line.texts:
            came.append(self.page.receive(text) if self.page is not None else "apart")
            if came[-1] in ("refresh", "missing") or (self.page is None and '"refresh"' in text):
                self.page, self.fetched = self.drawn_afresh(), self.fetched + 1
        self.tab.line.forget()
        return came
