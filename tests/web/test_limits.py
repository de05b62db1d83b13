"""Limits: how often somebody may try, by the real limiter and a clock in the hand; and how much may be sent."""

import asyncio
import contextlib
from uuid import uuid4

import pytest

from tests.web.visiting import Place, Session, elements_of, refusal_of

PROGRAM = {"Accept": "application/json"}
OFFICE = "203.0.113.50"


async def test_150_people_behind_one_address_join_within_a_minute_and_meet_no_limit(session: Session):
    for number in range(150):
        visitor = session.place.visitor(address=OFFICE)
        by_code = await visitor.get("/join", params={"code": session.made["code"]})
        answer = await visitor.joins(by_code.headers["location"], f"Desk {number}", "Lyon")
        assert answer.status_code == 201
        session.place.ticks.passes(60 / 150)
    assert len((await session.facilitator.board(session.id))["people"]) == 151


async def test_150_people_who_press_the_button_at_once_meet_no_limit_either(session: Session):
    visitors = [session.place.visitor(address=OFFICE) for _ in range(150)]
    found = await asyncio.gather(*(each.get("/join", params={"code": session.made["code"]}) for each in visitors))
    assert {answer.status_code for answer in found} == {303}
    joined = await asyncio.gather(*(each.joins(session.link("join")) for each in visitors))
    assert {answer.status_code for answer in joined} == {201}


async def test_the_eleventh_guess_of_a_code_meets_a_limit(session: Session):
    visitor = session.place.visitor(address="203.0.113.66")
    for _ in range(10):
        assert (await visitor.get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)).status_code == 404
    answer = await visitor.get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)
    assert refusal_of(answer) == (429, "slow-down")
    assert answer.headers["retry-after"] == "6"
    page = await visitor.get("/join", params={"code": session.made["code"]})
    assert (page.status_code, page.headers["retry-after"]) == (429, "6")


async def test_guesses_that_come_all_at_once_are_counted_one_by_one(session: Session):
    visitor = session.place.visitor(address="203.0.113.67")
    codes = [f"ZZZZ{a}{b}" for a in "ABCDEFGHJK" for b in "23456"]
    answers = await asyncio.gather(*(visitor.get("/join", params={"code": code}, headers=PROGRAM) for code in codes))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(404), statuses.count(429)) == (10, 40)


async def test_of_10_000_guesses_within_an_hour_nearly_all_meet_the_limit(place: Place):
    address, tried = "203.0.113.68", 0
    for _ in range(10_000):
        tried += place.house.gates.guesses.take(address) == 0
        place.ticks.passes(0.36)
    assert tried <= 10 + 3_600 / 6
    while not place.house.gates.guesses.take(address):
        pass
    answer = await place.visitor(address=address).get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)
    assert refusal_of(answer) == (429, "slow-down")


async def test_guessing_from_everywhere_meets_a_limit_too(place: Place):
    for number in range(600):
        assert not place.house.gates.guesses_in_all.take("all"), number
    answer = await place.visitor(address="203.0.113.69").get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)
    assert refusal_of(answer) == (429, "slow-down")


async def test_a_code_that_is_right_is_no_guess(session: Session):
    visitor = session.place.visitor(address="203.0.113.70")
    for _ in range(50):
        assert (await visitor.get("/join", params={"code": session.made["code"]})).status_code == 303


async def test_a_wrong_code_is_given_back_to_be_mended(session: Session):
    answer = await session.place.visitor().get("/join", params={"code": "K7MQ4Z"})
    assert answer.status_code == 404
    field = next(each for each in elements_of(answer.text) if each.attributes.get("name") == "code")
    assert field.attributes["value"] == "K7MQ4Z"
    assert field.attributes["aria-invalid"] == "true"


