"""Hostile requests: whatever is sent, the answer is one of those that there are, and nothing breaks."""

import json
import random
import string
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from app.board.deciding import RULES
from tests.web.visiting import Session, Visitor

ANSWERS = {200, 204, 303, 401, 403, 404, 413, 422, 429}
SEED = 20_261_122
JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**64, 10**400, 1e308, 0.1, "", " ", "0", "1", "-1",
    "x" * 300, "x" * 5_000, "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202e", "é", "😀" * 50, "e" + "\u0301" * 60,
    "'; DROP TABLE note; --", "<script>alert(1)</script>", "{{ 7 * 7 }}", "../../etc/passwd", "__proto__", "__init__",
    [], [[]], ["x"] * 100, {}, {"a": 1}, {"__proto__": {"on": True}}, {"en": "x"}, {"en": 5}, {"note:x": 1},
    {"fr": "é" * 400}, [None], [[[[[[[[]]]]]]]], {"a": {"b": {"c": {}}}}, "note:", "note:x", "x:y", "facilitator", "fr",
]  # fmt: skip


def fields_of(rule) -> list[str]:
    """The names of a command's fields as they are sent."""
    return ["for" if name == "on_behalf" else name for name in rule.command.__dataclass_fields__]


class Fuzz:
    """Requests that nobody should send, the same ones every time."""

    def __init__(self, session: Session, known: list[str]) -> None:
        self.random = random.Random(SEED)
        self.session, self.known = session, known

    def value(self) -> Any:
        """Anything at all; now and then something that there is."""
        return self.random.choice(self.known) if self.random.random() < 0.3 else self.random.choice(JUNK)

    def command(self) -> dict[str, Any]:
        """A command with some of its fields, some that it has not, and values of every kind."""
        name = self.random.choice([*RULES, "nonsense", "person.join"])
        fields = {"do": name, "id": self.random.choice([str(uuid4()), "again-and-again", self.value()])}
        for field in fields_of(RULES[name]) if name in RULES else ["x"]:
            if self.random.random() < 0.8:
                fields[field] = self.value()
        if self.random.random() < 0.2:
            fields["".join(self.random.choices(string.printable, k=6))] = self.value()
        return fields

    def body(self) -> tuple[bytes, str]:
        """The command as JSON, as a form, or torn."""
        command = self.command()
        way = self.random.random()
        if way < 0.55:
            return json.dumps(command).encode(), "application/json"
        if way < 0.9:
            pairs = [(name, str(value).encode("utf-8", "surrogatepass")) for name, value in command.items()]
            return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        whole = json.dumps(command).encode()
        return whole[: self.random.randrange(len(whole))] + self.random.randbytes(3), "application/json"


async def seats(session: Session) -> list[Visitor]:
    """Somebody with each kind of seat, and somebody with none."""
    return [
        session.facilitator,
        await session.participant(),
        await session.seated("observer"),
        await session.seated("cohost"),
        session.place.visitor(),
    ]


async def test_a_thousand_commands_of_random_junk_break_nothing(session: Session):
    writer = await session.participant("Neighbour", "Dakar")
    step = await session.in_a_writing_step()
    notes = [await session.note(writer, f"Note {number}") for number in range(4)]
    ballot = await session.ballot(*notes[:3])
    fuzz = Fuzz(session, [step, *notes, ballot, writer.person, *(f"note:{note}" for note in notes)])
    people, statuses = await seats(session), {}
    for number in range(1_000):
        body, kind = fuzz.body()
        who = people[number % len(people)]
        headers = {"Content-Type": kind} | ({"HX-Request": "true"} if number % 3 == 0 else {})
        answer = await who.post(f"/b/{session.id}/commands", content=body, headers=headers)
        assert answer.status_code in ANSWERS, (body, answer.text[:500])
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        session.place.ticks.passes(0.5)
    assert statuses[422] > 500
    assert statuses.get(200, 0) + statuses.get(204, 0) + statuses.get(303, 0) > 10
    other = await session.place.board()
    assert (await other.facilitator.asks(other.id, "board.lock")).status_code == 200
    assert (await writer.get(f"/b/{session.id}")).status_code in (200, 403)
    assert (await session.facilitator.get(f"/b/{session.id}")).status_code in (200, 403)


