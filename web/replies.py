"""How a page, a refusal or a redirect leaves the house."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from web.house import House
from web.refusals import refusal
from web.words import Words, available, environment, own_name

STATUS = {
    "slow-down": 429,
    "no-seat": 401,
    "wrong-key": 403,
    "wrong-origin": 403,
    "not-found": 404,
    "stale-link": 404,
    "no-start": 404,
    "nothing-due": 404,
    "unknown-code": 404,
    "too-big": 413,
    "file-too-big": 413,
    "unavailable": 503,
    "unknown-outcome": 503,
}
# As the answer to a command these are refusals like any other; at an address they say that it is not for the asker.
AT_AN_ADDRESS = {"only-facilitators": 403, "removed": 403, "waiting": 403}


def page(
    house: House,
    asked: HTTPConnection,
    words: Words,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HTMLResponse:
    """A whole page in the reader's language. Pages are never kept by caches: they are one person's view of a moment."""
    shared = {
        "version": house.version,
        "languages": tuple((tag, own_name(tag)) for tag in available()),
        "here_url": asked.url.path,
        "retention_days": house.settings.retention_days,
    }
    text = environment(words.language).get_template(template).render({**shared, **context})
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store", "Content-Language": words.tag})


def refused(house: House, asked: Request, words: Words, code: str, **facts: Any) -> Response:
    """What is not possible at this address: as JSON, as a fragment for a script's form, or as a whole page."""
    status = AT_AN_ADDRESS.get(code) or STATUS.get(code, 422)
    answer: Response
    if wants_json(asked):
        return refused_as_json(words, code, **facts)
    if asked.method == "POST" and asked.headers.get("hx-request"):
        answer = fragment(house, asked, words, code, facts, status)
    else:
        answer = page(house, asked, words, "refused.html", {"code": code, "facts": facts}, status)
    if code == "slow-down":
        answer.headers["Retry-After"] = str(facts["seconds"])
    return answer


def refused_as_json(words: Words, code: str, **facts: Any) -> JSONResponse:
    """The same, to a program."""
    said = {"refused": code, "message": refusal(words, code, facts), "facts": facts}
    status = AT_AN_ADDRESS.get(code) or STATUS.get(code, 422)
    waits = {"Retry-After": str(facts["seconds"])} if code == "slow-down" else {}
    return JSONResponse(said, status, headers={"Cache-Control": "no-store", **waits})


def fragment(
    house: House, asked: HTTPConnection, words: Words, code: str, facts: Mapping[str, Any], status: int
) -> HTMLResponse:
    """The refusal alone, to be put beside what was sent by a script."""
    said = {"code": code, "sentence": refusal(words, code, facts), "facts": dict(facts)}
    return page(house, asked, words, "refusals/_refusal.html", said, status)


def see_other(to: str) -> Response:
    """On to another page, which is fetched with GET."""
    return RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})


def inside(onward: object, beginning: str = "/") -> str | None:
    """The address to go on to, when it is one of ours; browsers read tabs as nothing and backslashes as slashes."""
    if not isinstance(onward, str) or not onward.isprintable() or "\\" in onward:
        return None
    return onward if onward.startswith(beginning) and not onward.startswith("//") else None


def wants_json(asked: Request) -> bool:
    """Is it a program that asks?"""
    if asked.headers.get("content-type", "").startswith("application/json"):
        return True
    return asked.headers.get("accept", "").startswith("application/json")
