"""Whether the results may be read by anybody who has their link, without a seat."""

from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, put
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.rule import Rule, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPublish:
    on: bool


def publish(board: Board, command: ResultsPublish, ask: Ask) -> Changes:
    """The page opens for whoever has the link, or closes again; the link is rotated as others are."""
    return put(replace(campaign_of(board), public=command.on))


RULES = (Rule("results.publish", ResultsPublish, publish, Who.FACILITATORS),)
