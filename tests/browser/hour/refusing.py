"""How each refusal is met through a form that the page really has, and where its sentence has to stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import leaves

LANGUAGE = "fr"
IDEA = "Une mairie dont les portes s’ouvrent vers la rue"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Where the sentence has to stand (`slot`), and which field (`kept`) still holds which text."""

    slot: str
    kept: str = ""
    text: str = IDEA
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Scene:
    """A board in its first writing step, somebody from Dakar, and a window that hears of nothing after it is opened."""

    house: House
    context: BrowserContext
    board: Board = field(init=False)
    dakar: Guest = field(init=False)
    step: str = field(init=False)
    pages: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.board = start_board(self.house, language=LANGUAGE)
        self.step = self.board.goes_to("write")
        self.dakar = self.board.guest("Bureau du quai", "Dakar")

    def window(self, who: Guest | None, path: str = "") -> Page:
        """The page as it is now: no frame tells it what changes later, as on a line that lags."""
        self.context.clear_cookies()
        if who:
            self.context.add_cookies(who.cookies)
        page = next((each for each in self.context.pages if each not in self.pages), None) or self.context.new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{self.house.url}{path or f'/b/{self.board.id}'}")
        self.pages.append(page)
        return page

    def close(self) -> None:
        """Its windows are as if nobody had looked through them."""
        for page in self.pages:
            leaves(page)


def posts(page: Page, text: str = IDEA) -> Beside:
    """Writes in the composer and sends it."""
    page.fill("#composer-text", text)
    page.press("#composer-text", "Enter")
    return Beside(slot="#composer-refusal", kept="#composer-text", text=text)


def too_long(scene: Scene) -> Beside:
    beside = posts(scene.window(scene.dakar), "W" * 281)
    return Beside(slot=beside.slot, kept=beside.kept, text=beside.text, facts={"max": 280})


def too_big(scene: Scene) -> Beside:
    return posts(scene.window(scene.dakar), "mot après mot " * 10_000)


