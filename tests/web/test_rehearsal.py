"""Rehearsing on the real application: the copy, the simulated participants, what is refused, and what is left of it."""

import asyncio
from typing import Any

import pytest

from app.board.keeping import Page
from app.board.limits import Limits
from app.board.people import PersonJoin
from app.board.records import Stage, key
from app.links import Links
from app.rehearsal.company import Plan, rude_lines
from app.rehearsal.figures import Figures
from app.rehearsal.running import door_of, rehearse
from app.rehearsal.script import LANGUAGES
from app.rehearsal.visit import TurnedAway
from app.rehearsal.ways import Within
from app.store.memory import MemoryStore
from tests.web.visiting import Place, Session, Visitor
from web.founding import copy_board, copy_files, start_board
from web.gates import COPIES

# At this pace nobody thinks for longer than a twentieth of a second.
PLAN = Plan(people=9, notes_per_minute=6_000, seconds=20, seed=5)
CANARY = "canary-of-practice"
RUDE = {line.text for language in LANGUAGES for line in rude_lines(language)}


async def copied(session: Session) -> dict[str, Any]:
    """A copy of the session's board, by its facilitator."""
    answer = await session.facilitator.post(f"/b/{session.id}/copy", json={})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def writing(facilitator: Visitor, board: str) -> str:
    """The first step of writing, gone to."""
    step: str = next(each["id"] for each in (await facilitator.board(board))["steps"] if each["kind"] == "write")
    await facilitator.asks(board, "agenda.go", step=step)
    return step


async def until(host: Visitor, board: str, true: Any) -> Any:
    """Look again whenever something is told, until it is so."""
    async with host.follows(board) as socket, asyncio.timeout(20):
        while not (found := await true()):
            await socket.hears()
        return found


async def test_a_copy_has_the_agenda_its_own_links_and_a_mark(session: Session):
    await session.in_a_writing_step()
    await session.note(await session.participant(), CANARY)
    made = await copied(session)
    copy, original = await session.facilitator.board(made["board"]), await session.facilitator.board(session.id)
    assert copy["title"] == "Rehearsal: Flip the Script"
    assert (copy["rehearsal"], original["rehearsal"]) == (True, False)
    assert [step["title"] for step in copy["steps"]] == [step["title"] for step in original["steps"]]
    assert copy["notes"] == [] and copy["step"] == copy["steps"][0]["id"]
    assert [person["role"] for person in copy["people"]] == ["facilitator"]
    assert made["join_url"] != session.made["join_url"]
    screen = session.place.visitor()
    await screen.form("/s/" + made["screen_url"].rpartition("/")[2], {})
    for page in (
        await session.facilitator.get(f"/b/{made['board']}"),
        await session.facilitator.get(f"/b/{made['board']}/results"),
        await session.place.visitor().get("/j/" + made["join_url"].rpartition("/")[2]),
        await screen.get(f"/b/{made['board']}/screen"),
    ):
        assert "rehearsal-mark" in page.text and CANARY not in page.text
    assert "rehearsal-mark" not in (await session.facilitator.get(f"/b/{session.id}")).text
    assert (await session.facilitator.get(f"/b/{made['board']}/export.json")).json()["rehearsal"] is True
    assert "**Rehearsal**" in (await session.facilitator.get(f"/b/{made['board']}/export.md")).text
    answer = await session.facilitator.get(f"/b/{made['board']}/export.csv")
    assert "flipchart-rehearsal-" in answer.headers["content-disposition"]


async def test_a_form_leads_on_to_the_copy(session: Session):
    answer = await session.facilitator.form(f"/b/{session.id}/copy", {})
    assert answer.status_code == 303
    page = await session.facilitator.get(answer.headers["location"])
    assert "rehearsal-mark" in page.text


async def test_only_facilitators_copy_and_rehearse(session: Session):
    guest = await session.participant()
    for path in ("copy", "rehearsal", "rehearsal/stop"):
        answer = await guest.post(f"/b/{session.id}/{path}", json={})
        assert (answer.status_code, answer.json()["refused"]) == (403, "only-facilitators")
        answer = await session.place.visitor().post(f"/b/{session.id}/{path}", json={})
        assert (answer.status_code, answer.json()["refused"]) == (401, "no-seat")
        assert (await session.facilitator.post(f"/b/nothere0/{path}", json={})).status_code == 404


async def test_a_live_board_is_refused_from_the_button_and_at_its_door(session: Session):
    answer = await session.facilitator.post(f"/b/{session.id}/rehearsal", json={})
    assert (answer.status_code, answer.json()["refused"]) == (422, "not-a-rehearsal")
    way = Within(session.place.app)
    door = await door_of(way, session.made["join_url"])
    with pytest.raises(TurnedAway, match="Please rehearse on a copy") as refused:
        await rehearse(way, door, PLAN, stop=asyncio.Event())
    assert refused.value.code == "not-a-rehearsal"
    people = (await session.facilitator.board(session.id))["people"]
    assert [person["role"] for person in people] == ["facilitator"]


