"""The page's own scripts make of every message what the simulator's pages make of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.rig.replay import replaying
from tests.browser.rig.server import Rig
from tests.realtime.recording import recorded

pytestmark = pytest.mark.browser


def test_pages_in_chromium_live_as_they_do_in_the_simulator(rig: Rig, context: BrowserContext) -> None:
    replay = replaying(context.new_page(), rig.url)
    with ThreadPoolExecutor(1) as apart:
        for seed in range(3):
            sheets = apart.submit(recorded, seed, 80, 1 + seed % 3).result()
            assert replay(sheets) == []
