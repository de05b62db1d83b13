"""Joins boards that are being written on, as a browser does, and compares what is seen at each number."""

import http.client
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from websockets.sync.client import connect

from app.board.records import Note
from app.store.looking import open_to_look
from tests.markup import Page
from tests.prove.auditing import EVERY_ENTRY
from tests.prove.serving import Client, changed, served
from tests.prove.writing import Session, Writers, begin

FURTHER = 25
PATIENCE = 20.0
TOGETHER = 3

Notes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What somebody saw who joined: the notes, by the number that their page had, fetched and then by frames."""

    seen: Mapping[int, Notes]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What so many joins came to.

    `wrong` are numbers at which somebody saw another board than there was, `holes` messages that were no frame which
    a page takes, `rate` the writes a second meanwhile.
    """

    joins: int
    looks: int
    wrong: int
    holes: int
    rate: float


def join_again_and_again(place: Path, *, boards: int, joins: int, writers: int, careless: str = "") -> Compared:
    """On each of so many boards let so many join, some at a time, while others write; then compare."""
    home = place / "boards"
    home.mkdir()
    looks = wrong = holes = 0
    rates = []
    with served(home, changed(careless)) as server:
        for _ in range(boards):
            session = begin(server.port)
            with Writers(server.port, session, writers) as writing, ThreadPoolExecutor(TOGETHER) as people:
                writing.seen.await_count(writers)
                began = len(writing.seen.answered), writing.seen.at
                joined = list(people.map(join, [server.port] * joins, [session] * joins))
                rates.append((len(writing.seen.answered) - began[0]) / (writing.seen.at - began[1]))
            there = boards_at(f"sqlite:///{home}/flipchart.db", session)
            looks += sum(len(each.seen) for each in joined)
            wrong += sum(there[seq] != notes for each in joined for seq, notes in each.seen.items())
            holes += sum(answer not in ("applied", "heard", "dropped") for each in joined for answer in each.answers)
    return Compared(boards * joins, looks, wrong, holes, sum(rates) / len(rates))


def join(port: int, session: Session) -> Joined:
    """Come in, fetch the page, follow from its number on, and look again some numbers later."""
    with Client(port) as client:
        name = f"Guest {uuid4().hex[:8]}"
        status, _ = client.ask("POST", session.join, {"name": name, "place": "Dakar", "language": "en"})
        assert status in (200, 201), status
        cookie = client.cookie
    page = Page.of(_fetched(port, session, cookie))
    seen = {page.seq: notes_of(page)}
    until, answers = page.seq + FURTHER, []
    where = urlencode({"since": page.seq, "epoch": page.board.attributes["data-epoch"] or ""})
    address = f"ws://127.0.0.1:{port}{page.board.attributes['data-live']}&{where}"
    headers = {"Cookie": cookie}
    with connect(address, additional_headers=headers, origin=f"http://127.0.0.1:{port}") as line:  # type: ignore[arg-type]
        while page.seq < until and (not answers or answers[-1] in ("applied", "heard", "dropped")):
            answers.append(page.receive(str(line.recv(PATIENCE))))
            seen[page.seq] = notes_of(page)
    return Joined(seen, tuple(answers))


def _fetched(port: int, session: Session, cookie: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", f"/b/{session.board}", headers={"Cookie": cookie, "Accept": "text/html"})
    answer = line.getresponse()
    markup = answer.read().decode()
    line.close()
    assert answer.status == 200, answer.status
    return markup


def notes_of(page: Page) -> Notes:
    """The words of each note on the page, by its id."""
    return {
        id_.removeprefix("text-"): words.text()
        for id_, words in page.ids.items()
        if id_.startswith("text-") and "note-text" in (words.attributes.get("class") or "")
    }


def boards_at(url: str, session: Session) -> dict[int, Notes]:
    """The words of each note at each number, by what was kept."""
    store = open_to_look(url)
    try:
        loaded = store.load(session.board, entries=EVERY_ENTRY)
    finally:
        store.close()
    assert loaded is not None
    there: dict[int, Notes] = {}
    notes: dict[str, str] = {}
    for entry in loaded.entries:
        fresh = {record.id: record.text for record in entry.after.values() if isinstance(record, Note)}
        notes = {**notes, **fresh} if fresh else notes
        there[entry.seq] = notes
    return there
