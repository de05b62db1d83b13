"""Knows how a board is got ready in a data directory: people with seats, notes, and the step that is on."""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from itsdangerous import URLSafeSerializer

from app.board.agenda import AgendaGo
from app.board.asking import Ask
from app.board.board import Board
from app.board.deciding import NAMES, decide
from app.board.entries import Entry
from app.board.limits import Limits
from app.board.notes import NoteAdd
from app.board.people import PersonJoin
from app.links import Links
from app.realtime.asking import Asking
from app.store.opening import open_store
from app.store.store import Store
from bench.serving import KEY
from web.founding import start_board
from web.seats import Seat

PLACES = (("Lyon", "FR"), ("Dakar", "SN"), ("Cali", "CO"), ("Montréal", "CA"), ("Nairobi", "KE"), ("Porto", "PT"))
# The ready-made hour, and a session whose notes are grouped in a later step.
HOUR, GROUPED_LATER = "flip-the-script", "brainstorm-and-vote"
TEXTS = (
    "A tram stop with shade, water and a bench within five minutes of every door.",
    "Des rues où les enfants peuvent aller à l’école à pied, sans qu’on ait peur pour eux.",
    "Que los mercados de barrio tengan techo, luz y agua antes de la próxima temporada de lluvias.",
    "Tell people what it costs, and who decides: then they will come to the meeting.",
    "Un arbre planté devant chaque mairie, et un habitant qui l’arrose.",
)
# The words of notes that a load client writes, as a form has them.
NOTE_WORDS = "".join(f"+{quote_plus(word)}" for text in TEXTS for word in text.split())
TOGETHER = 64
ROOMY = Limits(notes=100_000, people=100_000)


@dataclass(frozen=True, slots=True)
class Ready:
    """A board that waits in a data directory, and what a client needs to take part in it."""

    id: str
    epoch: str
    seq: int
    step: str
    seats: tuple[str, ...]
    host: str
    join: str

    def live(self, **more: str) -> str:
        """The address of its socket, for a page that has everything."""
        asked = {"since": str(self.seq), "epoch": self.epoch, "audience": "everyone", "language": "en", **more}
        return f"/b/{self.id}/live?" + "&".join(f"{name}={value}" for name, value in asked.items())


class _Writing:
    """Commands decided one after the other as a room does it, and kept in batches."""

    def __init__(self, board: Board, store: Any) -> None:
        self.board, self._store, self._waiting, self._kept = board, store, [], board.seq

    def ask(self, actor: str, command: Any) -> None:
        seq, id_ = self.board.seq + 1, f"ready-{self.board.seq:08d}"
        ask = Ask(board=self.board.id, actor=actor, id=id_, now=time.time(), seq=seq, limits=ROOMY)
        changes = decide(self.board, command, ask)
        before = self.board.apply(changes.records)
        self.board.advance(seq)
        digest = Asking(actor, command, id_, None).digest  # type: ignore[arg-type]
        entry = Entry(
            seq=seq,
            id=id_,
            actor=actor,
            what=NAMES[type(command)],
            digest=digest,
            at=ask.now,
            before=before,
            after=changes.records,
            made=changes.made,
        )
        self._waiting.append(entry)
        if len(self._waiting) >= TOGETHER:
            self.keep()

    def keep(self) -> None:
        if self._waiting:
            self._store.save(self.board.id, before=self._kept, entries=self._waiting)
            self._waiting, self._kept = [], self.board.seq


def ready(
    data: Path, *, people: int, notes: int = 0, texts: Sequence[str] = TEXTS, template: str = GROUPED_LATER
) -> Ready:
    """A board in its step of writing, with one facilitator beside the people. Takes 0.3 ms a note."""
    with closing(open_store(beside(data), data=data)) as store:
        return _made(store, people, notes, texts, template=template)


def several(data: Path, sizes: Sequence[int], url: str | None = None) -> list[Ready]:
    """Boards with so many people each, as `ready` makes one; in that database, beside `data` if unset."""
    with closing(open_store(url or beside(data), data=data)) as store:
        return [_made(store, people, 0, (), first=sum(sizes[:at])) for at, people in enumerate(sizes)]


def beside(data: Path) -> str:
    """Where the database is of whoever sets none."""
    return f"sqlite:///{data.absolute() / 'flipchart.db'}"


def _made(
    store: Store,
    people: int,
    notes: int,
    texts: Sequence[str],
    *,
    first: int = 0,
    template: str = GROUPED_LATER,
) -> Ready:
    links = Links(KEY.encode())
    board = start_board(store, links, time.time, title="A session", template=template, language="en", limits=ROOMY)
    writing = _Writing(board, store)
    writing.ask("host", PersonJoin(name="Facilitator", place="Lyon", country="FR", language="en", role="facilitator"))
    ids = [f"p{first + at:015x}" for at in range(people)]
    for at, id_ in enumerate(ids):
        place, country = PLACES[at % len(PLACES)]
        writing.ask(id_, PersonJoin(name=f"Participant {at}", place=place, country=country, language="en"))
    step = next(step for step in board.steps if step.kind == "write" and not step.silent)
    writing.ask("host", AgendaGo(step=step.id))
    for author, text in _written(ids, notes, texts):
        writing.ask(author, NoteAdd(step=step.id, text=text))
    writing.keep()
    join = links.path(board.id, "join", board.door.generations["join"])
    seats = tuple(cookie(board.id, id_) for id_ in ids)
    return Ready(board.id, board.epoch, board.seq, step.id, seats, cookie(board.id, "host"), join)


def _written(people: list[str], notes: int, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    chance = random.Random(notes)
    for at in range(notes):
        yield people[at % len(people)], f"{chance.choice(texts)} ({at})"


def cookie(board: str, person: str) -> str:
    """The seat of a person, as their browser sends it."""
    signed = URLSafeSerializer(KEY.encode(), salt="seat").dumps(asdict(Seat(board=board, person=person)))
    return f"flipchart-{board}={signed}"


def kept(path: Path, seats: Iterable[str]) -> Path:
    """A file of cookies, one a line, for the load client."""
    path.write_text("\n".join(seats) + "\n", encoding="ascii")
    return path
