"""How a connection begins, carries and ends: the server's two protocol classes, and what they offer the application."""

from app.listening.http import Http
from app.listening.socket import Socket

__all__ = ["Http", "Socket"]
