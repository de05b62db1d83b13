"""Personal links: the same person on another device, for a quarter of an hour, once, and told to nobody else."""

import re
from pathlib import Path

from tests.canary.hour import written_down
from tests.web.visiting import Place, Session, Visitor, path_of, refusal_of, running, words_of

QUARTER = 15 * 60


async def link_of(visitor: Visitor, session: Session) -> str:
    """The path of a personal link that this visitor has made just now."""
    answer = await visitor.post(f"/b/{session.id}/me", json={})
    assert answer.status_code == 201, answer.text
    return path_of(answer.json()["url"])


async def is_on(visitor: Visitor, session: Session) -> str:
    """Whose seat this device has, "" for nobody's."""
    answer = await visitor.get(f"/api/boards/{session.id}")
    return str(answer.json()["me"]["person"]) if answer.status_code == 200 else ""


async def test_a_personal_link_takes_the_same_person_to_another_device(session: Session):
    writer, phone = await session.participant(), session.place.visitor()
    link = await link_of(writer, session)
    answer = await phone.takes(link)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}")
    assert await is_on(phone, session) == await is_on(writer, session) == writer.person
    assert len((await session.facilitator.board(session.id))["people"]) == 2


async def test_it_works_once_and_so_do_all_that_were_made_before(session: Session):
    writer = await session.participant()
    earlier, link = await link_of(writer, session), await link_of(writer, session)
    assert (await session.place.visitor().takes(link)).status_code == 303
    for used in (link, earlier):
        late = session.place.visitor()
        for answer in (await late.takes(used), await late.get(used)):
            assert refusal_of(answer) == (404, "stale-link")
        assert await is_on(late, session) == ""
    assert (await session.place.visitor().takes(await link_of(writer, session))).status_code == 303


async def test_two_devices_at_the_same_moment_are_one(session: Session):
    writer, one, two = await session.participant(), session.place.visitor(), session.place.visitor()
    link = await link_of(writer, session)
    statuses = [(await each.takes(link, id=f"button-{n}-pressed")).status_code for n, each in enumerate((one, two))]
    assert sorted(statuses) == [303, 404]


async def test_a_second_press_of_the_same_button_is_the_same_move(session: Session):
    writer, phone = await session.participant(), session.place.visitor()
    link = await link_of(writer, session)
    id_ = re.findall(r'name="id" value="([^"]+)"', (await phone.get(link)).text)[0]
    bare = session.place.visitor()
    assert [(await each.takes(link, id=id_)).status_code for each in (phone, bare)] == [303, 303]
    assert await is_on(phone, session) == writer.person


async def test_it_is_once_also_after_a_restart(tmp_path: Path):
    async with running(tmp_path) as place:
        session = await place.board()
        writer = await session.participant()
        used, unused = await link_of(writer, session), await link_of(await session.participant("Port"), session)
        assert (await place.visitor().takes(used)).status_code == 303
    async with running(tmp_path) as again:
        assert refusal_of(await again.visitor().takes(used)) == (404, "stale-link")
        assert (await again.visitor().takes(unused)).status_code == 303


async def test_it_is_dead_after_a_quarter_of_an_hour(session: Session):
    writer = await session.participant()
    link, later = await link_of(writer, session), await link_of(writer, session)
    session.place.clock.passes(QUARTER - 1)
    assert (await session.place.visitor().get(link)).status_code == 200
    session.place.clock.passes(1)
    for answer in (await session.place.visitor().get(later), await session.place.visitor().takes(later)):
        assert refusal_of(answer) == (404, "stale-link")


async def test_a_forged_one_opens_nothing(session: Session):
    link = await link_of(await session.participant(), session)
    payload, _, signature = link.removeprefix("/me/").rpartition(".")
    for forged in (f"/me/{payload}.{signature[::-1]}", "/me/nonsense", f"/me/{'x' * 5_000}", f"/me/{payload}"):
        assert refusal_of(await session.place.visitor().takes(forged)) == (404, "stale-link")


