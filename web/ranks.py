"""In which order the parts of a frame stand."""

from app.board.parts import Part

# Containers before what lies in them: a section before its wall, a wall before its notes.
RANKS = (
    "title",
    "section",
    "prompt",
    "stage",
    "page",
    "wall",
    "count",
    "ballots",
    "ballot",
    "tally",
    "progress",
    "welcome",
    "headlines",
    "headline",
    "grouping",
    "theme",
    "themes",
    "ungrouped",
    "dismissed",
    "roadmap",
    "action",
    "actions",
    "survey",
    "answers",
    "feedback",
    "note",
    "talk",
    "comments",
    "comment",
    "queue",
    "now",
)


def rank(part: Part) -> tuple[int, str]:
    """What parts are sorted by: a container comes before what lies in it."""
    kind = part.partition("/")[0]
    return (RANKS.index(kind) if kind in RANKS else len(RANKS), part)
