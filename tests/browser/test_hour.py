"""The whole hour, from the first minute to the results, through the page alone: everybody sees what the others did."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hour import ending, taking_home
from tests.browser.hour.house import House, house_in
from tests.browser.hour.looking import DESK, WALL
from tests.browser.hour.people import Facilitator, Participant, Somebody, seated_at
from tests.browser.hour.session import BEACH, COAST, DOORS, OBJETIVO, RUDE, STREET, Hour

pytestmark = pytest.mark.browser


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A Flipchart on SQLite."""
    with house_in(tmp_path) as house:
        yield house


@pytest.fixture
def hour(chromium: Browser, house: House) -> Iterator[Hour]:
    """A house that is open, and six devices that have never been here."""
    hour = Hour(
        house,
        chromium,
        host=cast(Facilitator, seated_at(chromium, Facilitator, "host", language="en", size=DESK)),
        dakar=cast(Participant, seated_at(chromium, Participant, "dakar", language="fr", zone="Africa/Dakar")),
        rosario=cast(
            Participant,
            seated_at(chromium, Participant, "rosario", language="es", zone="America/Argentina/Buenos_Aires"),
        ),
        ethekwini=cast(
            Participant, seated_at(chromium, Participant, "ethekwini", language="en", zone="Africa/Johannesburg")
        ),
        vandal=cast(Participant, seated_at(chromium, Participant, "vandal", language="en")),
        screen=seated_at(chromium, Somebody, "screen", language="en", size=WALL),
    )
    yield hour
    for somebody in hour.all:
        somebody.context.close()


def test_the_whole_hour(hour: Hour) -> None:
    prepare(hour)
    welcome(hour)
    the_campaign(hour)
    common_messages(hour)
    your_city(hour)
    billboard(hour)
    ending.themes(hour)
    ending.headlines(hour)
    ending.choose(hour)
    ending.next_steps(hour)
    ending.survey(hour)
    taking_home.results(hour)
    taking_home.billboards(hour)
    taking_home.toolkit(hour)
    taking_home.report(hour)
    taking_home.in_public(hour)
    assert [each.watch.complaints for each in hour.all] == [[]] * 6


def prepare(hour: Hour) -> None:
    """The facilitator starts the board at the home page, and reads the links out of the panel."""
    host, screen = hour.host, hour.screen
    host.opens(hour.house.url)
    host.page.get_by_label("Title of the session").fill("Flip the Script, February")
    host.page.get_by_label("Your name").fill("Hall of cities")
    host.takes_a_picture("0-home")
    host.presses("Open the board")
    host.is_live()
    hour.board = host.page.url.split("?")[0]
    two_steps_more(hour)
    hour.join = host.link("To take part")
    hour.code = "".join((host.page.locator("#door .join-code").text_content() or "").split())
    screen.opens(host.link("For the screen"))
    screen.takes_a_picture("0-seat")
    screen.presses("Open the screen")
    screen.is_live()
    hour.picture("0-before")


def two_steps_more(hour: Hour) -> None:
    """Between the last notes and the vote, the facilitator wants them grouped, and put into headlines."""
    host = hour.host
    host.opens(f"{hour.board}/agenda")
    for kind, english, french, after in (
        ("group", "Themes", "Thèmes", "Billboard"),
        ("headline", "Headlines", "Messages", "Themes"),
    ):
        host.page.locator("#add-kind").select_option(kind)
        host.page.locator("#add-title-en").fill(english)
        host.page.locator("#add-title-fr").fill(french)
        host.page.locator("#add-after").select_option(label=after)
        host.presses("Add the step")
        expect(host.page.locator(".agenda-edits h2").filter(has_text=english)).to_be_visible()
    host.takes_a_picture("0-agenda")
    host.opens(hour.board)
    host.is_live()


