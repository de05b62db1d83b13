"""The page of billboards: with a headline and the campaign’s looks, with words nobody reads from a car, and empty."""

from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look

HEADLINE = "Le changement global a un code postal."
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung für alle Städte und Regionen dieser Welt"


def billboards(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("headline.add", text=HEADLINE, language="fr")
    board.facilitator.asks("headline.add", text="غيّروا العالم شارعاً شارعاً", language="ar")
    board.facilitator.asks("campaign.edit", hashtag="#FlipTheScript")
    return Look(path=f"/b/{board.id}/billboards?place=Nantes", who=board.facilitator, size=DESK)


def billboards_too_long_for_a_car(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    made = board.facilitator.asks("headline.add", text=LONG, language="de")
    board.facilitator.asks("campaign.edit", hashtag="#FlipTheScript", ground="#0b6e4f", ink="#0b6e50")
    chosen = f"version={made['made']['headline']}.de&format=portrait&design=stack"
    return Look(path=f"/b/{board.id}/billboards?{chosen}", who=board.guest("Quay office", "Dakar"))


def billboards_without_a_headline(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/billboards", who=board.guest("Quay office", "Dakar"))


def billboards_in_the_spotlight(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    guests = [board.guest("Quay office", place) for place in ("Dakar", "Rosario", "Lyon")]
    made = board.facilitator.asks("headline.add", text=HEADLINE, language="fr")
    board.facilitator.asks("spotlight", part=f"headline:{made['made']['headline']}")
    return Look(path=f"/b/{board.id}", who=guests[0])


BILLBOARDS = (
    billboards,
    billboards_too_long_for_a_car,
    billboards_without_a_headline,
    billboards_in_the_spotlight,
)
