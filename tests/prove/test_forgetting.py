"""P23: a minute after somebody asked to be forgotten, no word of theirs is anywhere that the server reaches."""

import time
from pathlib import Path

import pytest

from tests import postgres
from tests.prove.conftest import Promise
from tests.prove.erasing import TELLS_WHAT_IT_HOLDS, Story, never_vacuumed, places, tell, until
from tests.prove.serving import changed, served

pytestmark = pytest.mark.prove
A_MINUTE = 60.0
ENTRIES_STAY = "from app.store import sweeping\nsweeping.cleared_entry = lambda words, row: None\n"
CACHES_STAY = "from app import main\nmain._forget = lambda *kept: None\n"
QUOTES_STAY = "from app.store import forgetting\nforgetting.QUOTE = 10_000\n"


def forgets(story: Story) -> tuple[dict[str, set[str]], dict[str, set[str]], float]:
    """Where words stood before and stand after, and the seconds until nothing was left or a minute had passed."""
    before = places(story)
    began = time.monotonic()
    story.leaver.asks("person.forget")
    after = places(story)
    while after and time.monotonic() - began < A_MINUTE:
        after = places(story)
    story.board.house.transport.close()
    return before, after, time.monotonic() - began


def test_promise_23_whoever_is_forgotten_is_nowhere_after_a_minute(tmp_path: Path, promise: Promise) -> None:
    (tmp_path / "boards").mkdir()
    with served(tmp_path / "boards", changed(TELLS_WHAT_IT_HOLDS), FLIPCHART_DATA=str(tmp_path / "boards")) as server:
        story = tell(server)
        before, after, took = forgets(story)
        assert set().union(*before.values()) == story.words
        assert {"flipchart.db-wal", "the server's memory"} <= set(before)
        assert after == {}
    promise(
        23,
        f"SQLite: {len(story.words)} kinds of words stood in {len(before)} places (database, its log, pages, files of"
        f" every form, live memory); {took:.0f} s after the erasure in none",
    )


@pytest.mark.parametrize("careless", [ENTRIES_STAY, CACHES_STAY, QUOTES_STAY])
def test_promise_23_an_erasure_that_forgets_one_place_is_caught(
    tmp_path: Path, promise: Promise, careless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.prove.test_forgetting.A_MINUTE", 0.0)
    (tmp_path / "boards").mkdir()
    program = changed(TELLS_WHAT_IT_HOLDS + careless)
    with served(tmp_path / "boards", program, FLIPCHART_DATA=str(tmp_path / "boards")) as server:
        _, after, _ = forgets(tell(server))
    assert after
    what = careless.splitlines()[-1].partition(" =")[0]
    promise(23, "", control=f"without {what} words were left in {', '.join(sorted(after)[:3])}")


def test_promise_23_on_postgresql_no_row_holds_it_and_the_tables_are_vacuumed(tmp_path: Path, promise: Promise) -> None:
    (home := tmp_path / "boards").mkdir()
    with postgres.server() as database:
        url = database.make("forgetting")
        stated = {"FLIPCHART_DATA": str(home), "FLIPCHART_DATABASE_URL": url}
        with served(home, changed(TELLS_WHAT_IT_HOLDS), **stated) as server:
            story = tell(server)
            assert set().union(*places(story, url).values()) == story.words
            story.leaver.asks("person.forget")
            began = time.monotonic()
            while places(story, url) and time.monotonic() - began < A_MINUTE:
                continue
            assert places(story, url) == {}
            until(lambda: not never_vacuumed(url))
            story.board.house.transport.close()
    promise(23, "PostgreSQL: in no row, page, file or live memory, and the tables are vacuumed")
