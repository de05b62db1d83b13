"""The answers to a survey as a table for spreadsheets: counts, and what people wrote."""

import csv
import io
from collections.abc import Iterator, Mapping

from app.board.board import Board
from app.outcomes.survey import Counted, SurveyResults
from app.outcomes.tables import inert

COLUMNS = ("number", "question", "kind", "answer", "people", "name", "place")


def survey_csv(board: Board, results: SurveyResults, language: str) -> str:
    """One row an option with how many chose it, and one a text; begins with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, counted in enumerate(results.questions, start=1):
        asked = _said(counted.question.text, language, board.about.language)
        for row in _rows(counted, language, board.about.language):
            writer.writerow([number, inert(asked), counted.question.kind, *row])
    return "\ufeff" + out.getvalue()


def _rows(counted: Counted, language: str, fallback: str) -> Iterator[tuple[str | int, ...]]:
    for count in counted.counts:
        text = _said(count.texts, language, fallback)
        number = f"{count.number}: {text}" if text else str(count.number)
        yield inert(text if counted.question.kind == "choice" else number), count.people, "", ""
    for said in counted.said:
        yield inert(said.text), 1, inert(said.name), inert(said.place)


def _said(texts: Mapping[str, str], language: str, fallback: str) -> str:
    return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")
