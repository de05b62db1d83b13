"""The ready-made agendas hold the hour they were made for, in three languages."""

from __future__ import annotations

import re

import pytest

from app.board.templates import TEMPLATES, Planned, agenda, slid_in
from app.board.writing import count, tidy

PROMPT_LIMIT = 300
TITLE_FITS_A_TAB = 20
PROMPT_FITS_A_PROJECTOR = 80
LANGUAGES = {"en", "fr", "es"}
KINDS = {"talk", "write", "group", "headline", "vote", "roadmap", "survey"}
STEPS = [*((name, step) for name in TEMPLATES for step in agenda(name)), *(("slid-in", step) for step in slid_in())]


def _outline(name: str) -> list[tuple[str, int]]:
    return [(step.kind, step.minutes) for step in agenda(name)]


def test_flip_the_script_is_the_hour_of_the_working_session() -> None:
    assert _outline("flip-the-script") == [
        ("talk", 5),
        ("talk", 15),
        ("write", 8),
        ("write", 8),
        ("write", 8),
        ("vote", 6),
        ("roadmap", 10),
        ("survey", 0),
    ]
    assert sum(minutes for _, minutes in _outline("flip-the-script")) == 60


def test_what_can_be_slid_in_leads_from_notes_to_a_choice() -> None:
    assert [step.kind for step in slid_in()] == ["group", "headline", "vote"]


def test_brainstorm_and_vote_goes_from_ideas_to_a_choice() -> None:
    assert _outline("brainstorm-and-vote") == [("write", 10), ("group", 8), ("headline", 6), ("vote", 6)]


def test_a_blank_board_has_one_step_to_write_in() -> None:
    assert _outline("blank") == [("write", 10)]


def test_the_three_questions_of_the_session_are_asked() -> None:
    asked = [step.prompt["fr"] for step in agenda("flip-the-script") if step.kind == "write"]
    assert [re.sub(r"\s", " ", prompt) for prompt in asked] == [
        "Quels messages communs pour renverser le récit ?",
        "Comment votre ville peut-elle tirer le meilleur parti de la campagne ?",
        "Imaginez un panneau de la campagne dans votre ville : que dit-il ?",
    ]


@pytest.mark.parametrize(("template", "step"), STEPS)
def test_every_step_is_written_in_every_language_and_fits(template: str, step: Planned) -> None:
    assert step.kind in KINDS
    assert set(step.title) == set(step.prompt) == LANGUAGES
    for language in LANGUAGES:
        title, prompt = step.title[language], step.prompt[language]
        assert 0 < count(title) <= TITLE_FITS_A_TAB
        assert 0 < count(prompt) <= min(PROMPT_LIMIT, PROMPT_FITS_A_PROJECTOR)
        assert tidy(title) == title
        assert tidy(prompt) == prompt


@pytest.mark.parametrize(("template", "step"), STEPS)
def test_prompts_address_people_formally(template: str, step: Planned) -> None:
    assert not re.search(r"\b(tu|te|toi|ton|ta|tes)\b|\bt’", step.prompt["fr"], re.IGNORECASE)
    assert not re.search(r"\b(tú|tu|tus|te|ti|contigo|vosotros)\b", step.prompt["es"], re.IGNORECASE)


@pytest.mark.parametrize(("template", "step"), STEPS)
def test_a_french_mark_never_starts_a_line_alone(template: str, step: Planned) -> None:
    assert not re.search(r" [?!:;»]", step.prompt["fr"])


def test_an_unknown_template_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        agenda("no-such-template")
