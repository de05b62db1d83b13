"""The report as tables, the same rows for CSV and for a workbook, and CSV itself."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.outcomes.narrating import answer_text, group_name, origin_places
from app.outcomes.quoting import in_language
from app.outcomes.report import Counted, Report
from app.outcomes.results import Ranked
from app.outcomes.wording import Wording, iso

Cell = str | int | bool
# A spreadsheet runs a cell that begins like this (OWASP, "CSV Injection"); full-width ones count too.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns` maps a column's name for programs to what it is called; `rows` has a cell for each of them."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[Cell]]


def tables(report: Report, words: Wording) -> tuple[Table, ...]:
    """Every table, also those without a row."""
    make = (_notes, _themes, _headlines, _ballots, _tallies, _groups, _actions, _survey, _places)
    return tuple(each(report, words) for each in make)


NAMES = ("notes", "themes", "headlines", "ballots", "tallies", "groups", "roadmap", "survey", "places")


def as_csv(report: Report, words: Wording, name: str) -> str:
    """One table with a header; begins with a byte order mark, because spreadsheets ask for one.

    Cells of several lines hold one thing a line. Raises StopIteration for a name that is not in `NAMES`.
    """
    table = next(each for each in tables(report, words) if each.name == name)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([inert(str(cell)) for cell in row] for row in table.rows)
    return "\ufeff" + out.getvalue()


def inert(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it."""
    return f"'{cell}" if cell.startswith(ACTIVE) else cell


