"""What a report holds and what it never holds, in every form."""

import csv
import io
import json
from dataclasses import replace

import pytest

from app.board.audience import PUBLIC
from app.board.merging import NoteMerge
from app.board.records import Campaign
from app.outcomes.markdown import as_markdown
from app.outcomes.narrating import group_tables
from app.outcomes.reporting import report_of
from app.outcomes.tables import NAMES
from tests.board.story import given_a_room
from tests.outcomes.reading import words_in
from tests.outcomes.told import ARABIC, AS_OF, CANARIES, HOSTILE, WORDS, canary, put, told_session


def test_O1_no_form_holds_what_may_not_be_published(made, form):
    tables = NAMES if form == "csv" else ("notes",)
    told = "\n".join(words_in(form, made.file(form, table=table)) for table in tables)
    assert [each for each in CANARIES if canary(each) in told] == []
    assert "code postal" in told


def test_O1_a_control_that_sees_everything_would_be_caught(made):
    """The canaries are there to be found: a facilitator's board holds them."""
    there = repr(list(made.story.board.records()))
    assert [each for each in CANARIES if canary(each) not in there] == []


def test_O1_a_blank_board_publishes_no_note():
    story, _ = told_session()
    story.board.apply({("now", "now"): replace(story.board.now, blank=True)})
    report = report_of(story.board, PUBLIC, "fr", AS_OF)
    assert (report.results.notes, report.messages, report.actions, report.chosen) == (0, (), (), ())


def test_O2_an_unsigned_note_has_no_place_and_nobody_a_name(made):
    notes = json.loads(made.file("json"))["notes"]
    (unsigned,) = (note for note in notes if note["id"] == made.ids["anonymous"])
    assert (unsigned["place"], unsigned["country"]) == ("", "")
    assert not {"author", "by", "person", "name"} & {name for note in notes for name in note}


def test_O3_a_session_that_runs_is_told_as_of_a_moment(made):
    assert "Au 21 septembre 2026, 14:13 UTC" in made.file("md").decode()
    told = json.loads(made.file("json"))
    assert (told["as_of"], told["closed"], told["seq"]) == ("2026-09-21T14:13:20Z", False, made.story.seq)


def test_O4_programs_get_the_ids_of_the_live_board(made):
    told = json.loads(made.file("json"))
    assert {note["id"] for note in told["notes"]} >= {made.ids[name] for name in ("first", "arabic", "long", "for")}
    assert [theme["id"] for theme in told["themes"]] == [made.ids["theme"]]
    assert [each["id"] for each in told["headlines"]] == ["h1", "h2"]
    assert {each["id"] for each in told["ballots"]} == {made.ids[name] for name in ("dots", "consent", "ranking")}
    assert [each["id"] for each in told["actions"]] == ["a1", "a2"]
    rows = list(csv.DictReader(io.StringIO(made.file("csv").decode().removeprefix("\ufeff"))))
    assert {row["note"] for row in rows} == {note["id"] for note in told["notes"]}


def test_O5_a_headline_is_told_with_where_it_came_from(made):
    first, second = json.loads(made.file("json"))["headlines"]
    assert [each["ref"] for each in first["origin"]] == [f"theme:{made.ids['theme']}", f"note:{made.ids['first']}"]
    assert first["origin"][0]["notes"] == [f"note:{made.ids[name]}" for name in ("first", "arabic")]
    assert [each["language"] for each in first["versions"]] == ["fr", "ar"]
    assert second["origin"] == []


def test_O6_what_the_hosts_chose_stands_first_and_else_who_won():
    story, ids = told_session()
    assert [each.ref for each in report_of(story.board, PUBLIC, "ar", AS_OF).chosen] == ["headline:h1"]
    assert report_of(story.board, PUBLIC, "ar", AS_OF).chosen[0].text == ARABIC
    put(story, Campaign())
    report = report_of(story.board, PUBLIC, "fr", AS_OF)
    newest = report.ballots[-1]
    assert newest.ballot.id == ids["ranking"]
    assert [each.ref for each in report.chosen] == list(newest.tally.winners)


