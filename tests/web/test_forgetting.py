"""P23: who asks to be forgotten is nowhere any more: not on the board, in its past, its file, its log or its caches."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from app import operating
from app.errands import NotDone
from app.listening.deflating import deflated
from app.listening.framing import framed
from app.main import _forget
from app.store.store import Store
from tests.web.visiting import KEY, Place, Session, Visitor, refusal_of, running
from web import places
from web.routes.events import event

NAME, PLACE, CANARY = "Zanzibar Quux", "Utqiagvik", "canaryword"


async def story(place: Place) -> tuple[Session, Visitor, Visitor]:
    """A session in which one person wrote wherever one may write, was edited, quoted, and voted on."""
    session = await place.board(template="brainstorm-and-vote")
    await session.in_a_writing_step()
    other, leaver = await session.participant("Reader", "Dakar"), await session.participant(NAME, PLACE)

    async def asks(who: Visitor, do: str, **fields: object) -> dict[str, str]:
        answer = await who.asks(session.id, do, **fields)
        assert answer.status_code == 200, (do, answer.text)
        return dict(answer.json().get("made", {}))

    first = await session.note(leaver, f"{CANARY} one")
    edited = await session.note(leaver, f"{CANARY} two")
    await asks(leaver, "note.edit", note=edited, text=f"{CANARY} three", base=10**6)
    theirs = await session.note(other, f"As somebody said: {CANARY} one, and more")
    await asks(leaver, "note.comment", note=theirs, text=f"{CANARY} four")
    await asks(leaver, "note.translate", note=theirs, language="es", text=f"{CANARY} five")
    await session.runs("agenda.go", step=session.step("group"))
    await asks(leaver, "theme.add", title=f"{CANARY} 6", step=session.step("group"))
    await session.runs("agenda.go", step=session.step("headline"))
    made = await asks(leaver, "headline.add", text=f"{CANARY} seven", language="en")
    await asks(other, "headline.edit", headline=made["headline"], language="fr", text="À tout le monde")
    await session.ballot(first, theirs)
    await asks(leaver, "ballot.cast", **await _cast(session, leaver, first))
    await asks(leaver, "person.rename", name=f"{NAME} the Second")
    return session, other, leaver


async def _cast(session: Session, who: Visitor, note: str) -> dict[str, object]:
    ballot = (await who.board(session.id))["ballots"][-1]
    return {"ballot": ballot["id"], "choices": {f"note:{note}": 1}}


def found_in(directory: Path) -> list[str]:
    """The files below that hold a word or the name."""
    words = (CANARY.encode(), PLACE.encode(), NAME.encode(), NAME.encode("utf-16-le"))
    files = [path for path in directory.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


def held_by(keeper: Store, board: str) -> bool:
    return any(word in repr((keeper.load(board), keeper.entries_since(board, 0))) for word in (CANARY, PLACE, NAME))


def replayed(keeper: Store, board: str) -> bool:
    """Whether the entries, one after the other, still lead to the board."""
    loaded = keeper.load(board)
    assert loaded is not None
    entries = keeper.entries_since(board, 0)
    assert [entry.seq for entry in entries] == list(range(1, loaded.board.seq + 1))
    last = {at: record for entry in entries for at, record in entry.after.items()}
    return all(loaded.board.find(at) == record for at, record in last.items())


async def test_P22_whoever_asks_is_forgotten_everywhere(
    tmp_path: Path, blank: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with running(tmp_path, blank=blank) as place:
        session, other, leaver = await story(place)
        assert "flipchart.db-wal" in found_in(tmp_path)
        seen = await other.board(session.id)
        async with other.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
            assert (await leaver.asks(session.id, "person.forget")).status_code == 200
            await socket.hears_of("refresh")
        for who in (other, session.facilitator):
            board = await who.board(session.id)
            page = await who.get(f"/b/{session.id}")
            for shown in (str(board), page.text, (await who.get(f"/b/{session.id}/export.json")).text):
                assert CANARY not in shown
                assert NAME not in shown
                assert PLACE not in shown
        assert "As somebody said: …, and more" in str(board)
        assert (await leaver.asks(session.id, "note.add", text="Again", step=session.step("write"))).status_code == 422
        forgotten = "asked to be forgotten" in (await session.facilitator.get(f"/b/{session.id}/log")).text
        assert forgotten
        kept = place.house.keeper
        assert isinstance(kept, Store)
        await asyncio.get_running_loop().run_in_executor(kept.writer, lambda: None)
        assert not held_by(kept, session.id)
        assert replayed(kept, session.id)
        assert found_in(tmp_path) == []
    assert CANARY not in "".join(capfd.readouterr())
    assert found_in(tmp_path) == []


def test_P23_no_frame_that_was_sent_and_no_place_that_was_typed_is_remembered() -> None:
    """Where nobody follows any board, nothing that is sent later takes its place."""
    frame = f'{{"seq":1,"epoch":"e","content":"{CANARY}"}}'
    framed(frame), deflated(frame), event(frame)
    places.search(PLACE, "en"), places.lies(PLACE, "US")
    _forget()
    remembered = (framed, deflated, event, places._found, places.lies)
    assert [each.cache_info().currsize for each in remembered] == [0] * len(remembered)


async def test_an_operator_forgets_somebody_who_was_removed(
    tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLIPCHART_DATA", str(tmp_path))
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", KEY)
    async with running(tmp_path, blank=blank) as place:
        session, _, leaver = await story(place)
        await session.runs("person.remove", person=leaver.person)
        with pytest.raises(NotDone, match="nobody of that name"):
            await asyncio.to_thread(operating.forget, session.id, "Nobody")
        await asyncio.to_thread(operating.forget, session.id, f"{NAME} the Second")
        assert found_in(tmp_path) == []
        answer = await session.facilitator.asks(session.id, "person.readmit", person=leaver.person)
        assert answer.json()["refused"] == "not-now"
    with closing(sqlite3.connect(tmp_path / "flipchart.db")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_on_the_page_one_has_ones_words_erased_and_comes_in_anew(session: Session) -> None:
    leaver = await session.participant(NAME, PLACE)
    await session.in_a_writing_step()
    await session.note(leaver, f"{CANARY} eight")
    assert f'href="/b/{session.id}/erase"' in (await leaver.get(f"/b/{session.id}")).text
    asked = await leaver.get(f"/b/{session.id}/erase")
    assert 'value="person.forget"' in asked.text
    onward = {"do": "person.forget", "id": str(uuid4()), "next": f"/b/{session.id}"}
    assert (await leaver.sends(session.id, onward)).headers["location"] == f"/b/{session.id}"
    done = await leaver.get(f"/b/{session.id}")
    assert (done.status_code, "What you wrote is erased" in done.text, CANARY in done.text) == (200, True, False)
    assert (await leaver.get(f"/b/{session.id}/erase")).status_code == 303
    assert (await leaver.get(session.link("join"))).status_code == 200
    was = leaver.person
    assert (await leaver.joins(session.link("join"), "Harbour desk")).status_code == 201
    assert leaver.person != was
    assert "Harbour desk" in (await leaver.get(f"/b/{session.id}")).text
    listed = (await session.facilitator.get(f"/b/{session.id}/people")).text
    assert (f"person-{was}" in listed, f"person-{leaver.person}" in listed) == (False, True)


async def test_whoever_was_removed_is_not_let_in_by_being_forgotten(session: Session) -> None:
    leaver = await session.participant(NAME, PLACE)
    await session.runs("person.remove", person=leaver.person)
    assert f'href="/b/{session.id}/erase"' in (await leaver.get(f"/b/{session.id}")).text
    assert 'value="person.forget"' in (await leaver.get(f"/b/{session.id}/erase")).text
    assert (await leaver.asks(session.id, "person.forget")).status_code == 200
    done = await leaver.get(f"/b/{session.id}")
    assert (done.status_code, "What you wrote is erased" in done.text) == (403, True)
    assert refusal_of(await leaver.joins(session.link("join"), "Harbour desk"))[1] == "removed"
