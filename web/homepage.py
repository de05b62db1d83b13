"""What the home page shows: the ready-made agendas, and what was typed when something was not possible."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from app.board.templates import TEMPLATES, agenda
from web.house import House
from web.words import Words

NOTHING_WRONG: Mapping[str, str] = {"code": "", "field": ""}


def home_context(
    house: House,
    words: Words,
    *,
    code: str = "",
    typed: Mapping[str, Any] | None = None,
    wrong: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`wrong` names the refused field and its code; `typed` and `code` are given back."""
    return {
        "templates": [(name, agenda(name), sum(step.minutes for step in agenda(name))) for name in TEMPLATES],
        "needs_key": house.settings.create_key is not None,
        "code": code,
        "typed": typed or {},
        "wrong": wrong or NOTHING_WRONG,
        "command_id": str(uuid4()),
        "limits": house.settings.limits,
        "language": words.language,
    }
