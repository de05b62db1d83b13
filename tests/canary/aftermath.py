"""What comes after the notes, each state in words of its own: merges, themes, headlines, actions and the survey."""

import io
import zipfile
from typing import TYPE_CHECKING

from tests.canary.words import canary

if TYPE_CHECKING:
    from tests.canary.hour import Hour

# In the order in which they are written. A source is what was merged into something else.
AFTERMATH = (
    "merged",
    "source",
    "unpublished-merged",
    "unpublished-source",
    "hidden-merged",
    "hidden-source",
    "theme",
    "deleted-theme",
    "headline",
    "version",
    "withdrawn-headline",
    "hidden-headline",
    "action",
    "removed-action",
    "answer",
)


async def comes_of_it(hour: "Hour", step: str) -> None:
    """Written in the step that the session is in, by whoever may."""
    await _merged(hour, step, "merged", "source", "place")
    await _merged(hour, step, "unpublished-merged", "unpublished-source", "unpublished")
    gone = await _merged(hour, step, "hidden-merged", "hidden-source", "place")
    await hour.does("facilitator", "note.hide", note=gone)
    await hour.does("facilitator", "theme.rename", theme=hour.theme, title=canary("theme"), base=hour.seq)
    deleted = await hour.does("facilitator", "theme.add", step=hour.grouping, title=canary("deleted-theme"))
    await hour.does("facilitator", "theme.delete", theme=deleted["made"]["theme"])
    await _headlines(hour)
    await hour.does("facilitator", "action.add", text=canary("action"), due="2026-12-01")
    removed = await hour.does("facilitator", "action.add", text=canary("removed-action"))
    await hour.does("facilitator", "action.remove", action=removed["made"]["action"])
    await hour.does("facilitator", "survey.open")
    for who in ("author", "masked", "participant"):
        said = canary("answer") if who == "participant" else "nothing to add"
        await hour.does(who, "survey.answer", answers={"ready1": 4, "ready6": said})
    await hour.does("facilitator", "survey.share")
    await hour.does("facilitator", "results.publish", on=True)


async def _merged(hour: "Hour", step: str, state: str, source: str, attribution: str) -> str:
    notes = []
    for text in (canary(source), f"{source} beside it"):
        made = await hour.does("author", "note.add", step=step, text=text, attribution=attribution)
        notes.append(made["made"]["note"])
    one = await hour.does("facilitator", "note.merge", notes=notes, text=canary(state))
    return str(one["made"]["note"])


async def _headlines(hour: "Hour") -> None:
    origin = [f"note:{hour.evidence.notes[state]}" for state in ("shown", "unpublished")]
    made = await hour.does("facilitator", "headline.add", text=canary("headline"), language="en", **{"from": origin})
    hour.headline = made["made"]["headline"]
    await hour.does("facilitator", "headline.edit", headline=hour.headline, language="fr", text=canary("version"))
    for state, do in (("withdrawn-headline", "headline.withdraw"), ("hidden-headline", "headline.hide")):
        made = await hour.does("facilitator", "headline.add", text=canary(state), language="en")
        await hour.does("facilitator", do, headline=made["made"]["headline"])
        hour.out_of_sight.append(made["made"]["headline"])
    await hour.does("facilitator", "headline.choose", candidate=f"headline:{hour.headline}")
    await _voted_on_by_name(hour, f"headline:{hour.headline}")


async def _voted_on_by_name(hour: "Hour", candidate: str) -> None:
    """Whoever could not carry it is named in the room."""
    opening = {"title": "", "candidates": [candidate], "secrecy": "named", "sealed": False, "method": "consent"}
    opened = await hour.does("facilitator", "ballot.open", **opening)
    ballot = opened["made"]["ballot"]
    await hour.does("participant", "ballot.cast", ballot=ballot, choices={candidate: {"carry": False}})
    await hour.does("facilitator", "ballot.close", ballot=ballot)


async def is_asked_for(hour: "Hour", who: str) -> None:
    """Every address that came with it, by that visitor; the public one by everybody, for it is passed on."""
    board = f"/b/{hour.session.id}"
    for channel in ("replay", "ideas", "billboards", "toolkit", "owners"):
        await hour.keep(who, channel, f"{board}/{channel}")
    await hour.keep(who, "roadmap", f"{board}/roadmap.ics")
    await hour.keep(who, "survey", *(f"{board}/{each}" for each in ("survey", "survey/results", "survey.csv")))
    await hour.keep(who, "alike", f"{board}/alike?step={hour.grouping}")
    for headline in (hour.headline, *hour.out_of_sight):
        for language in ("en", "fr"):
            await hour.keep(who, "billboards", f"{board}/billboards/{headline}.svg?language={language}")
    link = hour.place.house.links.path(hour.session.id, "results", 1)
    tables = ("notes", "headlines", "tallies", "survey", "places", "roadmap")
    await hour.keep(who, "public", link, f"{link}/export.md", f"{link}/export.json")
    await hour.keep(who, "public", *(f"{link}/export.csv?table={table}" for table in tables))
    await _archive(hour, who, f"{board}/toolkit.zip?form=svg&headline={hour.headline}")
    for headline in hour.out_of_sight:
        await _archive(hour, who, f"{board}/toolkit.zip?form=svg&headline={headline}")


async def _archive(hour: "Hour", who: str, path: str) -> None:
    hour.place.ticks.passes(60)
    answer = await hour.people[who].get(path)
    told = [str(dict(answer.headers))]
    if answer.headers["content-type"] == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        told += [f"{name}\n{archive.read(name).decode()}" for name in archive.namelist()]
    else:
        told.append(answer.text)
    hour.evidence.received[who, "toolkit"].append("\n".join(told))
