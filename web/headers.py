"""The headers that every answer carries."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Addresses that hold a secret: what is asked for after them, also of this server, is told where they lie and no more.
_SECRET = re.compile(r"/(j|f|c|o|s|r|me)/")
_ORIGIN_ALONE = "strict-origin"


def policy(frame_ancestors: str) -> str:
    """The content security policy: nothing from elsewhere, nothing inline."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; "
        f"frame-ancestors {frame_ancestors}"
    )


class Headers:
    """Puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, frame_ancestors: str) -> None:
        self._app = app
        self._fixed = {
            "Content-Security-Policy": policy(frame_ancestors),
            # Not "no-referrer": with that, browsers send "Origin: null" with our own plain forms.
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if _SECRET.match(scope["path"]):
                    headers.setdefault("Referrer-Policy", _ORIGIN_ALONE)
                for name, value in self._fixed.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self._app(scope, receive, dressed)
