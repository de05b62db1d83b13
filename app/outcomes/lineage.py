"""How words came to be a headline, laid out as a picture: cards in columns, and the ribbons between them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.board.clusters import clusters
from app.outcomes.lettering import direction

# All lengths are in units of the picture; a text's size is the height of its letters' em.
SMALL, TEXT, LARGE = 13.0, 16.0, 26.0
LEAD = 1.3
PADDING = 14.0
GAP, UPRIGHT_GAP = 12.0, 30.0
MOST_LINES = 4
# Small letters of a text face are about half as wide as they are high, capitals wider; those of East Asia are square.
NARROW, CAPITAL, WIDE = 0.55, 0.7, 1.0
BOLD = 1.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that was said or counted. `kind`: note, theme, headline or vote; `over` is the small line above it."""

    id: str
    kind: str
    text: str
    over: str = ""
    language: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text at its baseline. `rtl`: it begins at the right."""

    text: str
    x: float
    y: float
    size: float
    rtl: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A card where it stands, with its lines; the first of them is `over` where there is one."""

    card: Card
    x: float
    y: float
    width: float
    height: float
    over: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The whole picture; `ribbons` are SVG paths, to be drawn beneath the boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    ribbons: tuple[str, ...]


Links = Iterable[tuple[str, str]]


def across(columns: Sequence[Sequence[Card]], links: Links, *, mirrored: bool = False, width: float = 1120) -> Lineage:
    """From one side to the other, for wide screens and paper; `mirrored` begins at the right.

    `links` are pairs of ids of cards, the earlier one first; whoever names none that there is draws nothing.
    """
    shown = [column for column in (reversed(columns) if mirrored else columns) if column]
    aside = 0.3 * width / max(1, len(shown) - 1)
    each = (width - aside * (len(shown) - 1)) / max(1, len(shown))
    placed = [_column(column, at * (each + aside), each) for at, column in enumerate(shown)]
    height = max((_bottom(column) for column in placed), default=0.0)
    boxes = {box.card.id: box for column in placed for box in _sunk(column, (height - _bottom(column)) / 2)}
    ribbons = dict.fromkeys(_aside(boxes[one], boxes[other]) for one, other in links if one in boxes and other in boxes)
    return Lineage(width=width, height=height, boxes=tuple(boxes.values()), ribbons=tuple(ribbons))


def upright(columns: Sequence[Sequence[Card]], *, width: float = 340) -> Lineage:
    """From the top down, for a phone: there is room for one way from each column to the next."""
    boxes: list[Box] = []
    ribbons: list[str] = []
    for column in (each for each in columns if each):
        top = _bottom(boxes)
        if boxes:
            ribbons.append(f"M{width / 2:g} {top:g}V{top + UPRIGHT_GAP:g}")
            top += UPRIGHT_GAP
        boxes += _sunk(_column(column, 0.0, width), top)
    return Lineage(width=width, height=_bottom(boxes), boxes=tuple(boxes), ribbons=tuple(ribbons))


def _column(cards: Sequence[Card], x: float, width: float) -> list[Box]:
    boxes = [_box(card, x, width) for card in cards]
    tops = accumulate((box.height + GAP for box in boxes), initial=0.0)
    return [_at(box, top) for box, top in zip(boxes, tops, strict=False)]


def _sunk(boxes: Iterable[Box], by: float) -> list[Box]:
    return [_at(box, box.y + by) for box in boxes]


def _bottom(boxes: Sequence[Box]) -> float:
    return max((box.y + box.height for box in boxes), default=0.0)


def _box(card: Card, x: float, width: float) -> Box:
    size = LARGE if card.kind == "headline" else TEXT
    rtl = direction(card.text) == "rtl"
    inner, bold = width - 2 * PADDING, BOLD if card.kind in ("headline", "theme") else 1.0
    top = PADDING
    over = None
    if card.over:
        right = direction(card.over) == "rtl"
        shown = _fitted(card.over, inner, SMALL, 1)[0]
        over = Line(text=shown, x=x + (width - PADDING if right else PADDING), y=top + SMALL, size=SMALL, rtl=right)
        top += SMALL * LEAD + 4
    start = x + (width - PADDING if rtl else PADDING)
    lines = tuple(
        Line(text=text, x=start, y=top + size * (0.95 + LEAD * at), size=size, rtl=rtl)
        for at, text in enumerate(_fitted(card.text, inner, size * bold, MOST_LINES))
    )
    return Box(
        card=card, x=x, y=0.0, width=width, height=top + size * LEAD * len(lines) + PADDING, over=over, lines=lines
    )


def _at(box: Box, y: float) -> Box:
    by = y - box.y
    moved = tuple(_lower(line, by) for line in box.lines)
    over = _lower(box.over, by) if box.over else None
    return Box(card=box.card, x=box.x, y=y, width=box.width, height=box.height, over=over, lines=moved)


def _lower(line: Line, by: float) -> Line:
    return Line(text=line.text, x=line.x, y=line.y + by, size=line.size, rtl=line.rtl)


def _fitted(text: str, width: float, size: float, most: int) -> list[str]:
    """The text in lines no wider than that; what does not fit into so many ends in an ellipsis."""
    lines = list(_lines(text, width / size)) or [""]
    if len(lines) <= most:
        return lines
    last = clusters(lines[most - 1])
    while last and _wide("".join(last)) > width / size - 1:
        last.pop()
    return [*lines[: most - 1], "".join(last).rstrip(" ,.;:") + "…"]


def _lines(text: str, ems: float) -> Iterator[str]:
    line = ""
    for piece in (piece for word in text.split() for piece in _pieces(word, ems)):
        if line and _wide(f"{line} {piece}") > ems:
            yield line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _pieces(word: str, ems: float) -> Iterator[str]:
    """The word, broken where it alone would be too wide."""
    piece = ""
    for letter in clusters(word):
        if piece and _wide(piece + letter) > ems:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _wide(text: str) -> float:
    """About how wide it is, in ems."""
    return sum(_width(letter[0]) for letter in clusters(text))


def _width(letter: str) -> float:
    if letter in "WMwm@—…" or unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    return CAPITAL if letter.isupper() else NARROW


def _aside(one: Box, other: Box) -> str:
    """A ribbon from the inner side of one box to the inner side of the other."""
    from_, to = (one.x + one.width, other.x) if one.x < other.x else (one.x, other.x + other.width)
    y, end = one.y + one.height / 2, other.y + other.height / 2
    middle = (from_ + to) / 2
    return f"M{from_:g} {y:g}C{middle:g} {y:g} {middle:g} {end:g} {to:g} {end:g}"