def _notes(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {
        "step": say("Step"),
        "note": say("Id"),
        "text": say("Idea"),
        "language": say("Language"),
        "place": say("Place"),
        "country": say("Country"),
        "reactions": say("Reactions"),
        "rank": say("Rank"),
        "late": say("Late"),
        "written": say("Written"),
        "translations": say("Translations"),
        "comments": say("Comments"),
        "theme": say("Theme"),
        "merged": say("Merged from"),
        "credits": say("Places of its words"),
    }
    titles = {step.id: in_language(step.title, report.language)[0] for step in report.steps}
    themes = {row.note.id: group.theme.title for group in report.themes if group.theme for row in group.notes}
    rows = [
        _note(row, titles[step], themes.get(row.note.id, ""))
        for step, ranked in report.results.steps.items()
        for row in ranked
    ]
    return Table(name="notes", title=say("Ideas"), columns=columns, rows=rows)


def _note(row: Ranked, step: str, theme: str) -> tuple[Cell, ...]:
    note = row.note
    translated = "\n".join(f"{each.language}: {each.text}" for each in row.translations)
    said = "\n".join(f"{each.place}: {each.text}" if each.place else each.text for each in row.comments)
    where = note.language, note.place, note.country
    counted = row.reactions, row.rank, note.late, iso(note.created_at)
    merged = "\n".join(f"{each.id}: {each.text}" for each in row.merged)
    credited = "\n".join(place for place, _ in row.credits)
    return step, note.id, note.text, *where, *counted, translated, said, theme, merged, credited


def _themes(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"theme": say("Id"), "title": say("Theme"), "ideas": say("Ideas")}
    columns |= {"people": say("People who reacted"), "dots": say("Dots")}
    rows = [
        (
            group.theme.id,
            group.theme.title,
            len(group.notes),
            group.support.people if group.support else 0,
            group.support.dots if group.support else 0,
        )
        for group in report.themes
        if group.theme
    ]
    return Table(name="themes", title=say("Themes"), columns=columns, rows=rows)


def _headlines(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"headline": say("Id"), "language": say("Language"), "text": say("Headline"), "chosen": say("Chosen")}
    columns |= {"place": say("Place"), "country": say("Country"), "origin": say("Origin")}
    columns |= {"origin_places": say("Places of its ideas")}
    rows = [
        (
            message.headline.id,
            version.language,
            version.text,
            message.chosen,
            message.headline.place,
            message.headline.country,
            "\n".join(source.words.ref for source in message.origin),
            "\n".join(origin_places(message)),
        )
        for message in report.messages
        for version in message.versions
    ]
    return Table(name="headlines", title=say("Headlines"), columns=columns, rows=rows)


def _ballots(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"ballot": say("Id"), "title": say("Ballot"), "method": say("Method"), "round": say("Round")}
    columns |= {"one_per": say("One vote for each"), "secrecy": say("Secrecy"), "tie_rule": say("Rule for a tie")}
    columns |= {"people": say("People"), "places": say("Places"), "quorum": say("Votes needed")}
    columns |= {"quorum_reached": say("Counts"), "after_results": say("Opened after results")}
    columns |= {"opened": say("Opened"), "closed": say("Closed"), "recount_equal": say("Recount is equal")}
    return Table(name="ballots", title=say("Ballots"), columns=columns, rows=[_ballot(each) for each in report.ballots])


def _ballot(counted: Counted) -> tuple[Cell, ...]:
    ballot, tally = counted.ballot, counted.tally
    how = ballot.method, ballot.round, ballot.one_per, ballot.secrecy, ballot.tie_rule
    who = tally.turnout.people, tally.turnout.places, tally.quorum, tally.quorum_reached, ballot.after_results
    closed = iso(ballot.closed_at) if ballot.closed_at else ""
    return ballot.id, ballot.title, *how, *who, iso(ballot.opened_at), closed, counted.recounted


def _tallies(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"ballot": say("Ballot"), "candidate": say("Id"), "text": say("Candidate"), "rank": say("Rank")}
    columns |= {"rank_by_places": say("Rank by places"), "number": say("Votes"), "against": say("Could not")}
    columns |= {"people": say("People"), "places": say("Places"), "tied": say("Tied"), "by_place": say("By place")}
    columns |= {"reasons": say("Reasons")}
    return Table(name="tallies", title=say("Tallies"), columns=columns, rows=list(_counts(report)))


def _counts(report: Report) -> Iterator[tuple[Cell, ...]]:
    for each in report.ballots:
        for row in each.tally.rows:
            if row.ref in each.words:
                by_place = "\n".join(f"{place}: {number}" for place, number in row.by_place.items())
                ranks = row.rank, row.place_rank
                counts = row.dots, row.against, row.people, row.places, row.tied
                reasons = "\n".join(reason.text for reason in row.reasons)
                yield each.ballot.id, row.ref, each.words[row.ref].text, *ranks, *counts, by_place, reasons


def _groups(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"ballot": say("Ballot"), "by": say("Kind"), "group": say("Id"), "name": say("Name")}
    columns |= {"voters": say("People who voted"), "candidate": say("Id of the candidate"), "text": say("Candidate")}
    columns |= {"votes": say("Votes"), "against": say("Could not")}
    rows = [
        (
            *(each.ballot.id, sort, group.key, group_name(group, name, words), group.voters, ref, said.text),
            *(group.votes.get(ref, 0), group.against.get(ref, 0)),
        )
        for each in report.ballots
        for sort, groups, name in (
            ("region", each.groups.regions, words.country),
            ("language", each.groups.languages, words.language_name),
        )
        for group in groups
        for ref, said in each.words.items()
    ]
    return Table(name="groups", title=say("Regions and languages"), columns=columns, rows=rows)


def _actions(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"action": say("Id"), "text": say("What"), "owner": say("Who"), "due": say("By when")}
    columns |= {"state": say("State"), "place": say("Place")}
    rows = [(each.id, each.text, each.owner, each.due, each.state, each.place) for each in report.actions]
    return Table(name="roadmap", title=say("Roadmap"), columns=columns, rows=rows)


def _survey(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"question": say("Id"), "text": say("Question"), "kind": say("Kind"), "answer": say("Answer")}
    columns |= {"people": say("People"), "answered": say("People who answered")}
    rows: list[tuple[Cell, ...]] = []
    for each in report.survey.questions if report.survey else ():
        asked = each.question.id, in_language(each.question.text, report.language)[0], each.question.kind
        rows += [
            (*asked, answer_text(each, count, report.language), count.people, each.people) for count in each.counts
        ]
        rows += [] if each.counts else [(*asked, "", each.people, each.people)]
    return Table(name="survey", title=say("Survey"), columns=columns, rows=rows)


def _places(report: Report, words: Wording) -> Table:
    say = words.say
    columns = {"place": say("Place"), "country": say("Country"), "country_name": say("Name of the country")}
    columns |= {"notes": say("Ideas")}
    rows = [
        (each.place, each.country, words.country(each.country) if each.country else "", each.notes)
        for each in report.places
    ]
    return Table(name="places", title=say("Places"), columns=columns, rows=rows)