async def test_the_code_leads_to_the_door_and_a_stale_link_does_not(session: Session):
    way = Within(session.place.app)
    made = await copied(session)
    assert (
        await door_of(way, f"http://127.0.0.1/join?code={made['code']}") == "/j/" + made["join_url"].rpartition("/")[2]
    )
    for wrong in ("http://127.0.0.1/j/nothing", "http://127.0.0.1/", f"http://127.0.0.1/b/{made['board']}"):
        with pytest.raises(TurnedAway):
            await door_of(way, wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"people": 61}, {"people": 0}, {"minutes": 31}, {"minutes": "x"}, {"pace": "frantic"}, {"people": "9" * 40}],
)
async def test_more_than_a_rehearsal_may_be_is_refused(session: Session, wrong: dict[str, Any]):
    made = await copied(session)
    answer = await session.facilitator.post(f"/b/{made['board']}/rehearsal", json=wrong)
    assert (answer.status_code, answer.json()["refused"]) == (422, "invalid")
    assert answer.json()["facts"] == {"field": next(iter(wrong))}


async def rehearsed(session: Session, made: dict[str, Any], plan: Plan, hosting: Any) -> Figures:
    """What came of a rehearsal while its facilitator was busy."""
    way, stop = Within(session.place.app), asyncio.Event()
    door = await door_of(way, made["join_url"])
    rehearsing = asyncio.create_task(rehearse(way, door, plan, stop=stop))
    await hosting()
    stop.set()
    return await rehearsing


async def test_simulated_participants_write_react_vote_and_are_refused_as_people_are(session: Session):
    made = await copied(session)
    host, board = session.facilitator, made["board"]
    await writing(host, board)

    async def enough() -> Any:
        # The gates' clock stands still for these tests: whoever waits for it would wait for ever.
        session.place.ticks.passes(0.2)
        notes = (await host.board(board))["notes"]
        written = {note["text"] for note in notes}
        liked = any(sum(note["reactions"].values()) for note in notes)
        return notes if len(notes) >= 12 and liked and written & RUDE else None

    async def voted() -> Any:
        session.place.ticks.passes(0.2)
        tally = (await host.board(board))["ballots"][0].get("tally")
        return tally and sum(row["dots"] for row in tally) >= 10

    async def hosting() -> None:
        notes = await until(host, board, enough)
        candidates = [f"note:{note['id']}" for note in notes[:5]]
        answer = await host.asks(board, "ballot.open", title="Which one?", candidates=candidates, sealed=False)
        assert answer.status_code == 200, answer.text
        await until(host, board, voted)

    figures = await rehearsed(session, made, PLAN, hosting)
    assert figures.came >= 4 and figures.here == 0
    assert figures.did["note.add"] >= 12 and figures.did["note.react"] and figures.did["ballot.cast"] >= 3
    assert figures.refused["slow-down"] > 0, "somebody was too fast"
    assert len(figures.seen_by()) > 50
    after = await host.board(board)
    assert {note["language"] for note in after["notes"]} == {"fr", "en", "es"}
    assert len({person["place"] for person in after["people"] if person["role"] == "participant"}) == figures.came