def empty(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    page.click("#me summary")
    page.click("#me [data-open='#about-me']")
    page.fill("#my-name", "   ")
    page.click("#rename button[type=submit]")
    return Beside(slot="#rename [data-refusal]", kept="#my-name", text="   ", facts={"field": "name"})


def not_now(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("step.settings", step=scene.step, write=False)
    return posts(page)


def locked(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("board.lock", on=True)
    return posts(page)


def closed(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("board.close")
    return posts(page)


def muted(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("person.mute", person=scene.dakar.person, on=True)
    return posts(page)


def removed(scene: Scene) -> Beside:
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("person.remove", person=scene.dakar.person)
    return posts(page)


def changed_since(scene: Scene) -> Beside:
    note = scene.dakar.writes("Avant", step=scene.step)
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("note.edit", note=note, text="Entre-temps", base=10_000)
    page.click(f"#note-{note} [data-note-menu]")
    page.click("#note-menu [data-open='#note-edit']")
    page.fill("#note-edit-text", IDEA)
    page.click("#note-edit button[type=submit]")
    return Beside(slot="#note-edit-form [data-refusal]", kept="#note-edit-text", facts={"text": "Entre-temps"})


def only_facilitators(scene: Scene) -> Beside:
    second = scene.board.by_link("cohost")
    person = second.sees()["me"]["person"]
    page = scene.window(second)
    scene.board.facilitator.asks("person.demote", person=person)
    page.click("#fold-settings summary")
    page.fill("#announce-text", IDEA)
    page.click("#announce button[type=submit]")
    return Beside(slot="#announce-refusal", kept="#announce-text")


def _vote(scene: Scene, **more: Any) -> str:
    notes = [scene.dakar.writes(f"Idée {number}", step=scene.step) for number in range(4)]
    scene.board.goes_to("vote")
    return scene.board.ballot(*notes, **more)


def ballot_closed(scene: Scene) -> Beside:
    ballot = _vote(scene)
    page = scene.window(scene.dakar)
    scene.board.facilitator.asks("ballot.close", ballot=ballot)
    page.locator("[data-plus]").first.click()
    return Beside(slot=f"#cast-{ballot} [data-refusal]")


def _votes_for_others(scene: Scene, place: str, *, dots: str, choices: int = 1, **more: Any) -> tuple[Page, str]:
    ballot = _vote(scene, **more)
    if more.get("one_per") == "place":
        scene.dakar.asks("ballot.done", ballot=ballot)
    page = scene.window(scene.board.facilitator)
    page.click(f"#proxy-{ballot} summary")
    page.fill(f"#proxy-place-{ballot}", place)
    for number in range(choices):
        page.locator(f"#proxy-{ballot} [name^=choices]").nth(number).fill(dots)
    page.click(f"#proxy-{ballot} button[type=submit]")
    return page, ballot


def too_many_on_one(scene: Scene) -> Beside:
    _, ballot = _votes_for_others(scene, "Mendoza", dots="3", per_candidate=2)
    return Beside(
        slot=f"#proxy-{ballot} [data-refusal]", kept=f"#proxy-place-{ballot}", text="Mendoza", facts={"max": 2}
    )


def no_dots_left(scene: Scene) -> Beside:
    _, ballot = _votes_for_others(scene, "Mendoza", dots="1", choices=4, per_candidate=1)
    return Beside(
        slot=f"#proxy-{ballot} [data-refusal]", kept=f"#proxy-place-{ballot}", text="Mendoza", facts={"dots": 3}
    )


def not_yours(scene: Scene) -> Beside:
    _, ballot = _votes_for_others(scene, "Dakar", dots="1", one_per="place")
    return Beside(slot=f"#proxy-{ballot} [data-refusal]", kept=f"#proxy-place-{ballot}", text="Dakar")


def invalid(scene: Scene) -> Beside:
    scene.dakar.writes("Seule", step=scene.step)
    scene.board.goes_to("vote")
    page = scene.window(scene.board.facilitator)
    page.click("#next-act [data-open='#ballot-open']")
    page.fill("#open-title", IDEA)
    page.evaluate("document.querySelectorAll('#ballot-open :checked[name=candidates]').forEach((box) => box.click())")
    page.click("#ballot-open button[type=submit]")
    return Beside(slot="#ballot-open-form [data-refusal]", kept="#open-title", facts={"field": "candidates"})


def _agenda_too_long(page: Page, form: str) -> None:
    page.fill(f"{form} [name='title.fr']", "W" * 121)
    page.click(f"{form} button[type=submit]")


def too_long_in_the_agenda(scene: Scene) -> Beside:
    page = scene.window(scene.board.facilitator, f"/b/{scene.board.id}/agenda")
    first = f"#edit-{scene.step}"
    page.click(f"{first} details.fold > summary")
    _agenda_too_long(page, f"{first} details form")
    slot, kept = f"{first} form:has([name='title.fr']) [data-refusal]", f"{first} [name='title.fr']"
    return Beside(slot=slot, kept=kept, text="W" * 121, facts={"max": 120})


def not_undoable_any_more(scene: Scene) -> Beside:
    scene.board.facilitator.asks("board.rename", title="Un")
    page = scene.window(scene.board.facilitator, f"/b/{scene.board.id}/log")
    scene.board.facilitator.asks("board.rename", title="Deux")
    page.locator(".log li form button").first.click()
    return Beside(slot="#toasts")


def unknown(scene: Scene) -> Beside:
    gone = scene.board.step("survey")
    page = scene.window(scene.board.facilitator)
    scene.board.facilitator.asks("agenda.remove", step=gone)
    page.click(f"#run [name=step][value='{gone}']")
    return Beside(slot="#toasts", facts={"what": "step"})


def read_only(scene: Scene) -> Beside:
    note = scene.dakar.writes(IDEA, step=scene.step)
    page = scene.window(scene.board.by_link("observer"))
    page.locator(f"#note-{note} [data-react]").first.click()
    return Beside(slot="#toasts")


def unknown_code(scene: Scene) -> Beside:
    page = scene.window(None, "/")
    page.fill("#code", "AAAAAA")
    page.press("#code", "Enter")
    return Beside(slot=".code-form", kept="#code", text="AAAAAA")


def _at_the_door(scene: Scene) -> Page:
    page = scene.window(None, "/" + scene.board.links["join_url"].split("/", 3)[3])
    page.fill("#name", "Bureau du quai")
    page.fill("#place", "Dakar")
    return page


def _goes_in(page: Page) -> None:
    page.click("main form[method=post] button[type=submit]")


def door_closed(scene: Scene) -> Beside:
    page = _at_the_door(scene)
    scene.board.facilitator.asks("door.set", open="closed")
    _goes_in(page)
    return Beside(slot="main", kept="#name", text="Bureau du quai")


def stale_link(scene: Scene) -> Beside:
    page = _at_the_door(scene)
    scene.board.facilitator.asks("door.rotate", role="join")
    _goes_in(page)
    return Beside(slot="main")


Case = Callable[[Scene], Beside]
CASES: Mapping[str, Case] = {
    case.__name__.replace("_", "-"): case
    for case in (
        too_long, too_big, empty, not_now, locked, closed, muted, removed, changed_since, only_facilitators,
        ballot_closed, too_many_on_one, no_dots_left, not_yours, invalid, unknown, read_only, unknown_code,
        door_closed, stale_link,
    )
}  # fmt: skip
