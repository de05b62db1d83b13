"""A file on the stage: who may send one, what is kept of it, and who is given which page until when."""

import asyncio
import re
from itertools import islice
from uuid import uuid4

import pytest
import pytest_asyncio

from app.board.undoing import FILE_KEPT
from app.realtime.retention import forget_files
from tests.pictures import files
from tests.web.visiting import HERE, Place, Session, Visitor, elements_of, refusal_of, words_of

PROGRAM = {"Accept": "application/json"}
SCRIPT = {"HX-Request": "true"}


async def sends(visitor: Visitor, session: Session, source: bytes, *, step: str = "", name: str = "goals.pdf", **how):
    """A file, as a browser sends a form with one."""
    fields = {"id": how.pop("id", str(uuid4())), **how.pop("fields", {})}
    headers = {"Origin": HERE, **how.pop("headers", PROGRAM)}
    where = f"/b/{session.id}/stage/{step or session.steps[0]['id']}"
    return await visitor.http.post(where, data=fields, files={"file": (name, source)}, headers=headers)


def pictures(page: str) -> list[str]:
    """The addresses of the pictures that a page shows."""
    return [
        e.attributes["src"] or "" for e in elements_of(page) if "staged-picture" in (e.attributes.get("class") or "")
    ]


@pytest_asyncio.fixture(loop_scope="module")
async def slides(session: Session) -> str:
    """Three pages on the stage of the step that the session is in; where they are, without the number."""
    answer = await sends(session.facilitator, session, files.pages(3))
    assert answer.status_code == 200, answer.text
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    return pictures(page)[0].removesuffix("1")


async def test_everybody_sees_the_page_that_is_shown_and_a_little_ahead(session: Session, slides: str):
    lyon = await session.participant()
    screen = await session.seated("screen")
    for visitor in (lyon, screen, session.facilitator):
        answer = await visitor.get(f"{slides}1")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert files.opened(answer.content).size == (1920, 1080)
    assert files.opened((await lyon.get(f"{slides}1/small")).content).size == (960, 540)
    assert [(await lyon.get(f"{slides}{page}")).status_code for page in (0, 2, 3, 4)] == [404, 200, 404, 404]
    assert (await session.facilitator.get(f"{slides}3")).status_code == 200
    await session.runs("stage.page", step=session.steps[0]["id"], page=2)
    assert pictures((await lyon.get(f"/b/{session.id}")).text) == [f"{slides}2"]
    assert (await lyon.get(f"{slides}3")).status_code == 200


