"""A bug planted for a control: of what a command makes stale, the notes are forgotten."""

from app.realtime.history import History

whole = History.stale_since


def pytest_configure() -> None:
    """Planted before any test."""
    History.stale_since = lambda self, board, seq: _without_notes(whole(self, board, seq))  # type: ignore[method-assign]


def _without_notes(stale: set[str] | None) -> set[str] | None:
    return stale if stale is None else {part for part in stale if not part.startswith("note/")}
