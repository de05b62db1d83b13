"""Who is writing just now, as pages tell it: by place, and only how many when they are many."""

from dataclasses import dataclass

from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Base
from app.board.hinting import told
from app.board.records import Note
from app.realtime.wire import Sight

FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HintView:
    """How many are writing there, and from which places ("" is a facilitator of none); no places when they are many."""

    part: str
    people: int
    places: tuple[str, ...]
    current: bool


def hint_views(sight: Sight, base: Base) -> list[HintView]:
    """Of the step that is on, and of notes that are commented on; the screen is told of the step alone."""
    if base not in (FACILITATORS, EVERYONE, SCREEN):
        return []
    views = []
    for part, people in told(sight.board, sight.writing).items():
        of_note = sight.board.get(Note, part) is not None
        if (of_note and base is SCREEN) or not (of_note or part == sight.board.now.step):
            continue
        places = tuple(dict.fromkeys(person.place for person in people))
        shown = places if len(places) <= FEW else ()
        views.append(HintView(part=part, people=len(people), places=shown, current=not of_note))
    return views
