"""Every rule of the board in one table, and the two verbs over it: decide a command, apply what was decided."""

from collections.abc import Mapping
from typing import Any

from app.board import moderating, notes, reacting
from app.board.asking import Ask, Changes
from app.board.board import Board
from app.board.rule import Rule, admit

RULES: Mapping[str, Rule] = {
    rule.name: rule for ability in (notes, reacting, moderating) for rule in ability.RULES
}
NAMES: Mapping[type, str] = {rule.command: rule.name for rule in RULES.values()}


def decide(board: Board, command: Any, ask: Ask) -> Changes:
    """What the command would change, or Refused. The board is read, never changed."""
    rule = RULES[NAMES[type(command)]]
    admit(board, rule, ask)
    return rule.decide(board, command, ask)
