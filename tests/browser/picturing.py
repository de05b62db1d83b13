"""Plays a small board, as people in twelve cities would, and takes the pictures that the README shows.

Everything goes through the public contract: doors, commands, sockets, and a real browser for the pictures.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import connect

from tests.browser.hour.guests import Guest
from tests.browser.hour.house import House, house_in

ADDRESS = "https://flipchart.example.org"
LARGEST = 200_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
HEART = "♥"
# Who comes, from where, and in which language they read.
PEOPLE = (
    ("Quay office", "Nantes", "FR", "fr"),
    ("Youth council", "Dakar", "SN", "fr"),
    ("Planning office", "Montréal", "CA", "fr"),
    ("Night school", "Tunis", "TN", "fr"),
    ("Harbour board", "Durban", "ZA", "en"),
    ("Tram depot", "Utrecht", "NL", "en"),
    ("Market hall", "Kisumu", "KE", "en"),
    ("River watch", "Makati City", "PH", "en"),
    ("Taller del barrio", "Rosario", "AR", "es"),
    ("Casa de agua", "Barcelona", "ES", "es"),
    ("Mesa de mujeres", "Medellín", "CO", "es"),
    ("Oficina del clima", "Quito", "EC", "es"),
)
# What they write: whose it is, its colour, its words, and how many hearts it gets.
NOTES = (
    (0, "sun", "Le changement global a un code postal.", 9),
    (8, "coral", "Los ODS viven en los barrios.", 3),
    (4, "sky", "From delivery partner to driver of innovation.", 2),
    (1, "leaf", "Agir ici, changer là-bas.", 6),
    (5, "lilac", "Flip the map: put the local level on top.", 4),
    (9, "sun", "Las ciudades no ejecutan: mueven el cambio.", 5),
    (2, "coral", "17 objectifs, 1 adresse : la vôtre.", 7),
    (7, "leaf", "The world changes one block at a time.", 8),
    (3, "sky", "Quand la ville écoute, le monde avance.", 3),
    (10, "lilac", "Lo que funciona en una ladera sirve en otra.", 1),
    (6, "sun", "Every market stall is a climate office.", 2),
    (11, "coral", "Nada global se sostiene sin lo local.", 4),
)
DRAFT = "Start where people wait for the bus"
# Dots by person: note and how many.
VOTES = (
    {0: 2, 7: 1}, {0: 1, 3: 2}, {6: 1, 7: 2}, {7: 1, 0: 2}, {7: 2, 6: 1}, {4: 1, 7: 2},
    {7: 1, 0: 1, 10: 1}, {0: 1, 5: 2}, {5: 2, 1: 1}, {0: 2, 5: 1}, {7: 2, 9: 1}, {0: 1, 11: 2},
)  # fmt: skip


@dataclass
class Played:
    """The board as it stands, and who came."""

    house: House
    host: Guest
    screen: Guest
    people: list[Guest]
    notes: list[str] = field(default_factory=list)

    def goes_to(self, kind: str) -> str:
        """The host goes to the first step of a kind; its id."""
        step = str(next(step["id"] for step in self.host.sees()["steps"] if step["kind"] == kind))
        self.host.asks("agenda.go", step=step)
        return step


def begun(house: House) -> Played:
    """A board to which all have come."""
    host = Guest(house)
    asked = {"title": "Flip the Script", "template": "flip-the-script", "language": "en", "name": "Hall of cities"}
    made = host.http.post("/boards", json=asked).json()
    host.board = made["board"]
    screen = Guest(house, made["board"])
    screen.http.post(path_of(made["screen_url"]))
    return Played(house, host, screen, [came(house, made, *person) for person in PEOPLE])


def came(house: House, made: dict[str, str], name: str, city: str, country: str, language: str) -> Guest:
    """Somebody who has chosen their city from the list and come in."""
    guest = Guest(house, made["board"])
    found = guest.http.get("/places", params={"q": city, "language": language}).json()
    place = next(each for each in found if each["country"] == country)
    fields = {"name": name, "place": place["name"], "place_id": place["id"], "language": language}
    answer = guest.http.post(path_of(made["join_url"]), json=fields)
    assert answer.status_code == 201, answer.text
    return guest


def path_of(link: str) -> str:
    """The path of a link."""
    return link.removeprefix(ADDRESS)


@contextmanager
def present(played: Played) -> Iterator[None]:
    """Everybody has the page open."""
    with ExitStack() as stack:
        for guest in played.people:
            cookie = "; ".join(f"{each['name']}={each['value']}" for each in guest.cookies)
            where = f"ws://127.0.0.1:{played.house.port}/b/{guest.board}/live"
            stack.enter_context(connect(where, additional_headers={"Cookie": cookie}, proxy=None))
        yield


def write(played: Played) -> None:
    """The step in which common messages are written, in the middle of it."""
    step = played.goes_to("write")
    for author, color, text, hearts in NOTES:
        writer = played.people[author]
        note = writer.writes(text, step=step, color=color, language=PEOPLE[author][3])
        played.notes.append(note)
        others = played.people[author + 1 :] + played.people[:author]
        for reader in others[:hearts]:
            reader.asks("note.react", note=note, emoji=HEART, on=True)
    played.host.asks("note.pin", note=played.notes[0], on=True)


def vote(played: Played) -> None:
    """The ballot over the notes, cast and closed."""
    played.goes_to("vote")
    candidates = [f"note:{note}" for note in played.notes]
    title = "Which message should be the headline?"
    ballot = played.host.asks("ballot.open", title=title, candidates=candidates, per_candidate=2)["made"]["ballot"]
    for guest, dots in zip(played.people, VOTES, strict=True):
        guest.casts(ballot, **{played.notes[note]: many for note, many in dots.items()})
    played.host.asks("ballot.close", ballot=ballot)


class Camera:
    """A browser, and the folder that its pictures go to."""

    def __init__(self, browser: Browser, house: House, folder: Path) -> None:
        self._browser, self._house, self._folder = browser, house, folder

    @contextmanager
    def opened(self, who: Guest, language: str, path: str, size: tuple[int, int], scale: float = 1.0) -> Iterator[Page]:
        """A page as that person sees it on a window of that size."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            locale=language,
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        context.add_cookies(who.cookies)
        page = context.new_page()
        page.goto(self._house.url + path)
        page.evaluate("document.fonts.ready")
        yield page
        context.close()

    def takes(self, page: Page, name: str) -> None:
        """A picture of what is in the window, in few colours."""
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        path = self._folder / f"{name}.png"
        for colors in (256, 128, 64):
            picture.quantize(colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
                path, optimize=True
            )
            if path.stat().st_size <= LARGEST:
                return
        raise SystemExit(f"{path} is larger than {LARGEST} bytes")


