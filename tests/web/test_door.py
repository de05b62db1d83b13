"""The door: who comes in, as whom, and how often; who waits, and who stays outside."""

from uuid import uuid4

import pytest

from tests.web.visiting import Place, Session, elements_of, refusal_of, words_of


async def test_a_program_that_joins_gets_its_person_and_a_seat(session: Session):
    visitor = session.place.visitor()
    answer = await visitor.joins(session.link("join"))
    assert (answer.status_code, answer.json()) == (201, {"board": session.id, "person": visitor.person})
    me = (await visitor.board(session.id))["me"]
    assert (me["person"], me["role"], me["place"]) == (visitor.person, "participant", "Lyon")


async def test_a_form_leads_to_the_board(session: Session):
    visitor = session.place.visitor()
    answer = await visitor.form(session.link("join"), {"name": "Quay office", "place": "Lyon", "language": "fr"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}")
    assert (await visitor.board(session.id))["me"]["role"] == "participant"


async def test_the_country_is_what_the_list_of_cities_says(session: Session):
    city = (await session.place.visitor().get("/places", params={"q": "Lyon"})).json()[0]
    await session.place.visitor().joins(session.link("join"), place="Lyon", place_id=city["id"], country="XX")
    await session.place.visitor().joins(session.link("join"), "Other", place="Lyon", place_id="made-up")
    countries = [each["country"] for each in (await session.facilitator.board(session.id))["people"]]
    assert countries == ["", "FR", ""]


async def test_no_place_speaks_with_the_voice_of_another_city(session: Session):
    cities = (await session.place.visitor().get("/places", params={"q": "Dakar"})).json()
    visitor = await session.participant("Quay office", "Lyon")
    for spelling, country in (("Lyon", ""), ("DAKAR", "SN"), ("Dakar", "SN")):
        answer = await visitor.asks(session.id, "person.place", place=spelling, place_id=cities[0]["id"])
        assert answer.status_code == 200
        shown = {each["id"]: each["country"] for each in (await session.facilitator.board(session.id))["people"]}
        assert shown[visitor.person] == country


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"name": ""}, "empty", "name"),
        ({"name": "\u2800\u200d"}, "empty", "name"),
        ({"place": " "}, "empty", "place"),
        ({"name": "x" * 61}, "too-long", "name"),
        ({"place": "x" * 81}, "too-long", "place"),
        ({"name": ["x"]}, "invalid", "name"),
        ({"place": {"a": "b"}}, "invalid", "place"),
        ({"place_id": 5}, "invalid", "place_id"),
        ({"language": []}, "invalid", "language"),
        ({"id": 12345678}, "invalid", "id"),
        ({"name": "\udcff"}, "invalid", "name"),
    ],
)
async def test_what_cannot_be_used_at_the_door_is_refused_naming_its_field(session: Session, fields, code, field):
    visitor = session.place.visitor()
    answer = await visitor.joins(session.link("join"), **fields)
    assert refusal_of(answer) == (422, code)
    assert answer.json()["facts"]["field"] == field
    assert not visitor.http.cookies
    assert len((await session.facilitator.board(session.id))["people"]) == 1


async def test_the_same_device_comes_back_as_the_same_person(session: Session):
    visitor = await session.participant("Quay office", "Lyon")
    again = await visitor.joins(session.link("join"), "Quay office, first floor", "Lyon")
    assert again.json()["person"] == visitor.person
    people = (await session.facilitator.board(session.id))["people"]
    assert [each["name"] for each in people] == ["Hall of cities", "Quay office, first floor"]


