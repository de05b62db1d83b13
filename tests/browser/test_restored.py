"""Who came in after the backup when a board is put back: told, led to the door, and nothing unsent is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hour.guests import start_board
from tests.browser.hour.house import KEY, House
from tests.browser.hour.latecomers import (
    Latecomer,
    announces_half,
    backed_up,
    finds_the_announcement_again,
    goes_on_as_the_same,
    is_offered_to_another,
    restored,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def devices(chromium: Browser) -> Iterator[list[Page]]:
    """Three that nobody has used."""
    contexts = [chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"}) for _ in range(3)]
    yield [each.new_page() for each in contexts]
    for each in contexts:
        each.close()


def test_whom_a_restored_board_does_not_know_comes_in_again_and_loses_no_words(
    flipchart: House, devices: list[Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P23: sent as the same person's, half typed where it was, and only offered to anybody else on the same device."""
    monkeypatch.setenv("FLIPCHART_DATA", str(flipchart.data))
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", KEY)
    board = start_board(flipchart)
    note = board.facilitator.writes("Before the backup", step=board.goes_to("write"))
    board.facilitator.asks("survey.open")
    backed_up(tmp_path / "backup")
    phone = Latecomer(board, devices[0], "Quay desk", "From the phone", note)
    tablet = Latecomer(board, devices[1], "Harbour desk", "From the tablet", note)
    for late in (phone, tablet):
        late.comes()
    announces_half(devices[2], board)
    restored(board, tmp_path / "backup")
    for late in (phone, tablet):
        late.is_told()
    goes_on_as_the_same(phone)
    is_offered_to_another(tablet)
    finds_the_announcement_again(devices[2], board)
