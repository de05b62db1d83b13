"""Before the hour: the invitation, the calendar file as another library reads it, the sheet, and is all ready?"""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import ics
import pytest

from app.board.keeping import Unavailable
from tests.web.visiting import Place, Session, refusal_of

# Thursday, 26 November 2026, 17:30 in Paris.
AT = 1_795_710_600
LONG = "Séance de travail ; « Renverser le récit », à Dakar, à Lyon \\ et ailleurs : " + "é" * 40
ONLY_FACILITATORS = ("invitation", "print", "ready", "session.ics")


async def prepared(place: Place, **fields) -> Session:
    return await place.board(**{"starts_at": AT, "zone": "Europe/Paris", **fields})


async def sheet(session: Session, name: str, speaks: str = "en") -> str:
    answer = await session.facilitator.get(f"/b/{session.id}/{name}?language={speaks}")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


@pytest.mark.parametrize("name", ONLY_FACILITATORS)
async def test_only_facilitators_prepare(place: Place, name):
    session = await prepared(place)
    for visitor, status in (
        (await session.participant(), 403),
        (await session.seated("observer"), 403),
        (place.visitor(), 401),
    ):
        assert (await visitor.get(f"/b/{session.id}/{name}")).status_code == status
    assert (await (await session.seated("cohost")).get(f"/b/{session.id}/{name}")).status_code == 200
    assert (await session.facilitator.get(f"/b/zzzzzzzz/{name}")).status_code == 404


async def test_the_invitation_says_in_three_languages_when_where_and_what_to_expect(place: Place):
    session = await prepared(place, title="Renverser le récit", language="fr")
    page = await sheet(session, "invitation")
    texts = re.findall(r'<p class="invitation-text" lang="(\w+)" [^>]*>(.*?)</p>', page, re.DOTALL)
    assert [language for language, _ in texts] == ["fr", "en", "es"]
    days = (
        "jeudi 26 novembre 2026, 17:30 (Paris)",
        "Thursday, 26 November 2026, 17:30 (Paris)",
        "26 de noviembre de 2026",
    )
    expected = ("Aucun compte", "You need no account", "No necesita cuenta")
    for (_, text), day, expects in zip(texts, days, expected, strict=True):
        for words in (
            "Renverser le récit",
            day,
            "16:30 UTC",
            session.made["join_url"],
            session.made["code"],
            expects,
            "60",
        ):
            assert words in text


async def test_a_mail_of_the_invitation_holds_the_same_words(place: Place):
    session = await prepared(place, title="Rues & places: 100 % à nous?")
    page = await sheet(session, "invitation")
    (mail, *_) = re.findall(r'href="(mailto:[^"]+)"', page)
    fields = parse_qs(urlsplit(mail).query, strict_parsing=True)
    assert "Rues & places: 100 % à nous?" in fields["subject"][0]
    assert "\r\n" in fields["body"][0]
    assert session.made["join_url"] in fields["body"][0]


async def test_an_invitation_to_a_closed_door_shows_no_code(place: Place):
    session = await prepared(place)
    await session.runs("door.set", open="closed")
    for name in ("invitation", "print"):
        assert session.made["code"] not in await sheet(session, name)


async def test_where_the_clocks_of_the_world_are_a_day_apart_the_day_is_said_too(place: Place):
    session = await prepared(place, starts_at=AT + 13 * 3_600, zone="America/Los_Angeles")
    page = await sheet(session, "invitation")
    assert "Thursday, 26 November 2026, 21:30 (Los Angeles) · Friday, 27 November 2026, 05:30 UTC" in page


