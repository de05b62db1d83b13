"""What the results page shows: to whoever has a seat, and in public."""

from dataclasses import dataclass
from typing import Any

from app.board.audience import Base
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.links import Links
from app.outcomes.heard import heard
from app.outcomes.reporting import report_of
from app.outcomes.results import results_of
from web.views.atlas import atlas_view
from web.views.ballots import closed_ballots
from web.views.candidates import message_view
from web.views.lineage import lineage_view
from web.words import Words

MOST_HEADLINES = 12


def outcomes_of(board: Board, audience: Base, words: Words, now: float) -> dict[str, Any]:
    """Names and what they stand for in `results/_body.html`, as this audience may see them; `now` in seconds."""
    told = report_of(board, audience, words.language, now)
    return {
        "results": results_of(board, audience),
        "voted": closed_ballots(board, audience, words.language),
        "message": message_view(board, audience, words.language),
        "lineages": [lineage_view(board, each, words) for each in told.messages[:MOST_HEADLINES] if each.origin],
        "atlas": atlas_view(heard(board, audience), words),
        "told": told,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingView:
    """Whether the results are public, and the link that opens them then."""

    on: bool
    url: str


def publishing_view(links: Links, board: Board, address: str) -> PublishingView:
    """For facilitators alone: the link is a secret until they pass it on."""
    path = links.path(board.id, "results", board.door.generation("results"))
    return PublishingView(on=campaign_of(board).public, url=address + path)
