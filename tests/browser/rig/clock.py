"""A page whose time passes only as its test lets it: what it shows after so long is not a matter of the machine."""

from playwright.sync_api import Page

# No page has said anything by then, and no line counts as dead.
AHEAD = 3


def stands_still(page: Page) -> None:
    """Its clock, which was installed before it was opened, passes by `page.clock.run_for` alone from now on."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1_000 + AHEAD)
