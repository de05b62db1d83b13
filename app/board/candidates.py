"""What is chosen between: headlines, themes or notes, by their refs, which of them stand, and in which words."""

from collections.abc import Iterator, Mapping

from app.board.audience import Audience, is_out, may_see
from app.board.audience import may_read as may_read_note
from app.board.board import Board
from app.board.grouped import theme_of
from app.board.headlined import headline_stands, versions
from app.board.merged import lives_in, origins
from app.board.records import Ballot, Headline, Note, Theme

Choosable = Headline | Theme | Note
KINDS: Mapping[str, type[Choosable]] = {kind.KIND: kind for kind in (Headline, Theme, Note)}


def kind_of(ref: str) -> str:
    """headline, theme or note; "" for a ref of nothing that can be chosen."""
    kind = ref.partition(":")[0]
    return kind if kind in KINDS else ""


def candidate(board: Board, ref: str) -> Choosable | None:
    """What the ref names, also when it no longer stands."""
    kind, _, id_ = ref.partition(":")
    return board.get(KINDS[kind], id_) if kind in KINDS else None


def came(board: Board, ref: str) -> int:
    """When it was written, as a seq: the smaller, the earlier."""
    found = candidate(board, ref)
    return found.seq if found is not None else 0


def stands(board: Board, ref: str) -> bool:
    """Is it there for everybody: a note that is out, a theme that is kept, a headline that is shown and has words?

    Hidden, deleted, merged into another, silenced or withdrawn since, it stands on no ballot.
    """
    match candidate(board, ref):
        case Note() as note:
            return is_out(board, note)
        case Theme() as theme:
            return not theme.deleted
        case Headline() as headline:
            return headline_stands(board, headline.id)
        case _:
            return False


def counts(board: Board, ref: str) -> bool:
    """Does a closed ballot count it? Also a note that was merged since: what was published stays as it was."""
    found = candidate(board, ref)
    if isinstance(found, Note) and found.state == "merged":
        return is_out(board, lives_in(board, found))
    return stands(board, ref)


def by_now(board: Board, ref: str) -> str:
    """The ref of what it lives on in, for whoever goes on with it."""
    found = candidate(board, ref)
    return f"{Note.KIND}:{lives_in(board, found).id}" if isinstance(found, Note) else ref


def wordings(board: Board, ref: str) -> dict[str, str]:
    """Its words by language, the first written first; a theme's are in none that is known, that is "".

    Draws on no audience: ask `may_read` first.
    """
    match candidate(board, ref):
        case Note() as note:
            return {note.language: note.text}
        case Theme() as theme:
            return {"": theme.title}
        case Headline() as headline:
            return {version.language: version.text for version in versions(board, headline.id)}
        case _:
            return {}


def may_read(board: Board, ref: str, audience: Audience) -> bool:
    """May this audience read it, as the board is now?"""
    found = candidate(board, ref)
    if isinstance(found, Note):
        return may_read_note(board, found, audience)
    return found is not None and may_see(board, found, audience)


def sources(board: Board, ref: str) -> list[Note]:
    """The notes as people wrote them that a theme holds, or a headline or a merged note was made of; else itself."""
    return list({note.id: note for note in _sources(board, ref)}.values())


def _sources(board: Board, ref: str) -> Iterator[Note]:
    match candidate(board, ref):
        case Note() as note:
            yield from origins(board, note)
        case Theme() as theme:
            for note in board.lying_in(theme.id):
                if is_out(board, note) and theme_of(board, note) == theme:
                    yield from origins(board, note)
        case Headline() as headline:
            for origin in headline.origin:
                yield from _sources(board, origin)


def rounds(board: Board, ballot: Ballot) -> list[Ballot]:
    """All rounds of the ballot, the first one first."""
    first = ballot.of or ballot.id
    found = (each for each in board.all(Ballot) if first in (each.id, each.of))
    return sorted(found, key=lambda each: (each.round, each.seq, each.id))
