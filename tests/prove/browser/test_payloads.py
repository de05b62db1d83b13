"""P26: five hundred payloads in every field, before everybody's eyes in Chromium; and the names of real people."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.hour.house import House, house_in
from tests.prove.conftest import Promise
from tests.web.everywhere import Board, fill
from tests.web.payloads import FAMILIES, MARK, payloads
from tests.web.test_inert import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.prove]

HERE = "127.0.0.1"
WATCH = """
window.__told = [];
document.addEventListener('securitypolicyviolation', (event) => window.__told.push(`policy: ${event.blockedURI}`));
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => window.__told.push(name);
"""
# What a payload would have made, were it more than words.
MADE = f"""() => [...document.querySelectorAll('*')]
  .filter((each) => /^(iframe|object|embed|base|math|mglyph)$/i.test(each.tagName)
    || [...each.attributes].some(({{name, value}}) => /^on|^srcdoc$/.test(name)
      || (/^(id|name|class|for|action)$/.test(name) && value.includes('{MARK}'))))
  .map((each) => each.outerHTML.slice(0, 200))"""
LAID_OUT = """() => [...document.querySelectorAll('main')].filter((each) => !each.hidden).length === 1
  && document.documentElement.scrollWidth <= innerWidth + 1"""
PAGES = {
    "facilitator": ("", "/people", "/log", "/agenda", "/results", "/replay", "/billboards", "/survey", "/toolkit"),
    "participant": ("", "/ideas", "/results", "/replay", "/billboards"),
    "observer": ("", "/results"),
    "screen": ("/screen",),
}


@dataclass
class Seen:
    """What Chromium did that it should not have done."""

    wrong: list[str] = field(default_factory=list)
    pages: int = 0

    def watches(self, context: BrowserContext) -> None:
        """Everything that is asked for, said and thrown."""
        context.add_init_script(WATCH)
        context.on("request", lambda asked: self.asked(asked.url))
        context.on("page", self._follows)

    def asked(self, url: str) -> None:
        """Another server is foreign."""
        if not url.startswith((f"http://{HERE}:", "data:", "blob:", f"ws://{HERE}:", "file:")):
            self.wrong.append(f"asked {url}")

    def _follows(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: self.wrong.append(f"{page.url}: dialog {dialog.message}"))
        page.on("console", lambda said: self.wrong.append(said.text) if "Content Security" in said.text else None)

    def judges(self, page: Page, where: str) -> None:
        """Nothing was made of the words, and the page stands as it should."""
        self.pages += 1
        self.wrong += [f"{where}: {each}" for each in page.evaluate("window.__told") + page.evaluate(MADE)]
        if not page.evaluate(LAID_OUT):
            self.wrong.append(f"{where}: its layout is another one")


@dataclass
class Hour:
    """A board over HTTP: its facilitator, somebody who writes, and the other seats."""

    house: House
    host: httpx2.Client
    made: dict[str, Any]

    @classmethod
    def begins(cls, house: House) -> "Hour":
        """A board that has just been started."""
        host = house.visitor()
        answer = host.post(
            "/boards", json={"title": "Hour", "template": "flip-the-script", "language": "en", "name": "Hall"}
        )
        return cls(house, host, answer.json())

    @property
    def id(self) -> str:
        """The board's."""
        return str(self.made["board"])

    def path(self, role: str) -> str:
        """A link's path."""
        return "/" + self.made[f"{role}_url"].split("/", 3)[3]

    def joins(self, name: str, place: str) -> httpx2.Client:
        """Somebody comes in."""
        client = self.house.visitor()
        assert client.post(self.path("join"), json={"name": name, "place": place, "language": "en"}).status_code == 201
        return client

    def seat(self, role: str) -> httpx2.Client:
        """Whoever presses the button behind another link."""
        client = self.house.visitor()
        assert client.post(self.path(role)).status_code == 303
        return client

    def asks(self, who: httpx2.Client, do: str, fields: dict[str, Any]) -> tuple[int, dict[str, str]]:
        """Status and what was made."""
        said = json.dumps({"do": do, "id": str(uuid4()), **fields})
        answer = who.post(f"/b/{self.id}/commands", content=said, headers={"Content-Type": "application/json"})
        return answer.status_code, answer.json().get("made", {}) if answer.status_code == 200 else answer.json()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A Flipchart of its own."""
    with house_in(tmp_path) as house:
        yield house


def filled(hour: Hour, writer: httpx2.Client, said: list[str]) -> Board:
    """The board, every field of which has taken words."""

    async def asks(who: str, do: str, fields: dict[str, Any]) -> tuple[int, dict[str, str]]:
        return hour.asks(writer if who == "writer" else hour.host, do, fields)

    steps = hour.host.get(f"/api/boards/{hour.id}").json()["steps"]
    board = Board(asks, {step["kind"]: step["id"] for step in steps})
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, fill(board, said)).result()
    return board


def opened(chromium: Browser, seen: Seen, house: House, client: httpx2.Client) -> BrowserContext:
    """A browser in which that seat is taken."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    seen.watches(context)
    context.add_cookies([{"name": c.name, "value": c.value or "", "url": house.url} for c in client.cookies.jar])
    return context


