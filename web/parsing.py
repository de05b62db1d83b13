"""From what was sent to a command: JSON or a form, checked field by field."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of_dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from app.board.asking import Refused
from app.board.deciding import ASKABLE

COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
ON_THE_WIRE = {"for": "on_behalf", "from": "origin"}
AS_SENT = {inside: outside for outside, inside in ON_THE_WIRE.items()}
FIELD_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
LISTS = frozenset({"candidates", "notes", "from"})


class Unreadable(Exception):
    """The body is not what its content type says."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked: the command, its id, and the fields as they came (to give them back beside a refusal)."""

    command: Any
    id: str
    fields: Mapping[str, Any]


def fields_of(body: bytes, content_type: str) -> dict[str, Any]:
    """The body's fields. A form's repeated keys become lists, its `map.key` names become maps. Raises Unreadable."""
    try:
        if content_type.startswith("application/json"):
            read = json.loads(body, parse_constant=_no_number)
            if not isinstance(read, dict):
                raise Unreadable
            return read
        if content_type.startswith("application/x-www-form-urlencoded"):
            return _of_form(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=2_000))
    except (ValueError, RecursionError) as wrong:
        raise Unreadable from wrong
    raise Unreadable


def _no_number(name: str) -> float:
    """NaN and the infinities are in no JSON but Python's."""
    raise ValueError(name)


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """A field that is a text, "" when it is not there. Refused invalid {field} for anything else."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not is_text(value):
        raise Refused("invalid", field=name)
    return value


def is_text(value: str) -> bool:
    """Can it be sent on? JSON can spell halves of characters that no text has."""
    return not any("\ud800" <= char <= "\udfff" for char in value)


def _of_form(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        owner, dot, inner = name.partition(".")
        if dot:
            kept = _same(fields.setdefault(owner, {}), dict)
            if owner != "choices" or value not in ("", "0"):
                kept[inner] = value
        elif name in LISTS:
            _same(fields.setdefault(name, []), list).append(value)
        else:
            _same(fields.get(name, ""), str)
            fields[name] = value
    return fields


def _same(kept: Any, kind: type) -> Any:
    """What the field holds already; Unreadable when the form also uses its name for something else."""
    if not isinstance(kept, kind):
        raise Unreadable
    return kept


def read_command(fields: Mapping[str, Any]) -> Sent:
    """The command that the fields ask for. Raises Refused: unknown {what}, invalid {field}."""
    name, id_ = fields.get("do"), fields.get("id")
    rule = ASKABLE.get(name) if isinstance(name, str) else None
    if rule is None:
        raise Refused("unknown", what="command")
    if not isinstance(id_, str) or not COMMAND_ID.fullmatch(id_):
        raise Refused("invalid", field="id")
    known = {AS_SENT.get(field.name, field.name) for field in fields_of_dataclass(rule.command)}
    for name, value in fields.items():
        # One form may ask for one thing or another: what it leaves blank says nothing.
        if value != "" and name not in known and name not in ("do", "id"):
            raise Refused("invalid", field=_named(name))
    given = {ON_THE_WIRE.get(k, k): v for k, v in fields.items() if k in known}
    try:
        command = _adapter(rule.command).validate_python(_without_blanks(given, rule.command))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = str(first["loc"][0]) if first["loc"] else "command"
        raise Refused("invalid", field=AS_SENT.get(where, where)) from None
    return Sent(command, id_, fields)


def _named(field: str) -> str:
    """The name of a field that nobody knows, unless it is no name at all."""
    return field if FIELD_NAME.fullmatch(field) else "body"


def _without_blanks(given: dict[str, Any], command: type) -> dict[str, Any]:
    """A form sends every field, also the empty ones: for anything but a text, empty means not given."""
    texts = {name for name, kind in command.__annotations__.items() if kind is str}
    if given.get("choices") == "":
        given = {**given, "choices": {}}
    return {k: v for k, v in given.items() if v != "" or k in texts}


@cache
def _adapter(command: type) -> TypeAdapter[Any]:
    return TypeAdapter(command)
