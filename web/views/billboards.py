"""What the page of billboards shows: what may be chosen, what is chosen, and where each sheet lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from app.board.asking import Refused
from app.board.audience import Base
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.checking import checked
from app.board.contrast import READABLE, contrast
from app.board.formats import reads_from_a_car
from app.board.limits import Limits
from app.board.records import Campaign, Version
from app.outcomes.billboards import COLORS, DESIGNS, FORMATS, colors_for, places_of, readable
from app.printing.coverage import uncovered
from web.catalogs import marked
from web.words import Words

DESIGN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "giant": marked("Giant letters"),
        "stack": marked("Stacked lines"),
        "split": marked("Two blocks"),
        "circle": marked("Circle"),
        "sign": marked("Street sign"),
        "strips": marked("Strips"),
        "horizon": marked("Horizon"),
        "letter": marked("Letter"),
    }
)
FORMAT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "landscape": marked("Billboard"),
        "portrait": marked("Bus stop"),
        "square": marked("Square post"),
        "story": marked("Story"),
    }
)
COLOR_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "night": marked("Night and sun"),
        "red": marked("Red and white"),
        "sun": marked("Sun and ink"),
        "green": marked("Green and white"),
        "blue": marked("Blue and white"),
        "paper": marked("Paper and red"),
        "lilac": marked("Lilac and violet"),
        "coral": marked("Coral and ink"),
    }
)

# Places whose billboards stand beside one's own.
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChoice:
    """One version that may stand on a billboard: `value` is "<headline>.<language>"."""

    value: str
    language: str
    language_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillboardsView:
    """The page of billboards. `version` is the chosen one, None where `words` are tried out or there is none.

    `missing` are letters that no font has; `faint` says that the campaign's own ink cannot be read on its ground.
    """

    at: str
    choices: tuple[tuple[VersionChoice, ...], ...]
    version: VersionChoice | None
    words: str
    text: str
    language: str
    place: str
    places: tuple[str, ...]
    design: str
    designs: tuple[tuple[str, str], ...]
    format: str
    formats: tuple[tuple[str, str], ...]
    colors: str
    palettes: tuple[tuple[str, str], ...]
    pairs: Mapping[str, tuple[str, str]]
    campaign: Campaign
    ground: str
    ink: str
    too_long: bool
    missing: str
    faint: bool

    def sheet(self, form: str = "svg", **other: str) -> str:
        """The address of the sheet as it is chosen, but for what is named otherwise."""
        chosen = {
            "place": self.place,
            "language": self.language,
            "design": self.design,
            "format": self.format,
            "colors": self.colors,
            "words": "" if self.version else self.words,
        }
        query = {name: value for name, value in (chosen | other).items() if value}
        headline = self.version.value.partition(".")[0] if self.version else "draft"
        return f"{self.at}/billboards/{headline}.{form}?{urlencode(query)}"

    def query(self, **other: str) -> str:
        """The page's own address after "?", as it is chosen, but for what is named otherwise."""
        chosen = {
            "version": self.version.value if self.version else "",
            "words": self.words,
            "place": self.place,
            "design": self.design,
            "format": self.format,
            "colors": self.colors,
        }
        return urlencode(chosen | other)

    @property
    def gallery(self) -> tuple[tuple[str, str, str], ...]:
        """Some other places, each with the address of its sheet and the page's query, each in a design of its own."""
        others = [place for place in self.places if place != self.place][:MOST_SHOWN]
        found = []
        for at, place in enumerate(others, start=1):
            there = {"place": place, "design": DESIGNS[at % len(DESIGNS)]}
            found.append((place, self.sheet(**there), self.query(**there)))
        return tuple(found)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the chosen format."""
        return FORMATS[self.format].width, FORMATS[self.format].height


def billboards_view(
    board: Board, base: Base, words: Words, asked: Mapping[str, str], *, place: str, at: str = ""
) -> BillboardsView:
    """What `asked` chooses, by names as in the address; what is not there, or makes no sense, is ours to choose.

    `at` is the beginning of the addresses of sheets, that of the board unless said.
    """
    choices = tuple(_choices(headline, written, words) for headline, written in _headlines(board, base))
    tried = _tidy(asked.get("words", ""), Limits().headline)
    version = None if tried else _chosen(choices, asked.get("version", ""), words.language)
    where = _tidy(asked.get("place", place), Limits().place)
    colors = asked.get("colors", "") if asked.get("colors", "") in COLORS else ""
    campaign, (ground, ink) = campaign_of(board), colors_for(board, where, colors)
    text = version.text if version else tried
    return BillboardsView(
        at=at or f"/b/{board.id}",
        choices=choices,
        version=version,
        words=tried,
        text=text,
        language=version.language if version else words.language,
        place=where,
        places=tuple(places_of(board, base)),
        design=_known(asked.get("design", ""), DESIGNS),
        designs=tuple((each, words.gettext(DESIGN_NAMES[each])) for each in DESIGNS),
        format=_known(asked.get("format", ""), tuple(FORMATS)),
        formats=tuple((each, words.gettext(FORMAT_NAMES[each])) for each in FORMATS),
        colors=colors,
        palettes=tuple((each, words.gettext(COLOR_NAMES[each])) for each in COLORS),
        pairs=COLORS,
        campaign=campaign,
        ground=ground,
        ink=ink,
        too_long=bool(text) and not reads_from_a_car(text),
        missing=uncovered(text + where + campaign.hashtag)[:12],
        faint=bool(campaign.ground and campaign.ink) and contrast(campaign.ground, campaign.ink) < READABLE,
    )


def _headlines(board: Board, base: Base) -> list[tuple[str, list[Version]]]:
    return [(headline.id, written) for headline, written in readable(board, base)]


def _choices(headline: str, written: list[Version], words: Words) -> tuple[VersionChoice, ...]:
    return tuple(
        VersionChoice(
            value=f"{headline}.{each.language}",
            language=each.language,
            language_name=words.language_name(each.language),
            text=each.text,
        )
        for each in written
    )


def _chosen(choices: tuple[tuple[VersionChoice, ...], ...], value: str, language: str) -> VersionChoice | None:
    """The one that is asked for; else of the first headline the version that its reader reads."""
    for each in (version for headline in choices for version in headline):
        if each.value == value:
            return each
    first = choices[0] if choices else ()
    read = [each for each in first if each.language.partition("-")[0] == language.partition("-")[0]]
    return next(iter((*read, *first)), None)


def _known(name: str, names: tuple[str, ...]) -> str:
    return name if name in names else names[0]


def _tidy(text: str, most: int) -> str:
    """What may be printed of it; nothing of what is too long."""
    try:
        return checked(text, most=most, empty=True)
    except Refused:
        return ""