async def test_a_button_starts_them_once_and_sends_them_home(session: Session):
    made = await copied(session)
    host, board, rehearsals = session.facilitator, made["board"], session.place.house.rehearsals

    async def here() -> Any:
        people = (await host.board(board))["people"]
        return [each for each in people if each["here"] and each["role"] == "participant"]

    for _ in range(2):
        answer = await host.form(f"/b/{board}/rehearsal", {"people": "6", "pace": "rush", "minutes": "1"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{board}")
    assert list(rehearsals.running) == [board]
    await until(host, board, here)
    assert "Send them home" in (await host.get(f"/b/{board}")).text
    answer = await host.form(f"/b/{board}/rehearsal/stop", {})
    assert answer.status_code == 303 and rehearsals.running == {}
    assert await here() == []
    assert "Start the rehearsal" in (await host.get(f"/b/{board}")).text


async def test_another_process_sends_them_home(session: Session):
    made, rehearsals = await copied(session), session.place.house.rehearsals
    board = made["board"]
    assert (await session.facilitator.post(f"/b/{board}/rehearsal", json={"people": 2})).status_code == 202
    rehearsals.heard("another board")
    assert list(rehearsals.running) == [board]
    rehearsals.heard(board)
    await asyncio.wait([rehearsals.running[board].task])
    assert rehearsals.running == {}


async def test_a_server_runs_few_at_once(session: Session):
    boards = [(await copied(session))["board"] for _ in range(4)]
    answers = [await session.facilitator.post(f"/b/{board}/rehearsal", json={"people": 1}) for board in boards]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 422]
    assert answers[-1].json()["refused"] == "busy"
    await session.place.house.rehearsals.close()
    assert session.place.house.rehearsals.running == {}


async def test_who_is_removed_stays_away(session: Session):
    made = await copied(session)
    host, board = session.facilitator, made["board"]
    await writing(host, board)

    async def removed() -> None:
        async def somebody() -> Any:
            return [
                each for each in (await host.board(board))["people"] if each["role"] == "participant" and each["here"]
            ]

        for person in await until(host, board, somebody):
            await host.asks(board, "person.remove", person=person["id"])

    figures = await rehearsed(session, made, Plan(people=1, notes_per_minute=600, seconds=20, seed=2), removed)
    assert figures.came == 1


async def test_what_is_cleared_reaches_nobody_and_comes_back_by_the_log(session: Session):
    made = await copied(session)
    host, board = session.facilitator, made["board"]
    step = await writing(host, board)
    guest = session.place.visitor()
    await guest.joins(made["join_url"])
    await guest.asks(board, "note.add", step=step, text=CANARY)
    seen = await guest.board(board)
    async with guest.follows(board, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
        answer = await host.asks(board, "board.clear", keep="agenda")
        clearing = answer.json()["seq"]
        # What was told before the board was cleared may still be on its way.
        frames = [frame for frame in await socket.hears_until(clearing) if frame.get("seq", 0) >= clearing]
        assert frames and CANARY not in str(frames)
    screen = session.place.visitor()
    await screen.form("/s/" + made["screen_url"].rpartition("/")[2], {})
    paths = ("", "/people", "/agenda", "/log", "/results", "/export.json", "/export.csv", "/export.md")
    told = [await host.get(f"/b/{board}{path}") for path in paths]
    told += [await guest.get(f"/b/{board}{path}") for path in ("", "/results", "/export.json")]
    told += [await screen.get(f"/b/{board}/screen"), await host.get(f"/api/boards/{board}")]
    assert [str(answer.url) for answer in told if CANARY in answer.text or answer.status_code != 200] == []
    assert (await guest.board(board))["me"]["state"] == "here", "people keep their seats"
    async with guest.follows(board, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
        assert CANARY not in str(await socket.hears())
    assert (await host.asks(board, "board.undo", seq=clearing)).status_code == 200
    assert [note["text"] for note in (await guest.board(board))["notes"]] == [CANARY]


async def test_simulated_participants_go_when_the_board_is_cleared(session: Session):
    made = await copied(session)
    host, board = session.facilitator, made["board"]

    async def cleared() -> None:
        async def somebody() -> Any:
            return len((await host.board(board))["people"]) > 1

        await until(host, board, somebody)
        await host.asks(board, "board.clear", keep="agenda")

    await rehearsed(session, made, Plan(people=1, notes_per_minute=600, seconds=20), cleared)
    assert [person["role"] for person in (await host.board(board))["people"]] == ["facilitator"]


async def test_one_board_is_not_copied_again_and_again(session: Session):
    answers = [await session.facilitator.post(f"/b/{session.id}/copy", json={}) for _ in range(COPIES.burst + 1)]
    assert [answer.status_code for answer in answers] == [201] * COPIES.burst + [429]


async def test_a_copy_of_a_copy_is_called_a_rehearsal_too(place: Place, session: Session):
    made = await copied(session)
    answer = await session.facilitator.post(f"/b/{made['board']}/copy", json={})
    again = await session.facilitator.board(answer.json()["board"])
    assert again["rehearsal"] is True


async def test_a_file_on_the_stage_comes_along_page_by_page():
    keeper, links = MemoryStore(), Links(bytes(32))
    host = PersonJoin(name="Hall of cities", place="", language="en", role="facilitator")
    board = start_board(keeper, links, lambda: 1.0, title="Our hour", template="blank", language="en")
    stage = Stage(id=board.now.step, step=board.now.step, file="f" * 32, file_name="goals.pdf", pages=2, page=2)
    board.apply({key(stage): stage})
    pages = [
        Page(file=stage.file, number=number, size=size, type="image/webp", content=f"{number}{size}".encode())
        for number in (1, 2)
        for size in ("large", "small")
    ]
    for page in pages:
        keeper.keep_page(board.id, page)
    made = copy_board(keeper, links, lambda: 2.0, of=board, title="Rehearsal", maker=host, limits=Limits())
    await copy_files(keeper, board, made)
    assert [keeper.page(made.id, page.file, page.number, page.size) for page in pages] == pages
    assert made.need(Stage, stage.id).page == 1
