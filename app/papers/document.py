"""The report as a Word document: real headings, lists and tables, in the reader's language."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.shared import Cm

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
    picture_alt,
    recount_verdict,
    signature,
    signed,
    source_heading,
    survey_note,
    surveyed,
    tally_table,
    under_note,
    vote_line,
)
from app.outcomes.quoting import in_language
from app.outcomes.report import Counted, Group, Message, Picture, Report
from app.outcomes.results import Ranked
from app.outcomes.wording import Wording
from app.papers.looks import dress
from app.papers.pages import Pages, Run

PICTURE = Cm(15)


def as_document(report: Report, words: Wording, pictures: Sequence[Picture] = ()) -> bytes:
    """All of it, in the order in which it is read; `pictures` are PNG."""
    document = docx.Document()
    dress(document, report, words)
    pages = Pages(document, words)
    _front(pages, report, words)
    _places(pages, report, words)
    _steps(pages, report, words)
    _messages(pages, report, words)
    _pictures(document, pages, pictures, words)
    _ballots(pages, report, words)
    _actions(pages, report, words)
    _survey(pages, report, words)
    _ideas(pages, report, words)
    pages.plain("Quiet", left_out(words))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _front(pages: Pages, report: Report, words: Wording) -> None:
    pages.plain("Title", report.title)
    if report.rehearsal:
        pages.plain("Subtitle", words.say("Rehearsal"))
    pages.plain("Subtitle", " · ".join(dated(report, words)))
    if report.chosen:
        pages.plain("Heading1", chosen_heading(report, words))
    for each in report.chosen:
        pages.paragraph("Chosen", (each.text, each.language, False))
        pages.plain("Quiet", signature(each, words))
    told = figures(report, words)
    caption = words.say("In figures")
    pages.plain("Heading1", caption)
    pages.table(caption, [what for what, _ in told], [[(number, "", True) for _, number in told]], [1 for _ in told])


def _places(pages: Pages, report: Report, words: Wording) -> None:
    if report.places:
        pages.plain("Heading1", words.say("Who was here"))
    for each in report.places:
        ideas = words.say("ideas: %(number)s", number=words.number(each.notes))
        pages.paragraph("ListBullet", (signed(each.place, each.country, words), "", True), (f" · {ideas}", "", False))


def _steps(pages: Pages, report: Report, words: Wording) -> None:
    pages.plain("Heading1", words.say("The questions"))
    for each in report.steps:
        title, tag = in_language(each.title, report.language)
        prompt, other = in_language(each.prompt, report.language)
        said: Run = (title or words.phrase("step-kind", each.kind), tag, True)
        pages.paragraph("ListNumber", said, (f" · {prompt}" if prompt else "", other, False))


def _messages(pages: Pages, report: Report, words: Wording) -> None:
    if report.messages:
        pages.plain("Heading1", words.say("Headlines"))
    for message in report.messages:
        _message(pages, message, words)


def _message(pages: Pages, message: Message, words: Wording) -> None:
    first = message.versions[0]
    mark = f" ({words.say('chosen')})" if message.chosen else ""
    pages.paragraph("Heading2", (first.text, first.language, False), (mark, "", False))
    for each in message.versions:
        named = words.lead(words.language_name(each.language))
        pages.paragraph("ListBullet", (named, "", True), (each.text, each.language, False))
    if message.origin:
        pages.plain("Heading3", words.say("Where it came from"))
    if places := origin_places(message):
        pages.paragraph("Normal", (words.lead(words.say("From")), "", True), (listed(places), "", False))
    for source in message.origin:
        heading = source_heading(source, words)
        if source.words.ref.startswith("theme:"):
            pages.plain("ListBullet", heading)
        else:
            by = f" · {signature(source.words, words)}"
            pages.paragraph(
                "ListBullet",
                (words.lead(heading), "", True),
                (source.words.text, source.words.language, False),
                (by, "", False),
            )
        for note in source.notes:
            pages.paragraph(
                "ListBullet2", (note.text, note.language, False), (f" · {signature(note, words)}", "", False)
            )
    if message.votes:
        pages.plain("Heading3", words.say("How it was voted"))
    for vote in message.votes:
        pages.plain("ListBullet", vote_line(vote, words))


def _pictures(document: Document, pages: Pages, pictures: Sequence[Picture], words: Wording) -> None:
    if pictures:
        pages.plain("Heading1", words.say("Billboards"))
    for each in pictures:
        shown = document.add_picture(io.BytesIO(each.content), width=PICTURE)
        shown._inline.docPr.set("descr", picture_alt(each, words))
        pages.plain("Quiet", words.language_name(each.language))


def _ballots(pages: Pages, report: Report, words: Wording) -> None:
    if report.ballots:
        pages.plain("Heading1", words.say("Votes"))
    for counted in report.ballots:
        _ballot(pages, counted, words)


def _ballot(pages: Pages, counted: Counted, words: Wording) -> None:
    title = ballot_title(counted, words)
    pages.plain("Heading2", title)
    pages.plain("Normal", " ".join(ballot_rules(counted, words)))
    told = tally_table(counted, words)
    rows: list[Sequence[Run]] = [
        [
            (words.number(row.rank), "", row.won),
            (row.words.text, row.words.language, row.won),
            *((words.number(figure), "", row.won) for figure in row.figures),
        ]
        for row in told.rows
    ]
    pages.table(title, told.header, rows, [2, 10, *(3 for _ in told.header[2:])])
    for each in group_tables(counted, words):
        pages.plain("Heading3", each.caption)
        cells: list[Sequence[Run]] = [
            [(one.text, one.language, False), *((words.number(number), "", False) for number in votes)]
            for one, votes in each.rows
        ]
        pages.table(each.caption, each.header, cells, [4, *(2 for _ in each.header[1:])])
    for row in told.rows:
        for said in row.said:
            pages.paragraph(
                "ListBullet", (words.quote(said), "", False), (f" · {row.words.text}", row.words.language, False)
            )
    pages.plain("Quiet", recount_verdict(counted, words))


def _actions(pages: Pages, report: Report, words: Wording) -> None:
    if not (report.actions or report.contact or report.link):
        return
    heading = words.say("Next steps")
    pages.plain("Heading1", heading)
    if report.actions:
        rows = [[(cell, "", False) for cell in row] for row in action_rows(report, words)]
        pages.table(heading, action_header(words), rows, [8, 4, 4, 2])
    for each in (report.contact, report.link):
        if each:
            pages.plain("Normal", each)


def _survey(pages: Pages, report: Report, words: Wording) -> None:
    if report.survey is None:
        return
    pages.plain("Heading1", words.say("Survey"))
    pages.plain("Normal", survey_note(report, words))
    for each in surveyed(report, words):
        pages.paragraph("Heading2", (each.text, each.language, False))
        pages.plain("Normal", each.summary)
        if each.rows:
            rows: list[Sequence[Run]] = [
                [(name, "", False), (words.number(count), "", False)] for name, count in each.rows
            ]
            pages.table(each.text, each.header, rows, [4, 1])


def _ideas(pages: Pages, report: Report, words: Wording) -> None:
    pages.plain("Heading1", words.say("Ideas"))
    for group in report.groups:
        if group.notes:
            _group(pages, group, report.language, words)


def _group(pages: Pages, group: Group, language: str, words: Wording) -> None:
    title, tag = (group.theme.title, "") if group.theme else in_language(group.step.title, language)
    pages.paragraph("Heading2", (title or words.phrase("step-kind", group.step.kind), tag, False))
    prompt, other = in_language(group.step.prompt, language)
    if prompt and group.theme is None:
        pages.paragraph("Quiet", (prompt, other, False))
    for row in group.notes:
        _note(pages, row, words)


def _note(pages: Pages, row: Ranked, words: Wording) -> None:
    """A note, and beneath it its translations, what was merged into it, and its comments."""
    note = row.note
    pages.paragraph("ListBullet", (note.text, note.language, False), (f" · {under_note(row, words)}", "", False))
    for each in row.translations:
        named = words.lead(words.language_name(each.language))
        pages.paragraph("ListBullet2", (named, "", True), (each.text, each.language, False))
    for merged in row.merged:
        said = words.say("Merged from")
        pages.paragraph("ListBullet2", (words.lead(said), "", True), (merged.text, merged.language, False))
    for comment in row.comments:
        by = f" · {comment.place}" if comment.place else ""
        pages.paragraph("ListBullet2", (comment.text, comment.language, False), (by, "", False))
