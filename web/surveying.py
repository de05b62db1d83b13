"""A survey as a form sends it: its flat fields become questions and answers; a press moves, adds or takes one away."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from app.board.answering import ANSWER
from app.board.surveying import EDIT
from web.views.surveys import DraftView

NEW = "new"


def unfolded(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a survey's command as JSON would have them; those of any other as they are."""
    if fields.get("do") == ANSWER:
        return {**fields, "answers": _answers(fields.get("answers", {}))}
    if fields.get("do") == EDIT and isinstance(fields.get("questions"), dict):
        kept = {name: value for name, value in fields.items() if name != "change"}
        return {**kept, "questions": [_question(each) for each in _changed(fields)]}
    return fields


def drafts_of(fields: Mapping[str, Any]) -> list[DraftView] | None:
    """The questions of a refused form, as they stood in it; None for anything else."""
    if fields.get("do") != EDIT or not isinstance(fields.get("questions"), dict):
        return None
    return [
        DraftView(
            id=each.get("id", ""),
            kind=each.get("kind", ""),
            several="several" in each,
            texts=_inside(each, "text"),
            options={tag: "\n".join(lines.splitlines()) for tag, lines in _inside(each, "options").items()},
        )
        for each in _sent(fields["questions"])
    ]


def _answers(said: Any) -> Any:
    """A box for each option ("q1.0", "q1.2") is one answer: a list."""
    if not isinstance(said, dict):
        return said
    given: dict[str, Any] = {}
    for name, value in said.items():
        question, dot, _ = str(name).partition(".")
        if dot:
            given.setdefault(question, [])
            given[question] = [*given[question], value] if isinstance(given[question], list) else value
        else:
            given[question] = value
    return given


def _sent(questions: Mapping[str, Any]) -> list[dict[str, str]]:
    """By question, in their order, a new one last if anything was asked in it: "0.text.fr" is text.fr of the first."""
    found: dict[str, dict[str, str]] = {}
    for name, value in questions.items():
        number, _, inner = str(name).partition(".")
        if isinstance(value, str) and (number == NEW or (number.isascii() and number.isdigit() and len(number) < 4)):
            found.setdefault(number, {})[inner] = value
    new = found.pop(NEW, {})
    ordered = [found[number] for number in sorted(found, key=int)]
    return [*ordered, new] if any(text.strip() for text in _inside(new, "text").values()) else ordered


def _changed(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was sent, after the press of a button such as "up.3"."""
    questions = _sent(fields["questions"])
    what, _, number = str(fields.get("change", "")).partition(".")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else len(questions)
    if at >= len(questions):
        return questions
    if what == "remove":
        del questions[at]
    elif what in ("up", "down"):
        questions.insert(max(0, at + (1 if what == "down" else -1)), questions.pop(at))
    return questions


def _question(sent: Mapping[str, str]) -> dict[str, Any]:
    lines = {tag: [line.strip() for line in text.splitlines()] for tag, text in _inside(sent, "options").items()}
    rows = zip_longest(*lines.values(), fillvalue="")
    options = [{tag: text for tag, text in zip(lines, row, strict=True) if text} for row in rows]
    while options and not options[-1]:
        options.pop()
    return {
        "id": sent.get("id", ""),
        "kind": sent.get("kind", ""),
        "text": _inside(sent, "text"),
        "options": options if sent.get("kind") != "text" else [],
        "several": "several" in sent,
    }


def _inside(sent: Mapping[str, str], owner: str) -> dict[str, str]:
    """The texts by language of such names as "text.fr"."""
    begins = f"{owner}."
    return {name.removeprefix(begins): value for name, value in sent.items() if name.startswith(begins)}