async def test_a_link_preview_takes_no_seat(session: Session):
    writer, phone = await session.participant(), session.place.visitor()
    link = await link_of(writer, session)
    page = await phone.get(link)
    assert page.status_code == 200
    assert page.text.count(f'action="{link}"') == 1
    assert writer.person not in page.text.replace(link.removeprefix("/me/"), "")
    assert await is_on(phone, session) == ""
    assert (await phone.takes(link)).status_code == 303


async def test_the_link_of_somebody_removed_is_dead(session: Session):
    writer = await session.participant()
    link = await link_of(writer, session)
    await session.runs("person.remove", person=writer.person)
    for answer in (await session.place.visitor().get(link), await session.place.visitor().takes(link)):
        assert refusal_of(answer) == (404, "stale-link")
    assert (await writer.post(f"/b/{session.id}/me", json={})).status_code == 403
    assert (await session.place.visitor().post(f"/b/{session.id}/me", json={})).status_code == 401


async def test_a_stronger_seat_stays_on_its_device_and_the_link_is_not_used_up(session: Session):
    writer = await session.participant()
    link = await link_of(writer, session)
    assert (await session.facilitator.takes(link)).status_code == 303
    assert await is_on(session.facilitator, session) != writer.person
    assert (await writer.takes(link)).status_code == 303
    phone = session.place.visitor()
    assert (await phone.takes(link)).status_code == 303
    assert await is_on(phone, session) == writer.person


async def test_a_facilitators_personal_link_makes_another_device_facilitate(session: Session):
    phone = session.place.visitor()
    assert (await phone.takes(await link_of(session.facilitator, session))).status_code == 303
    assert (await phone.asks(session.id, "board.lock", on=True)).status_code == 200


async def test_the_menu_makes_one_with_its_qr_code_with_and_without_scripts(session: Session):
    writer = await session.participant()
    assert f'action="/b/{session.id}/me?language=en"' in (await writer.get(f"/b/{session.id}")).text
    page = await writer.form(f"/b/{session.id}/me", {})
    fragment = await writer.form(f"/b/{session.id}/me", {}, **{"HX-Request": "true"})
    for answer in (page, fragment):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "/me/" in answer.text
        assert 'class="qr"' in answer.text
        assert "It works once" in words_of(answer.text)
    assert "<html" in page.text
    assert "<html" not in fragment.text


async def test_no_log_no_database_and_no_other_page_holds_it(tmp_path: Path):
    with written_down() as out:
        async with running(tmp_path) as place:
            session = await place.board()
            writer, phone = await session.participant(), place.visitor()
            link = await link_of(writer, session)
            token = link.removeprefix("/me/")
            seen = await phone.takes(link)
            seen_by = [seen, await phone.get(f"/b/{session.id}"), await session.facilitator.get(f"/b/{session.id}/log")]
            assert all(token not in f"{answer.headers}{answer.text}" for answer in seen_by)
            assert "another device" not in (await session.facilitator.get(f"/b/{session.id}/log")).text
    kept = written_in(tmp_path)
    assert session.id.encode() in kept
    assert token.encode() not in kept
    assert out.getvalue() == "" or token not in out.getvalue()


def written_in(data: Path) -> bytes:
    """All that the database holds."""
    return b"".join(path.read_bytes() for path in data.glob("flipchart.db*"))


async def test_it_leaks_to_no_other_site(session: Session):
    link = await link_of(await session.participant(), session)
    page = await session.place.visitor().get(link)
    assert page.headers["referrer-policy"] == "strict-origin"
    assert re.findall(r'(?:href|src|action)="(?:https?:)?//', page.text) == []


def test_another_servers_key_signs_nothing_here(place: Place):
    assert place.house.passes.read("eyJ4IjoxfQ.abc", 0.0) is None