async def test_another_library_reads_the_calendar_file(place: Place):
    session = await prepared(place, title=LONG)
    answer = await session.facilitator.get(f"/b/{session.id}/session.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert f'filename="flipchart-{session.id}.ics"' in answer.headers["content-disposition"]
    (event,) = ics.Calendar(answer.text).events
    assert event.name == LONG
    assert event.uid == f"{session.id}@flipchart"
    assert (event.begin.timestamp(), event.duration.total_seconds()) == (AT, 3_600)
    assert event.url == session.made["join_url"]
    assert session.made["code"] in event.description
    assert "\n" in event.description


async def test_the_calendar_file_is_folded_and_ends_its_lines_as_the_standard_says(place: Place):
    session = await prepared(place, title=LONG)
    content = (await session.facilitator.get(f"/b/{session.id}/session.ics")).content
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert b"DTSTART:20261126T163000Z" in lines


async def test_a_later_calendar_file_takes_the_place_of_the_one_before(place: Place):
    session = await prepared(place)
    first = ics.Calendar((await session.facilitator.get(f"/b/{session.id}/session.ics")).text)
    await session.runs("board.settings", starts_at=AT + 3_600)
    second_text = (await session.facilitator.get(f"/b/{session.id}/session.ics")).text
    second = ics.Calendar(second_text)
    assert [each.uid for each in first.events] == [each.uid for each in second.events]
    assert next(iter(second.events)).begin.timestamp() == AT + 3_600
    assert int(re.search(r"SEQUENCE:(\d+)", second_text)[1]) > 1


async def test_without_a_start_there_is_no_calendar_file(place: Place):
    session = await place.board()
    answer = await session.facilitator.get(f"/b/{session.id}/session.ics", headers={"Accept": "application/json"})
    assert refusal_of(answer) == (404, "no-start")
    assert "session.ics" not in await sheet(session, "invitation")


async def test_whoever_has_the_join_link_has_the_calendar_file_too(place: Place):
    session = await prepared(place)
    visitor = place.visitor(speaks="fr")
    door = (await visitor.get(session.link("join"))).text
    assert f'href="{session.link("join")}/session.ics"' in door
    (event,) = ics.Calendar((await visitor.get(f"{session.link('join')}/session.ics")).text).events
    assert event.begin.timestamp() == AT
    assert "Nous vous invitons" in event.description
    await session.runs("door.rotate", role="join")
    assert (await visitor.get(f"{session.link('join')}/session.ics")).status_code == 404


async def test_the_sheet_has_the_link_the_code_and_three_languages(place: Place):
    session = await prepared(place, title="Renverser le récit")
    page = await sheet(session, "print")
    code = session.made["code"]
    for words in (
        "Renverser le récit",
        session.made["join_url"],
        f"{code[:2]} {code[2:4]} {code[4:]}",
        "17:30",
        "<bdi>Paris</bdi>",
    ):
        assert words in page
    assert re.findall(r'<li lang="(\w+)" dir="auto">', page) == ["fr", "en", "es"]


def states(page: str) -> dict[str, str]:
    """Each thing that was looked at, and how it is."""
    return dict(re.findall(r'id="check-([\w-]+)" data-state="(\w+)"', page))


async def test_a_new_board_is_ready_but_for_what_its_facilitator_is_told(place: Place):
    session = await place.board()
    found = states(await sheet(session, "ready"))
    assert found == {
        "links": "good",
        "door-open": "good",
        "start-none": "look",
        "agenda-open": "good",
        "languages": "good",
        "clean": "good",
        "cohost-none": "look",
        "screen": "look",
        "storage": "good",
        "line": "pending",
        "clock": "pending",
    }


async def test_what_is_there_turns_good(place: Place):
    session = await prepared(place)
    cohost, screen = await session.seated("cohost"), await session.seated("screen")
    async with (
        session.facilitator.follows(session.id, "since=0&epoch=x") as one,
        cohost.follows(session.id, "since=0&epoch=x") as two,
        screen.follows(session.id, "screen=1&since=0&epoch=x") as three,
    ):
        for socket in (one, two, three):
            await socket.hears()
        page = await sheet(session, "ready")
    found = states(page)
    assert {found[each] for each in ("start", "agenda", "cohost", "screen")} == {"good"}
    assert re.search(r"The agenda lasts 60 minutes and ends at: <time [^>]*>18:30</time>", page)
    assert "1 screen is open." in page


async def test_what_stands_in_the_way_turns_red_with_one_thing_to_press(place: Place, monkeypatch):
    session = await prepared(place)
    await session.runs("door.set", open="closed")

    def away() -> None:
        raise Unavailable("The disk is gone.")

    monkeypatch.setattr(place.house.keeper, "ready", away)
    page = await sheet(session, "ready")
    found = states(page)
    assert (found["door-closed"], found["storage-none"]) == ("wrong", "wrong")
    assert 'name="do" value="door.set"' in page


async def test_languages_that_are_missing_are_named(place: Place):
    session = await place.board(template="blank")
    await session.runs("agenda.add", kind="write", title={"fr": "Vos rues"}, prompt={"fr": "Que dire ?"}, minutes=5)
    page = await sheet(session, "ready")
    assert states(page)["languages-missing"] == "look"
    gaps = re.findall(r'<strong lang="(\w+)" dir="auto">[^<]*</strong> \(<bdi>([^<]*)</bdi>\)', page)
    assert gaps == [("en", "Vos rues"), ("es", "Vos rues")]


async def test_notes_from_before_the_session_are_pointed_out(place: Place):
    session = await place.board()
    lyon = await session.participant()
    await session.runs("step.settings", step=session.steps[0]["id"], write=True)
    await session.note(lyon, step=session.steps[0]["id"])
    page = await sheet(session, "ready")
    assert states(page)["left-behind"] == "look"
    assert 'name="do" value="board.clear"' in page
    await session.in_a_writing_step()
    assert "left-behind" not in states(await sheet(session, "ready"))


async def test_links_that_lead_to_this_machine_only_are_pointed_out(place: Place):
    session = await place.board()
    page = (await session.facilitator.get(f"/b/{session.id}/ready", headers={"Host": "localhost:8000"})).text
    assert states(page)["links-here"] == "look"


async def test_A18_a_cue_is_written_on_the_agenda_and_stands_in_the_panel_of_facilitators_alone(place: Place):
    session = await place.board()
    first, second = session.steps[0]["id"], session.steps[1]["id"]
    seq = (await session.facilitator.board(session.id))["seq"]
    asked = {"do": "step.cue", "id": "writing-a-cue", "step": second, "text": "Say who speaks next", "base": str(seq)}
    assert (await session.facilitator.sends(session.id, asked)).status_code == 303
    lyon, screen = await session.participant(), await session.seated("screen")
    for path in (f"/b/{session.id}", f"/b/{session.id}/agenda"):
        page = (await session.facilitator.get(path)).text
        assert "Say who speaks next" in page
    assert first != second
    for visitor, path in (
        (lyon, f"/b/{session.id}"),
        (lyon, f"/b/{session.id}/results"),
        (lyon, f"/b/{session.id}/export.json"),
        (lyon, f"/b/{session.id}/export.md"),
        (lyon, f"/api/boards/{session.id}"),
        (screen, f"/b/{session.id}/screen"),
        (session.facilitator, f"/b/{session.id}?as=participant"),
        (session.facilitator, f"/b/{session.id}/export.json"),
    ):
        answer = await visitor.get(path)
        assert answer.status_code == 200
        assert "Say who speaks next" not in answer.text


async def test_B18_the_screen_says_how_many_people_are_here_only_when_wished(place: Place):
    session = await place.board()
    screen, lyon = await session.seated("screen"), await session.participant()
    async with lyon.follows(session.id, "since=0&epoch=x") as socket:
        await socket.hears()
        page = (await screen.get(f"/b/{session.id}/screen")).text
        assert "1 person is here" not in page
        await session.runs("board.settings", headcount=True)
        page = (await screen.get(f"/b/{session.id}/screen")).text
        assert "1 person is here" in page


async def test_what_is_done_before_the_hour_stands_above_the_stage_until_the_session_begins(place: Place):
    session = await prepared(place)
    parts = ('id="run"', 'id="fold-before"', 'id="panel-stage"', 'id="queue"', 'id="cues"')
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    assert sorted(parts, key=page.index) == list(parts)
    await session.runs("agenda.go", step=session.steps[0]["id"])
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    assert page.count('id="fold-before"') == 1
    assert page.index('id="cues"') < page.index('id="fold-before"')
