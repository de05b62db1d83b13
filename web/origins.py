"""Requests from other sites are refused before they are read: by Sec-Fetch-Site where sent, by Origin always."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def ours(asked: HTTPConnection, public_url: str | None, *, needed: bool = False) -> bool:
    """Does the request come from our own pages, or from a program that is no browser?

    `needed`: a missing Origin is refused too, as for sockets, where every browser sends one.
    """
    if asked.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = asked.headers.get("origin")
    if origin is None:
        return not needed
    if public_url and origin == public_url:
        return True
    scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" == origin and origin == f"{scheme}://{asked.headers.get('host', '')}"
