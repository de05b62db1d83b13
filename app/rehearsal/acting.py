"""What one simulated participant does next: thinks, types, writes, edits, reacts, comments, votes, raises a hand."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from random import Random
from typing import Any

from app.rehearsal.company import Plan, Simulated, Temper, rude_lines
from app.rehearsal.script import Line, script
from app.rehearsal.visit import Visit

LONGEST_THOUGHT = 25.0
# Of what somebody does, so much is writing; the rest is answering what others wrote.
WRITES = 0.6
KEYS_PER_SECOND = 9
EMOJI = ("♥", "♥", "♥", "👏", "👏", "💡", "❓")
TOO_FAST = 75
NEXT = "next"
WRITING = ("messages", "city", "billboard")


def kind_of(steps: Sequence[Mapping[str, Any]], step: str) -> str:
    """Which of the script's kinds fits a step of this agenda; "" where nothing is written."""
    here = next((each for each in steps if each["id"] == step), None)
    if here is None or not here["write"]:
        return ""
    if here["kind"] in ("roadmap", "headline"):
        return "next" if here["kind"] == "roadmap" else "headline"
    writing = [each["id"] for each in steps if each["kind"] == "write"]
    return WRITING[writing.index(step) % len(WRITING)] if step in writing else WRITING[0]


class Actor:
    """One participant's head: what they have written and voted already. Chance decides, the same for the same seed."""

    def __init__(self, who: Simulated, plan: Plan, visit: Visit) -> None:
        self._who, self._visit = who, visit
        self._chance = Random(f"{plan.seed}/{who.number}")  # noqa: S311
        self._pause = plan.people * 60 / plan.notes_per_minute
        self._thought = min(LONGEST_THOUGHT, WRITES * self._pause)
        self._left: dict[str, list[Line]] = {kind: list(lines) for kind, lines in who.notes.items()}
        if who.temper is Temper.RUDE:
            self._left = {kind: list(rude_lines(who.language)) + lines for kind, lines in self._left.items()}
        self._hurried = who.temper is Temper.HURRIED
        self._eager = 1.0 if who.temper is Temper.RUDE else self._thought / self._pause
        self._voted: set[str] = set()
        self._typed = 0.0

    async def act(self) -> None:
        """Look, do one thing, and think; for ever. Not everybody begins at once."""
        await self._think(self._chance.uniform(0.0, self._thought))
        while not self._visit.over:
            board = await self._visit.look()
            if board is not None and board["me"]["state"] == "here":
                await self._one_thing(board)
            await self._think(self._chance.uniform(0.4, 1.6) * self._thought - self._typed)

    async def _think(self, seconds: float) -> None:
        """Whoever sees that something new began is quicker; whoever typed for long has thought meanwhile."""
        self._typed = 0.0
        with suppress(TimeoutError):
            await asyncio.wait_for(self._visit.stirred.wait(), max(0.01, seconds))
            self._visit.stirred.clear()
            await asyncio.sleep(self._chance.uniform(0.1, 0.5) * min(8.0, self._thought))

    async def _one_thing(self, board: Mapping[str, Any]) -> None:
        ballot = next((each for each in board["ballots"] if self._may_vote(each)), None)
        kind = kind_of(board["steps"], board["step"])
        if ballot is not None:
            await self._vote(ballot, board)
        elif kind and self._left[kind] and self._chance.random() < self._eager:
            line = self._left[kind].pop(0)
            await (self._agree(line) if kind == NEXT else self._write(line, board))
        elif board["notes"] and self._chance.random() < 0.7:
            await self._respond(self._chance.choice(board["notes"]))
        elif self._chance.random() < 0.05:
            await self._visit.ask("hand", up=True)
            await asyncio.sleep(self._thought / 2)
            await self._visit.ask("hand", up=False)

    def _may_vote(self, ballot: Mapping[str, Any]) -> bool:
        return ballot["state"] == "open" and ballot["id"] not in self._voted

    async def _write(self, line: Line, board: Mapping[str, Any]) -> None:
        await self._type(line.text)
        if kind_of(board["steps"], board["step"]) == "headline":
            await self._visit.ask("headline.add", text=line.text, language=line.language)
            return
        attribution = self._chance.choices(("place", "anonymous", "unpublished"), weights=(85, 10, 5))[0]
        said = await self._visit.ask(
            "note.add", step=board["step"], text=line.text, attribution=attribution, language=line.language
        )
        if said is None:
            return
        note = said["made"]["note"]
        if self._hurried:
            await self._hurry(note)
        turn = self._chance.random()
        if turn < 0.15 and not line.rude and (corrected := _corrected(line.text)):
            await asyncio.sleep(self._thought / 4)
            await self._visit.ask("note.edit", note=note, text=corrected, base=said["seq"])
        elif turn < 0.19 and not line.rude:
            await self._visit.ask("note.delete", note=note)

    async def _agree(self, line: Line) -> None:
        await self._type(line.text)
        await self._visit.ask("action.add", text=line.text, owner=self._who.home.name)

    async def _type(self, text: str) -> None:
        self._typed = min(len(text) / KEYS_PER_SECOND, 0.8 * self._thought)
        await asyncio.sleep(self._typed)

    async def _hurry(self, note: str) -> None:
        """Somebody whose finger is stuck on the mouse: most of it changes nothing, and the end of it is refused."""
        self._hurried = False
        asks = [self._visit.ask("note.react", counted=not at, note=note, emoji="♥") for at in range(TOO_FAST)]
        await asyncio.gather(*asks)

    async def _respond(self, note: Mapping[str, Any]) -> None:
        if self._chance.random() < 0.12:
            text = self._chance.choice(script(self._who.language).comments)
            await self._type(text)
            await self._visit.ask("note.comment", note=note["id"], text=text)
        else:
            await self._visit.ask("note.react", note=note["id"], emoji=self._chance.choice(EMOJI))

    async def _vote(self, ballot: Mapping[str, Any], board: Mapping[str, Any]) -> None:
        """Some place one dot too many first; some take everything back and vote anew; most say that they are done."""
        self._voted.add(ballot["id"])
        dots = board["me"]["dots_left"].get(ballot["id"], 0)
        liked = self._chance.sample(ballot["candidates"], k=min(dots, len(ballot["candidates"])))
        if not liked:
            return
        if self._chance.random() < 0.1:
            await self._cast(ballot, {liked[0]: dots + 1})
        choices = dict.fromkeys(liked, 1)
        if len(liked) > 1 and self._chance.random() < 0.3:
            choices = {liked[0]: 2, **dict.fromkeys(liked[2:], 1)}
        await self._cast(ballot, choices)
        if self._chance.random() < 0.15:
            await self._visit.ask("ballot.retract", ballot=ballot["id"])
            await asyncio.sleep(self._thought / 4)
            await self._cast(ballot, {liked[-1]: 1})
        if self._chance.random() < 0.7:
            await self._visit.ask("ballot.done", ballot=ballot["id"])

    async def _cast(self, ballot: Mapping[str, Any], choices: Mapping[str, int]) -> None:
        await self._visit.ask("ballot.cast", ballot=ballot["id"], choices=choices)


def _corrected(text: str) -> str:
    """A second look at what one has written: the full stop comes, or goes. Nothing where there is none to think of."""
    if text.endswith("."):
        return text[:-1]
    return f"{text}." if text[-1].isalpha() else ""
