"""Every refusal has a sentence in every language, and stands in the protocol."""

import re
from pathlib import Path

import pytest

from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable
from app.store.memory import MemoryStore
from tests.web.visiting import Session, refusal_of, running_on
from web.refusals import SENTENCES, refusal
from web.words import LANGUAGES, words_for

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("app", "web") for path in (ROOT / folder).rglob("*.py")]
RAISED = re.compile(r"""\b_?(?:[Rr]efused?(?:_as_json)?|turned_away)\([^"\n]*"([a-z]+(?:-[a-z]+)*)\"""")
FACTS = {
    "too-long": {"max": 280}, "no-dots-left": {"dots": 3}, "too-many-on-one": {"max": 2}, "too-many": {"max": 5},
    "slow-down": {"seconds": 4}, "changed-since": {"text": "as it reads now"},
}  # fmt: skip


def codes() -> set[str]:
    """Every code that is written down anywhere in the program as one of a refusal."""
    found = {code for path in SOURCES for code in RAISED.findall(path.read_text(encoding="utf-8"))}
    # A state of a person is a code too, where it keeps them from asking.
    return found | {"waiting", "removed"}


def test_the_search_finds_what_there_is():
    assert {
        "too-long",
        "ballot-closed",
        "slow-down",
        "stale-link",
        "unknown-code",
        "wrong-origin",
        "not-found",
    } <= codes()
    assert len(codes()) > 25


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_refusal_has_a_sentence_of_its_own_in_every_language(code):
    assert code in SENTENCES
    said = {language: refusal(words_for(language), code, FACTS.get(code, {})) for language in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    for language, sentence in said.items():
        assert sentence != words_for(language).gettext(SENTENCES["other"])
        assert sentence.strip()
        assert "%(" not in sentence


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_refusal_stands_in_the_protocol(code):
    assert f"`{code}`" in (ROOT / "docs/protocol.md").read_text(encoding="utf-8")


def test_the_protocol_names_no_refusal_that_there_is_not():
    protocol = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
    table = protocol.partition("## Refusals")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `([a-z-]+)`", table, re.MULTILINE))
    assert named - codes() == set()
    assert codes() - named == set()


class Failing(MemoryStore):
    """A keeper whose disk or database can be taken away for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: type[Exception] | None = None

    def save(self, *args, **more):
        if self.fault is not None:
            raise self.fault
        return super().save(*args, **more)

    def load(self, *args, **more):
        if self.fault is Unavailable:
            raise Unavailable("The database cannot be reached.")
        return super().load(*args, **more)

    def ready(self):
        if self.fault is Unavailable:
            raise Unavailable("The database cannot be reached.")


async def test_an_unknown_outcome_is_no_refusal_and_the_same_asking_then_counts_once():
    keeper = Failing()
    async with running_on(keeper) as place:
        session = await place.board()
        writer = await session.participant()
        step = await session.in_a_writing_step()
        asking = {"id": "an-asking-of-mine", "step": step, "text": "Once"}
        keeper.fault = OutcomeUnknown
        assert refusal_of(await writer.asks(session.id, "note.add", **asking)) == (503, "unknown-outcome")
        keeper.fault = None
        assert (await writer.asks(session.id, "note.add", **asking)).status_code == 200
        assert (await writer.asks(session.id, "note.add", **asking)).status_code == 200
        assert [note["text"] for note in (await writer.board(session.id))["notes"]] == ["Once"]


async def test_a_full_disk_is_a_refusal_and_reading_goes_on():
    keeper = Failing()
    async with running_on(keeper) as place:
        session = await place.board()
        step = await session.in_a_writing_step()
        keeper.fault = StorageFull
        answer = await session.facilitator.asks(session.id, "note.add", step=step, text="Kept in the form")
        assert refusal_of(answer) == (422, "storage-full")
        assert refusal_of(await place.visitor().joins(session.link("join"))) == (422, "storage-full")
        assert (await session.facilitator.board(session.id))["notes"] == []
        keeper.fault = None
        assert (await session.facilitator.asks(session.id, "note.add", step=step, text="Now")).status_code == 200


async def test_a_database_that_is_away_is_said_in_a_sentence():
    keeper = Failing()
    async with running_on(keeper) as place:
        session = await place.board()
        keeper.fault = Unavailable
        await place.house.rooms._close(session.id)
        assert (await place.visitor().get("/healthz")).status_code == 200
        ready = await place.visitor().get("/readyz")
        assert (ready.status_code, ready.json()["reason"]) == (503, "database-unreachable")
        page = await session.facilitator.get(f"/b/{session.id}")
        assert (page.status_code, "not answering" in page.text) == (503, True)
        assert refusal_of(await session.facilitator.asks(session.id, "board.lock")) == (503, "unavailable")
        async with session.facilitator.follows(session.id) as socket:
            assert await socket.ends() == 1013


async def test_every_refusal_can_be_asked_for_as_json_or_as_a_page(session: Session):
    stranger = session.place.visitor()
    for address, status in ((f"/b/{session.id}/people", 401), (f"/b/{session.id}/log", 401), ("/b/aaaaaaaa", 404)):
        as_json = await stranger.get(address, headers={"Accept": "application/json"})
        as_page = await stranger.get(address)
        assert (as_json.status_code, as_page.status_code) == (status, status)
        assert as_json.json()["message"] in as_page.text.replace("&#39;", "'")


async def test_participants_do_not_look_behind_the_scenes(session: Session):
    visitor = await session.participant()
    for address in ("people", "log"):
        answer = await visitor.get(f"/b/{session.id}/{address}", headers={"Accept": "application/json"})
        assert refusal_of(answer) == (403, "only-facilitators")
