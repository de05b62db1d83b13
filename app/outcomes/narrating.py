"""The sentences and small tables of a report in its reader's words, the same in every file that people read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.board.counting import Row
from app.board.groups import OTHERS
from app.board.groups import Group as VotersGroup
from app.board.verdicts import verdict
from app.outcomes.quoting import in_language
from app.outcomes.report import Counted, Message, Picture, Report, Source, Vote, Words
from app.outcomes.results import Ranked
from app.outcomes.survey import Count
from app.outcomes.survey import Counted as SurveyCounted
from app.outcomes.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyTable:
    """A tally to be read: what stands above its columns, and a row for each candidate.

    `most` is what a full bar stands for; each row's `bar` is a part of it.
    """

    header: tuple[str, ...]
    rows: tuple["TallyRow", ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """One candidate: rank and text, then a figure for each further column."""

    rank: int
    words: Words
    figures: tuple[int, ...]
    bar: int
    won: bool
    said: tuple[str, ...]


def dated(report: Report, words: Wording) -> tuple[str, ...]:
    """When the session was, and as of when this is true."""
    day = words.day(report.began, report.zone)
    moment = words.moment(report.as_of, report.zone)
    if report.closed:
        return day, words.say("Made on %(moment)s", moment=moment)
    return day, words.say("As of %(moment)s; the session is not closed yet", moment=moment)


def figures(report: Report, words: Wording) -> tuple[tuple[str, str], ...]:
    """What the report begins with: (what, how many)."""
    told = [(words.say("Places"), len(report.places))]
    told += [(words.say("Countries"), report.countries)] if report.countries else []
    told.append((words.say("Ideas"), report.results.notes))
    if report.ballots:
        told.append((words.say("People who voted"), report.voters))
    return tuple((what, words.number(number)) for what, number in told)


def chosen_heading(report: Report, words: Wording) -> str:
    """What stands above what was chosen."""
    if len(report.chosen) > 1:
        return words.say("The messages that came first")
    return words.say("The message that was chosen")


def left_out(words: Wording) -> str:
    """What a reader will not find, and why."""
    return words.say("Ideas that are not for publication, and those that were hidden, are not in this report.")


def signature(said: Words, words: Wording) -> str:
    """Who said it, as far as that is told."""
    return signed(said.place, said.country, words)


def signed(place: str, country: str, words: Wording) -> str:
    """Dakar (Senegal); or that nobody signed."""
    name = words.country(country) if place and country else ""
    return f"{place} ({name})" if name else place or words.say("Anonymous")


def under_note(row: Ranked, words: Wording) -> str:
    """What stands beneath a note: who, and how many reacted."""
    parts = [signed(row.note.place, row.note.country, words)]
    if row.credits:
        parts = [listed(signed(place, country, words) for place, country in row.credits)]
    parts += [f"{emoji}\N{NO-BREAK SPACE}{words.number(count)}" for emoji, count in row.by_emoji.items() if count]
    return " · ".join(parts)


def ballot_title(counted: Counted, words: Wording) -> str:
    """The ballot's title, and which round it was."""
    title = counted.ballot.title or words.say("Results of the vote")
    if counted.ballot.round > 1:
        title += " · " + words.say("Round %(number)s", number=counted.ballot.round)
    return title


def ballot_rules(counted: Counted, words: Wording) -> tuple[str, ...]:
    """How it was voted, who voted, and whether it counts; a sentence each."""
    ballot, present = counted.ballot, counted.tally.turnout
    said = [words.phrase("method", ballot.method) + "."]
    if rule := words.phrases.get("method-rule", {}).get(ballot.method):
        said.append(rule)
    said.append(words.phrase("one-per", ballot.one_per))
    said.append(words.phrase("secrecy", ballot.secrecy))
    said.append(words.phrase("tie-rule", ballot.tie_rule))
    if ballot.after_results:
        said.append(words.say("This round was opened after results were seen."))
    said.append(words.phrase("verdict", verdict(counted.tally)))
    turnout = words.say(
        "People who voted: %(people)s. Places: %(places)s.",
        people=words.number(present.people),
        places=words.number(present.places),
    )
    said.append(turnout)
    if counted.tally.quorum:
        said.append(words.say("Votes needed: %(quorum)s.", quorum=words.number(counted.tally.quorum)))
    if present.proxied:
        said.append(
            words.say("Votes cast for people who were not online: %(votes)s.", votes=words.number(present.proxied))
        )
    return tuple(said)


def recount_verdict(counted: Counted, words: Wording) -> str:
    """What came of counting again."""
    if counted.recounted:
        return words.say("Counted again in another way, from every vote that was cast: the result is the same.")
    return words.say("Counted again in another way, from every vote that was cast: THE RESULT IS ANOTHER ONE.")


def tally_table(counted: Counted, words: Wording) -> TallyTable:
    """The tally by the ballot's method; candidates that may not be read are in no row."""
    rows = [row for row in counted.tally.rows if row.ref in counted.words]
    header = (words.say("Rank"), words.say("Candidate"), *_columns(counted.ballot.method, words))
    told = tuple(
        TallyRow(
            rank=row.rank,
            words=counted.words[row.ref],
            figures=_figures(counted.ballot.method, row),
            bar=row.dots,
            won=row.ref in counted.tally.winners,
            said=tuple(reason.text for reason in row.reasons),
        )
        for row in rows
    )
    return TallyTable(header=header, rows=told, most=max((row.dots for row in rows), default=0))


