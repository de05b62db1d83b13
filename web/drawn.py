"""Notes that were drawn already: one note, for the same eyes and in the same language, is not drawn twice."""

from functools import lru_cache

from jinja2 import Template
from markupsafe import Markup

from web.views.notes import NoteView
from web.words import environment

# As many notes as a full board has, and some of others.
KEPT = 12_000


def note_markup(language: str, note: NoteView, *, on_screen: bool, own: bool = False) -> Markup:
    """The markup of a note as everybody sees it, on the screen or not; `own` marks it as its reader's."""
    return _drawn(environment(language).get_template("notes/_note.html"), note, on_screen, own)


def forget() -> None:
    """Keep nothing of what was drawn."""
    _drawn.cache_clear()


@lru_cache(maxsize=KEPT)
def _drawn(template: Template, note: NoteView, on_screen: bool, own: bool) -> Markup:
    """The template is given nothing else: what it drew from anything more would not be drawn anew, so it fails."""
    mine = frozenset((note.id,) if own else ())
    return Markup(template.render(note=note, on_screen=on_screen, mine=mine))  # noqa: S704 - escaped by the template
