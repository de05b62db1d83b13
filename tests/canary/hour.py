"""An hour in which every state of a note holds words of its own, and every byte that each client receives is kept."""

import io
import itertools
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog

from app import log
from app.realtime import telling
from tests.canary import aftermath
from tests.canary.words import canary, name_of
from tests.web.visiting import Place, Session, Visitor, running
from web import waiting

# The words of each note, of each person and of each reason are found nowhere else: xqz-<state>-zqx.
STATES = (
    "shown",
    "silent",
    "waiting",
    "returned",
    "reason",
    "cue",
    "hidden",
    "withdrawn",
    "erased",
    "unpublished",
    "anonymous",
    "reworded",
    "removed",
    "taken",
    "blanked",
    "silenced",
    # What is said to a note, or says it in another language, by what became of it.
    "comment",
    "unsigned-comment",
    "hidden-comment",
    "deleted-comment",
    "comment-on-unpublished",
    "comment-on-taken",
    "comment-on-silenced",
    "translation",
    "translation-of-unpublished",
    "translation-of-taken",
)


@dataclass
class Evidence:
    """Every byte that each client received, by (audience, channel), and what the server wrote down."""

    # So many megabytes that writing them down for a test that is named takes seconds.
    received: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list), repr=False)
    logged: str = ""
    persons: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)

    def text(self, audience: str, channel: str) -> str:
        """All of it as one text."""
        return "\n".join(self.received[audience, channel])

    def channels(self, words: str) -> set[tuple[str, str]]:
        """Where the words stand: (audience, channel)."""
        return {at for at, texts in self.received.items() if any(words in text for text in texts)}


@contextmanager
def written_down() -> Iterator[io.StringIO]:
    """What the server writes into its log meanwhile."""
    root, out = logging.getLogger(), io.StringIO()
    kept = root.handlers[:], root.level
    log.configure("json", stream=out)
    yield out
    root.handlers[:], root.level = kept
    structlog.reset_defaults()


@asynccontextmanager
async def an_hour(data: Path, *, blank: bool = False, whole: bool = True) -> AsyncIterator[Evidence]:
    """The evidence of one hour; with `blank`, of one whose board is blank; if not `whole`, of its notes alone.

    What is not whole is a control: it is caught by what comes of itself, so nobody asks there for what is refused.
    """
    # Whoever comes back here missed the whole hour: told so much, a page would rather be fetched anew.
    with written_down() as out, pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "MOST_MISSED", 1 << 30)
        patch.setattr(waiting, "MOST_WAITING", 1 << 30)
        async with running(data) as place, AsyncExitStack() as open_:
            hour = Hour(place, await place.board(name=name_of("facilitator")), open_)
            hour.whole, hour.blank = whole and not blank, blank
            await hour.everybody_comes()
            await (hour.blanked() if blank else hour.notes_are_written())
            await hour.everything_is_asked_for()
            if not blank:
                await hour.the_unnamed_author_is_muted()
            hour.evidence.logged = out.getvalue()
            yield hour.evidence


