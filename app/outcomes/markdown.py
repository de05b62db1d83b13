"""The report as Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.board.records import Comment, Translation
from app.outcomes.narrating import (
    action_header,
    action_rows,
    ballot_rules,
    ballot_title,
    chosen_heading,
    dated,
    figures,
    group_tables,
    left_out,
    listed,
    origin_places,
    recount_verdict,
    signature,
    source_heading,
    survey_note,
    surveyed,
    tally_table,
    under_note,
    vote_line,
)
from app.outcomes.quoting import in_language
from app.outcomes.report import Counted, Group, Message, Report
from app.outcomes.results import Ranked
from app.outcomes.wording import Wording


def as_markdown(report: Report, words: Wording) -> str:
    """All of it, in the order in which it is read: what was chosen, who was here, how it came about, what is next."""
    lines = [f"# {plain(report.title)}", ""]
    if report.rehearsal:
        lines += [f"**{plain(words.say('Rehearsal'))}**", ""]
    lines += [plain(" · ".join(dated(report, words))), ""]
    lines += [f"- {plain(words.lead(what))} **{number}**" for what, number in figures(report, words)]
    lines.append("")
    if report.chosen:
        lines += [f"## {chosen_heading(report, words)}", ""]
        for each in report.chosen:
            lines += [f"> **{plain(each.text)}**  ", f"> {plain(signature(each, words))}", ""]
    for heading, section in (
        (words.say("Who was here"), _places(report, words)),
        (words.say("The questions"), _steps(report, words)),
        (words.say("Headlines"), _messages(report, words)),
        (words.say("Votes"), _ballots(report, words)),
        (words.say("Next steps"), _actions(report, words)),
        (words.say("Survey"), _survey(report, words)),
        (words.say("Ideas"), _ideas(report, words)),
    ):
        told = list(section)
        lines += [f"## {plain(heading)}", "", *told, ""] if told else []
    return "\n".join([*lines, f"*{plain(left_out(words))}*", ""])


def _places(report: Report, words: Wording) -> Iterator[str]:
    for each in report.places:
        country = f" · {plain(words.country(each.country))}" if each.country else ""
        yield f"- {plain(each.place)}{country} ({each.notes})"


def _steps(report: Report, words: Wording) -> Iterator[str]:
    for each in report.steps:
        title, prompt = (in_language(texts, report.language)[0] for texts in (each.title, each.prompt))
        yield f"- **{plain(title or words.phrase('step-kind', each.kind))}**" + (f": {plain(prompt)}" if prompt else "")


def _messages(report: Report, words: Wording) -> Iterator[str]:
    for message in report.messages:
        yield from _message(message, words)


def _message(message: Message, words: Wording) -> Iterator[str]:
    first = message.versions[0]
    mark = f" ({plain(words.say('chosen'))})" if message.chosen else ""
    yield from (f"### {plain(first.text)}{mark}", "")
    for each in message.versions:
        yield f"- *{plain(words.lead(words.language_name(each.language)))}* {plain(each.text)}"
    if places := origin_places(message):
        yield f"- {plain(words.lead(words.say('From')))} {plain(listed(places))}"
    for source in message.origin:
        if source.words.ref.startswith("theme:"):
            yield f"- {plain(source_heading(source, words))}"
            yield from (f"    - {plain(note.text)}{_by(note.place)}" for note in source.notes)
        else:
            lead = plain(words.lead(source_heading(source, words)))
            yield f"- {lead} {plain(source.words.text)}{_by(source.words.place)}"
    yield from (f"- {plain(vote_line(vote, words))}" for vote in message.votes)
    yield ""


def _ballots(report: Report, words: Wording) -> Iterator[str]:
    for counted in report.ballots:
        yield from _ballot(counted, words)


def _ballot(counted: Counted, words: Wording) -> Iterator[str]:
    yield from (f"### {plain(ballot_title(counted, words))}", "", plain(" ".join(ballot_rules(counted, words))), "")
    told = tally_table(counted, words)
    rows = [(str(row.rank), row.words.text, *(str(figure) for figure in row.figures)) for row in told.rows]
    yield from _table(told.header, rows)
    yield ""
    for each in group_tables(counted, words):
        yield from (f"**{plain(each.caption)}**", "")
        yield from _table(each.header, [(said.text, *(str(number) for number in votes)) for said, votes in each.rows])
        yield ""
    for row in told.rows:
        yield from (f"- {plain(words.quote(said))} · {plain(row.words.text)}" for said in row.said)
    yield from (plain(recount_verdict(counted, words)), "")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(plain(cell) for cell in header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows)


def _actions(report: Report, words: Wording) -> Iterator[str]:
    if report.actions:
        yield from _table(action_header(words), action_rows(report, words))
    if report.contact or report.link:
        yield from ("", plain(" · ".join(part for part in (report.contact, report.link) if part)))


def _survey(report: Report, words: Wording) -> Iterator[str]:
    if note := survey_note(report, words):
        yield from (plain(note), "")
    for each in surveyed(report, words):
        yield from (f"### {plain(each.text)}", "", plain(each.summary), "")
        if each.rows:
            yield from (*_table(each.header, [(name, str(count)) for name, count in each.rows]), "")


def _ideas(report: Report, words: Wording) -> Iterator[str]:
    for group in report.groups:
        if group.notes:
            yield from _group(group, report.language, words)


def _group(group: Group, language: str, words: Wording) -> Iterator[str]:
    title = group.theme.title if group.theme else in_language(group.step.title, language)[0]
    yield from (f"### {plain(title or words.phrase('step-kind', group.step.kind))}", "")
    prompt = in_language(group.step.prompt, language)[0]
    if prompt and group.theme is None:
        yield from (f"*{plain(prompt)}*", "")
    for row in group.notes:
        yield from _note(row, words)
    yield ""


def _note(row: Ranked, words: Wording) -> Iterator[str]:
    """A note, and beneath it its translations and comments."""
    yield f"- {plain(row.note.text)} — {plain(under_note(row, words))}"
    for each in row.translations:
        yield f"    - *{plain(words.lead(words.language_name(each.language)))}* {plain(each.text)}{_signed(each)}"
    yield from (
        f"    - {plain(words.lead(words.say('Merged from')))} {plain(each.text)}{_by(each.place)}"
        for each in row.merged
    )
    yield from (f"    - {plain(each.text)}{_signed(each)}" for each in row.comments)


def _signed(written: Comment | Translation) -> str:
    return _by(written.place)


def _by(place: str) -> str:
    return f" — {plain(place)}" if place else ""


def plain(text: str) -> str:
    """A person's text as Markdown text: what would be a mark is escaped, and it stays on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip())