def welcome(hour: Hour) -> None:
    """Dakar comes by the link, Rosario by the code; everybody sees who is here."""
    host, dakar, rosario, screen = hour.host, hour.dakar, hour.rosario, hour.screen
    dakar.opens(hour.join)
    dakar.takes_a_picture("1-door")
    dakar.comes_in("Quay office", "Dakar")
    dakar.is_live()
    rosario.opens(hour.house.url)
    rosario.page.fill("#code", hour.code.lower())
    rosario.presses("Join")
    rosario.comes_in("Harbour desk", "Rosario")
    rosario.is_live()
    host.presses_next("Start the session")
    screen.reads("Welcome! Who is with us today?")
    dakar.reads("Bienvenue")
    rosario.reads("¡Le damos la bienvenida!")
    for somebody in (host, dakar, screen):
        somebody.reads("Rosario")
    hour.picture("1-welcome")


def the_campaign(hour: Hour) -> None:
    """A talk: a hand, an announcement, a second host, and a clock that is stopped, prolonged and overrun."""
    host, dakar, rosario = hour.host, hour.dakar, hour.rosario
    host.moves_on()
    dakar.reads("ce que vise la campagne")
    rosario.presses("Raise your hand")
    expect(host.page.locator("#hands")).to_contain_text("Harbour desk")
    hour.picture("2-hand")
    host.page.locator("#hands").get_by_role("button", name="Lower").click()
    expect(host.page.locator("#hands")).to_be_hidden()
    host.unfolds("fold-settings")
    host.page.get_by_label("Your announcement to everybody").fill("The slides are in the call.")
    host.presses("Announce")
    hour.everybody_reads("The slides are in the call.")
    hour.picture("2-announcement")
    host.presses("Take the announcement away")
    dakar.does_not_read("The slides are in the call.")
    the_second_host(hour)
    the_clock(hour)


def the_second_host(hour: Hour) -> None:
    """Takes a seat by the co-facilitator's link, and can run the agenda."""
    second = cast(Facilitator, seated_at(hour.browser, Facilitator, "cohost", language="fr", size=DESK))
    second.opens(hour.host.link("To co-facilitate"))
    second.page.get_by_label(second.words.gettext("Your name")).fill("Second hall")
    second.takes_a_picture("2-seat")
    second.presses("Take the facilitator’s seat")
    second.is_live()
    expect(second.page.locator("#next-act")).to_be_visible()
    second.takes_a_picture("2-board")
    assert second.watch.complaints == []
    second.context.close()


def the_clock(hour: Hour) -> None:
    """Paused, prolonged, and past its end: the facilitator gets back on time by one press."""
    host, dakar = hour.host, hour.dakar
    host.presses("Pause the timer")
    dakar.is_told("paused")
    host.presses("Start the timer")
    for somebody in (host, dakar):
        expect(somebody.page.locator("#timer")).to_have_attribute("data-state", "running")
    end = host.page.locator("#timer").get_attribute("data-ends-at") or ""
    host.presses("+1 min")
    # A minute that is asked for and granted only after the clock has passed would be a minute from then on.
    expect(host.page.locator("#timer")).not_to_have_attribute("data-ends-at", end)
    hour.house.clock.passes(minutes=21)
    expect(host.page.locator("#replan")).to_be_visible()
    expect(host.page.locator("#timer")).to_have_attribute("data-state", "over")
    expect(dakar.page.locator("#timer")).to_have_attribute("data-state", "over")
    hour.picture("2-overrun")
    host.presses("Take it from the next steps")
    expect(host.page.locator("#replan")).to_be_hidden()
    host.takes_a_picture("2-back-on-time")


