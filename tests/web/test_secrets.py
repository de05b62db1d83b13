"""Secrets: who is shown a link or a code, and where none ever stands."""

import pytest

from app.links import ROLES
from tests.web.visiting import Session, Visitor
from web.gates import address_of

HOSTS = ("facilitator", "cohost", "observer", "screen")


async def tokens(session: Session) -> dict[str, str]:
    """The secret part of every link as it is now, and the code."""
    links, door = session.place.house.links, (await session.place.house.room(session.id)).board.door
    found = {role: links.token(session.id, role, door.generations[role])[8:] for role in ROLES}
    return found | {"code": links.code(session.id, door.generations["join"])}


async def everything_read_by(visitor: Visitor, session: Session) -> str:
    """Every page, export and answer that somebody with this seat can get."""
    rest = (
        "",
        "/people",
        "/log",
        "/results",
        "/export.json",
        "/export.csv",
        "/export.md",
        "?as=participant",
        "?step=x",
    )
    paths = [f"/b/{session.id}{each}" for each in rest] + [f"/api/boards/{session.id}", "/"]
    answers = [await visitor.get(path) for path in paths]
    asked = [await visitor.asks(session.id, do) for do in ("door.rotate", "board.lock", "nonsense")]
    return "".join(answer.text + str(answer.headers) for answer in answers + asked)


@pytest.mark.parametrize("who", ["participant", "observer"])
async def test_neither_participants_nor_observers_are_shown_a_link_or_the_code(session: Session, who):
    visitor = await (session.participant() if who == "participant" else session.seated("observer"))
    read = await everything_read_by(visitor, session)
    assert [name for name, secret in (await tokens(session)).items() if secret in read] == []
    assert "/f/" not in read
    assert "/c/" not in read


async def test_who_waits_or_was_removed_is_shown_none_either(session: Session):
    removed = await session.participant()
    await session.runs("person.remove", person=removed.person)
    await session.runs("door.set", open="waiting")
    waiting = await session.participant("Late", "Dakar")
    for visitor in (removed, waiting):
        read = await everything_read_by(visitor, session)
        assert [name for name, secret in (await tokens(session)).items() if secret in read] == []


async def test_the_screen_shows_the_way_in_and_no_other_link(session: Session):
    screen = await session.seated("screen")
    page = (await screen.get(f"/b/{session.id}/screen")).text
    secrets = await tokens(session)
    assert secrets["join"] in page or "<path d=" in page
    assert [role for role in HOSTS if secrets[role] in page] == []


async def test_a_closed_door_takes_the_code_off_the_screen(session: Session):
    screen = await session.seated("screen")
    await session.runs("door.set", open="closed")
    assert (await tokens(session))["code"] not in (await screen.get(f"/b/{session.id}/screen")).text.replace(" ", "")


async def test_facilitators_are_shown_every_link(session: Session):
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    secrets = await tokens(session)
    assert [name for name in ("join", "cohost", "observer", "screen") if secrets[name] not in page] == []


async def test_a_facilitator_who_looks_as_a_participant_shows_no_link(session: Session):
    page = (await session.facilitator.get(f"/b/{session.id}?as=participant")).text
    assert [name for name, secret in (await tokens(session)).items() if secret in page] == []


async def test_frames_carry_links_to_those_who_may_hold_them(session: Session):
    participant, observer = await session.participant(), await session.seated("observer")
    screen, waiting = await session.seated("screen"), session.facilitator
    board = await session.facilitator.board(session.id)
    seen = f"since={board['seq']}&epoch={board['epoch']}"
    secrets = set((await tokens(session)).values())
    async with (
        participant.follows(session.id, seen) as low,
        observer.follows(session.id, seen) as reading,
        screen.follows(session.id, f"screen=1&{seen}") as wall,
        waiting.follows(session.id, seen) as host,
    ):
        for role in ROLES:
            await session.runs("door.rotate", role=role) if role != "screen" else None
        await session.runs("door.set", open="waiting")
        await session.runs("door.set", open="open")
        head = (await session.facilitator.board(session.id))["seq"]
        now = await tokens(session)
        secrets |= set(now.values())
        for socket in (low, reading, wall, host):
            await socket.hears_until(head)
        assert [secret for secret in secrets if secret in "".join(low.heard + reading.heard)] == []
        assert [role for role in HOSTS if now[role] in "".join(wall.heard)] == []
        assert now["cohost"] in "".join(host.heard)


