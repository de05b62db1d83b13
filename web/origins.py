"""Requests from other sites are refused before they are read: by Sec-Fetch-Site where sent, by Origin always."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def ours(asked: HTTPConnection, public_url: str | None) -> bool:
    """Does the request come from our own pages, or from a program that is no browser?

    Every browser names the origin of a request that changes something, and of a socket; programs need not.
    """
    if asked.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = asked.headers.get("origin")
    if origin is None:
        return True
    if public_url and origin == public_url:
        return True
    scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" == origin and origin == f"{scheme}://{asked.headers.get('host', '')}"