def live(page: Page) -> None:
    """The page has its line, and the window shows its beginning."""
    page.wait_for_selector("html[data-link=online]", state="attached")
    page.wait_for_timeout(1_500)


def take(played: Played, camera: Camera) -> None:
    """The four pictures."""
    board = f"/b/{played.host.board}"
    with present(played):
        write(played)
        with camera.opened(played.host, "en", board, (1440, 900)) as page:
            live(page)
            page.locator("textarea:visible, input[name=text]:visible").first.fill(DRAFT)
            camera.takes(page, "board")
        with camera.opened(played.people[1], "fr", board, (390, 844), 2.0) as page:
            live(page)
            # What is going on now is told to whoever comes; this one has read it.
            page.locator("details[open] > summary:visible").first.click()
            camera.takes(page, "phone")
        with camera.opened(played.screen, "es", f"{board}/screen", (1920, 1080), 0.75) as page:
            live(page)
            camera.takes(page, "screen")
        vote(played)
    with camera.opened(played.host, "en", f"{board}/results", (1440, 900)) as page:
        camera.takes(page, "results")


def main() -> None:
    """Plays, and takes the pictures into the folder that is named."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("bin/pictures needs Chromium, which is not installed.")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"public_url": ADDRESS}
    with tempfile.TemporaryDirectory() as data, house_in(Path(data), settings=settings) as house:
        played = begun(house)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            take(played, Camera(browser, house, folder))
            browser.close()
    for picture in sorted(folder.glob("*.png")):
        sys.stdout.write(f"{picture}  {picture.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