def common_messages(hour: Hour) -> None:
    """Silent writing and reveal; reactions, a pin; a latecomer; a phone that loses its line; a vandal who is hidden."""
    host, dakar, rosario, screen = hour.host, hour.dakar, hour.rosario, hour.screen
    host.moves_on()
    host.switches("In silence: nobody reads the notes of others until you reveal them")
    expect(dakar.page.locator("#now")).to_have_attribute("data-silent", "true")
    host.is_told("People write in silence")
    dakar.posts(STREET)
    dakar.is_told("The others will see it later")
    expect(rosario.page.locator("[id^=count-]:visible")).to_contain_text("1 idea")
    rosario.never_got(STREET)
    screen.never_got(STREET)
    hour.picture("3-silence")
    host.presses_next("Reveal the notes")
    hour.everybody_reads(STREET)
    rosario.reacts_to(STREET)
    expect(host.note(STREET).locator("[data-react]").first).to_have_text("1")
    host.in_menu(STREET, "Pin")
    expect(dakar.note(STREET)).to_have_attribute("data-pinned", "")
    a_line_is_lost(hour)
    somebody_comes_late(hour)
    a_vandal_is_hidden(hour)
    hour.picture("3-messages")


def a_line_is_lost(hour: Hour) -> None:
    """What Rosario writes without a line is shown as unsent, kept, and sent once."""
    rosario, host = hour.rosario, hour.host
    rosario.context.set_offline(True)
    rosario.posts(OBJETIVO)
    rosario.is_told("Not sent yet")
    rosario.takes_a_picture("3-offline")
    host.never_got(OBJETIVO)
    rosario.context.set_offline(False)
    for somebody in (host, hour.dakar, rosario):
        somebody.sees_note(OBJETIVO)
    expect(rosario.page.locator("#unsent")).to_be_hidden()


def somebody_comes_late(hour: Hour) -> None:
    """eThekwini sees where the session is, and what was said."""
    late = hour.ethekwini
    late.opens(hour.join)
    late.comes_in("Coast desk", BEACH, listed=False)
    late.is_live()
    late.reads("What is happening now")
    late.reads("Which common messages would flip the script?")
    late.sees_note(STREET)
    late.takes_a_picture("3-late")
    late.posts(COAST)
    hour.everybody_reads(COAST)


def a_vandal_is_hidden(hour: Hour) -> None:
    """A rude note is hidden, its author quieted without a name."""
    host, vandal = hour.host, hour.vandal
    vandal.opens(hour.join)
    vandal.comes_in("Nobody", "Paris")
    vandal.is_live()
    vandal.posts(RUDE)
    hour.everybody_reads(RUDE)
    hour.dakar.takes_a_picture("3-vandal")
    host.in_menu(RUDE, "Hide")
    hour.dakar.does_not_read(RUDE)
    hour.screen.does_not_read(RUDE)
    hour.dakar.never_got(RUDE)
    vandal.posts(RUDE + " AGAIN")
    hour.everybody_reads(RUDE + " AGAIN")
    host.in_menu(RUDE + " AGAIN", "Mute its author")
    vandal.posts("Third time")
    vandal.is_told("You cannot write for now; you can still read and vote. Please ask a facilitator.")
    expect(vandal.page.locator("#composer-text")).to_have_value("Third time")


def your_city(hour: Hour) -> None:
    """Approve first: one note is published, one returned with a reason and sent again; the vandal is removed."""
    host, dakar, rosario = hour.host, hour.dakar, hour.rosario
    host.moves_on()
    dakar.reads("Comment votre ville peut-elle tirer le meilleur parti")
    host.switches("A facilitator reads each note before it shows")
    expect(dakar.page.locator("#now")).to_have_attribute("data-approve", "true")
    dakar.posts("Des marchés où l’on vote avec ses pieds")
    dakar.is_told("A facilitator will read it first")
    rosario.never_got("marchés")
    host.page.locator(".queued").filter(has_text="marchés").get_by_role("button", name="Publish").click()
    hour.everybody_reads("Des marchés où l’on vote avec ses pieds")
    a_note_is_returned(hour)
    the_vandal_goes(hour)
    hour.picture("4-city")


