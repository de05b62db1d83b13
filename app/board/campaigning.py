"""How a campaign looks: its hashtag, its two colours and its logo."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import Ask, Changes, Refused, put
from app.board.board import Board
from app.board.checking import checked
from app.board.contrast import is_color
from app.board.records import Campaign
from app.board.rule import Rule, Who

CAMPAIGN = "campaign"
LONGEST_HASHTAG = 40

_KEPT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEdit:
    """What is not given stays; "" takes it away. Colours are "#rrggbb"; `colors` "none" takes both away."""

    hashtag: str | None = None
    ground: str | None = None
    ink: str | None = None
    logo: Literal["keep", "none"] = "keep"
    colors: Literal["keep", "none"] = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLogo:
    """Asked by an upload once its picture is kept as `file`."""

    file: str


def edit(board: Board, command: CampaignEdit, ask: Ask) -> Changes:
    """Refused: too-long {max} hashtag, invalid {field} for a colour or a hashtag of several words."""
    now = campaign_of(board)
    hashtag = now.hashtag if command.hashtag is None else _hashtag(command.hashtag)
    ground, ink = _color(command.ground, now.ground, "ground"), _color(command.ink, now.ink, "ink")
    if command.colors == "none":
        ground = ink = ""
    logo = "" if command.logo == "none" else now.logo
    return put(replace(now, hashtag=hashtag, ground=ground, ink=ink, logo=logo))


def show_logo(board: Board, command: CampaignLogo, ask: Ask) -> Changes:
    """The logo from now on. Refused: invalid {field} for what names no kept file."""
    if not _KEPT.fullmatch(command.file):
        raise Refused("invalid", field="file")
    return put(replace(campaign_of(board), logo=command.file))


def campaign_of(board: Board) -> Campaign:
    """The board's campaign; an empty one where nobody has said anything of it."""
    return board.get(Campaign, CAMPAIGN) or Campaign()


def _hashtag(text: str) -> str:
    """With one "#" before it, and nothing in it that would end it."""
    tidied = checked(text.strip().lstrip("#＃"), most=LONGEST_HASHTAG - 1, field="hashtag", empty=True)
    if tidied and not re.fullmatch(r"[\w\u200c\u200d]+", tidied):
        raise Refused("invalid", field="hashtag")
    return f"#{tidied}" if tidied else ""


def _color(given: str | None, now: str, field: str) -> str:
    if given is None:
        return now
    color = given.strip().lower()
    if color and not is_color(color):
        raise Refused("invalid", field=field)
    return color


RULES = (
    Rule("campaign.edit", CampaignEdit, edit, Who.FACILITATORS),
    Rule("campaign.logo", CampaignLogo, show_logo, Who.FACILITATORS, indirect=True),
)
