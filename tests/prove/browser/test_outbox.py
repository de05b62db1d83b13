"""P5: what is written in two tabs over a hostile line is accepted once, and stands in the page until then."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from playwright.sync_api import Error as Gone
from starlette.websockets import WebSocketDisconnect

from tests.browser.conftest import opened
from tests.browser.rig.server import Rig
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.browser, pytest.mark.prove]

STEPS = 300
SEED = 7
HAPPENINGS = ("writes",) * 6 + ("puts back",) * 2 + ("comes back", "comes back", "reloads", "dies", "restarts")
REFUSED = '<p class="refusal" role="alert" data-code="locked" data-field="text">Not now.</p>'
SLOWLY = '<p class="refusal" role="alert" data-code="slow-down" data-seconds="1">Slow down.</p>'
# Somebody writes, unless words stand there that came back: then those are sent once more.
WRITES = """(text) => {
  if (!document.documentElement.hasAttribute('data-scripted')) return false;
  const form = document.getElementById('composer'), field = form.querySelector('textarea');
  const came_back = field.value.trim();
  if (!came_back) {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  form.requestSubmit();
  return !came_back;
}"""
HELD = """() => [...Object.entries(localStorage).filter(([key]) => key.startsWith('flipchart:x:p1:'))
  .map(([, entry]) => new URLSearchParams(JSON.parse(entry).body).get('text')),
  document.querySelector('#composer textarea').value]"""
PUT_BACK = "() => document.querySelector('#unsent [data-state=refused] [data-put-back]')?.click()"
AGAIN = "() => void dispatchEvent(new Event('online'))"


@dataclass
class Server:
    """A server that remembers what it accepted and refused, behind a network by chance."""

    chance: Random
    ledger: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    forgets: bool = False
    kind: bool = False
    down: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def decides(self, body: str) -> tuple[int, str]:
        """Status and words. What was accepted stays so, and so does what was refused."""
        said = {name: values[0] for name, values in parse_qs(body).items()}
        id_, text = said["id"], said["text"]
        if self.forgets:
            id_ = f"{id_}/{len(self.ledger)}"
        if id_ in self.ledger:
            return 204, ""
        fate = (
            "accepted" if self.kind else self.chance.choice(("accepted",) * 6 + ("refused", "slowly", "broken", "403"))
        )
        if id_ in self.refused or fate == "refused":
            self.refused.add(id_)
            return 422, REFUSED
        if fate == "accepted":
            self.ledger[id_] = text
        return {"accepted": (204, ""), "slowly": (429, SLOWLY), "broken": (503, ""), "403": (403, "")}[fate]

    def answers(self, route: Route) -> None:
        """One delivery, as the network lets it through: not at all, once, twice, or without its answer."""
        body, fate = route.request.post_data or "", "once"
        if not self.kind:
            fate = self.chance.choice(("once", "once", "once", "twice", "never", "unanswered", "seatless"))
        if self.down:
            self.down, fate = self.down - 1, "never"
        self.met[fate] += 1
        with suppress(Gone):
            if fate == "never":
                return route.abort()
            if fate == "seatless":
                return route.fulfill(status=self.chance.choice((401, 404)), body="")
            for _ in range(2 if fate == "twice" else 1):
                status, html = self.decides(body)
            self.met[str(status)] += 1
            if fate == "unanswered":
                return route.abort()
            return route.fulfill(status=status, body=html, headers={"Flipchart-Seq": "1"}, content_type="text/html")


@dataclass
class Somebody:
    """One person with two tabs."""

    rig: Rig
    context: BrowserContext
    server: Server
    tabs: list[Page] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    # A page that left while they were put into it may have them or not.
    unclear: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def arrives(self) -> None:
        """Both tabs are opened."""
        self.context.route("**/b/x/commands", self.server.answers)
        self.tabs = [opened(self.context.new_page(), self.rig) for _ in range(2)]

    def does(self, what: str) -> None:
        """One thing, in one of the tabs."""
        self.done[what] += 1
        at = self.server.chance.randrange(2)
        tab = self.tabs[at]
        try:
            if what == "writes":
                self._writes(tab)
            elif what == "puts back":
                tab.evaluate(PUT_BACK)
            elif what == "comes back":
                tab.evaluate(AGAIN)
            elif what == "reloads":
                tab.reload()
            elif what == "restarts":
                self.server.down = 3
                self._is_cut_off()
        except Gone:
            self.done["met a page that was leaving"] += 1
        if what == "dies" and not self._came_back(tab):
            tab.close()
            self.tabs[at] = opened(self.context.new_page(), self.rig)

    def _writes(self, tab: Page) -> None:
        text = f"words {len(self.written) + len(self.unclear)}"
        try:
            if tab.evaluate(WRITES, text):
                self.written.append(text)
        except Gone:
            self.unclear.append(text)
            raise

    def _is_cut_off(self) -> None:
        if self.rig.lines[-1].is_open:
            with suppress(WebSocketDisconnect):
                self.rig.hang_up(1012)

    def _came_back(self, tab: Page) -> bool:
        return bool(_asked(tab, "() => document.querySelector('#composer textarea').value"))

    def lost(self) -> set[str]:
        """What is neither accepted nor anywhere in the page. The pages are asked first: what leaves one is accepted."""
        held: set[str] = set()
        for tab in self.tabs:
            held.update(_asked(tab, HELD))
        return {*self.written} - held - {*self.server.ledger.values()}

    def ends(self) -> None:
        """The network is kind: everything is sent, what was refused once more."""
        self.server.kind, self.server.down = True, 0
        for _ in range(60):
            for tab in self.tabs:
                _asked(tab, PUT_BACK)
                if self._came_back(tab):
                    _asked(tab, "() => document.getElementById('composer').requestSubmit()")
                _asked(tab, AGAIN)
                tab.wait_for_timeout(100)
            if not any(filter(None, (each for tab in self.tabs for each in _asked(tab, HELD)))):
                return


def _asked(tab: Page, script: str) -> Any:
    """What a page answers, which may be loading itself anew just now."""
    for _ in range(10):
        with suppress(Gone):
            tab.wait_for_selector("html[data-scripted]", state="attached")
            return tab.evaluate(script)
    raise AssertionError("the page never comes to rest")


def lived(rig: Rig, context: BrowserContext, server: Server, steps: int) -> Somebody:
    """So many things happen, and nothing is lost after any of them."""
    person = Somebody(rig, context, server)
    person.arrives()
    for _ in range(steps):
        person.does(server.chance.choice(HAPPENINGS))
        assert person.lost() == set()
    person.ends()
    return person


def test_promise_5_two_tabs_over_a_hostile_line_send_each_text_once(
    rig: Rig, context: BrowserContext, promise: Promise
) -> None:
    person = lived(rig, context, server := Server(Random(SEED)), STEPS)
    accepted = Counter(server.ledger.values())
    assert accepted - Counter(person.unclear) == Counter(person.written)
    assert min(person.done[what] for what in HAPPENINGS) > 5
    assert min(server.met.values()) > 5
    promise(
        5,
        f"{STEPS} steps of two tabs in Chromium (written in, reloaded, closed, cut off) over a line that lost"
        f" {server.met['never']} requests and {server.met['unanswered']} answers and doubled {server.met['twice']}:"
        f" each of {len(person.written)} texts was accepted exactly once, and stood in the page until then",
    )


def test_promise_5_a_server_that_forgets_ids_is_noticed(rig: Rig, context: BrowserContext, promise: Promise) -> None:
    person = lived(rig, context, server := Server(Random(SEED), forgets=True), 40)
    doubled = sum((Counter(server.ledger.values()) - Counter(person.written)).values())
    assert doubled > 0
    promise(5, "", control=f"with a server that forgets ids {doubled} of {len(person.written)} texts came twice")
