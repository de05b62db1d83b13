"""Which billboards a board has for an audience: a headline in a language, for a place, in a design and a format."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from app.board.audience import Audience, Base, is_signed, may_see
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.contrast import readable_ink
from app.board.headlined import headlines, versions
from app.board.records import Headline, Note, Person, Version
from app.outcomes.lettering import direction, is_joined, set_words, shape_of
from app.printing.sheet import Form, Sheet

TEMPLATE: Final = "billboard"
DESIGNS: Final = ("giant", "stack", "split", "circle", "sign", "strips", "horizon", "letter")
# What a PNG for print has, for each point of what a screen shows.
PRINT: Final = 3


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet's size in points, which are a screen's pixels."""

    width: int
    height: int


FORMATS: Final[Mapping[str, Format]] = {
    "landscape": Format(1600, 800),
    "portrait": Format(1200, 1760),
    "square": Format(1080, 1080),
    "story": Format(1080, 1920),
}
# Ground and ink; each can be read (WCAG 2.2 AA).
COLORS: Final[Mapping[str, tuple[str, str]]] = {
    "night": ("#17181c", "#ffe07a"),
    "red": ("#d31f35", "#ffffff"),
    "sun": ("#ffe07a", "#17181c"),
    "green": ("#0b6e4f", "#ffffff"),
    "blue": ("#1b4dff", "#ffffff"),
    "paper": ("#faf7f0", "#c8102e"),
    "lilac": ("#ded1ff", "#2a1a6b"),
    "coral": ("#ff7a59", "#17181c"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Billboard:
    """One billboard, wherever its words come from. `logo` is a picture's bytes."""

    text: str
    language: str
    place: str = ""
    design: str = DESIGNS[0]
    format: str = "landscape"
    hashtag: str = ""
    ground: str
    ink: str
    logo: bytes = b""


def readable(board: Board, audience: Audience) -> list[tuple[Headline, list[Version]]]:
    """The headlines that stand and have words, the chosen one first, each with its versions as they came."""
    first = campaign_of(board).chosen
    seen = [each for each in headlines(board, audience) if each.state == "shown" and versions(board, each.id)]
    ordered = sorted(seen, key=lambda each: each.id != first)
    return [(each, versions(board, each.id)) for each in ordered]


def version_for(board: Board, headline: str, language: str, audience: Audience) -> Version | None:
    """The version in that language, or else the first; None where the audience may not see the headline."""
    found = board.get(Headline, headline)
    if found is None or not may_see(board, found, audience):
        return None
    written = versions(board, headline)
    exact = [each for each in written if each.language.lower() == language.lower()]
    near = [each for each in written if each.language.lower().partition("-")[0] == language.lower().partition("-")[0]]
    return next(iter((*exact, *near, *written)), None)


def places_of(board: Board, audience: Audience) -> list[str]:
    """The places of the session, by name: those of who is here, and those that signed what this audience reads."""
    found = {each.place for each in board.all(Person) if each.state == "here" and each.role != "observer"}
    if audience in (Base.PUBLIC, Base.WAITING):
        found = set()
    found |= {each.place for each in board.all(Note) if is_signed(each) and may_see(board, each, audience)}
    return sorted(filter(None, found), key=lambda each: (each.casefold(), each))


def colors_for(board: Board, place: str, name: str = "") -> tuple[str, str]:
    """Ground and ink: the pair of that name, else the campaign's, else one of ours that a place keeps."""
    if name in COLORS:
        return COLORS[name]
    campaign = campaign_of(board)
    if campaign.ground:
        return campaign.ground, readable_ink(campaign.ground, campaign.ink)
    names = sorted(COLORS)
    at = int.from_bytes(blake2b(place.casefold().encode(), digest_size=2).digest()) % len(names) if place else 0
    return COLORS["night"] if not place else COLORS[names[at]]


def billboard(
    board: Board,
    version: Version,
    *,
    place: str = "",
    design: str = "giant",
    format: str = "landscape",
    colors: str = "",
    logo: bytes = b"",
) -> Billboard:
    """The version on a billboard in that place, in the campaign's looks."""
    return written(board, version.text, version.language, place, design, format, colors=colors, logo=logo)


def written(
    board: Board, text: str, language: str, place: str, design: str, format: str, *, colors: str = "", logo: bytes = b""
) -> Billboard:
    """The same for words that nobody has kept yet."""
    ground, ink = colors_for(board, place, colors)
    return Billboard(
        text=text,
        language=language,
        place=place,
        design=design,
        format=format,
        hashtag=campaign_of(board).hashtag,
        ground=ground,
        ink=ink,
        logo=logo,
    )


def sheet_of(billboard: Billboard, form: Form, *, for_print: bool = False) -> Sheet:
    """What the press prints for it: SVG, PDF, or PNG as a screen shows it, or `for_print` three times as fine."""
    size = FORMATS[billboard.format]
    content = {
        "design": billboard.design,
        "width": size.width,
        "height": size.height,
        "title": billboard.text,
        "language": billboard.language.lower().partition("-")[0],
        "direction": direction(billboard.text),
        "words": set_words(billboard.text),
        "shape": dict(shape_of(billboard.text)),
        "tight": not is_joined(billboard.text),
        "hashtag": billboard.hashtag,
        "hashtag-direction": direction(billboard.hashtag),
        "place": billboard.place,
        "place-words": set_words(billboard.place),
        "place-direction": direction(billboard.place),
        "small": dict(shape_of(billboard.place)),
        "ground": billboard.ground,
        "ink": billboard.ink,
        "logo": None,
    }
    pictures = {"logo": billboard.logo} if billboard.logo else {}
    return Sheet(TEMPLATE, content, form, ppi=72 * PRINT if for_print else 72, pictures=pictures)


def file_name(billboard: Billboard, form: str) -> str:
    """A name that is safe in any folder and on any machine, whatever the place is called, and no other place's."""
    parts = ("billboard", _plain(billboard.place), _plain(billboard.language), billboard.design, billboard.format)
    return f"{'-'.join(part for part in parts if part)}.{form}"


def _plain(name: str) -> str:
    """Letters and digits of ASCII with hyphens; what could be another name's as well gets a mark of its own."""
    spelt = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", spelt.lower()).strip("-")[:40].strip("-")
    if plain == name.casefold().replace(" ", "-"):
        return plain
    mark = blake2b(name.encode(), digest_size=3).hexdigest() if name else ""
    return "-".join(part for part in (plain, mark) if part)
