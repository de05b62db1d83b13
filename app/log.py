"""Knows how a log line looks, and what never stands in one: people's words, secrets, addresses.

One JSON object a line, or a coloured line on a terminal. An exception is told by its type and the places it
passed, without its message: messages quote what was being saved.
"""

import logging
import logging.config
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]

WITHHELD: Final = frozenset(
    {"address", "body", "client", "code", "content", "cookie", "headers", "host", "ip", "key", "link", "name"}
    | {"note", "path", "place", "prompt", "query", "text", "title", "token", "url"}
)

# Where it broke is in the last few; the rest is the web framework's own way down.
PLACES: Final = 8


def configure(log_format: LogFormat = "auto", *, stream: TextIO | None = None) -> None:
    """Sends this program's events and those of its libraries to one stream (stderr) in one shape."""
    out = stream or sys.stderr
    last = _renderer(log_format, out)
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places_of_exception,
        withhold,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _route_libraries(out, shared, last)


def withhold(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Empties every field that could hold people's words, a secret or an address."""
    return {name: "…" if name in WITHHELD else value for name, value in event.items()}


def places_of_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Puts the type of an exception and the places it passed in the event, never its message."""
    error = _error(event.pop("exc_info", None))
    if error is None:
        return event
    passed = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-PLACES:]
    ]
    return {**event, "error": type(error).__name__, "at": passed}


def only_first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keeps of a library's message the sentence its author wrote, not what was filled in."""
    record: logging.LogRecord | None = event.get("_record")
    sentence = str(record.msg if record else event["event"]).strip().partition("\n")[0]
    return {**event, "event": sentence}


def _error(found: object) -> BaseException | None:
    match found:
        case BaseException():
            return found
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
        case _:
            return None


def _renderer(log_format: LogFormat, out: TextIO) -> Processor:
    if log_format == "console" or (log_format == "auto" and out.isatty()):
        return structlog.dev.ConsoleRenderer(colors=out.isatty())
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _route_libraries(out: TextIO, shared: list[Processor], last: Processor) -> None:
    formatter: Mapping[str, Any] = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [only_first_line, *shared],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": formatter},
            "handlers": {"out": {"class": "logging.StreamHandler", "stream": out, "formatter": "line"}},
            "root": {"handlers": ["out"], "level": "INFO"},
            "loggers": _libraries(),
        }
    )


def _libraries() -> dict[str, dict[str, object]]:
    # At INFO the server writes every socket's address and path down, and paths hold tokens.
    quiet = ("uvicorn", "uvicorn.error", "websockets", "alembic", "httpx", "asyncio", "sqlalchemy")
    return {
        **{name: {"level": "WARNING", "handlers": [], "propagate": True} for name in quiet},
        "uvicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    }
