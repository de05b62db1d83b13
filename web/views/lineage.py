"""Where a headline came from, as cards for a picture and as a list: notes, themes, versions and votes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.board.board import Board
from app.board.merged import credits
from app.board.records import Note
from app.outcomes.lineage import Card, Lineage, across, upright
from app.outcomes.report import Message, Source, Vote, Words
from web.words import Words as Said

MOST_NOTES = 7
MOST_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    """Two pictures of the same, one across and one upright; `columns` are all of it, for the list.

    `themes_of` names the themes that each note is in, by its ref. `notes` and `places` count what it was made of.
    """

    message: Message
    across: Lineage
    upright: Lineage
    columns: tuple[tuple[Card, ...], ...]
    themes_of: Mapping[str, tuple[str, ...]]
    notes: int
    places: int


def lineage_view(board: Board, message: Message, said: Said) -> LineageView:
    """The message as an audience may trace it: it holds nothing but what that audience may read."""
    noted, over = _notes(board, message), _placed(board, message)
    themed = tuple(_theme(each.words) for each in message.origin if each.words.ref.startswith("theme:"))
    versions = tuple(_versions(message, said))
    votes = tuple(_vote(vote, said) for vote in message.votes)
    short = _shortened(noted, said)
    links = [*_links(message, short), *((versions[0].id, vote.id) for vote in votes if versions)]
    shown = (short, themed, versions[:1], votes)
    return LineageView(
        message=message,
        across=across(shown, links, mirrored=said.dir == "rtl"),
        upright=upright(shown),
        columns=(noted, themed, versions, votes),
        themes_of=_themes_of(message),
        notes=len(noted),
        places=len(over),
    )


def _sources(message: Message) -> Iterator[tuple[Source, Words]]:
    for source in message.origin:
        for words in source.notes if source.words.ref.startswith("theme:") else (source.words,):
            yield source, words


def _themes_of(message: Message) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for source, words in _sources(message):
        if source.words.ref.startswith("theme:"):
            found[words.ref] = (*found.get(words.ref, ()), source.words.text)
    return found


def _notes(board: Board, message: Message) -> tuple[Card, ...]:
    """Each note once, by its ref."""
    found = {words.ref: words for _, words in _sources(message)}
    return tuple(_note(board, words) for words in found.values())


def _note(board: Board, words: Words) -> Card:
    note = board.need(Note, words.ref.removeprefix("note:"))
    places = [place for place, _ in credits(board, note)]
    over = " · ".join(places[:MOST_PLACES]) + (f" +{len(places) - MOST_PLACES}" if len(places) > MOST_PLACES else "")
    return Card(id=words.ref, kind="note", text=words.text, language=words.language, over=over, color=note.color)


def _placed(board: Board, message: Message) -> set[tuple[str, str]]:
    notes = (board.need(Note, words.ref.removeprefix("note:")) for _, words in _sources(message))
    return {place for note in notes for place in credits(board, note)}


def _shortened(cards: tuple[Card, ...], said: Said) -> tuple[Card, ...]:
    """The first ones, and one card for the rest."""
    if len(cards) <= MOST_NOTES + 1:
        return cards
    n = len(cards) - MOST_NOTES
    more = said.ngettext("and %(n)s more idea", "and %(n)s more ideas", n) % {"n": n}
    return (*cards[:MOST_NOTES], Card(id="more", kind="more", text=more))


def _theme(words: Words) -> Card:
    return Card(id=words.ref, kind="theme", text=words.text)


def _versions(message: Message, said: Said) -> Iterator[Card]:
    """Its words in each language, the reader's first."""
    for version in message.versions:
        over = said.language_name(version.language)
        over = f"{over} · {version.place}" if version.place else over
        yield Card(id=f"version:{version.id}", kind="headline", text=version.text, language=version.language, over=over)


def _vote(vote: Vote, said: Said) -> Card:
    rank = said.gettext("Rank %(rank)s of %(all)s") % {"rank": vote.rank, "all": vote.of}
    round_ = said.gettext("Round %(n)s") % {"n": vote.ballot.round} if vote.ballot.round > 1 else ""
    title = " · ".join(filter(None, (vote.ballot.title or said.gettext("Vote"), round_)))
    return Card(id=f"ballot:{vote.ballot.id}", kind="vote", text=f"{rank} · {_counted(vote, said)}", over=title)


def _counted(vote: Vote, said: Said) -> str:
    n = vote.number
    match vote.ballot.method:
        case "approval":
            return said.ngettext("%(n)s person approves", "%(n)s people approve", n) % {"n": n}
        case "ranking":
            return said.ngettext("ahead of %(n)s other", "ahead of %(n)s others", n) % {"n": n}
        case "consent":
            can = said.ngettext("%(n)s can carry it", "%(n)s can carry it", n) % {"n": n}
            cannot = said.ngettext("%(n)s could not", "%(n)s could not", vote.against) % {"n": vote.against}
            return f"{can}, {cannot}"
        case _:
            return said.ngettext("%(n)s dot", "%(n)s dots", n) % {"n": n}


def _links(message: Message, short: tuple[Card, ...]) -> Iterator[tuple[str, str]]:
    """Notes lead to their theme, else to the headline itself; so do themes. The rest of the notes lead as one."""
    if not message.versions:
        return
    first, drawn = f"version:{message.versions[0].id}", {card.id for card in short}
    themes = [each.words.ref for each in message.origin if each.words.ref.startswith("theme:")]
    in_themes = {words.ref for source, words in _sources(message) if source.words.ref in themes}
    for source, words in _sources(message):
        to = source.words.ref if source.words.ref in themes else first
        if to != first or words.ref not in in_themes:
            yield (words.ref if words.ref in drawn else "more", to)
    yield from ((theme, first) for theme in themes)