async def test_what_a_stranger_says_of_where_they_come_from_is_not_believed(session: Session):
    visitor = session.place.visitor(address="203.0.113.71")
    for number in range(10):
        said = {
            "X-Forwarded-For": f"192.0.2.{number}",
            "Forwarded": f"for=192.0.2.{number}",
            "X-Real-IP": f"192.0.2.{number}",
        }
        await visitor.get("/join", params={"code": "ZZZZZZ"}, headers={**PROGRAM, **said})
    answer = await visitor.get("/join", params={"code": "ZZZZZZ"}, headers={**PROGRAM, "X-Forwarded-For": "192.0.2.99"})
    assert refusal_of(answer) == (429, "slow-down")


async def test_one_network_of_version_6_addresses_is_one_address(session: Session):
    for number in range(10):
        visitor = session.place.visitor(address=f"2001:db8:1:2:{number:x}::1")
        assert (await visitor.get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)).status_code == 404
    same, other = (
        session.place.visitor(address="2001:db8:1:2:ffff::9"),
        session.place.visitor(address="2001:db8:1:3::1"),
    )
    assert (await same.get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)).status_code == 429
    assert (await other.get("/join", params={"code": "ZZZZZZ"}, headers=PROGRAM)).status_code == 404


@pytest.mark.parametrize("address", ["::ffff:203.0.113.72", "fe80::1%eth0", "testclient", "", "999.1.1.1"])
async def test_an_address_of_any_kind_is_counted(place: Place, address):
    assert (await place.visitor(address=address).get("/places", params={"q": "Lyo"})).status_code == 200


async def test_a_flood_of_commands_is_told_to_wait_and_has_no_effect(session: Session):
    step = await session.in_a_writing_step()
    flooder, neighbour = await session.participant("Flooder"), await session.participant("Neighbour")
    for _ in range(60):
        assert not session.place.house.gates.commands.take(flooder.person)
    answer = await flooder.asks(session.id, "note.add", step=step, text="Too much")
    assert refusal_of(answer) == (429, "slow-down")
    assert answer.json()["facts"] == {"seconds": 1}
    assert answer.headers["retry-after"] == "1"
    fields = {"do": "note.add", "id": str(uuid4()), "step": step, "text": "Too much and kept"}
    fragment = await flooder.sends(session.id, fields, HX_Request="true")
    assert (fragment.status_code, elements_of(fragment.text)[0].attributes["data-seconds"]) == (429, "1")
    page = await flooder.sends(session.id, fields)
    assert (page.status_code, "Too much and kept" in page.text) == (429, True)
    assert (await neighbour.asks(session.id, "note.add", step=step, text="Mine")).status_code == 200
    session.place.ticks.passes(1)
    assert (await flooder.asks(session.id, "note.add", step=step, text="Later")).status_code == 200
    assert [note["text"] for note in (await flooder.board(session.id))["notes"]] == ["Mine", "Later"]


async def test_a_board_takes_no_more_than_it_can_save(session: Session):
    for _ in range(2_000):
        assert not session.place.house.gates.board_commands.take(session.id)
    assert refusal_of(await session.facilitator.asks(session.id, "board.lock")) == (429, "slow-down")
    other = await session.place.board()
    assert (await other.facilitator.asks(other.id, "board.lock")).status_code == 200


async def test_joining_without_end_meets_a_limit_and_the_form_keeps_what_was_typed(session: Session):
    for _ in range(1_000):
        assert not session.place.house.gates.joins.take((OFFICE, session.id))
    visitor = session.place.visitor(address=OFFICE)
    assert refusal_of(await visitor.joins(session.link("join"))) == (429, "slow-down")
    page = await visitor.form(session.link("join"), {"name": "Quay office", "place": "Lyon"})
    assert (page.status_code, "Quay office" in page.text) == (429, True)
    assert (await session.place.visitor(address="203.0.113.73").joins(session.link("join"))).status_code == 201


