"""What is looked for on every page: nothing that axe, the console or the policy complains about, nothing cut off."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route

from tests.browser.hour.guests import Guest

PHONE, DESK, WALL = (390, 844), (1440, 900), (1920, 1080)
NARROWEST = (320, 640)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES: Mapping[str, Any] = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
COLOURS: Mapping[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
UNTRANSLATED = """() => {
  const theirs = "[dir=auto], bdi, time, abbr, output, code, .brand, .join-code, .link-text, .screen-address, svg, "
    + "script, style, template, noscript, textarea, title, [data-filter-place], [role=option]";
  const names = /^(XX|xx|Markdown|CSV|JSON)$/;
  const page = document.documentElement.lang, found = new Set();
  const said = (text) => text.replace(/⟦[^⟦⟧]*⟧/g, "").replace(/⟦[^⟦⟧]*⟧/g, "");
  const judge = (element, text) => {
    const foreign = element.closest("[lang]");
    if (!text || names.test(text) || element.closest(theirs) || (foreign && foreign.lang !== page)) return;
    if (/\\p{L}{2,}/u.test(said(text))) found.add(text.trim().slice(0, 80));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) judge(walker.currentNode.parentElement, walker.currentNode.data.trim());
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    if (element.closest("time, abbr, .code")) continue;
    for (const name of ["aria-label", "title", "placeholder"]) judge(element, element.getAttribute(name) ?? "");
  }
  return [...found];
}"""
SEEN_ABOVE = (
    "() => [...document.querySelectorAll('h1')].filter((h1) => h1.checkVisibility({ visibilityProperty: true })).length"
)
BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const past = (element) => {
    const box = element.getBoundingClientRect();
    return box.right > wide + 1 || box.left < -1;
  };
  return [`${document.documentElement.scrollWidth} > ${wide}`,
    ...[...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && past(e)).slice(0, 5)
      .map((e) => `${e.tagName}.${e.className}#${e.id}`)];
}"""

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


@contextmanager
def opened(context: BrowserContext, url: str, look: Look) -> Iterator[tuple[Page, Watch]]:
    """The page as that person sees it, connected where it is a live one."""
    context.clear_cookies()
    if look.who:
        context.add_cookies(look.who.cookies)
    page, watch = context.new_page(), Watch()
    page.on("console", watch.hears)
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    width, height = look.size
    page.set_viewport_size({"width": width, "height": height})
    try:
        _goes(page, url, look)
        if page.locator("#board[data-live]").count():
            page.wait_for_selector("html[data-link=online]", state="attached")
        look.act(page)
        yield page, watch
    finally:
        page.close()


def _goes(page: Page, url: str, look: Look) -> None:
    address, form = f"{url}{look.path}", look.form
    if form is None:
        page.goto(address, wait_until="load")
        return

    def posts(route: Route) -> None:
        headers = {**route.request.headers, "content-type": "application/x-www-form-urlencoded", "origin": url}
        route.continue_(method="POST", post_data=urlencode(form), headers=headers)

    page.route(address, posts, times=1)
    page.goto(address, wait_until="load")


def complaints_of_axe(page: Page, rules: Mapping[str, Any] = RULES) -> list[str]:
    """Every violation of WCAG 2.2 A and AA that axe finds, with the element that it found it on."""
    # What fades in is judged once it is there.
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})))")
    found = Axe().run(page, options=dict(rules)).response["violations"]
    nodes = [(rule["id"], node) for rule in found for node in rule["nodes"]]
    return [f"{rule}: {node['html'][:160]} {_why(node)}" for rule, node in nodes if not _is_ours(rule, node)]


def _is_ours(rule: str, node: Mapping[str, Any]) -> bool:
    """The mirrored language has a name that no registry knows."""
    return rule == "valid-lang" and 'lang="xx"' in node["html"]


def _why(node: Mapping[str, Any]) -> str:
    return "; ".join(each["message"] for each in (*node["any"], *node["all"]))[:240]


def cut_off(page: Page, size: tuple[int, int]) -> list[str]:
    """What reaches past the side of a window of that size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found: list[str] = page.evaluate(BEYOND)
    return [f"at {size[0]}: {each}" for each in found]


def untranslated(page: Page) -> list[str]:
    """Words of ours that did not go through gettext: in the mirrored language they stand without brackets."""
    found: list[str] = page.evaluate(UNTRANSLATED)
    return found
