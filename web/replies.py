"""How a page, a refusal or a redirect leaves the house."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.house import House
from web.refusals import refusal
from web.words import Words, available, environment, own_name

STATUS = {
    "slow-down": 429,
    "no-seat": 401,
    "wrong-origin": 403,
    "not-found": 404,
    "too-big": 413,
    "unknown-outcome": 503,
}


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
        "languages": [(tag, own_name(tag)) for tag in available()],
        "here_url": asked.url.path,
        "retention_days": house.settings.retention_days,
    }
    text = environment(words.language).get_template(template).render({**shared, **context})
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store", "Content-Language": words.tag})


def refused(house: House, asked: HTTPConnection, words: Words, code: str, **facts: Any) -> HTMLResponse:
    """A whole page that says what is not possible, and where to go instead."""
    return page(house, asked, words, "refused.html", {"code": code, "facts": facts}, STATUS.get(code, 422))


def sentence(words: Words, code: str, facts: Mapping[str, Any]) -> str:
    """The refusal in one sentence."""
    return refusal(words, code, facts)


def see_other(to: str) -> Response:
    """On to another page, which is fetched with GET."""
    return RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})


def wants_json(asked: Request) -> bool:
    """Is it a program that asks?"""
    if asked.headers.get("content-type", "").startswith("application/json"):
        return True
    return asked.headers.get("accept", "").startswith("application/json")
