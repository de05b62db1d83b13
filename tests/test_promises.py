"""The page of promises and the README say the same, and every promise that is said to be held has a proof."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.prove import promises, proofs, running
from tests.prove.promises import PAGE, PROMISES, README, Held, Page, read, readme

HELD = Held("0 of 48 lost | none", "with the disk's sync off, 37", "2026-01-02", 143, "2 cores of a machine")


def test_the_page_is_as_it_is_written():
    text = PAGE.read_text(encoding="utf-8")
    assert read(text).text() == text


def test_the_readme_shows_what_the_page_says():
    text = README.read_text(encoding="utf-8")
    assert readme(text, read(PAGE.read_text(encoding="utf-8"))) == text


def test_every_promise_that_is_held_has_a_proof():
    assert set(read(PAGE.read_text(encoding="utf-8")).held) - set(proofs.proofs()) == set()


def test_no_proof_is_of_a_promise_that_there_is_not():
    assert set(proofs.proofs()) - set(PROMISES) == set()


def test_a_page_that_is_read_is_the_page_that_was_written():
    page = Page({1: HELD, 22: replace(HELD, figure="none")}, {3: "2026-01-02"})
    assert read(page.text()) == page


@pytest.fixture
def pages(tmp_path, monkeypatch) -> Path:
    """A page and a README of the test's own: P1 is held, and P2 has two proofs."""
    monkeypatch.setattr(promises, "PAGE", tmp_path / "promises.md")
    monkeypatch.setattr(promises, "README", tmp_path / "README.md")
    monkeypatch.setattr(proofs, "proofs", lambda: {1: {"one"}, 2: {"two", "three"}})
    (tmp_path / "promises.md").write_text(Page({1: HELD}).text())
    (tmp_path / "README.md").write_text("Words\n<!-- promises -->\n<!-- /promises -->\n")
    return tmp_path


def passes(tally: proofs.Tally, test: str, control: str = "a control") -> None:
    proof = tally.of(test)
    proof.wanted = proof.passed = 1
    proof.figures, proof.controls = [f"figure of {test}"], [control] if control else []


def test_a_promise_is_held_when_all_its_proofs_passed_also_in_two_processes(pages):
    tally = proofs.Tally(pages / "tally")
    passes(tally, "two")
    tally.settle(2)
    assert set(read((pages / "promises.md").read_text()).held) == {1}
    tally = proofs.Tally(pages / "tally")
    passes(tally, "three")
    tally.settle(2)
    page = read((pages / "promises.md").read_text())
    assert page.held[1] == HELD
    assert page.held[2].figure == "figure of three; figure of two"
    assert "| P2 |" in (pages / "README.md").read_text()


def test_a_promise_whose_proof_fails_is_held_no_more(pages):
    tally = proofs.Tally(pages / "tally")
    passes(tally, "one")
    tally.of("one").failed = True
    tally.settle(1)
    page = read((pages / "promises.md").read_text())
    assert (set(page.held), set(page.failed)) == (set(), {1})
    assert "| P1 |" not in (pages / "README.md").read_text()


def test_a_proof_that_does_not_say_how_it_can_fail_proves_nothing(pages):
    tally = proofs.Tally(pages / "tally")
    for test in ("two", "three"):
        passes(tally, test, control="")
        tally.settle(2)
    assert set(read((pages / "promises.md").read_text()).held) == {1}


def test_a_proof_that_was_skipped_leaves_what_was_found_before(pages):
    tally = proofs.Tally(pages / "tally")
    tally.of("one").wanted = 1
    tally.settle(1)
    assert read((pages / "promises.md").read_text()).held == {1: HELD}


def test_proofs_are_asked_for_by_number_and_by_name():
    kills = running.asked_for(["1"])
    assert {"tests/prove/test_kill.py", "tests/prove/test_durable.py"} == {test.partition("::")[0] for test in kills}
    assert running.asked_for(["kill"]) == ["tests/prove/test_kill.py"]
    assert len(running.asked_for([])) > len(kills)
    with pytest.raises(SystemExit, match="no promise and no proof called nothing"):
        running.asked_for(["nothing"])
