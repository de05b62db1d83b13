"""What is left of a session: the whole page of results, the same in public, and where somebody's ideas went."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look
from tests.browser.hour.writing import LONG

# The ids are those of GeoNames.
CITIES = (
    ("Quay office", "Dakar", "2253354", "Notre rue d’abord, le monde ensuite", "sun"),
    ("Harbour desk", "Rosario", "3838583", "El mundo cambia calle a calle", "coral"),
    ("Old port", "Quito", "3652462", "Cada calle cuenta", "leaf"),
    ("Market hall", "Lyon", "2996944", "Le changement global a un code postal", "sky"),
    ("North gate", "Tunis", "2464470", "المدن أولاً، لأنّ الناس فيها", "lilac"),
    ("Bridge house", "Makati", "1703417", LONG, "sun"),
)
SAID = {"fr": "Le changement global a un code postal", "en": "Global change has a postcode", "ar": "للتغيير عنوان"}


def _ended(house: House, language: str) -> tuple[Board, list[Guest]]:
    """A session from its notes to its roadmap; its headline came from all of them."""
    board = start_board(house, language=language)
    step = board.goes_to("write")
    people = [board.guest(name, place, place_id=id_) for name, place, id_, _, _ in CITIES]
    notes = [guest.writes(each[3], step=step, color=each[4]) for guest, each in zip(people, CITIES, strict=True)]
    people[0].writes("Une idée sans signature", step=step, attribution="anonymous")
    people[0].writes("Une idée pour la salle", step=step, attribution="unpublished")
    for guest in people[1:]:
        guest.asks("note.react", note=notes[0], emoji="♥", on=True)
    host = board.facilitator
    made = host.asks("headline.add", text=SAID["fr"], language="fr", **{"from": [f"note:{each}" for each in notes]})
    headline = str(made["made"]["headline"])
    for tag in ("en", "ar"):
        host.asks("headline.edit", headline=headline, language=tag, text=SAID[tag], base=0)
    other = host.asks("headline.add", text="Rue par rue", language="fr", **{"from": [f"note:{notes[1]}"]})
    refs = [f"headline:{headline}", f"headline:{other['made']['headline']}"]
    board.goes_to("vote")
    opened = host.asks("ballot.open", title="", candidates=refs, dots=3, per_candidate=3, secrecy="by_place")
    for number, guest in enumerate(people[:5]):
        guest.asks("ballot.cast", ballot=opened["made"]["ballot"], choices={refs[number == 4]: 3})
    host.asks("ballot.close", ballot=opened["made"]["ballot"])
    host.asks("headline.choose", candidate=refs[0])
    host.asks("action.add", text="Adapter le kit en six langues", owner="Lyon", due="2026-12-15")
    host.asks("feedback.edit", contact="office@example.org", link="https://example.org/next")
    return board, people


def results_to_the_end(house: House, language: str) -> Look:
    board, _ = _ended(house, language)
    board.facilitator.asks("results.publish", on=True)
    return Look(path=f"/b/{board.id}/results", who=board.facilitator, size=DESK)


def results_in_public(house: House, language: str) -> Look:
    board, _ = _ended(house, language)
    board.facilitator.asks("results.publish", on=True)
    page = board.facilitator.http.get(f"{house.url}/b/{board.id}/results").text
    path = page.partition("/r/")[2].partition('"')[0]
    return Look(path=f"/r/{path}")


def my_ideas(house: House, language: str) -> Look:
    board, people = _ended(house, language)
    return Look(path=f"/b/{board.id}/ideas", who=people[0])


def my_ideas_before_any(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/ideas", who=board.guest("Quay office", "Dakar"))


def toolkit(house: House, language: str) -> Look:
    board, people = _ended(house, language)
    return Look(path=f"/b/{board.id}/toolkit", who=people[3])


def toolkit_without_a_headline(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/toolkit", who=board.guest("Quay office", "Dakar"))


def replay_half_way(house: House, language: str) -> Look:
    board, people = _ended(house, language)

    def slides(page: Page) -> None:
        page.locator("[data-replay-bar] input").fill("6")

    return Look(path=f"/b/{board.id}/replay", who=people[1], act=slides)


def replay_of_nothing(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/replay", who=board.guest("Quay office", "Dakar"))


RESULTING = (
    results_to_the_end,
    results_in_public,
    my_ideas,
    my_ideas_before_any,
    toolkit,
    toolkit_without_a_headline,
    replay_half_way,
    replay_of_nothing,
)
