"""The report for other programs: JSON, with the ids of the live board."""

import json
from typing import Any

from app.board.groups import Group as VotersGroup
from app.board.verdicts import verdict
from app.outcomes.narrating import answer_text
from app.outcomes.report import Counted, Group, Message, Report, Vote, Words
from app.outcomes.results import Ranked
from app.outcomes.survey import Counted as SurveyCounted
from app.outcomes.survey import SurveyResults
from app.outcomes.wording import iso


def as_json(report: Report) -> str:
    """What `docs/protocol.md` says under *What is exported*."""
    themes = {row.note.id: group.theme.id for group in report.themes if group.theme for row in group.notes}
    written = {
        "board": report.board,
        "seq": report.seq,
        "as_of": iso(report.as_of),
        "title": report.title,
        "rehearsal": report.rehearsal,
        "closed": report.closed,
        "language": report.language,
        "hashtag": report.hashtag,
        "contact": report.contact,
        "link": report.link,
        "chosen": [_words(each) for each in report.chosen],
        "steps": [
            {"id": step.id, "kind": step.kind, "title": dict(step.title), "prompt": dict(step.prompt)}
            for step in report.steps
        ],
        "notes": [
            _note(row) | {"theme": themes.get(row.note.id)} for rows in report.results.steps.values() for row in rows
        ],
        "themes": [theme for group in report.themes for theme in _theme(group)],
        "headlines": [_message(each) for each in report.messages],
        "ballots": [_ballot(counted) for counted in reversed(report.ballots)],
        "actions": [
            {"id": each.id, "text": each.text, "owner": each.owner, "due": each.due, "state": each.state}
            | {"place": each.place}
            for each in report.actions
        ],
        "survey": _survey(report.survey, report.language),
        "places": [{"place": s.place, "country": s.country, "notes": s.notes} for s in report.results.spoke],
        "countries": report.results.countries,
        "here": [{"place": each.place, "country": each.country} for each in report.places],
    }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _words(words: Words) -> dict[str, str]:
    return {
        "ref": words.ref,
        "text": words.text,
        "language": words.language,
        "place": words.place,
        "country": words.country,
    }


def _note(row: Ranked) -> dict[str, Any]:
    """A note and what others added to it. When an unsigned comment was written is told nowhere."""
    note = row.note
    return {
        "id": note.id,
        "step": note.step,
        "text": note.text,
        "language": note.language,
        "place": note.place,
        "country": note.country,
        "reactions": row.reactions,
        "rank": row.rank,
        "late": note.late,
        "written": iso(note.created_at),
        "translations": [
            {"language": each.language, "text": each.text, "place": each.place} for each in row.translations
        ],
        "comments": [
            {"text": each.text, "language": each.language, "place": each.place, "country": each.country}
            for each in row.comments
        ],
        "merged": [
            {"id": each.id, "text": each.text, "language": each.language, "place": each.place, "country": each.country}
            for each in row.merged
        ],
        "credits": [{"place": place, "country": country} for place, country in row.credits],
    }


def _theme(group: Group) -> list[dict[str, Any]]:
    if group.theme is None:
        return []
    people, dots = (group.support.people, group.support.dots) if group.support else (0, 0)
    told = {"id": group.theme.id, "step": group.theme.step, "title": group.theme.title}
    return [told | {"notes": [row.note.id for row in group.notes], "people": people, "dots": dots}]


def _message(message: Message) -> dict[str, Any]:
    headline = message.headline
    return {
        "id": headline.id,
        "chosen": message.chosen,
        "place": headline.place,
        "country": headline.country,
        "versions": [{"language": each.language, "text": each.text, "place": each.place} for each in message.versions],
        "origin": [
            _words(source.words) | ({"notes": [note.ref for note in source.notes]} if source.notes else {})
            for source in message.origin
        ],
        "votes": [_vote(each) for each in message.votes],
    }


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "ballot": vote.ballot.id,
        "rank": vote.rank,
        "of": vote.of,
        "number": vote.number,
        "against": vote.against,
        "places": vote.places,
    }


def _ballot(counted: Counted) -> dict[str, Any]:
    ballot, tally = counted.ballot, counted.tally
    return {
        "id": ballot.id,
        "step": ballot.step,
        "title": ballot.title,
        "method": ballot.method,
        "round": ballot.round,
        "of": ballot.of,
        "after_results": ballot.after_results,
        "one_per": ballot.one_per,
        "secrecy": ballot.secrecy,
        "tie_rule": ballot.tie_rule,
        "people": tally.turnout.people,
        "places": tally.turnout.places,
        "quorum": tally.quorum,
        "quorum_reached": tally.quorum_reached,
        "proxied": tally.turnout.proxied,
        "verdict": verdict(tally),
        "recount_equal": counted.recounted,
        "winners": [ref for ref in tally.winners if ref in counted.words],
        "tally": _rows(counted),
        "regions": [_group_of_voters(counted, each) for each in counted.groups.regions],
        "languages": [_group_of_voters(counted, each) for each in counted.groups.languages],
        "pairs": [
            {"first": first, "second": second, "people": number} for (first, second), number in tally.pairs.items()
        ],
    }


def _group_of_voters(counted: Counted, group: VotersGroup) -> dict[str, Any]:
    votes = {ref: number for ref, number in group.votes.items() if ref in counted.words}
    against = {ref: number for ref, number in group.against.items() if ref in counted.words}
    return {"key": group.key, "voters": group.voters, "votes": votes, "against": against}


def _rows(counted: Counted) -> list[dict[str, Any]]:
    """Each candidate by its kind ("note", "theme", "headline") and by its ref. No person is named."""
    told = []
    for row in counted.tally.rows:
        if row.ref in counted.words:
            kind, _, id_ = row.ref.partition(":")
            shown = {"ref": row.ref, kind: id_, "text": counted.words[row.ref].text}
            ranks = {"dots": row.dots, "rank": row.rank, "rank_by_places": row.place_rank, "tied": row.tied}
            counts = {"people": row.people, "places": row.places, "against": row.against}
            said = {"by_place": dict(row.by_place), "reasons": [reason.text for reason in row.reasons]}
            told.append(shown | ranks | counts | said)
    return told


def _survey(survey: SurveyResults | None, language: str) -> dict[str, Any] | None:
    """How many gave which answer, once everybody may see it; no answer in words."""
    if survey is None:
        return None
    return {
        "state": survey.state,
        "people": survey.people,
        "withheld": survey.withheld,
        "questions": [_answered(each, language) for each in survey.questions],
    }


def _answered(counted: SurveyCounted, language: str) -> dict[str, Any]:
    question = counted.question
    counts = [
        {"number": each.number, "answer": answer_text(counted, each, language), "people": each.people}
        for each in counted.counts
    ]
    asked = {"id": question.id, "kind": question.kind, "text": dict(question.text)}
    return asked | {"people": counted.people, "mean": counted.mean, "counts": counts}
