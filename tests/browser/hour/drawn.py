"""Which templates the states of a run have drawn: one that no state draws is one that nobody has looked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from web.words import TEMPLATES, environment


class Recording(jinja2.BaseLoader):
    """Writes down every template that is asked for."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        self.loader = loader
        self.drawn: set[str] = set()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source, from where it always came."""
        self.drawn.add(template)
        return self.loader.get_source(environment, template)


@contextmanager
def recorded(language: str) -> Iterator[Recording]:
    """The templates of one language, watched from the first on."""
    watched = environment(language)
    before = watched.loader
    assert before is not None
    watched.loader = recording = Recording(before)
    assert watched.cache is not None
    watched.cache.clear()
    yield recording
    watched.loader = before


def never_drawn(drawn: set[str]) -> list[str]:
    """The templates that are there and were not asked for."""
    written = {str(path.relative_to(TEMPLATES)) for path in Path(TEMPLATES).rglob("*.html")}
    return sorted(written - drawn)