async def test_a_screen_does_not_say_where_the_links_of_others_lead(session: Session):
    screen, board = await session.seated("screen"), await session.facilitator.board(session.id)
    seen = f"since={board['seq']}&epoch={board['epoch']}"
    async with (
        session.facilitator.follows(session.id, seen) as host,
        screen.follows(session.id, f"screen=1&{seen}") as wall,
    ):
        for way in ("", "/screen"):
            await screen.get(f"/b/{session.id}{way}", headers={"Host": "elsewhere.example"})
        await session.runs("door.set", open="waiting")
        head = (await session.facilitator.board(session.id))["seq"]
        for socket in (host, wall):
            await socket.hears_until(head)
        assert "/f/" in "".join(host.heard)
        assert "elsewhere.example" not in "".join(host.heard + wall.heard)


async def test_the_database_holds_no_link_and_no_code(session: Session):
    await session.participant()
    secrets = await tokens(session)
    kept = b"".join(path.read_bytes() for path in session.place.house.settings.data.glob("flipchart.db*"))
    assert session.id.encode() in kept
    assert [name for name, secret in secrets.items() if secret.encode() in kept] == []


async def test_the_address_bar_holds_no_secret_once_somebody_is_in(session: Session):
    visitor = session.place.visitor()
    for answer in (
        await visitor.form(session.link("join"), {"name": "Quay office", "place": "Lyon"}),
        await visitor.takes(session.link("cohost")),
        await visitor.takes(session.link("screen")),
    ):
        assert answer.headers["location"] in (f"/b/{session.id}", f"/b/{session.id}/screen")


async def test_cookies_hold_no_link_and_no_role(session: Session):
    visitor = await session.seated("facilitator")
    held = "".join(f"{cookie.name}={cookie.value}" for cookie in visitor.http.cookies.jar)
    assert [name for name, secret in (await tokens(session)).items() if secret in held] == []


async def test_anonymous_notes_name_nobody_to_anybody(session: Session):
    writer, reader = await session.participant("Quay office", "Lyon"), await session.participant("Reader", "Dakar")
    await session.in_a_writing_step()
    note = await session.note(writer, "Said by nobody", attribution="anonymous")
    for who in (reader, session.facilitator):
        shown = next(each for each in (await who.board(session.id))["notes"] if each["id"] == note)
        assert "author" not in shown
        assert shown["place"] == ""
        page = (await who.get(f"/b/{session.id}")).text
        article = page.partition(f'id="note-{note}"')[2].partition("</footer>")[0]
        assert "Said by nobody" in article
        assert writer.person not in article
        assert "Lyon" not in article
    for form in ("json", "csv", "md"):
        text = (await session.facilitator.get(f"/b/{session.id}/export.{form}")).text
        assert writer.person not in text
        assert "Quay office" not in text
    log = (await session.facilitator.get(f"/b/{session.id}/log")).text
    assert "Said by nobody" not in log


async def test_a_host_who_speaks_for_no_place_is_not_called_anonymous(session: Session):
    await session.in_a_writing_step()
    host = await session.seated("cohost")
    signed, unsigned = await session.note(host, "We begin"), await session.note(host, "Or not", attribution="anonymous")
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    articles = [page.partition(f'id="note-{note}"')[2].partition("</footer>")[0] for note in (signed, unsigned)]
    assert ["Anonymous" in article for article in articles] == [False, True]


def test_the_limiters_key_is_no_header():
    assert "headers" not in address_of.__code__.co_names