async def test_coming_back_by_the_link_goes_straight_in(session: Session):
    visitor = await session.participant()
    answer = await visitor.get(session.link("join"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}")


async def test_the_same_form_sent_twice_is_one_person(session: Session):
    form = {"id": str(uuid4()), "name": "Quay office", "place": "Lyon", "language": "en"}
    first = await session.place.visitor().post(session.link("join"), json=form)
    second = await session.place.visitor().post(session.link("join"), json=form)
    assert first.json() == second.json()
    assert len((await session.facilitator.board(session.id))["people"]) == 2


async def test_the_same_form_with_other_words_is_refused(session: Session):
    form = {"id": str(uuid4()), "name": "Quay office", "place": "Lyon", "language": "en"}
    await session.place.visitor().post(session.link("join"), json=form)
    other = await session.place.visitor().post(session.link("join"), json={**form, "name": "Somebody else"})
    assert refusal_of(other) == (422, "id-reused")
    assert "set-cookie" not in other.headers


async def test_two_devices_are_two_people(session: Session):
    first, second = await session.participant(), await session.participant()
    assert first.person != second.person


async def test_a_code_leads_to_the_door_however_it_is_typed(session: Session):
    code = session.made["code"]
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        answer = await session.place.visitor().get("/join", params={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, session.link("join"))


@pytest.mark.parametrize("typed", ["ZZZZZZ", "", "   ", "é" * 6, "\x00", "x" * 5_000, "' OR 1=1 --"])
async def test_a_code_that_opens_nothing_is_not_found(session: Session, typed):
    answer = await session.place.visitor().get("/join", params={"code": typed}, headers={"Accept": "application/json"})
    assert refusal_of(answer) == (404, "unknown-code")


async def test_a_closed_door_looks_like_a_code_that_there_is_not(session: Session):
    await session.runs("door.set", open="closed")
    program = {"Accept": "application/json"}
    closed = await session.place.visitor().get("/join", params={"code": session.made["code"]}, headers=program)
    unknown = await session.place.visitor().get("/join", params={"code": "ZZZZZZ"}, headers=program)
    assert (closed.status_code, closed.text) == (unknown.status_code, unknown.text)


async def test_nobody_comes_in_by_a_closed_door(session: Session):
    await session.runs("door.set", open="closed")
    answer = await session.place.visitor().joins(session.link("join"))
    assert refusal_of(answer) == (422, "door-closed")
    assert "set-cookie" not in answer.headers


async def test_whoever_has_a_seat_keeps_it_when_the_door_closes(session: Session):
    visitor = await session.participant()
    await session.runs("door.set", open="closed")
    assert (await visitor.joins(session.link("join"))).status_code == 201
    assert (await visitor.board(session.id))["me"]["state"] == "here"


async def test_a_facilitator_who_opens_the_join_link_stays_facilitator(session: Session):
    answer = await session.facilitator.joins(session.link("join"), "Hall of cities", "Lyon")
    assert answer.json()["person"] == session.made["person"]
    assert (await session.facilitator.board(session.id))["me"]["role"] == "facilitator"


async def test_somebody_in_the_waiting_room_is_told_so(session: Session):
    await session.runs("door.set", open="waiting")
    visitor = session.place.visitor()
    answer = await visitor.joins(session.link("join"))
    assert (answer.status_code, answer.json()["waiting"]) == (202, True)


async def test_who_waits_sees_nothing_of_the_board(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    await session.note(writer, "canary words")
    await session.runs("door.set", open="waiting")
    visitor = await session.participant("Late", "Dakar")
    board = await visitor.board(session.id)
    assert set(board) == {"board", "seq", "epoch", "title", "rehearsal", "me"}
    for address in ("results", "export.json", "export.csv", "export.md"):
        answer = await visitor.get(f"/b/{session.id}/{address}", headers={"Accept": "application/json"})
        assert refusal_of(answer) == (403, "waiting")
    answer = await visitor.asks(session.id, "note.add", step=session.step("write"), text="Hello")
    assert refusal_of(answer) == (422, "waiting")


async def test_who_waits_learns_nothing_of_what_their_place_has_voted(session: Session):
    await session.in_a_writing_step()
    notes = [await session.note(session.facilitator) for _ in range(2)]
    await session.ballot(*notes, one_per="place")
    await session.runs("door.set", open="waiting")
    assert (await (await session.participant()).board(session.id))["me"]["dots_left"] == {}


async def test_who_waits_hears_nothing_on_the_socket_until_admitted(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    await session.runs("door.set", open="waiting")
    visitor = await session.participant("Late", "Dakar")
    head = (await visitor.board(session.id))["seq"]
    epoch = (await visitor.board(session.id))["epoch"]
    async with visitor.follows(session.id, f"since=1&epoch={epoch}") as socket:
        assert (await socket.hears())["content"] == ""
        await session.note(writer, "canary words")
        assert {frame.get("content", "") for frame in await socket.hears_until(head + 1)} == {""}
        await session.runs("person.admit", person=visitor.person)
        assert await socket.hears_of("refresh")
        assert "canary" not in "".join(socket.heard)
    assert [note["text"] for note in (await visitor.board(session.id))["notes"]] == ["canary words"]


async def test_opening_the_door_lets_in_who_waits(session: Session):
    await session.runs("door.set", open="waiting")
    visitor = await session.participant("Late", "Dakar")
    await session.runs("door.set", open="open")
    assert (await visitor.board(session.id))["me"]["state"] == "here"


async def test_a_rotated_link_is_stale_and_so_is_its_code(session: Session):
    old, code = session.link("join"), session.made["code"]
    await session.runs("door.rotate", role="join")
    visitor = session.place.visitor()
    program = {"Accept": "application/json"}
    assert refusal_of(await visitor.joins(old)) == (404, "stale-link")
    assert refusal_of(await visitor.get(old, headers=program)) == (404, "stale-link")
    assert refusal_of(await visitor.get("/join", params={"code": code}, headers=program)) == (404, "unknown-code")


async def test_the_new_link_and_the_new_code_work_at_once(session: Session):
    await session.runs("door.rotate", role="join")
    links, door = session.place.house.links, (await session.place.house.room(session.id)).board.door
    new = links.path(session.id, "join", door.generations["join"])
    code = links.code(session.id, door.generations["join"])
    assert (await session.place.visitor().joins(new)).status_code == 201
    answer = await session.place.visitor().get("/join", params={"code": code})
    assert answer.headers["location"] == new


async def test_rotating_takes_no_seat(session: Session):
    visitor = await session.participant()
    await session.runs("door.rotate", role="join")
    assert (await visitor.board(session.id))["me"]["state"] == "here"


async def test_somebody_removed_has_no_effect_any_more(session: Session):
    visitor = await session.participant()
    step = await session.in_a_writing_step()
    await session.runs("person.remove", person=visitor.person)
    before = (await session.facilitator.board(session.id))["seq"]
    assert refusal_of(await visitor.asks(session.id, "note.add", step=step, text="Still here")) == (422, "removed")
    assert refusal_of(await visitor.get(f"/api/boards/{session.id}")) == (403, "removed")
    assert (await session.facilitator.board(session.id))["seq"] == before


async def test_somebody_removed_does_not_come_back_by_seat_device_or_join_link(session: Session):
    visitor = await session.participant()
    await session.runs("person.remove", person=visitor.person)
    for link in ("join", "observer", "cohost"):
        answer = await visitor.post(session.link(link), json={"name": "Quay office", "place": "Lyon"})
        assert refusal_of(answer) == (403, "removed")
    await visitor.form(f"/b/{session.id}/leave", {})
    assert refusal_of(await visitor.joins(session.link("join"))) == (403, "removed")


async def test_the_form_of_somebody_removed_is_refused_on_another_device_too(session: Session):
    form = {"id": str(uuid4()), "name": "Quay office", "place": "Lyon", "language": "en"}
    person = (await session.place.visitor().post(session.link("join"), json=form)).json()["person"]
    await session.runs("person.remove", person=person)
    again = session.place.visitor()
    await again.post(session.link("join"), json=form)
    assert refusal_of(await again.get(f"/api/boards/{session.id}")) == (403, "removed")


async def test_somebody_removed_loses_the_socket_at_once(session: Session):
    visitor = await session.participant()
    async with visitor.follows(session.id) as socket:
        await session.runs("person.remove", person=visitor.person)
        assert await socket.ends() == 4403
    async with visitor.follows(session.id) as socket:
        assert await socket.ends() == 4403


async def test_somebody_readmitted_is_back(session: Session):
    visitor = await session.participant()
    await session.runs("person.remove", person=visitor.person)
    await session.runs("person.readmit", person=visitor.person)
    assert (await visitor.board(session.id))["me"]["state"] == "here"


async def test_leaving_forgets_the_device_and_keeps_the_person(session: Session):
    visitor = await session.participant()
    assert (await visitor.form(f"/b/{session.id}/leave", {})).headers["location"] == "/"
    assert (await visitor.get(f"/api/boards/{session.id}")).status_code == 401
    assert len((await session.facilitator.board(session.id))["people"]) == 2


async def test_a_join_link_of_another_board_opens_that_board_only(place: Place):
    one, other = await place.board(), await place.board()
    visitor = place.visitor()
    await visitor.joins(one.link("join"))
    assert (await visitor.get(f"/api/boards/{other.id}")).status_code == 401
    mixed = f"/j/{other.id}{one.link('join')[11:]}"
    assert refusal_of(await visitor.joins(mixed)) == (404, "stale-link")


async def test_who_waits_is_shown_a_page_that_says_so_and_nothing_of_the_board(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    await session.note(writer, "canary words")
    await session.runs("door.set", open="waiting")
    visitor = await session.participant("Late", "Dakar")
    page = await visitor.get(f"/b/{session.id}")
    assert page.status_code == 200
    assert "canary words" not in page.text
    assert "Common messages" not in page.text
    assert 'data-audience="everyone"' not in page.text


async def test_who_waits_may_choose_the_language_of_that_page(session: Session):
    await session.runs("door.set", open="waiting")
    visitor = await session.participant("Late", "Dakar")
    assert 'lang="en"' in (await visitor.get(f"/b/{session.id}")).text
    await visitor.form("/language", {"language": "es", "next": f"/b/{session.id}"})
    assert '<html lang="es"' in (await visitor.get(f"/b/{session.id}")).text


async def test_somebody_removed_is_shown_a_page_that_says_so(session: Session):
    visitor = await session.participant()
    await session.in_a_writing_step()
    await session.note(visitor, "canary words")
    await session.runs("person.remove", person=visitor.person)
    for path in (f"/b/{session.id}", f"/b/{session.id}/results", f"/b/{session.id}?as=participant"):
        page = await visitor.get(path)
        assert page.status_code == 403
        assert "canary words" not in page.text
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": "Still here"}
    assert (await visitor.sends(session.id, fields)).status_code == 403


async def test_a_rotated_link_says_so_on_a_page(session: Session):
    await session.runs("door.rotate", role="join")
    visitor = session.place.visitor()
    for answer in (
        await visitor.get(session.link("join")),
        await visitor.form(session.link("join"), {"name": "Quay office", "place": "Lyon"}),
    ):
        assert answer.status_code == 404
        assert "This link no longer works" in words_of(answer.text)


async def test_what_was_typed_at_the_door_is_given_back_beside_what_is_wrong(session: Session):
    answer = await session.place.visitor().form(
        session.link("join"), {"name": "Quay office", "place": "", "language": "en"}
    )
    fields = {each.attributes.get("name"): each.attributes for each in elements_of(answer.text) if each.tag == "input"}
    assert answer.status_code == 422
    assert fields["name"]["value"] == "Quay office"
    assert fields["place"]["aria-invalid"] == "true"
    assert "Please give your city, region or organisation." in words_of(answer.text)


async def test_the_door_makes_a_form_of_its_own_for_each_who_reads_it(session: Session):
    pages = [(await session.place.visitor().get(session.link("join"))).text for _ in range(2)]
    ids = [
        each.attributes["value"] for page in pages for each in elements_of(page) if each.attributes.get("name") == "id"
    ]
    assert len(set(ids)) == 2


async def test_a_facilitator_who_opens_the_join_link_is_offered_to_look_as_a_participant(session: Session):
    page = await session.facilitator.get(session.link("join"))
    links = [each.attributes.get("href") for each in elements_of(page.text) if each.tag == "a"]
    assert page.status_code == 200
    assert f"/b/{session.id}?as=participant" in links


async def test_without_a_seat_the_boards_address_is_the_door(session: Session):
    page = await session.place.visitor().get(f"/b/{session.id}")
    names = [each.attributes.get("name") for each in elements_of(page.text) if each.tag == "input"]
    assert page.status_code == 200
    assert "code" in names
    assert "/j/" not in page.text


@pytest.mark.parametrize(("came_by", "form"), [("join", True), ("", False)])
async def test_P23_whom_a_restored_board_does_not_know_is_led_to_the_door_that_they_came_by(
    session: Session, came_by: str, form: bool
):
    """Whoever had their seat by another link gets no form of this one, and nobody gets one by a closed door."""
    await session.runs("door.rotate", role="join")
    stranger = session.place.visitor()
    seat = {"board": session.id, "person": "p0123456789abcdef", "role": came_by, "generation": 0}
    stranger.http.cookies.set(f"flipchart-{session.id}", session.place.house.seats._signer.dumps(seat))
    page = (await stranger.get(f"/b/{session.id}")).text
    assert "put back to how it was earlier" in words_of(page)
    actions = [each.attributes.get("action") or "" for each in elements_of(page)]
    assert any(each.startswith("/j/") for each in actions) is form
    await session.runs("door.set", open="closed")
    page = (await stranger.get(f"/b/{session.id}")).text
    assert "/j/" not in page.replace("/static/", "")