async def test_a_picture_is_a_picture_and_nothing_else(session: Session, slides: str):
    answer = await session.facilitator.get(f"{slides}1")
    told = {
        name: answer.headers[name] for name in ("content-security-policy", "x-content-type-options", "cache-control")
    }
    assert told == {
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    assert answer.headers["content-disposition"] == 'inline; filename="page-1.webp"'
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-encoding" not in answer.headers
    again = await session.facilitator.get(f"{slides}1", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_nobody_sees_it_without_a_seat_nor_on_another_board(session: Session, slides: str):
    assert (await session.place.visitor().get(f"{slides}1")).status_code == 404
    other = await session.place.board()
    elsewhere = slides.replace(session.id, other.id)
    assert (await other.facilitator.get(f"{slides}1")).status_code == 404
    assert (await other.facilitator.get(f"{elsewhere}1")).status_code == 404
    for nonsense in ("-1", "1e3", "٣", "%2e%2e", "9" * 30):
        assert (await session.facilitator.get(f"{slides}{nonsense}")).status_code == 404


async def test_what_is_no_longer_shown_is_given_to_nobody_even_to_who_had_it(session: Session, slides: str):
    lyon = await session.participant()
    tag = (await lyon.get(f"{slides}1")).headers["etag"]
    await session.runs("board.blank")
    assert (await lyon.get(f"{slides}1", headers={"If-None-Match": tag})).status_code == 404
    assert pictures((await lyon.get(f"/b/{session.id}")).text) == []
    assert (await session.facilitator.get(f"{slides}1")).status_code == 200
    await session.runs("board.blank", on=False)
    assert (await lyon.get(f"{slides}1")).status_code == 200
    await session.runs("stage.clear", step=session.steps[0]["id"], what="file")
    assert [(await who.get(f"{slides}1")).status_code for who in (lyon, session.facilitator)] == [404, 404]


async def test_a_file_that_was_taken_away_comes_back_within_a_day_and_is_erased_after_it(session: Session, slides: str):
    place, step = session.place, session.steps[0]["id"]
    cleared = await session.runs("stage.clear", step=step)
    await forget_files(place.house.keeper, now=place.clock())
    await session.runs("board.undo", seq=cleared["seq"])
    assert (await session.facilitator.get(f"{slides}1")).status_code == 200
    cleared = await session.runs("stage.clear", step=step)
    await forget_files(place.house.keeper, now=place.clock())
    assert place.house.keeper.weight(session.id) > 0
    place.clock.passes(FILE_KEPT + 1)
    await forget_files(place.house.keeper, now=place.clock())
    assert place.house.keeper.weight(session.id) == 0
    answer = await session.facilitator.asks(session.id, "board.undo", seq=cleared["seq"])
    assert refusal_of(answer) == (422, "not-undoable")


async def test_the_stage_of_a_step_to_come_is_for_facilitators(session: Session):
    later = session.steps[1]["id"]
    await sends(session.facilitator, session, files.image(), step=later)
    await session.runs("stage.edit", step=later, base=0, title="canary-4f1d0b57", links="canary https://a.org/4f1d0b57")
    lyon, prepared = await session.participant(), (await session.facilitator.get(f"/b/{session.id}")).text
    assert "canary-4f1d0b57" in prepared
    assert "4f1d0b57" not in (await lyon.get(f"/b/{session.id}")).text
    assert (await lyon.get(pictures(prepared)[0])).status_code == 404
    await session.runs("agenda.go", step=later)
    assert (await lyon.get(pictures(prepared)[0])).status_code == 200


async def test_a_link_says_where_it_leads_and_takes_nothing_along(session: Session):
    await session.runs(
        "stage.edit", step=session.steps[0]["id"], base=0, links="Our goals https://example.org/g?x=1&y=2"
    )
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    link = next(each for each in elements_of(page) if each.attributes.get("class") == "staged-link")
    assert {"target": "_blank", "rel": "noopener noreferrer"}.items() <= link.attributes.items()
    assert "example.org" in words_of(page)


@pytest.mark.parametrize("role", ["participant", "observer", "screen", "nobody"])
async def test_only_facilitators_send_files(session: Session, role: str):
    visitor = session.place.visitor()
    if role == "participant":
        visitor = await session.participant()
    elif role != "nobody":
        visitor = await session.seated(role)
    status, code = refusal_of(await sends(visitor, session, files.image()))
    assert (status, code) == ((422, "only-facilitators") if role in ("participant", "observer") else (401, "no-seat"))
    assert session.place.house.keeper.weight(session.id) == 0


async def test_a_file_from_another_site_is_refused_unread(session: Session):
    answer = await sends(
        session.facilitator, session, files.image(), headers={**PROGRAM, "Origin": "https://evil.test"}
    )
    assert refusal_of(answer) == (403, "wrong-origin")


async def test_nobody_names_a_file_by_a_command(session: Session):
    fields = {"step": session.steps[0]["id"], "file": "f" * 32, "file_name": "x", "pages": 9}
    assert refusal_of(await session.facilitator.asks(session.id, "stage.file", **fields)) == (422, "unknown")


HARMFUL = {
    "wrong-file": files.SVG,
    "damaged-file": files.image()[:60],
    "protected-file": files.with_password(),
    "too-many-pages": files.pages(61),
    "picture-too-large": files.png_header(40_000, 40_000),
    "empty": b"",
}


@pytest.mark.parametrize("code", HARMFUL)
async def test_what_cannot_be_shown_is_refused_and_what_was_shown_stays(session: Session, code: str):
    await session.runs("stage.edit", step=session.steps[0]["id"], base=0, title="Goals")
    answer = await sends(session.facilitator, session, HARMFUL[code], name="innocent.png")
    assert refusal_of(answer) == (422, code)
    assert "Goals" in words_of((await session.facilitator.get(f"/b/{session.id}")).text)
    assert session.place.house.keeper.weight(session.id) == 0


async def test_the_sentence_stands_beside_the_form_or_on_a_page(session: Session):
    beside = await sends(session.facilitator, session, files.SVG, headers=SCRIPT)
    assert (beside.status_code, "<html" in beside.text) == (422, False)
    assert "no picture" in words_of(beside.text)
    page = await sends(session.facilitator, session, files.SVG, headers={})
    assert (page.status_code, "<html" in page.text) == (422, True)
    assert 'data-code="wrong-file"' in page.text


async def test_without_a_script_the_form_leads_back(session: Session):
    onward = f"/b/{session.id}/agenda"
    answer = await sends(session.facilitator, session, files.image(), headers={}, fields={"next": onward})
    assert (answer.status_code, answer.headers["location"]) == (303, onward)
    answer = await sends(session.facilitator, session, files.image(), headers={}, fields={"next": "https://evil.test"})
    assert answer.headers["location"] == f"/b/{session.id}"


async def test_the_same_sending_twice_is_one(session: Session):
    id_, source = str(uuid4()), files.image()
    first = await sends(session.facilitator, session, source, id=id_)
    assert (await sends(session.facilitator, session, source, id=id_)).json() == first.json()


async def test_a_file_beyond_20_mib_is_refused_before_it_is_read(session: Session):
    for size in (20 * 2**20, 50 * 2**20):
        answer = await sends(session.facilitator, session, b"%PDF-1.7\n" + b"\0" * size)
        assert refusal_of(answer) == (413, "file-too-big")


async def test_a_file_that_does_not_say_its_size_is_refused_once_it_has_grown_too_large(session: Session):
    sent = 0

    async def endless():
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
        while sent < 50 * 2**20:
            sent += 2**20
            yield b"\0" * 2**20

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Origin": HERE, **PROGRAM}
    where = f"/b/{session.id}/stage/{session.steps[0]['id']}"
    answer = await session.facilitator.http.post(where, content=endless(), headers=headers)
    assert refusal_of(answer) == (413, "file-too-big")
    assert sent <= 22 * 2**20


@pytest.mark.parametrize("path", ["/b/{id}/commands", "/b/{id}/stage/{step}/more", "/b/{id}/stage/", "/boards"])
async def test_nothing_else_takes_more_than_128_kib(session: Session, path: str):
    where = path.format(id=session.id, step=session.steps[0]["id"])
    answer = await session.facilitator.post(where, json={"text": "a" * 130 * 1024})
    assert refusal_of(answer) == (413, "too-big")


@pytest.mark.parametrize("body", [b"", b"hello", b"--x\r\n\r\n", b"--x--\r\n"])
async def test_what_is_no_form_is_refused(session: Session, body: bytes):
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Origin": HERE, **PROGRAM}
    where = f"/b/{session.id}/stage/{session.steps[0]['id']}"
    answer = await session.facilitator.post(where, content=body, headers=headers)
    assert answer.status_code == 422
    for kind in ("application/json", "text/plain", "multipart/form-data"):
        answer = await session.facilitator.http.post(where, content=b"{}", headers={**headers, "Content-Type": kind})
        assert refusal_of(answer) == (422, "invalid")


async def test_who_sends_many_waits(place: Place, session: Session):
    for _ in range(12):
        assert place.house.gates.uploads.take(session.id) == 0
    answer = await sends(session.facilitator, session, files.image())
    assert refusal_of(answer) == (429, "slow-down")


async def test_whoever_sends_slowly_leaves_places_to_others(session: Session):
    done = asyncio.Event()

    async def slow():
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
        await done.wait()
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Origin": HERE, **PROGRAM}
    where = f"/b/{session.id}/stage/{session.steps[0]['id']}"
    slowly = session.facilitator.http
    sending = [asyncio.create_task(slowly.post(where, content=slow(), headers=headers)) for _ in range(4)]
    turned_away = [await each for each in islice(asyncio.as_completed(sending), 2)]
    assert {refusal_of(answer) for answer in turned_away} == {(429, "slow-down")}
    other = await session.place.board()
    elsewhere = session.place.visitor(address="203.0.113.90")
    await elsewhere.takes(other.link("cohost"))
    assert (await sends(elsewhere, other, files.image())).status_code == 200
    done.set()
    await asyncio.gather(*sending)
    assert (await sends(session.facilitator, session, files.image())).status_code == 200


async def test_a_board_keeps_no_more_than_its_share(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("web.routes.stage.MOST_OF_A_BOARD", 0)
    assert (await sends(session.facilitator, session, files.image())).status_code == 200
    assert refusal_of(await sends(session.facilitator, session, files.image(color="blue"))) == (422, "files-full")


async def test_the_pages_are_told_by_frames_that_are_small(session: Session, slides: str):
    lyon = await session.participant()
    await session.runs("stage.edit", step=session.steps[0]["id"], base=0, text="Long words. " * 150)
    async with lyon.follows(session.id) as socket:
        turned = await session.runs("stage.page", step=session.steps[0]["id"], page=2)
        frame = (await socket.hears_until(turned["seq"]))[-1]
    assert re.findall(r'src="([^"]+)"', frame["content"]) == [f"{slides}2"]
    assert len(frame["content"]) < 1_200


async def test_a_copy_to_rehearse_on_has_the_pages_too(session: Session, slides: str):
    made = (await session.facilitator.post(f"/b/{session.id}/copy", json={})).json()
    there = slides.replace(session.id, made["board"])
    assert (await session.facilitator.get(f"{there}1")).content == (await session.facilitator.get(f"{slides}1")).content
