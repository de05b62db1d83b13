"""Who looks at which page, on which device and in which language; and what the page says to its console meanwhile."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import ConsoleMessage, Error, Page, Route

from tests.browser.hour.guests import Guest

PHONE, DESK, WALL = (390, 844), (1440, 900), (1920, 1080)
NARROWEST = (320, 640)
UNANSWERED = re.compile(
    r"(Failed to load resource:|WebSocket connection to) .*"
    r"(status of (4\d\d|503)|net::ERR_(FAILED|INTERNET_DISCONNECTED|CONNECTION_\w+))"
)


def nothing_more(_: Page) -> None:
    """The page is looked at as it comes."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Who looks at which address, on which device, after doing what; `form` is sent there if there is one."""

    path: str
    who: Guest | None = None
    size: tuple[int, int] = PHONE
    act: Callable[[Page], None] = nothing_more
    form: Mapping[str, str] | None = None


@dataclass
class Watch:
    """What a page complained of."""

    complaints: list[str] = field(default_factory=list)

    def hears(self, message: ConsoleMessage) -> None:
        """A refusal has its status and a cut line has no answer: neither is a fault of the page."""
        if message.type == "error" and not UNANSWERED.match(message.text):
            self.complaints.append(message.text)

    def is_thrown(self, error: Error) -> None:
        """A script that fails is one."""
        self.complaints.append(str(error))


def leaves(page: Page) -> None:
    """The window is as if nobody had looked through it, but for the scripts that it has fetched.

    The page leaves by itself: sent away by its browser, the next one would need a process of its own.
    """
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate(
        "() => { for (const kept of [localStorage, sessionStorage]) kept.clear(); location = 'about:blank'; }"
    )
    page.wait_for_url("about:blank")


@contextmanager
def opened(page: Page, url: str, look: Look, language: str) -> Iterator[Watch]:
    """The page as that person sees it, read in that language, connected where it is a live one.

    The page may have been looked at before: a new window costs more than all that is looked for in it.
    """
    context, watch = page.context, Watch()
    context.clear_cookies()
    if look.who:
        context.add_cookies(look.who.cookies)
    page.on("console", watch.hears)
    page.on("pageerror", watch.is_thrown)
    width, height = look.size
    page.set_viewport_size({"width": width, "height": height})
    try:
        _goes(page, url, look, language)
        if page.locator("#board[data-live]").count():
            page.wait_for_selector("html[data-link=online]", state="attached")
        look.act(page)
        yield watch
    finally:
        page.remove_listener("console", watch.hears)
        page.remove_listener("pageerror", watch.is_thrown)
        leaves(page)


def _goes(page: Page, url: str, look: Look, language: str) -> None:
    address, form = f"{url}{look.path}{'&' if '?' in look.path else '?'}language={language}", look.form
    if form is None:
        page.goto(address, wait_until="load")
        return

    def posts(route: Route) -> None:
        headers = {**route.request.headers, "content-type": "application/x-www-form-urlencoded", "origin": url}
        route.continue_(method="POST", post_data=urlencode(form), headers=headers)

    page.route(lambda asked: asked == address, posts, times=1)
    page.goto(address, wait_until="load")