async def test_a_page_fetched_without_end_meets_a_limit_and_others_read_on(session: Session):
    hasty, neighbour = await session.participant(), await session.participant("Neighbour", "Dakar")
    for _ in range(200):
        assert not session.place.house.gates.pages.take(hasty.person)
    answer = await hasty.get(f"/b/{session.id}")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert (await neighbour.get(f"/b/{session.id}")).status_code == 200
    session.place.ticks.passes(1)
    assert (await hasty.get(f"/b/{session.id}")).status_code == 200


@pytest.mark.parametrize("path", ["/b/{}/results", "/b/{}/export.json", "/api/boards/{}"])
async def test_the_board_in_every_other_form_counts_as_its_page(session: Session, path: str):
    hasty, neighbour = await session.participant(), await session.participant("Neighbour", "Dakar")
    for _ in range(200):
        assert not session.place.house.gates.pages.take(hasty.person)
    answer = await hasty.get(path.format(session.id), headers=PROGRAM)
    assert (refusal_of(answer), answer.headers["retry-after"]) == ((429, "slow-down"), "1")
    assert (await neighbour.get(path.format(session.id))).status_code == 200


async def test_a_screen_fetched_without_end_meets_a_limit(session: Session):
    screen = await session.seated("screen")
    for _ in range(200):
        assert not session.place.house.gates.pages.take(screen.address)
    answer = await screen.get(f"/b/{session.id}/screen")
    assert (refusal_of(answer), answer.headers["retry-after"]) == ((429, "slow-down"), "1")


async def test_one_person_has_so_many_lines_open_and_others_as_many(session: Session):
    tabs, neighbour = await session.participant(), await session.participant("Neighbour", "Dakar")
    async with contextlib.AsyncExitStack() as opened:
        for _ in range(20):
            await (await opened.enter_async_context(tabs.follows(session.id))).hears_of("refresh")
        async with tabs.follows(session.id) as one_more:
            assert await one_more.ends() == 4429
        async with neighbour.follows(session.id) as healthy:
            assert await healthy.hears_of("refresh")
    async with tabs.follows(session.id) as again:
        assert await again.hears_of("refresh")


async def test_lines_opened_without_end_meet_a_limit(session: Session):
    hasty = await session.participant()
    for _ in range(200):
        assert not session.place.house.gates.lines.take(hasty.person)
    async with hasty.follows(session.id) as socket:
        assert await socket.ends() == 4429


async def test_the_list_of_places_is_not_emptied_by_one_address(place: Place):
    for _ in range(120):
        assert not place.house.gates.places.take(OFFICE)
    answer = await place.visitor(address=OFFICE).get("/places", params={"q": "Ly"})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (429, [], "1")


async def chunks(size: int):
    """A body that does not say how large it is."""
    for _ in range(size // 1_000):
        yield b"x" * 1_000


@pytest.mark.parametrize("path", ["/boards", "/language", "/b/{board}/commands", "{join}", "{facilitator}"])
async def test_a_body_that_is_too_large_is_refused_however_it_is_sent(session: Session, path):
    path = path.format(board=session.id, join=session.link("join"), facilitator=session.link("facilitator"))
    kind = {"Content-Type": "application/json"}
    announced = await session.facilitator.post(path, content=b"x" * 140_000, headers=kind)
    assert refusal_of(announced) == (413, "too-big")
    endless = await session.facilitator.post(path, content=chunks(140_000), headers=kind)
    assert refusal_of(endless) == (413, "too-big")


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "9" * 30, "0x10", "+5", "１０"])
async def test_a_length_that_is_none_is_refused(session: Session, length):
    headers = {"Content-Type": "application/json", "Content-Length": length.encode()}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", content=chunks(1_000), headers=headers)
    assert answer.status_code in (413, 422)


async def test_a_body_as_large_as_it_may_be_is_read(session: Session):
    fields = {"do": "board.announce", "id": str(uuid4()), "text": "x" * 120_000}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", json=fields)
    assert refusal_of(answer) == (422, "too-long")
