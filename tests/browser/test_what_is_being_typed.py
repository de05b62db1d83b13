"""Focus, caret, typed words and what is open survive every change of the page around them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tests.browser.rig.drawn import gone, keyed, morphed, note, now
from tests.browser.rig.server import Rig, until

pytestmark = pytest.mark.browser

REPLY = (
    "<details><summary>Reply</summary><p>{0}</p></details>"
    '<input id="reply-n1" aria-label="reply"><textarea>{0}</textarea>'
)
TOP = "document.getElementById('note-n59').getBoundingClientRect().top"
WITHOUT = "for (const each of [Element, Document, DocumentFragment]) delete each.prototype.moveBefore"
FOCUS = "document.activeElement.id || document.activeElement.getAttribute('aria-label')"


def test_a_note_drawn_again_keeps_caret_words_and_open_details(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1", "first", inside=REPLY.format("old"))))
    page.click("#note-n1 summary")
    page.fill("#reply-n1", "half a sentence")
    page.fill("#note-n1 textarea", "typed")
    page.focus("#reply-n1")
    page.evaluate("document.activeElement.setSelectionRange(5, 7)")
    rig.frame(keyed("n1", note("n1", "second", inside=REPLY.format("new"))))
    expect(page.locator("#note-n1 .note-text")).to_have_text("second")
    expect(page.locator("#note-n1 details p")).to_be_visible()
    expect(page.locator("#note-n1 details p")).to_have_text("new")
    assert page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]") == [
        "half a sentence",
        5,
    ]
    assert page.input_value("#note-n1 textarea") == "typed"


@pytest.mark.parametrize("has_move_before", [True, False])
def test_a_note_that_moves_keeps_the_focus(page: Page, rig: Rig, has_move_before: bool) -> None:
    if not has_move_before:
        page.evaluate(WITHOUT)
    rig.frame(keyed("n1", note("n1", inside='<input id="in-n1">')) + keyed("n2", note("n2")))
    page.fill("#in-n1", "typed")
    page.evaluate("document.activeElement.setSelectionRange(2, 2)")
    rig.frame(keyed("n1", note("n1", "moved", key="9n1", inside='<input id="in-n1">')))
    expect(page.locator("#wall-s1 > :last-child .note-text")).to_have_text("moved")
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["in-n1", 2]
    assert page.input_value("#in-n1") == "typed"


def test_a_focused_note_that_goes_hands_the_focus_to_its_neighbour(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1")) + keyed("n2", note("n2")))
    page.focus("[aria-label='more n1']")
    rig.frame(gone("note-n1"))
    expect(page.locator("#note-n1")).to_have_count(0)
    assert page.evaluate(FOCUS) == "note-n2"


def test_a_page_fetched_anew_keeps_the_composer_the_dialog_and_the_place(page: Page, rig: Rig) -> None:
    rig.draw["notes"] = [{"step": "s1", "html": note(f"n{n}", f"idea {n}", key=f"1{n:04d}")} for n in range(60)]
    rig.draw["mine"] = "n59"
    rig.send({"refresh": True})
    expect(page.locator("#note-n59")).to_be_attached()
    page.fill("#composer textarea", "being written")
    page.click("[aria-label='more n59']")
    page.click("#note-menu button:has-text('Edit')")
    page.fill("#note-edit textarea", "being edited")
    page.evaluate("document.activeElement.setSelectionRange(3, 3)")
    before = page.evaluate(TOP)
    rig.draw["notes"].pop(3)
    rig.draw["here"] = "2 here"
    rig.send({"refresh": True})
    expect(page.locator("#here")).to_have_text("2 here")
    assert page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]") == ["being edited", 3]
    assert page.input_value("#edit-form [name=note]") == "n59"
    assert page.input_value("#composer textarea") == "being written"
    assert page.evaluate("document.querySelector('#note-edit').matches(':modal')")
    assert abs(page.evaluate(TOP) - before) < 2
    expect(page.locator("#note-n59")).to_have_class("note is-mine")


def test_a_form_drawn_again_keeps_what_is_typed_until_it_is_saved(page: Page, rig: Rig) -> None:
    def drawn(title: str) -> str:
        return (
            '<form id="rename" method="post" action="/b/x/commands" data-ask><input type="hidden" name="id" value="x">'
            '<input type="hidden" name="do" value="board.rename">'
            f'<label>Title <input name="title" value="{title}"></label>'
            "<p data-refusal></p><button>Rename</button></form>"
        )

    page.fill("#rename [name=title]", "Mine")
    page.focus("#composer textarea")
    rig.frame(morphed("rename", drawn("Theirs")))
    rig.frame(morphed("here", '<p id="here">2 here</p>'))
    expect(page.locator("#here")).to_have_text("2 here")
    assert page.input_value("#rename [name=title]") == "Mine"
    page.click("#rename button")
    until(lambda: rig.commands)
    expect(page.locator("#rename[data-local-busy]")).to_have_count(0)
    page.focus("#composer textarea")
    rig.frame(morphed("rename", drawn("Later")))
    expect(page.locator("#rename [name=title]")).to_have_value("Later")


def test_words_begun_for_a_step_stay_with_it(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "for the first")
    rig.frame(now("s2"))
    expect(page.locator("#section-s2")).to_be_visible()
    expect(page.locator("[data-composer-step]")).to_have_text("For: Step s1")
    page.press("#composer textarea", "Enter")
    until(lambda: rig.commands)
    assert (rig.commands[0]["step"], rig.commands[0]["text"]) == ("s1", "for the first")
    expect(page.locator("[data-composer-step]")).to_be_hidden()
    page.fill("#composer textarea", "for the second")
    page.press("#composer textarea", "Enter")
    until(lambda: len(rig.commands) == 2)
    assert rig.commands[1]["step"] == "s2"


def test_a_note_that_comes_with_the_wall_of_another_step_is_there_once(page: Page, rig: Rig) -> None:
    moved = note("n1", "moved", inside='<input id="reply-n1" aria-label="reply">')
    rig.frame(keyed("n1", moved))
    page.fill("#reply-n1", "half a sentence")
    wall = page.evaluate("document.getElementById('wall-s2').cloneNode(false).outerHTML").partition("</")[0]
    rig.frame(morphed("wall-s2", f"{wall}{moved}</div>") + keyed("n1", note("n1", "and drawn again"), into="wall-s2"))
    expect(page.locator("#wall-s2 [id=note-n1] .note-text")).to_have_text("and drawn again")
    expect(page.locator("[id=note-n1]")).to_have_count(1)


def test_a_draft_survives_a_reload(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "not yet posted")
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value("not yet posted")


def test_two_tabs_have_a_draft_each_and_a_new_one_takes_what_was_left_until_it_is_posted(page: Page, rig: Rig) -> None:
    other = opened(page.context.new_page(), rig)
    page.fill("#composer textarea", "of the first tab")
    other.fill("#composer textarea", "of the second")
    other.press("#composer textarea", "Enter")
    until(lambda: len(rig.commands) == 1)
    other.reload()
    expect(other.locator("#composer textarea")).to_have_value("")
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value("of the first tab")
    page.fill("#composer textarea", "of the first tab, longer")
    page.close()
    new = opened(other.context.new_page(), rig)
    expect(new.locator("#composer textarea")).to_have_value("of the first tab, longer")
    newer = opened(other.context.new_page(), rig)
    expect(newer.locator("#composer textarea")).to_have_value("of the first tab, longer")
    new.press("#composer textarea", "Enter")
    expect(newer.locator("#composer textarea")).to_have_value("")


DRAGS = """() => {
  const told = (document.told = { heard: 0, drops: [] }), board = document.getElementById("board");
  board.addEventListener("htmx:ws:before:message:incoming", () => { told.heard += 1; }, true);
  addEventListener("flipchart:drop", () => told.drops.push(told.heard));
  dispatchEvent(new CustomEvent("flipchart:dragging", { detail: { is: true } }));
}"""


def test_a_dragging_is_ended_by_what_takes_notes_off_this_page_alone(page: Page, rig: Rig) -> None:
    rig.frame("".join(keyed(id_, note(id_)) for id_ in ("n1", "n2")))
    page.wait_for_selector("#note-n2")
    for taken, content in (
        ("n1", gone("note-n1")),
        ("n2", morphed("wall-s1", '<div id="wall-s1" class="wall"></div>')),
    ):
        page.evaluate(DRAGS)
        rig.frame(keyed("n3", note("n3", "new")))
        rig.frame(gone("note-of-somebody") + gone("grouped-note-of-somebody"))
        rig.frame(content)
        expect(page.locator(f"#note-{taken}")).to_have_count(0)
        assert page.evaluate("document.told.drops") == [3], "and not by the one before"


def test_a_closed_composer_says_why_and_keeps_its_words(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "kept")
    rig.frame(now("s1", locked="true"))
    expect(page.locator("[data-composer-why]")).to_have_text("Locked")
    expect(page.locator("#composer button")).to_be_disabled()
    rig.frame(now("s1"))
    expect(page.locator("#composer button")).to_be_enabled()
    expect(page.locator("#composer textarea")).to_have_value("kept")
