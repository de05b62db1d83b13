"""Somebody writes in every kind of field and asks to be forgotten; every place that may hold a word is searched."""

import gzip
import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message
from pypdf import PdfReader
from websockets.sync.client import ClientConnection, connect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.prove.serving import Served
from tests.web.everywhere import FILES, PAGES

HEAD, TAIL = "xqe-", "-eqx"
PATIENCE = 60.0
# Asked by a signal, a server writes down which of the words anything that is alive in its memory still holds.
TELLS_WHAT_IT_HOLDS = (
    "import gc, json, os, pathlib, re, signal\n"
    "def told(*_):\n"
    "    gc.collect()\n"
    "    left, seen, found = list(gc.get_objects()), set(), set()\n"
    "    while left:\n"
    "        one = left.pop()\n"
    "        if id(one) in seen:\n"
    "            continue\n"
    "        seen.add(id(one))\n"
    "        if isinstance(one, (str, bytes, bytearray)):\n"
    "            text = one if isinstance(one, str) else bytes(one).decode('latin-1')\n"
    "            found.update(re.findall('xqe' + '-[a-z]+-' + 'eqx', text))\n"
    "        elif not isinstance(one, (int, float, type(None))):\n"
    "            left.extend(gc.get_referents(one))\n"
    "    path = pathlib.Path(os.environ['FLIPCHART_DATA'], 'held')\n"
    "    path.with_suffix('.new').write_text(json.dumps(sorted(found)))\n"
    "    path.with_suffix('.new').rename(path)\n"
    "signal.signal(signal.SIGUSR1, told)\n"
)


def word(name: str) -> str:
    """Words that stand in one field alone."""
    return f"{HEAD}{name}{TAIL}"


@dataclass
class Story:
    """A board on which one person wrote everywhere: `words` by field, and an open page and pen of theirs."""

    server: Served
    board: Board
    other: Guest
    leaver: Guest
    words: set[str] = field(default_factory=set)

    def said(self, name: str) -> str:
        self.words.add(name)
        return word(name)

    def refused(self, who: Guest, path: str) -> bytes:
        """What they are answered there, unpacked as far as it is packed."""
        answer = who.http.get(f"{who.house.url}{path}")
        assert answer.status_code < 500, (path, answer.status_code)
        return unpacked(answer.content)


def tell(server: Served) -> Story:
    """Everything is written, changed, quoted, voted on and looked at, so that it lies wherever it can."""
    house = House(server.data, port=server.port)
    board = start_board(house)
    other, leaver = board.guest("Reader", "Dakar"), board.guest(word("firstname"), word("place"))
    story = Story(server, board, other, leaver, {"firstname"})
    said, host = story.said, board.facilitator
    step = board.goes_to("write")
    first = leaver.writes(said("note"), step=step)
    second = leaver.writes(said("rewritten"), step=step)
    leaver.asks("note.edit", note=second, text=said("edited"), base=10**6)
    gone = leaver.writes(said("deleted"), step=step)
    leaver.asks("note.delete", note=gone)
    theirs = other.writes(f"As was said: {word('note')}, and more", step=step)
    leaver.asks("note.comment", note=theirs, text=said("comment"))
    leaver.asks("note.translate", note=theirs, language="es", text=said("translation"))
    plain = other.writes("Nothing of theirs", step=step)
    host.asks("note.merge", notes=[second, theirs], text=f"Both: {word('edited')} and more")
    grouping = _added(host, "group")
    theme = leaver.asks("theme.add", title=said("theme"), step=grouping)["made"]["theme"]
    host.asks("notes.move", notes=[first], theme=theme)
    _added(host, "headline")
    made = leaver.asks("headline.add", text=said("headline"), language="en")["made"]["headline"]
    leaver.asks("headline.edit", headline=made, language="en", text=said("version"), base=10**6)
    other.asks("headline.edit", headline=made, language="fr", text="À tout le monde", base=10**6)
    _writes_together(story, made)
    _is_voted_on(story, [first, plain], f"headline:{made}")
    board.goes_to("roadmap")
    leaver.asks("action.add", text=said("action"), owner=said("owner"))
    board.goes_to("survey")
    host.asks("survey.open")
    leaver.asks("survey.answer", answers={"ready6": said("answer")})
    host.asks("survey.share")
    host.asks("results.publish", on=True)
    leaver.asks("person.rename", name=said("name"))
    return story


