"""The addresses as `/openapi.json` tells programs: what each takes and answers; commands and refusals by field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from app.board.deciding import ASKABLE
from app.board.rule import Rule
from app.papers.order import TYPES as PAPERS
from app.printing.sheet import TYPES as SHEETS
from web.parsing import AS_SENT, COMMAND_ID
from web.refusals import SENTENCES

JSON, FORM, UPLOAD = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
PAGE, TEXT = "text/html", "text/plain"
Described = dict[str, Any]

_SCHEMAS: Final = "#/components/schemas/"
_ANSWERS: Final = "#/components/responses/"
_TEXT: Final[Described] = {"type": "string"}
_ID: Final[Described] = {"type": "string", "pattern": f"^{COMMAND_ID.pattern}$"}
# What each refusal's status is called; every one may be answered as JSON, or as a page to whoever wants one.
_REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "401": "no seat on this board",
        "403": "not for this person, or from another site",
        "404": "not there, or not for whoever asks",
        "413": "too large",
        "422": "refused, in words",
        "429": "too often: see Retry-After",
        "503": "not known whether it counted, or the storage is away: ask again under the same id",
    }
)
# What is answered with other things than a page of its own. POST leads on to a page unless JSON is wanted.
_GIVES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "GET /join": {"303": ()},
        "GET /j/{token}": {"200": (PAGE,), "303": ()},
        "POST /boards": {"201": (JSON,), "303": ()},
        "POST /j/{token}": {"201": (JSON,), "202": (JSON,), "303": ()},
        "POST /b/{board}/me": {"200": (PAGE,), "201": (JSON,)},
        "POST /b/{board}/copy": {"201": (JSON,), "303": ()},
        "POST /b/{board}/rehearsal": {"202": (JSON,), "303": ()},
        "GET /b/{board}/session.ics": {"200": ("text/calendar",)},
        "GET /j/{token}/session.ics": {"200": ("text/calendar",)},
        "GET /b/{board}/roadmap.ics": {"200": ("text/calendar",)},
        "GET /b/{board}/survey.csv": {"200": ("text/csv",)},
        "GET /b/{board}/live": {"200": ("text/event-stream",), "426": (TEXT,)},
        "GET /b/{board}/toolkit.zip": {"200": ("application/zip",)},
        "GET /b/{board}/export.{form}": {"200": tuple(PAPERS.values())},
        "GET /r/{token}/export.{form}": {"200": tuple(PAPERS.values())},
        "GET /b/{board}/billboards/{headline}.{form}": {"200": tuple(SHEETS.values()), "304": ()},
        "GET /r/{token}/billboards/{headline}.{form}": {"200": tuple(SHEETS.values()), "304": ()},
        "GET /b/{board}/stage/{file}/{page}": {"200": ("image/webp",), "304": ()},
        "GET /b/{board}/stage/{file}/{page}/small": {"200": ("image/webp",), "304": ()},
        "GET /b/{board}/campaign/logo": {"200": ("image/webp",), "304": ()},
        "GET /b/{board}/owners": {"200": (JSON,)},
        "GET /api/boards/{board}": {"200": (JSON,)},
        "GET /places": {"200": (JSON,), "429": (JSON,)},
        "GET /healthz": {"200": (TEXT,)},
        "GET /metrics": {"200": (TEXT,)},
        "GET /readyz": {"200": (TEXT,), "503": (JSON,)},
    }
)
_COMMANDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"200": (JSON,), "204": (), "303": ()})
_COMMANDS: Final = "POST /b/{board}/commands"
_UPLOADS: Final = frozenset({"POST /b/{board}/stage/{step}", "POST /b/{board}/campaign/logo"})
_FORMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "POST /boards": ("title", *("template", "language", "name", "place", "place_id", "zone", "key", "id")),
        "POST /language": ("language", "next"),
        "POST /j/{token}": ("name", "place", *("language", "place_id", "id")),
        **{f"POST /{letter}/{{token}}": ("name", "place", "place_id", "language") for letter in "fco"},
    }
)
_NEEDED: Final = frozenset({"title", "name", "place"})
_ALWAYS_THERE: Final = ("/healthz", "/readyz")


def described(app: FastAPI) -> Described:
    """The whole description, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes, description=__doc__)
        for path, methods in made["paths"].items():
            for method, operation in methods.items():
                _describe(f"{method.upper()} {path}", path, operation)
        made["components"] = {"schemas": _schemas(), "responses": _refusals()}
        app.openapi_schema = made
    return app.openapi_schema


