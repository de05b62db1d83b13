"""What a closed ballot came to, as it is shown: the verdict, pairs, regions and languages, and the rounds before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.board.audience import Base
from app.board.board import Board
from app.board.candidates import rounds
from app.board.counting import Row, Tally, seen_tally, tally
from app.board.groups import Group, groups_of
from app.board.records import Ballot
from app.board.verdicts import DECIDED, is_undecided, verdict
from web.views.candidates import ChoiceView, choice_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many put one choice before another one, and whether that is more than the other way; None with itself."""

    votes: int | None
    won: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One choice beside all columns of a table, in the order of the result."""

    choice: ChoiceView
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A column: a region's or a language's code, "others" or "" for those of none that is known, and its voters."""

    key: str
    voters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """Choices by regions or by languages. A cell that `won` is among the most of its column."""

    columns: tuple[GroupView, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCell:
    """What a choice had in one round; None where it was not among the choices."""

    row: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsView:
    """The rounds up to this one, by number and people, and each choice's count in them."""

    columns: tuple[tuple[int, int], ...]
    lines: tuple[tuple[ChoiceView, tuple[RoundCell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """A closed ballot's count. `first` are those that came first; `undecided` where the tie rule asks for more."""

    verdict: str
    undecided: bool
    first: tuple[ChoiceView, ...]
    pairs: tuple[LineView, ...]
    regions: GroupsView | None
    languages: GroupsView | None
    withheld: bool
    rounds: RoundsView | None
    proxied: int


def outcome_view(board: Board, ballot: Ballot, counted: Tally, base: Base, language: str) -> OutcomeView:
    """`counted` is what the audience may see; the verdict is of the whole."""
    choices = [choice_view(board, row.ref, base, language) for row in counted.rows]
    whole, groups = tally(board, ballot), groups_of(board, ballot)
    said = verdict(whole)
    first = whole.winners if said in DECIDED else ()
    return OutcomeView(
        verdict=said,
        undecided=is_undecided(ballot, whole),
        first=tuple(choice for choice in choices if choice.ref in first),
        pairs=tuple(_pairs(counted, choices)),
        regions=_grouped(groups.regions, choices),
        languages=_grouped(groups.languages, choices),
        withheld=groups.withheld,
        rounds=_rounds(board, ballot, base, language),
        proxied=whole.turnout.proxied,
    )


def _pairs(counted: Tally, choices: Sequence[ChoiceView]) -> Iterator[LineView]:
    """The table of a ranking; nothing for other methods."""
    for choice in choices if counted.pairs else ():
        yield LineView(choice=choice, cells=tuple(_cell(counted, choice.ref, other.ref) for other in choices))


def _cell(counted: Tally, ref: str, other: str) -> Cell:
    if ref == other:
        return Cell(votes=None)
    return Cell(votes=counted.pairs[ref, other], won=counted.pairs[ref, other] > counted.pairs[other, ref])


def _grouped(groups: Sequence[Group], choices: Sequence[ChoiceView]) -> GroupsView | None:
    if not groups or not choices:
        return None
    columns = tuple(GroupView(key=group.key, voters=group.voters) for group in groups)
    return GroupsView(columns=columns, lines=tuple(_line(groups, choice) for choice in choices))


def _line(groups: Sequence[Group], choice: ChoiceView) -> LineView:
    cells = []
    for group in groups:
        votes, most = group.votes[choice.ref], max(group.votes.values())
        cells.append(Cell(votes=votes, won=0 < votes == most))
    return LineView(choice=choice, cells=tuple(cells))


def _rounds(board: Board, ballot: Ballot, base: Base, language: str) -> RoundsView | None:
    """This round beside those before it, over all that was ever chosen between; None for the only one."""
    until = [each for each in rounds(board, ballot) if each.state == "closed" and each.round <= ballot.round]
    tallies = [found for found in (seen_tally(board, each, base) for each in until) if found is not None]
    if len(tallies) < 2:
        return None
    rows = [{row.ref: row for row in each.rows} for each in tallies]
    refs = dict.fromkeys(ref for each in reversed(rows) for ref in each)
    return RoundsView(
        columns=tuple((each.round, counted.turnout.people) for each, counted in zip(until, tallies, strict=True)),
        lines=tuple(
            (choice_view(board, ref, base, language), tuple(RoundCell(row=each.get(ref)) for each in rows))
            for ref in refs
        ),
    )