def _added(host: Guest, kind: str) -> str:
    """A step of that kind, where the session is from now on."""
    step = str(host.asks("agenda.add", kind=kind, title={"en": "Next"}, minutes=5)["made"]["step"])
    host.asks("agenda.go", step=step)
    return step


def _writes_together(story: Story, headline: str) -> None:
    """Their words in a document that is written together, of which the whole past is kept while it is written."""
    with _line(story.leaver, f"/b/{story.board.id}/versions/{headline}/fr") as pen:
        doc: Doc[Text] = Doc()
        pen.send(create_sync_message(doc))
        while True:
            message = pen.recv(PATIENCE)
            assert isinstance(message, bytes)
            if message[0] == 0:
                if answer := handle_sync_message(message[1:], doc):
                    pen.send(answer)
                if message[1] == 1:
                    break
        text, known = doc.get("text", type=Text), doc.get_state()
        text.insert(0, story.said("pen"))
        pen.send(create_update_message(doc.get_update(known)))
        until(lambda: word("pen") in str(story.other.sees()))


def _is_voted_on(story: Story, notes: list[str], headline: str) -> None:
    host = story.board.facilitator
    ballot = story.board.ballot(*notes)
    story.leaver.casts(ballot, **{notes[0]: 1})
    host.asks("ballot.close", ballot=ballot)
    asked = host.asks("ballot.open", title="Can you carry it?", candidates=[headline], method="consent")
    against = {"choices": {headline: -1}, "reasons": {headline: story.said("reason")}}
    story.leaver.asks("ballot.cast", ballot=asked["made"]["ballot"], **against)
    host.asks("ballot.close", ballot=asked["made"]["ballot"])


def _line(who: Guest, path: str) -> ClientConnection:
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in who.cookies)
    url = who.house.url.replace("http", "ws", 1)
    return connect(f"{url}{path}", additional_headers={"Cookie": cookies})


def until(true: object) -> None:
    """Wait for it."""
    end = time.monotonic() + PATIENCE
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        threading.Event().wait(0.1)


def asked_for(story: Story) -> Iterator[tuple[str, bytes]]:
    """Every page and file that shows what was written, by others than them; what is made for it is made now."""
    board = f"/b/{story.board.id}"
    for who, at in ((story.board.facilitator, "facilitator"), (story.other, "participant")):
        for path in (*PAGES, *FILES, "/export.pdf", "/screen"):
            yield f"{path} for the {at}", story.refused(who, board + path)
        yield f"the API for the {at}", story.refused(who, f"/api/boards/{story.board.id}")
    with _line(story.other, f"{board}/live?since=0&epoch=none") as live:
        heard = live.recv(PATIENCE)
        yield "a line that is taken up", heard if isinstance(heard, bytes) else heard.encode()


def unpacked(content: bytes) -> bytes:
    """With what a PDF says and what lies in an archive beside it."""
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        said = "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
        return content + said.encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return content + b"".join(archive.read(name) for name in archive.namelist())
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def places(story: Story, database: str = "") -> dict[str, set[str]]:
    """Where any of the words stands now, and which."""
    found: dict[str, set[str]] = {}

    def look(where: str, content: bytes) -> None:
        these = {name for name in story.words if word(name).encode() in content}
        if these:
            found[where] = found.get(where, set()) | these

    for where, content in asked_for(story):
        look(where, content)
    for path in (path for path in story.server.data.rglob("*") if path.is_file()):
        look(path.name, path.read_bytes())
    look("the log", story.server.log.read_bytes())
    look("the server's memory", _alive(story.server))
    if database:
        look("PostgreSQL", rows(database))
    return found


def _alive(server: Served) -> bytes:
    held = server.data / "held"
    held.unlink(missing_ok=True)
    os.kill(server.pid, signal.SIGUSR1)
    until(held.is_file)
    said = held.read_bytes()
    held.unlink()
    return said


def rows(url: str) -> bytes:
    """Every row of every table, as text."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        said = [connection.execute(f'SELECT t::text FROM "{name}" t').fetchall() for (name,) in tables]  # noqa: S608
    return repr(said).encode()


def never_vacuumed(url: str) -> list[str]:
    """The tables of what people write in which what was erased may still lie."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        asked = "SELECT relname FROM pg_stat_user_tables WHERE relname IN ('entry', 'note') AND last_vacuum IS NULL"
        return [name for (name,) in connection.execute(asked).fetchall()]
