"""Who comes to a rehearsal: as many as were asked for, in every temper, and the same for the same seed."""

from collections import Counter
from dataclasses import replace

import pytest

from app.rehearsal.acting import kind_of
from app.rehearsal.company import Plan, Temper, company
from app.rehearsal.figures import Figures, Sitting
from app.rehearsal.script import KINDS

PLAN = Plan(people=30, seed=7)


def test_the_same_seed_is_the_same_company_with_the_same_words():
    assert company(PLAN) == company(PLAN)
    assert company(PLAN) != company(replace(PLAN, seed=8))


@pytest.mark.parametrize("people", [1, 5, 30, 60, 150])
def test_as_many_come_as_were_asked_for(people: int):
    came = company(replace(PLAN, people=people))
    assert len(came) == people
    assert came[0].comes == 0.0
    assert all(0.0 <= each.comes < each.goes < 1.0 for each in came)


def test_one_is_rude_and_one_is_hurried_however_few_they_are():
    for people in (5, 12, 60):
        tempers = Counter(each.temper for each in company(replace(PLAN, people=people)))
        assert (tempers[Temper.RUDE], tempers[Temper.HURRIED]) == (1, 1)
    assert Counter(each.temper for each in company(replace(PLAN, people=60))).keys() == set(Temper)


def test_nobody_is_dealt_what_somebody_else_writes_and_nobody_polite_anything_rude():
    lines = [line for each in company(PLAN) for kind in KINDS for line in each.notes[kind]]
    assert len(lines) == len(set(lines)) > 250
    assert not any(line.rude for line in lines)


def test_people_write_in_their_own_language_and_in_those_that_were_asked_for():
    came = company(replace(PLAN, languages=("fr", "es")))
    assert {each.language for each in came} == {"fr", "es"}
    assert all(line.language == each.language for each in came for lines in each.notes.values() for line in lines)
    assert all(each.temper is not Temper.RUDE for each in company(Plan(people=3)))


def test_each_step_of_the_hour_gets_its_kind_of_notes():
    kinds = ("talk", "talk", "write", "write", "write", "vote", "roadmap", "survey")
    steps = [{"id": str(at), "kind": kind, "write": kind in ("write", "roadmap")} for at, kind in enumerate(kinds)]
    fits = [kind_of(steps, step["id"]) for step in steps]
    assert fits == ["", "", "messages", "city", "billboard", "", "next", ""]
    assert kind_of(steps, "gone") == ""


def test_seen_by_counts_those_who_were_there_when_it_was_sent():
    early, late = Sitting(opened=1.0), Sitting(opened=3.0)
    early.hears(4, 2.0)
    early.hears(6, 2.5)
    late.hears(6, 3.5)
    figures = Figures(posted=[(5, 2.25), (7, 3.0)], sittings=[early, late])
    assert figures.seen_by() == [0.25]
    assert "p50 250 ms" in figures.summary()
