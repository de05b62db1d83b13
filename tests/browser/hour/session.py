"""Everybody who takes part in the whole hour, with what they say in it, from its first minute to what is taken home."""

from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.browser.hour.house import House
from tests.browser.hour.people import Facilitator, Participant, Somebody

DOORS = "A city hall whose doors open outwards"
STREET = "Le climat ne tient pas dans un rapport, il tient dans une rue"
OBJETIVO = "Que cada barrio escriba su propio objetivo"
COAST = "The coast road belongs to those who walk it"
RUDE = "BUY CHEAP WATCHES"
ACTION = "Coast desk gathers the photographs by March"
# A place as somebody types it, and as no file may be called.
BEACH = 'eThekwini "Beach/Front"'
# The message, in the languages in which it is written one after the other.
SAID = {
    "fr": "Chaque rue écrit le monde",
    "es": "Cada calle escribe el mundo",
    "en": "Every street writes the world",
    "ar": "كل شارع يكتب العالم",
}


@dataclass
class Hour:
    """Everybody who takes part, and the clock of the house."""

    house: House
    browser: Browser
    host: Facilitator
    dakar: Participant
    rosario: Participant
    ethekwini: Participant
    vandal: Participant
    screen: Somebody
    join: str = ""
    code: str = ""
    board: str = ""
    headline: str = ""

    @property
    def all(self) -> list[Somebody]:
        return [self.host, self.dakar, self.rosario, self.ethekwini, self.vandal, self.screen]

    def picture(self, step: str) -> None:
        """One of each person who is there."""
        for somebody in self.all:
            if somebody.page.url != "about:blank":
                somebody.takes_a_picture(step)

    def everybody_reads(self, text: str) -> None:
        for somebody in (self.host, self.dakar, self.rosario, self.screen):
            somebody.reads(text)
