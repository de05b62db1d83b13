"""Words in every field that people write, on a board that has been through all of its steps; and where they show.

`Board` is asked by anything that can ask: a visitor in this process, or a client of a server in another.
"""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

# Who asks ("host" or "writer"), for what, with which fields; answers the status and what was made.
Asks = Callable[[str, str, dict[str, Any]], Awaitable[tuple[int, dict[str, str]]]]
ANSWERED = {200, 422}
SAID_ONCE = 8


@dataclass
class Board:
    """A board that is being filled: its steps by kind, and how many of the words each field took."""

    asks: Asks
    steps: dict[str, str]
    took: dict[str, int] = field(default_factory=dict)

    async def host(self, do: str, **fields: Any) -> dict[str, str]:
        """The facilitator asks for what is no payload, and it is accepted."""
        status, made = await self.asks("host", do, fields)
        assert status == 200, (do, fields, made)
        return made

    async def says(self, where: str, who: str, do: str, **fields: Any) -> str:
        """Somebody says something; the id of what was made, "" where it was refused."""
        status, made = await self.asks(who, do, fields)
        assert status in ANSWERED, (where, fields, status)
        self.took[where] = self.took.get(where, 0) + (status == 200)
        return next(iter(made.values()), "") if status == 200 else ""

    async def each(
        self, where: str, who: str, do: str, said: list[str], name: str = "text", **fields: Any
    ) -> list[str]:
        """The same for each of these; the ids of what was made."""
        made = [await self.says(where, who, do, **{name: text}, **fields) for text in said]
        return [id_ for id_ in made if id_]


async def fill(board: Board, said: list[str]) -> dict[str, list[str]]:
    """What can hold many words takes all of these, everything else one of them; the ids of notes and headlines."""
    one = itertools.cycle(said)
    await before(board, one)
    notes = await written(board, said)
    await grouped(board, said, notes)
    headlines = await drafted(board, said)
    await voted(board, one, notes, headlines)
    await agreed(board, said, one)
    await asked(board, one)
    await board.host("results.publish", on=True)
    await board.host("agenda.go", step=board.steps["write"])
    return {"notes": notes, "headlines": headlines}


async def before(board: Board, one: "itertools.cycle[str]") -> None:
    """The board, its agenda, a stage, cues, the campaign."""
    step = board.steps["write"]
    await board.host("agenda.go", step=step)
    await board.says("board", "host", "board.rename", title=next(one)[:120])
    await board.says("announcement", "host", "board.announce", text=next(one)[:300])
    named = {"title": {"en": next(one)[:120], "fr": next(one)[:120]}, "prompt": {"en": next(one)[:300]}}
    await board.says("step", "host", "agenda.edit", step=step, base=10**9, **named)
    await board.says("cue", "host", "step.cue", step=step, base=10**9, text=next(one)[:600])
    shown = {"title": next(one)[:120], "text": next(one), "alt": next(one)[:300]}
    await board.says("stage", "host", "stage.edit", step=step, base=10**9, **shown)
    links = f"{next(one)[:60]} https://elsewhere.example/{next(one)[:40]}"
    await board.says("stage link", "host", "stage.edit", step=step, base=10**9, **shown, links=links)
    await board.says("hashtag", "host", "campaign.edit", hashtag="#" + "".join(next(one).split())[:30])
    await board.says("colour", "host", "campaign.edit", ground=next(one), ink=next(one))


async def written(board: Board, said: list[str]) -> list[str]:
    """Notes, comments, translations, what is returned and comes again."""
    step, cut = board.steps["write"], [text[:280] for text in said]
    notes = await board.each("note", "writer", "note.add", cut, step=step)
    await board.each("comment", "writer", "note.comment", cut, note=notes[0])
    for note, text in zip(notes, cut[1:], strict=False):
        await board.says("translation", "host", "note.translate", note=note, language="fr", text=text)
    for note, text in zip(notes[1:SAID_ONCE], cut, strict=False):
        await board.says("reason", "host", "note.return", note=note, reason="other", text=text[:300])
        await board.says("resubmit", "writer", "note.resubmit", note=note, text=text)
    await board.host("spotlight", part=f"note:{notes[0]}")
    return notes


