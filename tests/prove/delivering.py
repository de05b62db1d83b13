"""Delivers each command one to five times, at once, over lines that are cut and through every process there is."""

import http.client
import itertools
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.store.looking import open_to_look
from tests.prove.auditing import EVERY_ENTRY
from tests.prove.pairs import pair
from tests.prove.serving import Client, changed, served
from tests.prove.writing import Session, begin

MOST = 5
CUT = 0.25
TOGETHER = 24
PEOPLE = 120
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What so many commands came to that were delivered more often than once.

    `cut` deliveries ended before their answer was read, `other` answers were another one than the first,
    `twice` commands had more than one effect, `lost` were acknowledged and are not there as acknowledged.
    """

    commands: int
    deliveries: int
    cut: int
    accepted: int
    other: int
    twice: int
    lost: int
    dense: bool


@dataclass(slots=True)
class Heard:
    """Every answer to every command, by the command's id."""

    answers: dict[str, Counter[int]] = field(default_factory=dict)
    cut: int = 0
    deliveries: int = 0
    _one: threading.Lock = field(default_factory=threading.Lock)

    def took(self, id_: str, seq: int | None) -> None:
        """One delivery: the number that was answered, or None where nobody waited for it."""
        with self._one:
            self.deliveries += 1
            self.cut += seq is None
            if seq is not None:
                self.answers.setdefault(id_, Counter())[seq] += 1


class Lines:
    """The lines of all threads: each has one to each port, opened anew after it was cut."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int], http.client.HTTPConnection] = {}

    def to(self, port: int) -> http.client.HTTPConnection:
        """This thread's line to that port."""
        whose = threading.get_ident(), port
        if whose not in self._open:
            self._open[whose] = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        return self._open[whose]

    def close(self) -> None:
        """All of them."""
        for line in self._open.values():
            line.close()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a seat."""

    id: str
    cookie: str


def deliver(place: Path, *, commands: int, backend: str, chance: random.Random, careless: str = "") -> Delivered:
    """So many commands of many people, each delivered one to five times at once; then compare."""
    with _processes(place, backend, careless) as (ports, url):
        session = begin(ports[0])
        people = [_join(ports[at % len(ports)], session, at) for at in range(PEOPLE)]
        heard, done = Heard(), []
        with closing(Lines()) as lines, ThreadPoolExecutor(TOGETHER) as hands:
            sent = {str(uuid4()): command for command in itertools.islice(_commands(session, chance), commands)}
            for at, (id_, command) in enumerate(sent.items()):
                person, fields = people[at % PEOPLE], {"id": id_, **command}
                times = chance.randint(1, MOST)
                for nth in range(times):
                    cut = nth > 0 and chance.random() < CUT
                    port = chance.choice(ports)
                    done.append(hands.submit(_deliver, port, session, person, fields, heard, lines, cut=cut))
        for each in done:
            each.result()
        return _compare(url, session, sent, heard)


@contextmanager
def _processes(place: Path, backend: str, careless: str) -> Iterator[tuple[list[int], str]]:
    """One process on SQLite, or two on one PostgreSQL: their ports, and the database."""
    if backend == "postgresql":
        with pair(place, careless) as (both, url):
            yield [each.port for each in both], url
        return
    home = place / "one"
    home.mkdir()
    with served(home, changed(careless)) as server:
        yield [server.port], f"sqlite:///{home}/flipchart.db"


def _join(port: int, session: Session, at: int) -> Person:
    with Client(port) as client:
        status, seat = client.ask("POST", session.join, {"name": f"P{at}", "place": f"Place {at}", "language": "en"})
        assert status in (200, 201), (status, seat)
        return Person(seat["person"], client.cookie)


def _commands(session: Session, chance: random.Random) -> Iterator[Mapping[str, Any]]:
    refs = sorted(session.candidates.values())
    for nth in itertools.count():
        match chance.randrange(5):
            case 0:
                yield {"do": "ballot.cast", "ballot": session.ballot, "choices": {chance.choice(refs): 1}}
            case 1:
                note = chance.choice(refs).partition(":")[2]
                yield {"do": "note.comment", "note": note, "text": f"Comment {nth}"}
            case _:
                yield {"do": "note.add", "step": session.step, "text": f"Note {nth}"}


def _deliver(
    port: int, session: Session, person: Person, fields: Mapping[str, Any], heard: Heard, lines: Lines, *, cut: bool
) -> None:
    """One delivery, asked again while it may not be yet; a cut one waits for no answer, and takes its line with it."""
    headers = {"Accept": "application/json", "Content-Type": "application/json", "Cookie": person.cookie}
    wait = threading.Event()
    for _ in range(int(PATIENCE / 0.1)):
        line = lines.to(port)
        try:
            line.request("POST", f"/b/{session.board}/commands", json.dumps(fields), headers)
            if cut:
                line.close()
                heard.took(fields["id"], None)
                return
            answer = line.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            line.close()
            continue
        if answer.status == 200:
            heard.took(fields["id"], told["seq"])
            return
        assert answer.status in (429, 503), (answer.status, told)
        wait.wait(0.1)
    raise AssertionError("a command is never answered")


def _compare(url: str, session: Session, sent: Mapping[str, Mapping[str, Any]], heard: Heard) -> Delivered:
    store = open_to_look(url)
    try:
        loaded = store.load(session.board, entries=EVERY_ENTRY)
    finally:
        store.close()
    assert loaded is not None
    kept = {entry.id: entry.seq for entry in loaded.entries}
    effects = Counter(entry.id for entry in loaded.entries)
    words = Counter(text for entry in loaded.entries for text in _written(entry.after.values()))
    return Delivered(
        commands=len(sent),
        deliveries=heard.deliveries,
        cut=heard.cut,
        accepted=len(heard.answers),
        other=sum(len(answers) - 1 for answers in heard.answers.values()),
        twice=sum(effects[id_] > 1 or words[command.get("text", "")] > 1 for id_, command in sent.items()),
        lost=sum(seq != kept.get(id_) for id_, answers in heard.answers.items() for seq in answers),
        dense=[entry.seq for entry in loaded.entries] == list(range(1, loaded.board.seq + 1)),
    )


def _written(records: Any) -> Iterator[str]:
    """The words that an entry put: of a note or a comment."""
    for record in records:
        if record is not None and record.KIND in ("note", "comment"):
            yield record.text
