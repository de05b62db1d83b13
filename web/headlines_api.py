"""Headlines as programs read them."""

from typing import Any

from app.board.audience import Base
from app.board.board import Board
from app.board.headlined import headlines, origins, versions
from app.board.records import Headline


def headlines_json(board: Board, base: Base) -> list[dict[str, Any]]:
    """The headlines that this audience may see, each with what it came from, as far as they may read that."""
    return [_headline(board, each, base) for each in headlines(board, base)]


def _headline(board: Board, headline: Headline, base: Base) -> dict[str, Any]:
    return {
        "id": headline.id,
        "state": headline.state,
        "place": headline.place,
        "country": headline.country,
        "from": [f"{each.KIND}:{each.id}" for each in origins(board, headline, base)],
        "versions": [
            {"language": each.language, "text": each.text, "place": each.place, "seq": each.text_seq}
            for each in versions(board, headline.id)
        ],
        "seq": headline.seq,
    }
