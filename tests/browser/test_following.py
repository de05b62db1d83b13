"""A roadmap agreed on by two people, and a survey that is edited, opened, answered in two languages, and counted."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened

pytestmark = pytest.mark.browser
PHOTOGRAPHS = "Envoyer les photographies"


def test_two_people_agree_and_a_survey_is_answered_in_two_languages(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en")
    host, dakar, rosario = (
        board.facilitator,
        board.guest("Quay office", "Dakar"),
        board.guest("Harbour desk", "Rosario"),
    )
    board.goes_to("roadmap")
    french, english = readers.page("fr"), readers.page("en")
    address = f"/b/{board.id}"
    with (
        opened(french, flipchart.url, Look(path=address, who=dakar), "fr"),
        opened(english, flipchart.url, Look(path=address, who=rosario, size=DESK), "en"),
    ):
        expect(english.get_by_role("heading", name="The next steps will appear here")).to_be_visible()
        french.get_by_label("Ce qui sera fait").fill(PHOTOGRAPHS)
        french.get_by_role("combobox", name="Qui").fill("Rosario")
        expect(french.locator("datalist option")).to_have_count(2)
        french.locator(".action-new input[name=due]").fill("2020-02-28")
        french.get_by_label("Ce qui sera fait").press("Enter")
        row = english.locator(".action").filter(has_text=PHOTOGRAPHS)
        expect(row).to_contain_text("days overdue")
        expect(row.locator("summary")).to_be_hidden()
        expect(french.locator(".action-new input[name=due]")).to_have_value("")
        row.get_by_role("button", name=f"Done: {PHOTOGRAPHS}").click()
        expect(french.locator(".action[data-state=done]")).to_be_visible()
        expect(french.locator(".summed")).to_contain_text("1 terminée")

        asked = host.asks("survey.open")
        french.locator(".survey-call a").click()
        french.get_by_role("group", name="Cette séance").get_by_text("4", exact=True).click()
        french.get_by_label("Que manque-t-il").fill("Du temps")
        french.reload()
        french.locator(".survey-call a").click()
        expect(french.get_by_label("Que manque-t-il")).to_have_value("Du temps")
        french.get_by_role("button", name="Envoyer mes réponses").click()
        expect(french.get_by_text("Vous avez répondu.")).to_be_visible()
        french.locator("#look-back").click()
        french.locator("#now-card > summary").click()
        expect(french.locator("#now-card")).to_have_attribute("open", "")
        board.goes_to("survey")
        # What was unfolded does not stand before what comes.
        expect(french.locator("#now-card")).not_to_have_attribute("open", "")
        english.get_by_role("group", name="How useful").get_by_text("5", exact=True).click()
        english.get_by_role("group", name="What would help").get_by_text("Examples from other cities").click()
        english.get_by_role("button", name="Send my answers").click()
        expect(english.get_by_text("You have answered.")).to_be_visible()
        french.get_by_role("group", name="Cette séance").get_by_text("3", exact=True).click()
        french.get_by_role("button", name="Envoyer mes réponses").click()
        host.asks("survey.share")
        expect(english.get_by_text("2 people have answered")).to_be_visible()
        expect(english.get_by_text("once three people have answered")).to_be_visible()
        host.asks("survey.answer", answers={"ready1": 1})
        useful = english.locator("figure.chart").first
        expect(useful).to_contain_text("3 of 5 on average")
        expect(useful.locator("svg.chart-scale rect")).to_have_count(3)
        # Words may name who wrote them: facilitators read them, nobody else.
        expect(english.locator("main")).not_to_contain_text("Du temps")
        assert "Du temps" in host.http.get(f"{flipchart.url}/b/{board.id}/survey/results").text
        assert dakar.sees()["survey"]["mine"] == {"ready1": "3", "ready6": "Du temps"}
        assert asked["seq"] > 0
        host.asks("board.close")
        expect(french.get_by_role("link", name="Voir les résultats").first).to_be_visible()


def test_the_questions_are_edited_on_a_page(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en", template="flip-the-script")
    page = readers.page("en")
    with opened(page, flipchart.url, Look(path=f"/b/{board.id}/survey", who=board.facilitator, size=DESK), "en"):
        page.locator("#question-7").get_by_role("button", name="Remove").click()
        expect(page.locator(".question-edit")).to_have_count(7)
        page.locator("#q6-text-en, #qnew-text-en").last.fill("Anything else?")
        page.locator("#qnew-kind").select_option("choice")
        page.get_by_role("button", name="Save and add the question").click()
        expect(page.locator("#survey-editor .refusal")).to_be_visible()
        expect(page.locator("#qnew-text-en")).to_have_value("Anything else?")
        page.locator("#qnew-options-en").fill("Yes\nNo")
        page.get_by_role("button", name="Save and add the question").click()
        expect(page.locator("#question-7 textarea").first).to_be_visible()
        page.locator("#question-7").get_by_role("button", name="Earlier").click()
        expect(page.locator("#question-6 #q5-text-en")).to_have_value("Anything else?")