def _columns(method: str, words: Wording) -> tuple[str, ...]:
    match method:
        case "ranking":
            return words.say("Ahead of"), words.say("Rank by places"), words.say("People"), words.say("Places")
        case "consent":
            return words.say("Can carry this"), words.say("Could not"), words.say("Places")
        case "approval":
            return words.say("Approvals"), words.say("Places")
        case _:
            return words.say("Dots"), words.say("People"), words.say("Places")


def _figures(method: str, row: Row) -> tuple[int, ...]:
    match method:
        case "ranking":
            return row.dots, row.place_rank, row.people, row.places
        case "consent":
            return row.dots, row.against, row.places
        case "approval":
            return row.dots, row.places
        case _:
            return row.dots, row.people, row.places


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTable:
    """How the regions or the languages voted: a column for each, a row for each candidate."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Words, tuple[int, ...]], ...]


def group_tables(counted: Counted, words: Wording) -> Iterator[GroupTable]:
    """By region of the world and by language, where that tells of nobody alone how they voted."""
    regions = words.say("By region of the world"), counted.groups.regions, words.country
    for caption, groups, name in (regions, (words.say("By language"), counted.groups.languages, words.language_name)):
        if groups:
            told = (f"{group_name(each, name, words)} ({words.number(each.voters)})" for each in groups)
            rows = tuple(
                (said, tuple(each.votes.get(ref, 0) for each in groups)) for ref, said in counted.words.items()
            )
            yield GroupTable(caption=caption, header=(words.say("Candidate"), *told), rows=rows)


def group_name(group: VotersGroup, name: Callable[[str], str], words: Wording) -> str:
    """What a region or a language is called; the small ones, put together, and the unknown have names too."""
    if group.key == OTHERS:
        return words.say("Others together")
    return name(group.key) if group.key else words.say("Not known")


def source_heading(source: Source, words: Wording) -> str:
    """What stands before a source: an idea, another headline, or a theme with how many ideas it has."""
    if source.words.ref.startswith("theme:"):
        return words.say(
            "Theme “%(title)s”, ideas: %(number)s",
            title=source.words.text,
            number=words.number(len(source.notes)),
        )
    return words.say("Idea") if source.words.ref.startswith("note:") else words.say("Headline")


def vote_line(vote: Vote, words: Wording) -> str:
    """How it fared on one ballot."""
    title = vote.ballot.title or words.say("Results of the vote")
    line = words.say("%(title)s: rank %(rank)s of %(of)s", title=title, rank=vote.rank, of=vote.of)
    if vote.ballot.round > 1:
        line += " · " + words.say("Round %(number)s", number=vote.ballot.round)
    what = {"ranking": words.say("Ahead of"), "consent": words.say("Can carry this")}
    what |= {"approval": words.say("Approvals"), "dots": words.say("Dots")}
    line += f" · {words.lead(what.get(vote.ballot.method, vote.ballot.method))}{words.number(vote.number)}"
    if vote.ballot.method == "consent":
        line += f" · {words.lead(words.say('Could not'))}{words.number(vote.against)}"
    return f"{line} · {words.lead(words.say('Places'))}{words.number(vote.places)}"


def origin_places(message: Message) -> tuple[str, ...]:
    """The places whose ideas it came from, each once, in the order of its origin."""
    said = [each for source in message.origin for each in (source.words, *source.notes)]
    return tuple(dict.fromkeys(each.place for each in said if each.place))


def picture_alt(picture: Picture, words: Wording) -> str:
    """What a billboard shows, for who does not see it."""
    return words.say("Billboard: “%(text)s”", text=" ".join(picture.text.split()))


def listed(texts: Iterable[str]) -> str:
    """One beside the other."""
    return ", ".join(texts)


def action_header(words: Wording) -> tuple[str, ...]:
    """What stands above the roadmap's columns."""
    return words.say("What"), words.say("Who"), words.say("By when"), words.say("State")


def action_rows(report: Report, words: Wording) -> Sequence[tuple[str, str, str, str]]:
    """The roadmap: what, who, by when, and whether it is done."""
    state = {"open": words.say("To do"), "done": words.say("Done")}
    return [(each.text, each.owner, words.due(each.due), state.get(each.state, each.state)) for each in report.actions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A question to be read: how many answered in one line, and a row for each answer that was on offer."""

    text: str
    language: str
    summary: str
    header: tuple[str, str]
    rows: tuple[tuple[str, int], ...]


def survey_note(report: Report, words: Wording) -> str:
    """How many answered the survey at all; also where too few did to count them."""
    if report.survey is None:
        return ""
    said = words.say("People who answered: %(people)s.", people=words.number(report.survey.people))
    if report.survey.withheld:
        said += " " + words.say("Too few to be counted question by question without telling who they are.")
    return said


def surveyed(report: Report, words: Wording) -> Iterator[Surveyed]:
    """The questions in their order; what people wrote in their own words is in no report."""
    for each in report.survey.questions if report.survey else ():
        text, tag = in_language(each.question.text, report.language)
        summary = words.say("People who answered: %(people)s.", people=words.number(each.people))
        if each.mean is not None:
            summary += " " + words.say("Mean: %(mean)s.", mean=words.number(round(each.mean, 1)))
        rows = tuple((answer_text(each, count, report.language), count.people) for count in each.counts)
        yield Surveyed(
            text=text, language=tag, summary=summary, header=(words.say("Answer"), words.say("People")), rows=rows
        )


def answer_text(counted: SurveyCounted, count: Count, language: str) -> str:
    """An option's text; of a scale its number, and what its ends stand for."""
    text = in_language(count.texts, language)[0]
    if counted.question.kind != "scale":
        return text
    return f"{count.number} · {text}" if text else str(count.number)
