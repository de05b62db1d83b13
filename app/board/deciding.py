"""Every rule of the board in one table, and the verb over it: decide a command, changing nothing."""

from collections.abc import Mapping
from typing import Any

from app.board import (
    actions,
    agenda,
    alike,
    answering,
    ballots,
    campaigning,
    casting,
    chosen,
    claiming,
    clearing,
    commenting,
    cueing,
    forgetting,
    grouping,
    hall,
    headlines,
    merging,
    moderating,
    moderating_people,
    moving,
    notes,
    people,
    preparing,
    publishing,
    reacting,
    replanning,
    rounds,
    staging,
    stepping,
    surveying,
    theming,
    timing,
    translating,
    undoing,
)
from app.board.asking import Ask, Changes
from app.board.board import Board
from app.board.rule import Rule, Who, admit

ABILITIES = (
    notes,
    reacting,
    commenting,
    translating,
    moderating,
    grouping,
    merging,
    theming,
    alike,
    headlines,
    claiming,
    agenda,
    stepping,
    cueing,
    staging,
    timing,
    replanning,
    ballots,
    rounds,
    casting,
    chosen,
    actions,
    surveying,
    answering,
    people,
    forgetting,
    moderating_people,
    moving,
    hall,
    preparing,
    campaigning,
    publishing,
    clearing,
    undoing,
)
RULES: Mapping[str, Rule] = {rule.name: rule for ability in ABILITIES for rule in ability.RULES}
ASKABLE: Mapping[str, Rule] = {
    name: rule for name, rule in RULES.items() if rule.who is not Who.DOOR and not rule.indirect
}
NAMES: Mapping[type, str] = {rule.command: rule.name for rule in RULES.values()}


def decide(board: Board, command: Any, ask: Ask) -> Changes:
    """What the command would change, or Refused. The board is read, never changed.

    A record that would come out as it is now is no change.
    """
    rule = RULES[NAMES[type(command)]]
    admit(board, rule, ask)
    changes = rule.decide(board, command, ask)
    return Changes({at: record for at, record in changes.records.items() if board.find(at) != record}, changes.made)
