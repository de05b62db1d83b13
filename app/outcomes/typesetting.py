"""The report as the press sets it: everything that stands on its pages, in order, as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

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
from app.outcomes.paper import Block, Said, heading, in_print, items, quiet, said, section, shown, sub, table, text
from app.outcomes.quoting import in_language
from app.outcomes.report import Counted, Group, Message, Picture, Report, Words
from app.outcomes.results import Ranked
from app.outcomes.wording import Wording

# A contents of more headings than this tells the sections alone.
MOST_LISTED: Final = 30
# So many places are named in the picture of where a headline came from; the list below has all.
MOST_NAMED: Final = 6


def as_sheet(report: Report, words: Wording, pictures: Sequence[Picture] = ()) -> str:
    """What the template `report` reads; `pictures` are SVG."""
    words = in_print(words)
    blocks = [
        *_places(report, words),
        *_steps(report, words),
        *_messages(report, words),
        *_pictures(pictures, words),
        *_ballots(report, words),
        *_actions(report, words),
        *_survey(report, words),
        *_ideas(report, words),
    ]
    day, state = dated(report, words)
    sheet = {
        "language": words.language,
        "rtl": words.rtl,
        "title": said(report.title, words),
        "plain_title": report.title,
        "hashtag": said(report.hashtag, words),
        "rehearsal": words.say("Rehearsal") if report.rehearsal else "",
        "report": words.say("Report"),
        "day": day,
        "state": state,
        "chosen_heading": chosen_heading(report, words),
        "chosen": [said(each.text, words, each.language) | {"by": _by(each, words)} for each in report.chosen],
        "figures": [{"what": what, "number": number} for what, number in figures(report, words)],
        "contents": words.say("Contents"),
        "depth": 2 if sum(each["kind"] == "heading" for each in blocks) <= MOST_LISTED else 1,
        "left_out": left_out(words),
        "blocks": blocks,
    }
    return json.dumps(sheet, ensure_ascii=False)


def _by(each: Words, words: Wording) -> str:
    """Who stands beneath what was chosen; nobody where that is not told."""
    return shown(signature(each, words), words) if each.place else ""


def _places(report: Report, words: Wording) -> Iterator[Block]:
    """By country, the one with the most places first; those of no country last."""
    if not report.places:
        return
    yield section(words.say("Who was here"), words)
    countries: dict[str, list[str]] = {}
    for each in report.places:
        told = f"{each.place} ({words.number(each.notes)})" if each.notes else each.place
        countries.setdefault(each.country, []).append(told)
    yield quiet(words.say("In brackets: how many ideas came from there."), words)
    ordered = sorted(countries.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    rows = [
        [said(words.country(code) if code else words.say("Elsewhere"), words), said(listed(places), words)]
        for code, places in ordered
    ]
    yield table(words.say("Who was here"), (words.say("Country"), words.say("Places")), rows, (1, 3), words)


def _steps(report: Report, words: Wording) -> Iterator[Block]:
    yield section(words.say("The questions"), words)
    rows = []
    for each in report.steps:
        title, tag = in_language(each.title, report.language)
        prompt, other = in_language(each.prompt, report.language)
        ideas = len(report.results.steps[each.id])
        rows.append(
            [
                said(title or words.phrase("step-kind", each.kind), words, tag),
                said(prompt, words, other),
                said(words.number(ideas) if ideas else "", words),
            ]
        )
    header = words.say("Step"), words.say("Question"), words.say("Ideas")
    yield table(words.say("The questions"), header, rows, (3, 6, 1), words)


def _messages(report: Report, words: Wording) -> Iterator[Block]:
    if report.messages:
        yield section(words.say("Headlines"), words)
    for message in report.messages:
        yield from _message(message, words)


def _message(message: Message, words: Wording) -> Iterator[Block]:
    first = message.versions[0]
    mark = words.say("chosen") if message.chosen else ""
    yield heading(first.text, words, first.language) | {"mark": mark}
    if message.origin:
        yield {"kind": "chain", "links": [link for link in _chain(message, words) if link["what"]]}
    yield items(
        [
            [said(words.lead(words.language_name(each.language)), words), said(each.text, words, each.language)]
            for each in message.versions
        ]
    )
    for source in message.origin:
        by = f" · {signature(source.words, words)}"
        if source.words.ref.startswith("theme:"):
            yield sub(source_heading(source, words), words)
            yield items(
                [
                    [said(note.text, words, note.language), said(f" · {signature(note, words)}", words)]
                    for note in source.notes
                ]
            )
        else:
            lead = said(words.lead(source_heading(source, words)), words)
            yield items([[lead, said(source.words.text, words, source.words.language), said(by, words)]])
    if message.votes:
        yield sub(words.say("How it was voted"), words)
        yield items([[said(vote_line(vote, words), words)] for vote in message.votes])


def _chain(message: Message, words: Wording) -> Iterator[dict[str, str]]:
    """From ideas to votes, a link each: what, and under it which."""
    ideas = {each.ref for source in message.origin for each in (source.words, *source.notes) if "note:" in each.ref}
    themes = [source.words.text for source in message.origin if source.words.ref.startswith("theme:")]
    named = origin_places(message)
    more = (f"+ {words.number(len(named) - MOST_NAMED)}",) if len(named) > MOST_NAMED else ()
    places = shown(listed((*named[:MOST_NAMED], *more)), words)
    yield {"what": words.say("Ideas") if ideas else "", "number": words.number(len(ideas)), "which": places}
    what = words.say("Themes") if themes else ""
    yield {"what": what, "number": words.number(len(themes)), "which": shown(listed(themes), words)}
    languages = listed(words.language_name(each.language) for each in message.versions)
    yield {"what": words.say("Versions"), "number": words.number(len(message.versions)), "which": languages}
    vote = message.votes[-1] if message.votes else None
    rank = words.say("%(rank)s of %(of)s", rank=vote.rank, of=vote.of) if vote else ""
    where = f"{words.lead(words.say('Places'))}{words.number(vote.places)}" if vote else ""
    yield {"what": words.say("Rank") if vote else "", "number": rank, "which": where}


def _pictures(pictures: Sequence[Picture], words: Wording) -> Iterator[Block]:
    if pictures:
        yield section(words.say("Billboards"), words)
        told = [
            {
                "svg": each.content.decode(),
                "alt": picture_alt(each, words),
                "under": shown(words.language_name(each.language), words),
            }
            for each in pictures
        ]
        yield {"kind": "pictures", "pictures": told}


def _ballots(report: Report, words: Wording) -> Iterator[Block]:
    if report.ballots:
        yield section(words.say("Votes"), words)
    for counted in report.ballots:
        yield from _ballot(counted, words)


def _ballot(counted: Counted, words: Wording) -> Iterator[Block]:
    title = ballot_title(counted, words)
    told = tally_table(counted, words)
    yield heading(title, words)
    yield quiet(" ".join(ballot_rules(counted, words)), words)
    yield quiet(recount_verdict(counted, words), words)
    rows = [
        {
            "rank": words.number(row.rank),
            "said": said(row.words.text, words, row.words.language),
            "figures": [words.number(figure) for figure in row.figures],
            "part": row.bar / told.most if told.most else 0,
            "won": row.won,
        }
        for row in told.rows
    ]
    yield {"kind": "tally", "caption": shown(title, words), "header": list(told.header), "rows": rows}
    given = [[said(words.quote(each), words), quoted(row.words.text, words)] for row in told.rows for each in row.said]
    for each in group_tables(counted, words):
        cells = [
            [said(one.text, words, one.language), *(said(words.number(number), words) for number in votes)]
            for one, votes in each.rows
        ]
        yield sub(each.caption, words)
        yield table(each.caption, each.header, cells, (4, *(1 for _ in each.header[1:])), words)
    if given:
        yield items(given)


def quoted(text_: str, words: Wording) -> Said:
    """What a reason is about, after it."""
    return said(f" · {text_}", words)


def _actions(report: Report, words: Wording) -> Iterator[Block]:
    if not (report.actions or report.contact or report.link):
        return
    yield section(words.say("Next steps"), words)
    if report.actions:
        rows = [[said(cell, words) for cell in row] for row in action_rows(report, words)]
        yield table(words.say("Next steps"), action_header(words), rows, (5, 3, 2, 2), words)
    for each in (report.contact, report.link):
        if each:
            yield text(each, words)


def _survey(report: Report, words: Wording) -> Iterator[Block]:
    if report.survey is None:
        return
    yield section(words.say("Survey"), words)
    yield text(survey_note(report, words), words)
    for each in surveyed(report, words):
        yield heading(each.text, words, each.language)
        yield quiet(each.summary, words)
        if each.rows:
            most = max(count for _, count in each.rows)
            rows: Sequence[dict[str, Any]] = [
                {
                    "rank": "",
                    "said": said(name, words),
                    "figures": [words.number(count)],
                    "part": count / most if most else 0,
                    "won": False,
                }
                for name, count in each.rows
            ]
            yield {"kind": "tally", "caption": shown(each.text, words), "header": ["", *each.header], "rows": rows}


def _ideas(report: Report, words: Wording) -> Iterator[Block]:
    told = [group for group in report.groups if group.notes]
    if told:
        yield section(words.say("Ideas"), words)
    for group in told:
        yield from _group(group, report.language, words)


def _group(group: Group, language: str, words: Wording) -> Iterator[Block]:
    title, tag = (group.theme.title, "") if group.theme else in_language(group.step.title, language)
    yield heading(title or words.phrase("step-kind", group.step.kind), words, tag)
    prompt, other = in_language(group.step.prompt, language)
    if group.theme is None and prompt:
        yield quiet(prompt, words, other)
    yield {"kind": "notes", "notes": [_note(row, words) for row in group.notes]}


def _note(row: Ranked, words: Wording) -> Said:
    """A note, and beneath it its translations, what was merged into it, and its comments."""
    note = row.note
    more = [
        said(f"{words.lead(words.language_name(each.language))}{each.text}", words, each.language)
        for each in row.translations
    ]
    more += [said(f"{words.lead(words.say('Merged from'))}{each.text}", words, each.language) for each in row.merged]
    for comment in row.comments:
        by = f" · {signed(comment.place, '', words)}"
        more.append(said(comment.text + by, words, comment.language))
    told = said(note.text, words, note.language)
    return told | {"under": shown(under_note(row, words), words), "color": note.color, "more": more}