class Hour:
    """Who is there, what they do, and what they receive."""

    def __init__(self, place: Place, session: Session, open_: AsyncExitStack) -> None:
        self.place, self.session, self._open = place, session, open_
        self.evidence, self.people = Evidence(), dict[str, Visitor]()
        self._sockets: dict[str, Any] = {}
        self._ids = itertools.count(1)
        self.seq = 0
        self.theme, self.began = "", 0
        self.whole, self.blank = True, False
        self.grouping, self.headline = "", ""
        self.out_of_sight: list[str] = []

    # Coming

    async def everybody_comes(self) -> None:
        """One of each audience, each with an open page; nothing has been written yet."""
        self.people["facilitator"] = self.session.facilitator
        for who in ("author", "masked", "participant", "removed"):
            self.people[who] = await self.session.participant(name_of(who), f"City of {who}")
        self.people["observer"] = await self.session.seated("observer")
        self.people["screen"] = await self.session.seated("screen")
        await self.session.runs("door.set", open="waiting")
        # Every note of the hour is drawn a second time, where it is grouped.
        added = await self.session.runs("agenda.add", kind="group", title={"en": "Grouping"}, minutes=5)
        self.grouping = added["made"]["step"]
        theme = await self.session.runs("theme.add", step=self.grouping, title="Everything")
        self.theme, self.began = theme["made"]["theme"], theme["seq"]
        self.people["waiting"] = self.place.visitor()
        await self.people["waiting"].joins(self.session.link("join"), name_of("waiting"), "City of waiting")
        self.people["stranger"] = self.place.visitor()
        self.evidence.persons = {who: visitor.person for who, visitor in self.people.items()}
        for who in self.people:
            await self._follows(who)
        await self.does("facilitator", "person.remove", person=self.people["removed"].person)

    async def _follows(self, who: str, query: str = "") -> None:
        socket = await self._open.enter_async_context(
            self.people[who].follows(self.session.id, self._query(who, f"{query}since=0&epoch={await self._epoch()}"))
        )
        self._sockets[who] = socket

    def _query(self, who: str, query: str) -> str:
        return f"screen=1&{query}" if who == "screen" else query

    async def _epoch(self) -> str:
        return str((await self.people["facilitator"].board(self.session.id))["epoch"])

    async def does(self, who: str, do: str, **fields: Any) -> dict[str, Any]:
        """Somebody asks, and it is accepted."""
        self.place.ticks.passes(60)
        answer = await self.people[who].asks(self.session.id, do, **fields)
        assert answer.status_code == 200, (do, answer.text)
        self.seq = int(answer.json()["seq"])
        return dict(answer.json())

    # Writing

    async def writes(self, state: str, who: str = "author", words: str = "", **fields: Any) -> str:
        """A note with the words of its state; answers its id."""
        made = await self.does(who, "note.add", text=canary(words or state), **fields)
        self.evidence.notes[state] = made["made"]["note"]
        return str(made["made"]["note"])

    async def says(self, state: str, note: str, who: str = "author", **fields: Any) -> str:
        """A comment with the words of its state on a note; answers its id."""
        made = await self.does(who, "note.comment", note=self.evidence.notes[note], text=canary(state), **fields)
        self.evidence.comments[state] = made["made"]["comment"]
        return str(made["made"]["comment"])

    async def _added_to(self, note: str) -> None:
        """A comment on that note, and a translation of it."""
        await self.says(f"comment-on-{note}" if note != "shown" else "comment", note)
        text = canary(f"translation-of-{note}" if note != "shown" else "translation")
        await self.does("author", "note.translate", note=self.evidence.notes[note], language="en", text=text)

    async def notes_are_written(self) -> None:
        """Each note comes to its state without having been in a more open one."""
        first, second, third = [step["id"] for step in self.session.steps if step["kind"] == "write"]
        await self.does("facilitator", "step.cue", step=second, text=canary("cue"), base=self.seq)
        await self.does("facilitator", "agenda.go", step=first)
        await self.writes("shown", step=first, language="fr")
        await self.writes("unpublished", step=first, attribution="unpublished", language="fr")
        await self.writes("anonymous", "masked", step=first, attribution="anonymous")
        await self._added_to("shown")
        await self._added_to("unpublished")
        await self.says("unsigned-comment", "shown", "masked", attribution="anonymous")
        hidden, gone = [await self.says(f"{state}-comment", "shown") for state in ("hidden", "deleted")]
        await self.does("facilitator", "comment.hide", comment=hidden)
        await self.does("author", "comment.delete", comment=gone)
        if self.whole:
            await aftermath.comes_of_it(self, first)
        await self._shown_everywhere(first)
        await self._held_back(second)
        await self._reworded(second)
        await self.does("facilitator", "agenda.go", step=third)
        await self.writes("silenced", step=third)
        await self.says("comment-on-silenced", "silenced")
        await self.does("facilitator", "step.settings", step=third, silent=True)
        await self.writes("silent", step=third)
        await self._removed_step()
        await self.does("facilitator", "agenda.go", step=second)
        await self.does("facilitator", "note.hide", note=self.evidence.notes["taken"])
        notes = [self.evidence.notes[state] for state in ("shown", "unpublished", "anonymous", "silenced", "silent")]
        await self.does("facilitator", "notes.move", notes=notes, theme=self.theme)

    async def _shown_everywhere(self, step: str) -> None:
        """On the wall, liked, pinned, in the spotlight, on an open ballot and a counted one; hidden in the end."""
        taken = await self.writes("taken", step=step, language="fr")
        await self.does("participant", "note.react", note=taken, emoji="♥", on=True)
        await self._added_to("taken")
        await self.does("facilitator", "note.pin", note=taken)
        candidates = [f"note:{self.evidence.notes['shown']}", f"note:{taken}"]
        counted = await self._voted_on(candidates)
        await self.does("facilitator", "ballot.close", ballot=counted)
        await self._voted_on(candidates)
        await self.does("facilitator", "spotlight", part=candidates[1])

    async def _voted_on(self, candidates: list[str]) -> str:
        opened = await self.does("facilitator", "ballot.open", title="", candidates=candidates, sealed=False)
        ballot = str(opened["made"]["ballot"])
        await self.does("participant", "ballot.cast", ballot=ballot, choices={candidates[1]: 1})
        return ballot

    async def _held_back(self, step: str) -> None:
        await self.does("facilitator", "step.settings", step=step, approve_first=True)
        await self.does("facilitator", "agenda.go", step=step)
        await self.writes("waiting", step=step)
        returned = await self.writes("returned", step=step)
        await self.does("facilitator", "note.return", note=returned, reason="other", text=canary("reason"))
        hidden, withdrawn, erased = [await self.writes(s, step=step) for s in ("hidden", "withdrawn", "erased")]
        await self.does("facilitator", "note.hide", note=hidden)
        await self.does("author", "note.delete", note=withdrawn)
        await self.does("facilitator", "note.delete", note=erased)

    async def _reworded(self, step: str) -> None:
        """Words that were taken back before anybody but facilitators read them."""
        note = await self.writes("reworded", step=step)
        await self.does("facilitator", "note.edit", note=note, text="quite other words", base=self.seq)
        await self.does("facilitator", "note.approve", note=note)

    async def _removed_step(self) -> None:
        added = await self.does("facilitator", "agenda.add", kind="write", title={"en": "Gone"}, minutes=1)
        gone = added["made"]["step"]
        await self.does("facilitator", "step.settings", step=gone, approve_first=True)
        await self.does("facilitator", "agenda.go", step=gone)
        await self.writes("removed", step=gone)
        await self.does("facilitator", "agenda.go", step=self.session.steps[0]["id"])
        await self.does("facilitator", "agenda.remove", step=gone)

    async def blanked(self) -> None:
        """Panic: what is written now is on nobody's wall."""
        step = self.session.step("write")
        await self.does("facilitator", "agenda.go", step=step)
        await self.does("facilitator", "board.blank", on=True)
        await self.writes("blanked", step=step)

    async def the_unnamed_author_is_muted(self) -> None:
        """By way of the note alone; what hosts read of people before and after is kept."""
        await self._people("before the mute")
        await self.does("facilitator", "note.mute_author", note=self.evidence.notes["anonymous"])
        await self._frames("facilitator", as_="facilitator after the mute")
        await self._people("after the mute")
        answer = await self.people["masked"].asks(
            self.session.id, "note.add", step=self.session.step("write"), text="a word"
        )
        assert answer.json()["refused"] == "muted"

    async def _people(self, when: str) -> None:
        host, board = self.people["facilitator"], self.session.id
        people = (await host.board(board))["people"]
        self.evidence.received["facilitator", when].append(json.dumps(people, sort_keys=True))

    # Receiving

    async def everything_is_asked_for(self) -> None:
        """Each of them asks for everything there is; what came by their sockets is kept too."""
        for who in self.people if self.whole or self.blank else ():
            await self._refusals(who)
        for who in self.people:
            await self._frames(who)
            await self._resume(who)
            await self._pages(who)

    async def keep(self, who: str, channel: str, *paths: str, as_: str = "") -> None:
        """What they are answered there is evidence."""
        for path in paths:
            self.place.ticks.passes(60)
            answer = await self.people[who].get(path)
            assert answer.status_code < 500, path
            self.evidence.received[as_ or who, channel].append(f"{dict(answer.headers)}\n{answer.text}")

    async def _pages(self, who: str) -> None:
        board = f"/b/{self.session.id}"
        await self.keep(who, "page", board, f"{board}?language=fr", f"{board}?step={self.session.steps[2]['id']}")
        await self.keep(who, "page", f"{board}/screen")
        if who == "facilitator":
            await self.keep(who, "page", f"{board}?as=participant", as_="as participant")
        await self.keep(who, "api", f"/api/boards/{self.session.id}")
        await self.keep(who, "export", *(f"{board}/export.{form}" for form in ("json", "csv", "md")))
        if self.whole:
            await aftermath.is_asked_for(self, who)
        for channel in ("results", "people", "log", "agenda", "invitation", "print", "ready"):
            await self.keep(who, channel, f"{board}/{channel}")
        await self.keep(who, "door", "/", self.session.link("join"), self.session.link("observer"), "/join?code=ABCDEF")

    async def _frames(self, who: str, *, as_: str = "") -> None:
        """What came by the socket since it was last kept."""
        socket = self._sockets[who]
        if who in ("removed", "stranger"):
            await socket.ends()
        else:
            await socket.hears_until(self.seq)
        self.evidence.received[as_ or who, "frames"] += socket.heard
        socket.heard = []

    async def _resume(self, who: str) -> None:
        """A page comes back that has seen nothing of it all, and another one whose seq is made up."""
        for since in (str(self.began), "999999", "-1"):
            query = self._query(who, f"since={since}&epoch={await self._epoch()}")
            async with self.people[who].follows(self.session.id, query) as socket:
                if who in ("removed", "stranger"):
                    await socket.ends()
                else:
                    await socket.hears()
                self.evidence.received[who, "resume"] += socket.heard

    async def _refusals(self, who: str) -> None:
        """Commands about every note that are refused, or at least answered: as JSON, as a fragment, as a page."""
        if who == "facilitator":
            return
        for note in self.evidence.notes.values():
            for do, fields in REFUSED:
                await self._asks(who, do, {"note": note, **fields})
        for comment in self.evidence.comments.values():
            await self._asks(who, "comment.hide", {"comment": comment})
            if who not in ("author", "masked"):
                await self._asks(who, "comment.delete", {"comment": comment})
        await self._asks(who, "board.undo", {"seq": "3"})
        await self._asks(who, "ballot.open", {"title": "x", "candidates": f"note:{self._any_note}"})

    @property
    def _any_note(self) -> str:
        return next(iter(self.evidence.notes.values()))

    async def _asks(self, who: str, do: str, fields: dict[str, str]) -> None:
        self.place.ticks.passes(60)
        visitor, board = self.people[who], self.session.id
        answers = [
            await visitor.asks(board, do, **fields),
            await visitor.sends(board, {"do": do, "id": f"asking-{next(self._ids)}-html", **fields}, HX_Request="true"),
            await visitor.sends(board, {"do": do, "id": f"asking-{next(self._ids)}-page", **fields}),
        ]
        for answer in answers:
            assert answer.status_code < 500
            assert "flipchart-seq" not in answer.headers, (who, do, fields)
            self.evidence.received[who, "refusals"].append(f"{dict(answer.headers)}\n{answer.text}")


# None of these is accepted of anybody but a facilitator, the author included.
REFUSED: tuple[tuple[str, dict[str, str]], ...] = (
    ("note.edit", {"text": "new words", "base": "0"}),
    ("note.hide", {}),
    ("note.show", {}),
    ("note.approve", {}),
    ("note.return", {"reason": "other", "text": "why"}),
    ("note.pin", {}),
    ("note.move", {"step": "nowhere"}),
    ("note.react", {"emoji": "no emoji"}),
    ("note.mute_author", {}),
    ("note.comment", {"text": " "}),
    ("note.translate", {"language": "no language", "text": "more words"}),
)
