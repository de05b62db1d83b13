"""P27: no secret stays in the address bar once somebody is in, and none is told to any page that is asked for next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.hour.house import House, house_in
from tests.prove.browser.test_payloads import Hour
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.browser, pytest.mark.prove]

BEHIND_THE_BOARD = 8
ROLES = ("join", "cohost", "observer", "screen")
NEXT = ("", "/results", "/billboards")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A Flipchart of its own."""
    with house_in(tmp_path) as house:
        yield house


def test_promise_27_no_secret_stays_in_the_address_or_goes_out_as_a_referrer(
    house: House, chromium: Browser, promise: Promise
) -> None:
    hour, asked, bars = Hour.begins(house), [], []
    secrets = {
        role: hour.path(role).rpartition("/")[2][BEHIND_THE_BOARD:] for role in ("join", "cohost", "observer", "screen")
    }
    for role in secrets:
        context = chromium.new_context()
        context.set_default_timeout(20_000)
        requests: list[Request] = []
        context.on("request", lambda asked, kept=requests: kept.append(asked))
        page = context.new_page()
        page.goto(house.url + hour.path(role))
        if role == "join":
            page.fill("input[name=name]", "Quay office")
            page.fill("input[name=place]", "Lyon")
        page.locator("button.large.wide[type=submit]").click()
        page.wait_for_url(f"**/b/{hour.id}*" if role != "screen" else "**/screen")
        bars.append(page.url)
        for path in NEXT if role != "screen" else ():
            page.goto(f"{house.url}/b/{hour.id}{path}")
            bars.append(page.url)
        # What the door's own page asks for may know where it stands; it is asked of this server alone.
        later = [each for each in requests if each.url.startswith(f"{house.url}/b/")]
        asked += [each.all_headers().get("referer", "") for each in later] + [each.url for each in later]
        assert all(each.url.startswith((house.url, "data:", "blob:")) for each in requests)
        context.close()
    found = [role for role, secret in secrets.items() if any(secret in each for each in (*bars, *asked))]
    assert found == []
    promise(
        27,
        f"{len(secrets)} links opened in Chromium: 0 secrets in {len(bars)} addresses and {len(asked)} requests and "
        "referrers afterwards",
        control="each link was in the address bar before its button was pressed",
    )
