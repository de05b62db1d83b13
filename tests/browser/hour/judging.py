"""What is looked for on every page: nothing that axe complains about, no word untranslated, nothing cut off."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is found is told by its markup: a path to each element that was looked at takes a third of the time.
TOLD: Mapping[str, Any] = {"resultTypes": ["violations"], "selectors": False}
RULES: Mapping[str, Any] = {"runOnly": STANDARDS, **TOLD}
# What depends on where things stand and in which language, not on the markup.
LAYOUT = [
    "color-contrast",
    "target-size",
    "scrollable-region-focusable",
    "html-has-lang",
    "html-lang-valid",
    "valid-lang",
]
LAYOUT_RULES: Mapping[str, Any] = {"runOnly": {"type": "rule", "values": LAYOUT}, **TOLD}
COLOURS: Mapping[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **TOLD}
UNTRANSLATED = """() => {
  const theirs = "[dir=auto], bdi, time, abbr, output, code, .brand, .join-code, .link-text, .screen-address, svg, "
    + "script, style, template, noscript, textarea, title, [data-filter-place], [role=option]";
  const names = /^(XX|xx|Markdown|CSV|JSON|PDF|Word|Excel|SVG|PNG)$/;
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
JUDGE = """async ([rules, tellsNothingNew]) => {
  // What fades in is judged once it is there.
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})));
  const found = await axe.run({ exclude: [[tellsNothingNew]] }, rules);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all }) => (
    { id, html, why: [...any, ...all].map((each) => each.message).join("; ") })));
}"""
HIGHEST = 6_000
# Of two hundred notes the last ones are made as the first.
TELLS_NOTHING_NEW = ".note:nth-child(n + 30)"


def complaints_of_axe(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA that axe finds, with the element that it found it on."""
    page.evaluate(AXE_SCRIPT)
    return _judged(page, RULES)


def complaints_of_layout(page: Page, *, in_the_dark: bool = False) -> list[str]:
    """What axe finds where the same markup is laid out the other way round."""
    page.evaluate(AXE_SCRIPT)
    return _judged_in_the_dark(page, LAYOUT_RULES) if in_the_dark else _judged(page, LAYOUT_RULES)


def complaints_in_the_dark(page: Page) -> list[str]:
    """What cannot be read in dark colours. axe is on the page already."""
    return _judged_in_the_dark(page, COLOURS)


def _judged_in_the_dark(page: Page, rules: Mapping[str, Any]) -> list[str]:
    """The page is light again afterwards."""
    page.emulate_media(color_scheme="dark")
    try:
        return [f"in the dark: {each}" for each in _judged(page, rules)]
    finally:
        page.emulate_media(color_scheme="light")


@contextmanager
def unrolled(page: Page) -> Iterator[None]:
    """The page on a device so high that nothing lies under what is docked: whatever does can be scrolled from there."""
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, HIGHEST))})
    yield
    page.set_viewport_size(size)


def _judged(page: Page, rules: Mapping[str, Any]) -> list[str]:
    found = page.evaluate(JUDGE, [dict(rules), TELLS_NOTHING_NEW])
    return [f"{each['id']}: {each['html'][:160]} {each['why'][:240]}" for each in found if not _is_ours(each)]


def _is_ours(found: Mapping[str, Any]) -> bool:
    """The mirrored language has a name that no registry knows."""
    return found["id"] == "valid-lang" and 'lang="xx"' in found["html"]


def headings_above_all(page: Page) -> int:
    """How many first headings are seen; one is right."""
    return int(page.evaluate(SEEN_ABOVE))


def cut_off(page: Page, sizes: Iterable[tuple[int, int]]) -> list[str]:
    """What reaches past the side of windows of these sizes."""
    return [f"at {size[0]}: {each}" for size in sizes for each in _beyond(page, size)]


def _beyond(page: Page, size: tuple[int, int]) -> list[str]:
    wanted: ViewportSize = {"width": size[0], "height": size[1]}
    if page.viewport_size != wanted:
        page.set_viewport_size(wanted)
    found: list[str] = page.evaluate(BEYOND)
    return found


def untranslated(page: Page) -> list[str]:
    """Words of ours that did not go through gettext: in the mirrored language they stand without brackets."""
    found: list[str] = page.evaluate(UNTRANSLATED)
    return found