BODIES = [
    b"", b"\x00", b"\xff\xfe", b"null", b"1", b'"do"', b"[1, 2]", b"{", b"}", b'{"do"}', b'{"do": NaN}',
    b'{"do": -Infinity}',
    b"[" * 10_000, b"[" * 10_000 + b"]" * 10_000, b'{"do":' * 10_000 + b"1" + b"}" * 10_000, b"1" * 100_000,
    b'{"do": "timer.extend", "id": "abcdefgh", "seconds": ' + b"9" * 100_000 + b"}",
    b'{"do": "board.undo", "id": "abcdefgh", "seq": 1e999}', b'{"id": "\\ud800\\udfff", "do": "board.lock"}',
    b'{"do": "board.announce", "id": "abcdefgh", "text": "\\u0000"}',
    b'{"do": "note.add", "do": "board.lock", "id": "abcdefgh"}',
    b'{"__proto__": {"do": "board.lock"}, "id": "abcdefgh"}', b'{"constructor": {"prototype": {}}}', b"\xef\xbb\xbf{}",
    b'{"do": "board.rename", "id": "abcdefgh", "title": "\xff"}', b'{"' + b"k" * 100_000 + b'": 1}',
    b'{"do": {"toString": "board.lock"}}', b'{"do": "board.lock", "id": "abcdefgh", "on": true}' + b"\x00" * 10,
]  # fmt: skip
ADDRESSES = ["/boards", "/language", "/b/{board}/commands", "/b/{board}/leave", "{join}", "{facilitator}", "{screen}"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_body_that_makes_no_sense_is_answered_everywhere(session: Session, address):
    links = {role: session.link(role) for role in ("join", "facilitator", "screen")}
    path = address.format(board=session.id, **links)
    for body in BODIES:
        for kind in ("application/json", "application/x-www-form-urlencoded", "application/json; charset=latin-1"):
            visitor = session.facilitator if number_of(body) else session.place.visitor()
            answer = await visitor.post(path, content=body, headers={"Content-Type": kind})
            assert answer.status_code in ANSWERS | {201}, (path, body[:80], answer.text[:300])
            session.place.ticks.passes(10)


def number_of(body: bytes) -> int:
    """Even or odd."""
    return len(body) % 2


HEADERS = [
    {"Accept-Language": "x" * 20_000}, {"Accept-Language": ",;q=,;;"}, {"Accept-Language": "fr;q=NaN, en;q=1e9"},
    {"Accept-Language": "\u00e9".encode("latin-1").decode("latin-1")}, {"Accept-Language": "*"}, {"Accept": "\x01"},
    {"Cookie": "=" * 4_000}, {"Cookie": "flipchart-language=../../../etc/passwd"}, {"Cookie": "a=\x7f"},
    {"Host": ""}, {"Host": "["}, {"Host": "[::1"}, {"Host": "a b"}, {"Host": "elsewhere.example/x?y#z"},
    {"Host": "a" * 5_000},
    {"Host": "\"><script>alert(1)</script>"}, {"Content-Type": "text/json; charset=\x00"}, {"HX-Request": "\x00"},
    {"Content-Type": "a" * 5_000}, {"X-Forwarded-Host": "elsewhere.example"}, {"X-Forwarded-Proto": "javascript"},
    {"Range": "bytes=0-,0-,0-"}, {"If-None-Match": "*"}, {"Transfer-Encoding": "x"}, {"Upgrade": "websocket"},
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: ascii(headers)[:40])
async def test_headers_that_make_no_sense_are_answered_too(session: Session, headers):
    raw = {name.encode(): value.encode("utf-8") for name, value in headers.items()}
    cookie = f"flipchart-{session.id}={session.facilitator.http.cookies[f'flipchart-{session.id}']}".encode()
    sent = {b"Cookie": cookie, **raw}
    for path in ("/", f"/b/{session.id}", session.link("join"), f"/b/{session.id}/results", "/places?q=Lyon"):
        answer = await session.facilitator.http.request("GET", path, headers=sent)
        assert answer.status_code in ANSWERS | {400}, (path, answer.status_code)
        assert "<script>alert" not in answer.text
    body = json.dumps({"do": "board.lock", "id": str(uuid4()), "on": True}).encode()
    answer = await session.facilitator.http.request(
        "POST", f"/b/{session.id}/commands", content=body, headers={b"Content-Type": b"application/json", **sent}
    )
    assert answer.status_code in ANSWERS | {400}


QUERIES = [
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "x" * 5_000,
    "q=&q=&q=",
    "q=%F0%9F%98%80",
    "language=xx",
    "language=%00",
    "q[]=x",
    "%",
]


@pytest.mark.parametrize("dots", ["9" * 5_000, "1" * 300, "٣", "²", "-1", "1e9"])
async def test_a_form_whose_dots_make_no_sense_is_answered_with_its_page(session: Session, dots):
    await session.in_a_writing_step()
    notes = [await session.note(session.facilitator) for _ in range(2)]
    ballot, voter = await session.ballot(*notes), await session.participant()
    vote = {"do": "ballot.cast", "id": "a-vote-of-mine", "ballot": ballot, f"choices.note:{notes[0]}": dots}
    assert (await voter.sends(session.id, vote)).status_code in (303, 422)


@pytest.mark.parametrize("query", QUERIES)
async def test_queries_that_make_no_sense_are_answered_too(session: Session, query):
    for path in ("/places", "/", "/join", f"/b/{session.id}", f"/b/{session.id}/results", "/healthz", "/readyz"):
        changed = query.replace("q=", "code=") if path == "/join" else query
        answer = await session.facilitator.get(f"{path}?{changed}")
        assert answer.status_code in ANSWERS, path
        session.place.ticks.passes(10)
