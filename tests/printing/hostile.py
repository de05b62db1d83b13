"""Hostile words on everything that is printed: billboards in every design, and reports of a session full of them."""

import dataclasses
import itertools
import json
from collections.abc import Iterator, Sequence

from app.board.records import key
from app.outcomes.billboards import DESIGNS, FORMATS, Billboard, sheet_of
from app.papers.order import Order
from app.papers.order import sheet_of as bound
from app.papers.writing import written
from app.printing.setting import Setter
from tests.outcomes.told import AS_OF, told_session
from web.reporting import wording_of
from web.words import words_for

# Where people write, of records that a report may tell of.
FIELDS = ("text", "title", "name", "place", "owner")
PLAIN = 80


def billboards(setter: Setter, said: Sequence[str], form: str) -> Iterator[bytes]:
    """One for each of these words, in the next design and format; the words in every field that it has."""
    looks = itertools.cycle(itertools.product(DESIGNS, FORMATS))
    for text, (design, name) in zip(said, looks, strict=False):
        words = {"text": text, "place": text[:PLAIN], "hashtag": text[:40], "attribution": text[:PLAIN]}
        fields = {field.name for field in dataclasses.fields(Billboard)}
        known = {at: word for at, word in words.items() if at in fields}
        one = Billboard(language="en", ground="#17181c", ink="#ffe07a", design=design, format=name, **known)
        yield setter.set(json.loads(sheet_of(one, form).order()))


def reports(setter: Setter, said: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The report of a session as PDF, DOCX and XLSX, as often as it takes to say all of these in it."""
    asked = {"table": "notes", "wording": wording_of(words_for("fr")), "as_of": AS_OF}
    words, told = itertools.cycle(said), 0
    while told < len(said):
        board = told_session()[0].board
        for record in list(board.records()):
            put = {name: next(words) for name in FIELDS if _is_said(record, name)}
            told += len(put)
            board.apply({key(record): dataclasses.replace(record, **put)})
        kept = {"board": board.id, "epoch": board.epoch, "seq": board.seq, "records": tuple(board.records())}
        for form in ("pdf", "docx", "xlsx"):
            made = written(Order(form=form, **kept, **asked))
            yield form, setter.set(json.loads(bound(made, AS_OF).order())) if form == "pdf" else made


def _is_said(record: object, name: str) -> bool:
    value = getattr(record, name, "")
    return isinstance(value, str) and value != ""