def test_promise_26_five_hundred_payloads_are_words_to_everybody(
    house: House, chromium: Browser, tmp_path: Path, promise: Promise
) -> None:
    said, seen, hour = payloads(), Seen(), Hour.begins(house)
    for name in NAMES:
        hour.joins(name, name)
    writer = hour.joins(said[3][:60], said[5][:80])
    board = filled(hour, writer, said)
    seats = {
        "facilitator": hour.host,
        "participant": writer,
        "observer": hour.seat("observer"),
        "screen": hour.seat("screen"),
    }
    for role, client in seats.items():
        context = opened(chromium, seen, house, client)
        page = context.new_page()
        for path in PAGES[role]:
            page.goto(f"{house.url}/b/{hour.id}{path}", wait_until="load")
            seen.judges(page, f"{role} {path}")
            if path == "/people":
                words = page.inner_text("main")
                assert [name for name in NAMES if name not in words] == []
        if role == "participant":
            page.goto(f"{house.url}/b/{hour.id}")
            by_frames(hour, writer, page, board.steps["write"], seen)
        context.close()
    the_toolkit(hour, chromium, seen, tmp_path)
    assert seen.wrong == []
    promise(
        26,
        f"{len(said)} payloads in {len(board.took)} fields ({sum(board.took.values()):,} accepted), on "
        f"{seen.pages} pages of {len(seats)} roles and by frames, in Chromium: no script ran, no policy was broken, no "
        f"foreign address was asked, every layout held; {len(NAMES)} names of real people are as they were written",
        control=f"the same watch notices {noticed(chromium)} of 3 payloads on a page that does not escape them",
    )


def by_frames(hour: Hour, writer: httpx2.Client, page: Page, step: str, seen: Seen) -> None:
    """More of them while the page is open."""
    page.wait_for_selector("html[data-link=online]", state="attached")
    for text in FAMILIES:
        status, _ = hour.asks(writer, "note.add", {"step": step, "text": text.format(m=MARK)[:280]})
        assert status in (200, 422)
    hour.asks(writer, "note.add", {"step": step, "text": "The last of them"})
    page.get_by_text("The last of them").first.wait_for(state="attached")
    seen.judges(page, "by frames")


def the_toolkit(hour: Hour, chromium: Browser, seen: Seen, data: Path) -> None:
    """The page in the archive that people take home, opened as a file."""
    answer = hour.host.get(f"/b/{hour.id}/toolkit.zip", params={"form": "svg", "format": "square"}, timeout=120)
    assert answer.status_code == 200, answer.text[:200]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(data / "kit")
    context = chromium.new_context()
    seen.watches(context)
    page = context.new_page()
    page.goto((data / "kit" / "index.html").as_uri())
    seen.judges(page, "toolkit")
    context.close()


def noticed(chromium: Browser) -> int:
    """How many of three payloads the same watch sees on a page that puts them in as they are."""
    found = 0
    for payload in ("<script>inert000</script>", "<img src=//elsewhere.example/x>", "<b id=inert000 onclick=x>"):
        seen, context = Seen(), chromium.new_context()
        seen.watches(context)
        page = context.new_page()
        page.set_content(f"<main>{payload}</main>")
        page.evaluate("window.__told = window.__told || []")
        seen.judges(page, "control")
        found += bool(seen.wrong)
        context.close()
    return found
