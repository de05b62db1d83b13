"""The line: frames are applied once, whole, and the page comes back by itself."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import opened
from tests.browser.rig.clock import stands_still
from tests.browser.rig.drawn import gone, keyed, morphed, note
from tests.browser.rig.server import Rig, until

BREAK = (
    "document.getElementById('board')._htmx.ws.connection.socket.dispatchEvent(new CloseEvent('close', {code: 1006}))"
)

pytestmark = pytest.mark.browser


def seq(page: Page) -> int:
    return int(page.get_attribute("#board", "data-seq") or 0)


def texts(page: Page, wall: str = "#wall-s1") -> list[str]:
    return page.locator(f"{wall} .note-text").all_text_contents()


def test_a_frame_that_comes_twice_is_applied_once(page: Page, rig: Rig) -> None:
    page.evaluate("addEventListener('flipchart:applied', () => { document.applied = (document.applied ?? 0) + 1 })")
    rig.frame(keyed("n1", note("n1", "one")), seq=2)
    rig.frame(keyed("n2", note("n2", "two")), seq=3)
    rig.frame(keyed("n1", note("n1", "stale")), seq=2)
    rig.frame(keyed("n3", note("n3", "three")), seq=4)
    expect(page.locator("#note-n3")).to_be_visible()
    assert texts(page) == ["one", "two", "three"]
    assert (seq(page), page.evaluate("document.applied")) == (4, 3)


def test_notes_stand_in_byte_order_whatever_the_order_of_arrival(page: Page, rig: Rig) -> None:
    keys = {"a": "1é", "b": "1z", "c": "1Z", "d": "0pinned", "e": "1\U0001f600", "f": "1\uff5e"}
    for id_, key in keys.items():
        rig.frame(keyed(id_, note(id_, key, key=key)))
    expect(page.locator("#note-f")).to_be_visible()
    assert texts(page) == sorted(keys.values(), key=lambda key: key.encode())


def test_a_note_that_is_pinned_moves_up(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1", "one")) + keyed("n2", note("n2", "two")))
    rig.frame(keyed("n2", note("n2", "two", key="0n2")))
    expect(page.locator("#note-n2[data-key='0n2']")).to_be_visible()
    assert texts(page) == ["two", "one"]


def test_a_container_and_what_lies_in_it_come_in_one_frame(page: Page, rig: Rig) -> None:
    section = '<section id="section-s3" data-key="3" hidden><div id="wall-s3" class="wall"></div></section>'
    rig.frame(
        f'<hx-partial hx-target="#section-s3" data-into="#steps" hx-swap="keyed">{section}</hx-partial>'
        + keyed("n9", note("n9"), "wall-s3")
        + morphed("note-n9", note("n9", "drawn again"))
    )
    expect(page.locator("#wall-s3 #note-n9 .note-text")).to_have_text("drawn again")
    assert rig.pages == 1


def test_a_missing_target_fetches_the_page_and_applies_nothing(page: Page, rig: Rig) -> None:
    rig.draw["notes"] = [{"step": "s1", "html": note("n1", "from the page")}]
    rig.draw["seq"] = 5
    rig.frame(keyed("n2", note("n2", "half a frame")) + morphed("count-s99", '<p id="count-s99">1</p>'), seq=5)
    expect(page.locator("#note-n1 .note-text")).to_have_text("from the page")
    assert (rig.pages, page.locator("#note-n2").count(), seq(page)) == (2, 0, 5)


def test_what_a_page_fetched_too_early_does_not_have_is_asked_for(page: Page, rig: Rig) -> None:
    rig.draw["seq"] = 3
    rig.send({"seq": 9, "epoch": "e1", "content": keyed("n1", note("n1"), "wall-s99")})
    until(lambda: rig.lines[-1].said)
    assert rig.lines[-1].said == [{"seen": 3}]


def test_another_epoch_and_an_order_to_refresh_fetch_the_page(page: Page, rig: Rig) -> None:
    rig.draw["epoch"] = "e2"
    rig.send({"seq": 1, "epoch": "e2", "content": ""})
    expect(page.locator("#board")).to_have_attribute("data-epoch", "e2")
    rig.send({"refresh": True})
    until(lambda: rig.pages == 3)


def test_a_removal_needs_no_target(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1")))
    expect(page.locator("#note-n1")).to_have_count(1)
    rig.frame(gone("note-n1") + gone("note-n77"))
    expect(page.locator("#note-n1")).to_have_count(0)
    assert (rig.pages, seq(page)) == (1, 3)


@pytest.mark.parametrize("code", [1000, 1006, 1011, 1012, 4777])
def test_a_broken_line_comes_back_from_where_it_was(page: Page, rig: Rig, code: int) -> None:
    rig.frame(keyed("n1", note("n1")))
    expect(page.locator("#note-n1")).to_be_visible()
    # The first try may come at once.
    page.evaluate("Math.random = () => 0")
    if code == 1006:
        page.evaluate(BREAK)
    else:
        rig.hang_up(code)
    until(lambda: len(rig.lines) == 2)
    assert (rig.lines[1].since, rig.lines[1].epoch) == (2, "e1")
    expect(page.locator("html")).to_have_attribute("data-link", "online")


def test_a_server_that_is_busy_is_left_alone_for_three_seconds(context: BrowserContext, rig: Rig) -> None:
    page = context.new_page()
    page.clock.install()
    opened(page, rig)
    rig.frame(keyed("n1", note("n1")))
    expect(page.locator("#note-n1")).to_be_visible()
    stands_still(page)
    for lines, code in enumerate((1013, 4408), 1):
        rig.hang_up(code)
        page.wait_for_selector("html:not([data-link=online])", state="attached")
        page.clock.run_for(2_900)
        assert len(rig.lines) == lines
        page.clock.run_for(2_100)
        until(lambda lines=lines: len(rig.lines) == lines + 1)
        assert (rig.lines[-1].since, rig.lines[-1].epoch) == (2, "e1")
        page.wait_for_selector("html[data-link=online]", state="attached")


TRIES = """
document.tries = 0;
window.WebSocket = class extends WebSocket { constructor(...asked) { super(...asked); document.tries += 1; } };
"""


@pytest.mark.parametrize("code", [4401, 4403, 4404])
def test_a_final_close_is_not_argued_with(context: BrowserContext, rig: Rig, code: int) -> None:
    page = context.new_page()
    page.add_init_script(TRIES)
    page.clock.install()
    opened(page, rig)
    rig.gone = True
    rig.hang_up(code)
    if code == 4403:
        expect(page).to_have_title("Door")
    else:
        expect(page.locator("#link")).to_have_text("Over")
    # A line that is lost is tried again within two seconds, and then within thirty.
    page.clock.run_for(40_000)
    assert page.evaluate("document.tries") == (0 if code == 4403 else 1)
    assert (len(rig.lines), rig.pages) == (1, 2 if code == 4403 else 1)


def test_a_lost_line_is_shown_after_two_seconds_and_not_before(context: BrowserContext, rig: Rig) -> None:
    page, shown = context.new_page(), "document.getElementById('link').textContent"
    page.clock.install()
    opened(page, rig)
    expect(page.locator("#link")).to_have_text("Connected")
    # Whoever hears this tries again after five seconds at most.
    page.evaluate("Math.random = () => 0.999")
    stands_still(page)
    rig.hang_up(1013)
    page.wait_for_selector("html:not([data-link=online])", state="attached")
    page.clock.run_for(1_990)
    assert page.evaluate(shown) == "Connected"
    page.clock.run_for(10)
    assert page.evaluate(shown) == "Connecting"
    page.clock.run_for(2_999)
    page.wait_for_selector("html[data-link=online]", state="attached")
    assert page.evaluate(shown) == "Connecting"
    page.clock.run_for(500)
    assert page.evaluate(shown) == "Connected"


def test_a_line_without_heartbeats_is_left_within_twenty_seconds(context: BrowserContext, rig: Rig) -> None:
    page = context.new_page()
    page.clock.install()
    opened(page, rig)
    page.evaluate(
        "document.heard = []; addEventListener('flipchart:link', ({ detail }) => document.heard.push(detail.state))"
    )
    page.clock.run_for(15_000)
    assert page.evaluate("document.heard") == []
    # It comes back by itself, after a random moment of at most two seconds.
    page.clock.run_for(7_000)
    until(lambda: len(rig.lines) == 2)
    assert page.evaluate("document.heard[0]") == "offline"


def test_two_heartbeats_ahead_ask_for_what_is_missing(page: Page, rig: Rig) -> None:
    rig.beat(7)
    rig.beat(7)
    until(lambda: rig.lines[-1].said)
    assert rig.lines[-1].said == [{"seen": 1}]


def test_an_answered_command_that_the_page_does_not_show_is_asked_for(page: Page, rig: Rig) -> None:
    rig.draw["seq"] = 4
    page.fill("#composer textarea", "hello")
    page.press("#composer textarea", "Enter")
    until(lambda: rig.lines[-1].said, 4)
    assert rig.lines[-1].said == [{"seen": 1}]


def test_one_note_on_a_board_of_500_is_applied_within_a_frame(page: Page, rig: Rig) -> None:
    rig.draw["notes"] = [{"step": "s1", "html": note(f"n{n}", f"idea {n}", key=f"1{n:08d}")} for n in range(500)]
    rig.send({"refresh": True})
    expect(page.locator("#note-n499")).to_be_attached()
    page.evaluate(
        """async () => {
          const { receive } = await import('/static/js/frames.js'), board = document.getElementById('board');
          document.took = (content) => { const began = performance.now();
            receive(board, {seq: Number(board.dataset.seq) + 1, epoch: board.dataset.epoch, content});
            return performance.now() - began; };
        }"""
    )
    frames = [keyed("n250", note("n250", f"version {n}", key="100000250")) for n in range(21)]
    took = [page.evaluate("html => document.took(html)", frame) for frame in frames]
    assert sorted(took)[10] < 16