def test_O7_every_ballot_is_told_by_its_method_and_counted_again(made):
    told = {ballot["id"]: ballot for ballot in json.loads(made.file("json"))["ballots"]}
    dots, consent, ranking = (told[made.ids[name]] for name in ("dots", "consent", "ranking"))
    assert next((row["note"], row["dots"], row["people"], row["places"]) for row in dots["tally"]) == (
        made.ids["first"],
        42,
        42,
        3,
    )
    assert [row["against"] for row in consent["tally"]] == [0, 0, 1]
    assert consent["tally"][2]["reasons"] == ["Trop long pour nous"]
    assert {pair["people"] for pair in ranking["pairs"]} == {0, 1}
    assert all(ballot["recount_equal"] for ballot in told.values())


def test_O7_regions_and_languages_are_told_where_they_tell_of_nobody_alone(made):
    dots = json.loads(made.file("json"))["ballots"][-1]
    assert dots["id"] == made.ids["dots"]
    assert (dots["proxied"], dots["verdict"]) == (40, "won")
    assert [(group["key"], group["voters"]) for group in dots["regions"]] == []
    room = given_a_room()
    notes = room.lyon.posts("Plus d’arbres"), room.dakar.posts("Plus d’ombre")
    ballot = room.facilitator.opens_a_ballot(*notes)
    voters = [room.story.joins(f"Ville {n}", name=f"v{n}", language="fr" if n % 2 else "es") for n in range(8)]
    for at, who in enumerate(voters):
        who.votes(ballot, **{notes[at % 2]: 1})
    room.facilitator.closes(ballot)
    (told,) = report_of(room.story.board, PUBLIC, "en", AS_OF).ballots
    (table,) = group_tables(told, WORDS)
    assert table.header == ("Candidate", "espagnol (4)", "français (4)")
    assert [votes for _, votes in table.rows] == [(4, 0), (0, 4)]


def test_O7_a_count_that_contradicts_is_told_in_words():
    story, _ = told_session()
    report = report_of(story.board, PUBLIC, "fr", AS_OF)
    other = replace(report, ballots=tuple(replace(each, recounted=False) for each in report.ballots))
    assert as_markdown(other, WORDS).count("THE RESULT IS ANOTHER ONE") == 3
    assert "THE RESULT IS ANOTHER ONE" not in as_markdown(report, WORDS)


def test_O8_an_open_ballot_is_in_no_report(made, form):
    assert "Encore ouvert" not in words_in(form, made.file(form))


def test_O9_words_in_markdown_are_no_marks(made):
    told = made.file("md").decode()
    assert "<script>" not in told
    assert "\\<script\\>" in told
    assert "[a](b)" not in told


@pytest.mark.parametrize("name", NAMES)
def test_O9_no_cell_of_a_table_is_a_formula(made, name):
    rows = list(csv.reader(io.StringIO(made.file("csv", table=name).decode().removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_O10_a_merged_note_is_told_with_what_it_was_made_of():
    room = given_a_room()
    notes = room.lyon.posts("Plus d’arbres"), room.dakar.posts("Plus d’ombre", attribution="anonymous")
    one = room.facilitator.asks(NoteMerge(text="De l’ombre et des arbres", notes=notes)).made["note"]
    report = report_of(room.story.board, PUBLIC, "fr", AS_OF)
    (row,) = report.results.steps[room.step.id]
    assert (row.note.id, {each.id for each in row.merged}, row.credits) == (one, set(notes), (("Lyon", ""),))


def test_O11_the_survey_is_counted_without_names_or_words(made):
    told = json.loads(made.file("json"))["survey"]
    assert [question["people"] for question in told["questions"]] == [3, 3, 3]
    assert [each["people"] for each in told["questions"][0]["counts"]] == [0, 3]
    assert told["questions"][1]["counts"] == []


def test_the_hostile_note_is_itself_in_json(made):
    notes = json.loads(made.file("json"))["notes"]
    assert HOSTILE in [note["text"] for note in notes]
