"""Starting a board: what is asked, what is answered, and who may."""

import asyncio
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.board.keeping import OutcomeUnknown
from tests.web.visiting import Place, path_of, refusal_of, running
from web.routes import home

ASKED = {"title": "Streets", "template": "blank", "language": "fr", "name": "Hall of cities"}


async def test_a_program_gets_the_board_and_every_link(place: Place):
    answer = await place.visitor().post("/boards", json=ASKED)
    made = answer.json()
    links = ["join_url", "facilitator_url", "cohost_url", "observer_url", "screen_url"]
    assert answer.status_code == 201
    assert set(made) == {"board", "person", "code", *links}
    assert [path_of(made[link])[:11] for link in links] == [f"/{letter}/{made['board']}" for letter in "jfcos"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_form_leads_to_the_board(place: Place):
    visitor = place.visitor()
    answer = await visitor.form("/boards", ASKED)
    board = answer.headers["location"].removeprefix("/b/")
    assert answer.status_code == 303
    assert (await visitor.board(board))["me"]["role"] == "facilitator"


async def test_whoever_starts_a_board_holds_the_first_facilitator_seat(place: Place):
    session = await place.board()
    me = (await session.facilitator.board(session.id))["me"]
    assert (me["person"], me["role"], me["state"]) == (session.made["person"], "facilitator", "here")


async def test_a_facilitator_needs_no_name_and_no_place(place: Place):
    session = await place.board(name="", place="")
    people = (await session.facilitator.board(session.id))["people"]
    assert [(each["name"], each["place"]) for each in people] == [("Facilitator", "")]


async def test_a_board_begins_with_the_agenda_of_its_template(place: Place):
    session = await place.board(template="flip-the-script")
    assert [step["kind"] for step in session.steps] == [
        "talk", "talk", "write", "write", "write", "vote", "roadmap", "survey",
    ]  # fmt: skip
    assert [step["minutes"] for step in session.steps] == [5, 15, 8, 8, 8, 6, 10, 0]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"title": ""}, "empty", "title"),
        ({"title": "\u202e\u200b "}, "empty", "title"),
        ({"title": "x" * 121}, "too-long", "title"),
        ({"title": ["Streets"]}, "invalid", "title"),
        ({"title": {"en": "Streets"}}, "invalid", "title"),
        ({"title": "\ud800"}, "invalid", "title"),
        ({"name": 7}, "invalid", "name"),
        ({"name": "x" * 61}, "too-long", "name"),
        ({"place": "x" * 81}, "too-long", "place"),
        ({"template": "elsewhere"}, "invalid", "template"),
        ({"starts_at": "tomorrow"}, "invalid", "starts_at"),
        ({"starts_at": 1}, "invalid", "starts_at"),
        ({"starts_at": 10**400}, "invalid", "starts_at"),
        ({"starts_at": -(10**400)}, "invalid", "starts_at"),
        ({"starts_at": True}, "invalid", "starts_at"),
        ({"zone": "Mars/Olympus"}, "invalid", "zone"),
        ({"zone": "../../etc/passwd"}, "invalid", "zone"),
        ({"key": "\udfff"}, "invalid", "key"),
    ],
)
async def test_what_cannot_be_used_is_refused_naming_its_field(place: Place, wrong, code, field):
    before = place.house.keeper.boards()
    answer = await place.visitor().post("/boards", json={**ASKED, **wrong})
    assert refusal_of(answer) == (422, code)
    assert answer.json()["facts"]["field"] == field
    assert answer.json()["message"]
    assert place.house.keeper.boards() == before


async def test_a_language_that_is_not_on_offer_is_the_readers(place: Place):
    answer = await place.visitor(speaks="es").post("/boards", json={**ASKED, "language": "tlh"})
    room = await place.house.room(answer.json()["board"])
    assert room.board.about.language == "es"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"starts_at": 1_790_000_000}, 1_790_000_000),
        ({"starts_at": "2026-11-22T17:00:00+00:00"}, 1_795_366_800),
        ({"starts_at": "2026-11-22T18:00", "zone": "Europe/Paris"}, 1_795_366_800),
        ({"starts_at": "2026-11-22T17:00"}, 1_795_366_800),
        ({"starts_at": ""}, None),
        ({}, None),
    ],
)
async def test_a_start_may_be_given_as_a_moment_or_as_a_time_in_a_zone(place: Place, given, kept):
    session = await place.board(**given)
    room = await place.house.room(session.id)
    assert room.board.about.starts_at == kept
    assert room.board.about.zone == given.get("zone")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"title": NaN}', b"[" * 10_000])
async def test_a_body_that_cannot_be_read_is_refused(place: Place, body):
    answer = await place.visitor().post("/boards", content=body, headers={"Content-Type": "application/json"})
    assert refusal_of(answer) == (422, "invalid")
    assert answer.json()["facts"] == {"field": "body"}


async def test_where_a_key_is_needed_only_who_knows_it_starts_a_board(tmp_path: Path, blank: Path):
    async with running(tmp_path, blank=blank, create_key="open sesame") as place:
        visitor = place.visitor()
        assert refusal_of(await visitor.post("/boards", json=ASKED)) == (403, "wrong-key")
        assert refusal_of(await visitor.post("/boards", json={**ASKED, "key": "open sesam"})) == (403, "wrong-key")
        assert (await visitor.post("/boards", json={**ASKED, "key": "open sesame"})).status_code == 201


async def test_nobody_starts_boards_without_end(place: Place):
    visitor = place.visitor()
    for _ in range(120):
        assert not place.house.gates.boards.take(visitor.address)
    answer = await visitor.post("/boards", json=ASKED)
    assert refusal_of(answer) == (429, "slow-down")
    assert answer.headers["retry-after"] == str(answer.json()["facts"]["seconds"])
    place.ticks.passes(answer.json()["facts"]["seconds"])
    assert (await visitor.post("/boards", json=ASKED)).status_code == 201


async def test_a_form_that_is_sent_again_and_again_starts_one_board_with_one_facilitator(place: Place):
    page = (await place.visitor().get("/")).text
    form = {**ASKED, "id": re.findall(r'name="id" value="([^"]+)"', page)[0]}
    pressing = place.visitor()
    presses = await asyncio.gather(*(pressing.form("/boards", form) for _ in range(6)))
    again = await place.visitor().form("/boards", form)
    boards = {answer.headers["location"].removeprefix("/b/") for answer in (*presses, again)}
    assert len(boards) == 1
    assert len((await pressing.board(*boards))["people"]) == 1


async def test_a_start_that_broke_off_before_its_maker_came_in_is_taken_up_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    async def breaks_off(*_: Any, **__: Any) -> None:
        raise OutcomeUnknown

    form = {**ASKED, "id": str(uuid4())}
    with monkeypatch.context() as broken:
        broken.setattr(home, "seat_person", breaks_off)
        assert refusal_of(await place.visitor().post("/boards", json=form)) == (503, "unknown-outcome")
    started = [board.id for board in place.house.keeper.boards()]
    answer = await place.visitor().post("/boards", json=form)
    assert answer.status_code == 201
    assert [board.id for board in place.house.keeper.boards()] == started


async def test_another_title_or_an_id_that_could_be_guessed_starts_another_board(place: Place):
    visitor, id_ = place.visitor(), str(uuid4())
    forms = [{"id": id_}, {"id": id_, "title": "Squares"}, {"id": "12345678"}, {"id": "12345678"}, {}, {}]
    started = [(await visitor.post("/boards", json={**ASKED, **form})).json()["board"] for form in forms]
    assert len(set(started)) == len(forms)