def a_note_is_returned(hour: Hour) -> None:
    """Rosario reads the reason in Spanish, writes anew, and everybody reads that."""
    host, rosario = hour.host, hour.rosario
    rosario.posts("El puerto")
    queued = host.page.locator(".queued").filter(has_text="El puerto")
    queued.locator("[data-note-menu]").click()
    host.page.locator("#note-menu").get_by_role("button", name="Return to its author").click()
    host.page.locator("#note-return").get_by_text("To be rephrased").click()
    host.page.get_by_label("A word of your own, if you wish").fill("What of the harbour?")
    host.takes_a_picture("4-returning")
    host.presses("Return the note")
    rosario.is_told("The facilitators ask you to put this in other words.")
    rosario.reads("What of the harbour?")
    rosario.takes_a_picture("4-returned")
    rosario.page.get_by_label(rosario.words.gettext("Your new wording")).fill("El puerto abre sus rejas")
    rosario.presses("Send it again")
    again = host.page.locator(".queued").filter(has_text="El puerto abre sus rejas")
    again.get_by_role("button", name="Publish").click()
    hour.everybody_reads("El puerto abre sus rejas")


def the_vandal_goes(hour: Hour) -> None:
    """Removed with hiding all they wrote, undone once from the log, and removed again."""
    host, vandal, dakar = hour.host, hour.vandal, hour.dakar
    board = host.page.url.split("?")[0]
    host.opens(f"{board}/people")
    row = host.page.locator("tr").filter(has_text="Nobody")
    host.takes_a_picture("4-people")
    row.get_by_role("button", name="Remove and hide all notes").click()
    expect(row).to_contain_text("Removed")
    vandal.is_told("You no longer have a seat here")
    vandal.takes_a_picture("4-removed")
    host.opens(f"{board}/log")
    host.takes_a_picture("4-log")
    with host.page.expect_response("**/commands") as undone:
        host.page.locator(".log li").first.get_by_role("button", name="Undo").click()
    assert undone.value.ok
    vandal.opens(board)
    vandal.is_live()
    host.opens(f"{board}/people")
    row.get_by_role("button", name="Remove and hide all notes").click()
    expect(row).to_contain_text("Removed")
    host.opens(board)
    host.is_live()
    dakar.does_not_read(RUDE)


def billboard(hour: Hour) -> None:
    """Own notes are edited, deleted, restored; a spotlight; the board as a participant; panic and back."""
    host, dakar, rosario, screen = hour.host, hour.dakar, hour.rosario, hour.screen
    host.moves_on()
    screen.reads("Imagine a campaign billboard in your city: what does it say?")
    dakar.posts("Ici, la rue décide")
    rosario.sees_note("Ici, la rue décide")
    dakar.in_menu("Ici, la rue décide", "Edit")
    dakar.page.fill("#note-edit textarea", "Ici, chaque rue décide")
    dakar.presses("Save")
    rosario.sees_note("Ici, chaque rue décide")
    hour.ethekwini.posts(DOORS)
    rosario.sees_note(DOORS)
    dakar.in_menu("Ici, chaque rue décide", "Delete")
    rosario.does_not_read("Ici, chaque rue décide")
    dakar.page.locator("#own-gone summary").click()
    dakar.presses("Restore")
    rosario.sees_note("Ici, chaque rue décide")
    host.in_menu(DOORS, "Put in the spotlight")
    expect(screen.page.locator("#spotlight")).to_contain_text(DOORS)
    expect(dakar.page.locator("#spotlight")).to_contain_text(DOORS)
    hour.picture("5-spotlight")
    host.unfolds("fold-settings")
    host.presses("End the spotlight")
    expect(screen.page.locator("#spotlight")).to_be_hidden()
    host.page.locator("#run").get_by_role("button", name="Panic: hide all notes").click()
    for somebody in (dakar, rosario, screen):
        somebody.is_told("One moment, please")
        somebody.never_got(DOORS)
    hour.picture("5-panic")
    host.presses("Show the notes again")
    hour.everybody_reads(DOORS)
    host.page.get_by_role("link", name="See as a participant").click()
    host.is_told("You see the board as a participant sees it.")
    host.sees_note(DOORS)
    host.takes_a_picture("5-as-participant")
    host.page.get_by_role("link", name="Back to facilitation").click()
    host.is_live()
    hour.picture("5-billboard")
