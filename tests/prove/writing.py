"""People who write and vote as fast as they may, send again until there is an answer, and remember every answer."""

import http.client
import itertools
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.prove.serving import Client

Choices = Mapping[str, int]
PATIENCE = 60.0
# With what may be tried again: too often, no room on the disk, nobody knows, the database or the server is away.
AGAIN = {422: {"storage-full"}, 429: {"slow-down"}, 503: {"unknown-outcome", "unavailable"}, 502: {""}}


@dataclass(frozen=True, slots=True)
class Session:
    """A board that is being written on: its id, its step, how to come in, its vote and what that is about."""

    board: str
    step: str
    join: str
    ballot: str
    candidates: Mapping[str, str]


def begin(port: int) -> Session:
    """Make a board, go to its first step in which people write, and open a vote over three notes."""
    founding = {"title": "Audit", "template": "flip-the-script", "language": "en", "name": "Host", "place": "Geneva"}
    with Client(port) as host:
        status, made = host.ask("POST", "/boards", founding)
        assert status == 201, made
        board = f"/b/{made['board']}/commands"

        def does(name: str, **fields: Any) -> None:
            status, answer = host.ask("POST", board, {"id": str(uuid4()), "do": name, **fields})
            assert status == 200, answer

        def sees(what: str) -> list[dict[str, Any]]:
            _, seen = host.ask("GET", f"/api/boards/{made['board']}")
            found: list[dict[str, Any]] = seen[what]
            return found

        step = next(step["id"] for step in sees("steps") if step["kind"] == "write")
        does("agenda.go", step=step)
        for text in ("First", "Second", "Third"):
            does("note.add", step=step, text=text)
        refs = {note["text"]: f"note:{note['id']}" for note in sees("notes")}
        does("ballot.open", title="Which one?", candidates=list(refs.values()), secrecy="named")
        ballot = sees("ballots")[0]["id"]
    return Session(made["board"], step, "/j/" + made["join_url"].rpartition("/")[2], ballot, refs)


@dataclass(slots=True)
class Seen:
    """What was sent and what was answered, as the clients remember it; `voted` are a voter's votes in their order."""

    sent: dict[str, str | Choices] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    voted: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    again: int = 0
    at: float = 0.0
    _news: threading.Condition = field(default_factory=threading.Condition)

    def remember(self, id_: str, seq: int) -> None:
        """An answer came. An accepted answer never changes."""
        with self._news:
            assert self.answered.setdefault(id_, seq) == seq
            self.at = time.monotonic()
            self._news.notify_all()

    def asked_again(self, why: str) -> None:
        """None came, or one that lets ask again."""
        with self._news:
            self.again += 1
            self.refused[why] = self.refused.get(why, 0) + 1
            self._news.notify_all()

    def choices(self, id_: str) -> Choices:
        """What a vote said."""
        found = self.sent[id_]
        assert not isinstance(found, str)
        return found

    def await_count(self, count: int) -> None:
        """Wait until so many answers have come; fails when they do not."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.answered) >= count, timeout=PATIENCE), "no more answers"

    def await_more(self, count: int) -> float:
        """Wait until so many more answers have come; the seconds that took."""
        began = time.monotonic()
        self.await_count(len(self.answered) + count)
        return time.monotonic() - began

    def await_refusals(self, why: str, count: int) -> None:
        """Wait until so many more were refused with that word; fails when they are not."""
        with self._news:
            wanted = self.refused.get(why, 0) + count
            came = self._news.wait_for(lambda: self.refused.get(why, 0) >= wanted, timeout=PATIENCE)
            assert came, f"nobody is refused {why}: {self.refused}"


class Writers:
    """So many people, every third of whom votes while the others write; over one server, or over several in turn.

    While `up` is cleared they wait. When this is left each asks until its last command is answered.
    """

    def __init__(self, port: int | list[int], session: Session, seats: int, *, words: str = "") -> None:
        self.seen = Seen()
        self.up = threading.Event()
        self.up.set()
        self._enough, self._stop = threading.Event(), threading.Event()
        self._session, self._words = session, words
        ports = itertools.cycle(port if isinstance(port, list) else [port])
        self._threads = [threading.Thread(target=self._live, args=(next(ports), number)) for number in range(seats)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self.up.set()
        until = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _live(self, port: int, number: int) -> None:
        joining = {"name": f"Writer {number}", "place": f"Place {number}", "language": "en"}
        with Client(port) as client:
            seat = self._insist(client, self._session.join, joining)
            for nth in itertools.count():
                if seat is None or self._enough.is_set():
                    return
                if number % 3 == 2:
                    self._vote(client, seat["person"], nth)
                else:
                    self._write(client, f"Note {nth} of writer {number}{self._words}")

    def _write(self, client: Client, text: str) -> None:
        self._ask(client, str(uuid4()), text, {"do": "note.add", "step": self._session.step, "text": text})

    def _vote(self, client: Client, voter: str, nth: int) -> None:
        refs = sorted(self._session.candidates.values())
        choices = {refs[(nth + at) % len(refs)]: 1 for at in range(1 + nth % 2)}
        id_ = str(uuid4())
        self.seen.voted.setdefault(voter, []).append(id_)
        self._ask(client, id_, choices, {"do": "ballot.cast", "ballot": self._session.ballot, "choices": choices})

    def _ask(self, client: Client, id_: str, said: str | Choices, command: Mapping[str, Any]) -> None:
        self.seen.sent[id_] = said
        answer = self._insist(client, f"/b/{self._session.board}/commands", {"id": id_, **command})
        if answer is not None:
            self.seen.remember(id_, answer["seq"])

    def _insist(self, client: Client, path: str, fields: Mapping[str, Any]) -> Any:
        """Ask again, the same, until there is an answer; None when time is up before."""
        while not self._stop.is_set():
            self.up.wait()
            try:
                status, answer = client.ask("POST", path, fields)
            except (OSError, http.client.HTTPException):
                self.seen.asked_again("no answer")
                self._stop.wait(0.02)
                continue
            if status in (200, 201):
                return answer
            why = (answer or {}).get("refused", "")
            assert why in AGAIN.get(status, ()), (status, answer)
            self.seen.asked_again(why)
            self._stop.wait(0.05)
        return None
