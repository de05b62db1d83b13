"""How a report is made of a board: everything that came of it, as an audience sees it, for readers of one language."""

from collections.abc import Iterable

from app.board.audience import Audience, may_see
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.chosen import chosen
from app.board.counting import seen_tally
from app.board.grouped import theme_of, themes
from app.board.groups import groups_of
from app.board.headlined import headlines, versions
from app.board.records import Ballot, Headline, Version
from app.board.supporting import supports
from app.outcomes.quoting import all_quoted, of_note, publishable, quoted
from app.outcomes.recounting import recount
from app.outcomes.report import Counted, Group, Here, Message, Report, Source, Vote, Words
from app.outcomes.results import Ranked, Results, noted
from app.outcomes.roadmap import roadmap_of, today_of
from app.outcomes.survey import survey_results


def report_of(board: Board, audience: Audience, language: str, as_of: float) -> Report:
    """The report as this audience may read it, as of that moment (seconds); also while the session runs."""
    results = noted(board, audience)
    ballots = _ballots(board, audience, language)
    first = _first(board, audience, language, ballots)
    told = _themes(board, audience, results)
    roadmap = roadmap_of(board, audience, today_of(board, as_of))
    return Report(
        board=board.id,
        as_of=as_of,
        seq=board.seq,
        title=board.about.title,
        rehearsal=board.about.rehearsal,
        language=language,
        began=board.about.starts_at or board.about.created_at,
        zone=board.about.zone,
        closed=board.now.closed,
        hashtag=campaign_of(board).hashtag,
        contact=roadmap.contact,
        link=roadmap.link,
        results=results,
        places=_places(board, results),
        steps=tuple(board.steps),
        themes=told,
        groups=(*told, *_ungrouped(board, results)),
        messages=_messages(board, audience, language, ballots, {words.ref for words in first}),
        chosen=first,
        ballots=ballots,
        actions=tuple(row.action for row in roadmap.rows),
        survey=survey_results(board, audience),
    )


def _places(board: Board, results: Results) -> tuple[Here, ...]:
    """Whoever came and was let in, but observers; and the places that others wrote for."""
    came = [each for each in board.people() if each.state == "here" and each.role != "observer" and each.place]
    wrote = {(each.place, each.country): each.notes for each in results.spoke}
    everybody = dict.fromkeys((*wrote, *((each.place, each.country) for each in came)))
    told = [Here(place=place, country=country, notes=wrote.get((place, country), 0)) for place, country in everybody]
    return tuple(sorted(told, key=lambda each: (-each.notes, each.place)))


def _themes(board: Board, audience: Audience, results: Results) -> tuple[Group, ...]:
    """Each theme that has a readable note, with the most support first."""
    inside: dict[str, list[Ranked]] = {}
    for row in _rows(results):
        if theme := theme_of(board, row.note):
            inside.setdefault(theme.id, []).append(row)
    told = []
    for step in board.steps:
        weight = supports(board, step.id, audience) if step.kind == "group" else {}
        for theme in themes(board, step.id):
            if may_see(board, theme, audience):
                notes = tuple(sorted(inside.get(theme.id, ()), key=lambda row: -row.reactions))
                told.append(Group(step=step, theme=theme, support=weight.get(theme.id), notes=notes))
    return tuple(sorted(told, key=lambda group: -group.support.whole if group.support else 0))


def _ungrouped(board: Board, results: Results) -> Iterable[Group]:
    for step in board.steps:
        notes = tuple(row for row in results.steps[step.id] if theme_of(board, row.note) is None)
        if notes:
            yield Group(step=step, theme=None, support=None, notes=notes)


def _rows(results: Results) -> Iterable[Ranked]:
    return (row for rows in results.steps.values() for row in rows)


def _ballots(board: Board, audience: Audience, language: str) -> tuple[Counted, ...]:
    """Every closed ballot, oldest first."""
    closed = [each for each in board.all(Ballot) if each.state == "closed" and may_see(board, each, audience)]
    told = []
    for ballot in sorted(closed, key=lambda each: (each.closed_at or 0, each.seq)):
        if tally := seen_tally(board, ballot, audience):
            words = all_quoted(board, (row.ref for row in tally.rows), audience, language)
            told.append(
                Counted(
                    ballot=ballot,
                    tally=tally,
                    words=words,
                    groups=groups_of(board, ballot),
                    recounted=recount(board, ballot).equal,
                )
            )
    return tuple(told)


def _messages(
    board: Board, audience: Audience, language: str, ballots: tuple[Counted, ...], first: set[str]
) -> tuple[Message, ...]:
    """Every headline that stands and says something; the chosen ones first, then in their order."""
    told = [
        Message(
            headline=each,
            versions=found,
            origin=tuple(_origin(board, audience, language, each)),
            votes=tuple(_votes(ballots, f"headline:{each.id}")),
            chosen=f"headline:{each.id}" in first,
        )
        for each in headlines(board, audience)
        if each.state == "shown" and (found := _versions(board, each, language))
    ]
    return tuple(sorted(told, key=lambda message: not message.chosen))


def _versions(board: Board, headline: Headline, language: str) -> tuple[Version, ...]:
    """What it says, that language first."""
    return tuple(sorted(versions(board, headline.id), key=lambda each: each.language != language))


def _origin(board: Board, audience: Audience, language: str, headline: Headline) -> Iterable[Source]:
    """What may be read of what it was made from."""
    for ref in headline.origin:
        if words := quoted(board, ref, audience, language):
            notes = _inside(board, audience, ref.removeprefix("theme:")) if ref.startswith("theme:") else ()
            yield Source(words=words, notes=tuple(notes))


def _inside(board: Board, audience: Audience, theme_id: str) -> Iterable[Words]:
    inside = (note for note in board.lying_in(theme_id) if (found := theme_of(board, note)) and found.id == theme_id)
    return [of_note(note) for note in inside if publishable(board, note, audience)]


def _votes(ballots: tuple[Counted, ...], ref: str) -> Iterable[Vote]:
    for each in ballots:
        for row in each.tally.rows:
            if row.ref == ref:
                yield Vote(
                    ballot=each.ballot,
                    rank=row.rank,
                    of=len(each.tally.rows),
                    number=row.dots,
                    against=row.against,
                    places=row.places,
                )


def _first(board: Board, audience: Audience, language: str, ballots: tuple[Counted, ...]) -> tuple[Words, ...]:
    """What the hosts named; else who won the newest ballot that counts, over headlines before over notes."""
    named = chosen(board)
    if named and (words := quoted(board, f"headline:{named.id}", audience, language)):
        return (words,)
    for kind in ("headline:", "note:"):
        for each in reversed(ballots):
            winners = [ref for ref in each.tally.winners if ref.startswith(kind) and ref in each.words]
            if winners and each.tally.quorum_reached:
                return tuple(each.words[ref] for ref in winners)
    return ()