def _describe(name: str, path: str, operation: Described) -> None:
    changes = name.startswith("POST")
    commanded = name == _COMMANDS or name in _UPLOADS
    gives = _COMMANDED if commanded else _GIVES.get(name, {"303": ()} if changes else {"200": (PAGE,)})
    answers = {status: _answer(status, kinds, _shape(name, status)) for status, kinds in gives.items()}
    if path not in _ALWAYS_THERE:
        statuses = [each for each in _REFUSALS if changes or each != "413"]
        answers = {status: {"$ref": f"{_ANSWERS}{status}"} for status in statuses} | answers
    operation["responses"] = dict(sorted(answers.items()))
    if takes := _takes(name):
        operation["requestBody"] = {"content": takes}


def _answer(status: str, kinds: tuple[str, ...], shape: Described) -> Described:
    said = {"303": "leads on", "304": "as it was", "204": "accepted", "426": "its Upgrade was lost on the way"}
    content = {kind: {"schema": shape} if kind == JSON else {} for kind in kinds}
    return {"description": said.get(status, "as asked for"), **({"content": content} if content else {})}


def _shape(name: str, status: str) -> Described:
    if name == _COMMANDS or name in _UPLOADS:
        return {"$ref": f"{_SCHEMAS}Accepted"}
    named = {"GET /api/boards/{board}": "Board", "POST /boards": "Made", "POST /b/{board}/copy": "Made"}
    if name in named:
        return {"$ref": f"{_SCHEMAS}{named[name]}"}
    return {"type": "array"} if name in ("GET /places", "GET /b/{board}/owners") else {"type": "object"}


def _takes(name: str) -> Described:
    if name in _UPLOADS:
        parts = {"file": {"type": "string", "format": "binary"}, "id": _ID, "next": _TEXT}
        return {UPLOAD: {"schema": _object(parts, needed=("file", "id"))}}
    if name == _COMMANDS:
        return {kind: {"schema": {"$ref": f"{_SCHEMAS}Command"}} for kind in (JSON, FORM)}
    fields = _FORMS.get(name, ())
    needed = tuple(each for each in fields if each in _NEEDED) if name in ("POST /boards", "POST /j/{token}") else ()
    shape = _object({field: _ID if field == "id" else _TEXT for field in fields}, needed=needed[:2])
    return {kind: {"schema": shape} for kind in (JSON, FORM)} if fields else {}


def _object(fields: Mapping[str, Described], *, needed: tuple[str, ...] = ()) -> Described:
    return {"type": "object", "properties": dict(fields), **({"required": list(needed)} if needed else {})}


def _refusals() -> Described:
    refusal = {JSON: {"schema": {"$ref": f"{_SCHEMAS}Refusal"}}, PAGE: {}}
    return {status: {"description": said, "content": refusal} for status, said in _REFUSALS.items()}


def _schemas() -> Described:
    count: Described = {"type": "integer", "minimum": 0}
    shared = {"board": _TEXT, "seq": count, "epoch": _TEXT, "title": _TEXT, "rehearsal": {"type": "boolean"}}
    lists = ("people", "steps", "notes", "comments", "themes", "headlines", "ballots", "actions")
    links = [f"{role}_url" for role in ("join", "facilitator", "cohost", "observer", "screen")]
    made: Described = {
        "Refusal": _object(
            {
                "refused": {"type": "string", "enum": sorted(SENTENCES)},
                "message": _TEXT,
                "facts": {"type": "object"},
                "id": {"type": ["string", "null"]},
            },
            needed=("refused", "message", "facts"),
        ),
        "Accepted": _object({"id": _ID, "seq": count, "made": {"type": "object"}}, needed=("id", "seq")),
        "Made": _object(dict.fromkeys(("board", "person", "code", *links), _TEXT), needed=("board", "person", *links)),
        "Board": _object(
            {**shared, "me": {"type": "object"}, **{each: {"type": "array"} for each in lists}},
            needed=(*shared, "me"),
        ),
    }
    commands = {name: _command(rule, made) for name, rule in ASKABLE.items()}
    refs = {name: f"{_SCHEMAS}{name}" for name in commands}
    choice = {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "do", "mapping": refs},
    }
    return {**made, **commands, "Command": choice}


def _command(rule: Rule, shared: Described) -> Described:
    """Its fields as they are sent; what the function that decides it says of itself, with the refusals in it."""
    shape = TypeAdapter(rule.command).json_schema(ref_template=_SCHEMAS + "{model}")
    shared.update(shape.pop("$defs", {}))
    fields = {AS_SENT.get(name, name): field for name, field in shape.get("properties", {}).items()}
    needed = [AS_SENT.get(name, name) for name in shape.get("required", [])]
    return {
        **_object({"do": {"const": rule.name}, "id": _ID, **fields}, needed=("do", "id", *needed)),
        "title": rule.name,
        "description": f"{rule.decide.__doc__ or ''}\n\nWho may ask: {rule.who.value}.".strip(),
        "additionalProperties": False,
    }