async def grouped(board: Board, said: list[str], notes: list[str]) -> None:
    """Themes, and the wording of merged notes."""
    step = (await board.host("agenda.add", kind="group", title={"en": "Group"}, minutes=5))["step"]
    await board.host("agenda.go", step=step)
    themes = await board.each("theme", "host", "theme.add", [text[:80] for text in said[:60]], "title", step=step)
    for theme, note in zip(themes, notes[2:], strict=False):
        await board.host("note.move", note=note, theme=theme)
    last = notes[-len(notes) // 3 :]
    for pair, text in zip(zip(last[::2], last[1::2], strict=False), said, strict=False):
        await board.says("merged", "host", "note.merge", notes=list(pair), text=text[:280])


async def drafted(board: Board, said: list[str]) -> list[str]:
    """Headlines, and their versions."""
    step = (await board.host("agenda.add", kind="headline", title={"en": "Draft"}, minutes=5))["step"]
    await board.host("agenda.go", step=step)
    cut = [text[:140] for text in said[:280]]
    headlines = await board.each("headline", "writer", "headline.add", cut, language="en")
    for headline, text in zip(headlines, reversed(cut), strict=False):
        await board.says("version", "host", "headline.edit", headline=headline, language="fr", text=text, base=10**9)
    return headlines


async def voted(board: Board, one: "itertools.cycle[str]", notes: list[str], headlines: list[str]) -> None:
    """A ballot by consent with its reasons, and one for whoever is not there; what was chosen."""
    refs = [f"headline:{each}" for each in headlines[:3]]
    title = next(one)[:120]
    ballot = await board.says("ballot", "host", "ballot.open", title=title, candidates=refs, method="consent")
    if ballot:
        against, why = dict.fromkeys(refs, -1), {ref: next(one)[:300] for ref in refs}
        await board.says("consent", "writer", "ballot.cast", ballot=ballot, choices=against, reasons=why)
        place = next(one)[:80]
        fields = {"ballot": ballot, "place": place, "people": 3, "choices": against, "reasons": why}
        await board.says("place of others", "host", "ballot.cast_for", **fields)
        await board.host("ballot.close", ballot=ballot)
    await board.host("headline.choose", candidate=refs[0])


async def agreed(board: Board, said: list[str], one: "itertools.cycle[str]") -> None:
    """The roadmap, and how people are reached."""
    await board.host("agenda.go", step=board.steps["roadmap"])
    for text, owner in zip(said, reversed(said), strict=True):
        await board.says("action", "host", "action.add", text=text[:280], owner=owner[:80], due="2026-12-31")
    await board.says("contact", "host", "feedback.edit", contact=next(one)[:120])
    link = "https://elsewhere.example/" + next(one)[:60]
    await board.says("link", "host", "feedback.edit", contact="office@example.org", link=link)


async def asked(board: Board, one: "itertools.cycle[str]") -> None:
    """The survey: questions, what can be answered, and what is."""
    await board.host("agenda.go", step=board.steps["survey"])
    options = [{"en": next(one)[:80]} for _ in range(4)]
    questions = [
        {"kind": "choice", "text": {"en": next(one)[:300], "fr": next(one)[:300]}, "options": options},
        {"kind": "text", "text": {"en": next(one)[:300]}},
    ]
    await board.says("survey", "host", "survey.edit", questions=questions)
    await board.host("survey.open")
    await board.host("survey.share")


TABLES = ("notes", "themes", "headlines", "ballots", "tallies", "roadmap", "survey", "places")
PAGES = (
    "", "/people", "/log", "/agenda", "/results", "/ideas", "/replay", "/survey", "/survey/results", "/invitation",
    "/print", "/ready", "/billboards", "/toolkit", "?as=participant", "?remote",
)  # fmt: skip
SHOWN = ("", "/results", "/replay", "/billboards")
FILES = (
    *("/export.json", "/export.md", "/export.docx", "/export.xlsx", "/survey.csv", "/roadmap.ics", "/owners"),
    *(f"/export.csv?table={table}" for table in TABLES),
)  # fmt: skip
