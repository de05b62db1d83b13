"""Grouping: which notes it is about, who makes themes, where notes go, and what themes are ranked by."""

from dataclasses import dataclass

from app.board.agenda import AgendaAdd, AgendaMove, AgendaRemove
from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Audience
from app.board.grouped import grouped, grouping_of, theme_of, themes
from app.board.grouping import MOST_AT_ONCE, NoteMove, NotesMove
from app.board.parts import parts_of
from app.board.reacting import NoteReact
from app.board.records import Step, Theme
from app.board.supporting import Support, supports
from app.board.theming import MOST_THEMES, ThemeAdd, ThemeDelete, ThemeMove, ThemeRename
from tests.board.story import Room, Somebody, given_a_room, refused


@dataclass
class Grouping:
    """A room after a writing step, in the step where its notes are grouped."""

    room: Room
    step: Step
    notes: tuple[str, ...]

    def theme(self, title: str = "Arbres", who: Somebody | None = None) -> str:
        return (who or self.room.facilitator).asks(ThemeAdd(step=self.step.id, title=title)).made["theme"]

    def moves(self, *notes: str, theme: str = "", who: Somebody | None = None) -> None:
        (who or self.room.facilitator).asks(NotesMove(notes=notes, theme=theme))

    def shown(self, audience: Audience = EVERYONE) -> list[str]:
        return [note.id for note in grouped(self.room.story.board, self.step.id, audience)]

    def titles(self) -> list[str]:
        return [theme.title for theme in themes(self.room.story.board, self.step.id)]

    def inside(self, note: str) -> str:
        theme = theme_of(self.room.story.board, self.room.story.note(note))
        return theme.id if theme else ""


def given_a_grouping(*, open_: bool = True) -> Grouping:
    room = given_a_room()
    notes = tuple(room.lyon.posts(text) for text in ("Plus d’arbres", "Plus d’ombre", "Plus de bancs"))
    after = room.step.id
    added = room.facilitator.asks(AgendaAdd(kind="group", title={"fr": "Thèmes"}, minutes=5, after=after))
    number = [step.id for step in room.story.steps].index(added.made["step"])
    step = room.facilitator.goes_to(number)
    if not open_:
        room.facilitator.sets(step, group=False)
    return Grouping(room, step, notes)


def test_G1_a_grouping_step_shows_the_notes_since_the_grouping_before_it():
    at = given_a_grouping()
    board, facilitator = at.room.story.board, at.room.facilitator
    assert at.shown() == list(at.notes)
    later = facilitator.asks(AgendaAdd(kind="group", title={"fr": "Encore"}, minutes=5)).made["step"]
    writing = at.room.story.steps[4]
    other = facilitator.posts("Plus tard", step=writing)
    assert at.shown() == list(at.notes)
    assert [note.id for note in grouped(board, later, EVERYONE)] == [other]
    facilitator.asks(AgendaMove(step=at.step.id, after=writing.id))
    assert at.shown() == [*at.notes, other]
    facilitator.asks(AgendaRemove(step=later))
    last = at.room.story.steps[-1]
    assert grouping_of(board, last.id) is None


def test_G2_what_not_everybody_reads_is_grouped_for_nobody():
    at = given_a_grouping()
    hidden, silent, unpublished = at.notes[0], at.room.story.steps[4], None
    at.room.facilitator.hides(hidden)
    unpublished = at.room.dakar.posts("Entre nous", step=at.room.step, attribution="unpublished")
    at.room.facilitator.sets(at.room.step, approve_first=True)
    at.room.dakar.posts("En attente", step=at.room.step)
    assert at.shown(FACILITATORS) == [*at.notes[1:], unpublished]
    assert at.shown(SCREEN) == list(at.notes[1:])
    at.room.facilitator.asks(AgendaMove(step=at.step.id, after=silent.id))
    at.room.facilitator.sets(silent, silent=True)
    at.room.facilitator.posts("En silence", step=silent)
    assert at.shown(FACILITATORS) == [*at.notes[1:], unpublished]
    at.room.facilitator.blanks()
    assert at.shown() == []


def test_G3_participants_group_where_the_step_lets_them_once_it_has_come():
    at = given_a_grouping()
    theme = at.theme(who=at.room.dakar)
    at.moves(*at.notes, theme=theme, who=at.room.lyon)
    at.room.dakar.asks(ThemeRename(theme=theme, title="Ombre"))
    at.room.facilitator.goes_to(0)
    with refused("not-now", step=at.step.id):
        at.moves(at.notes[0], who=at.room.lyon)
    at.theme("Bancs")
    closed = given_a_grouping(open_=False)
    theme = closed.theme()
    for command in (
        ThemeAdd(step=closed.step.id, title="Ombre"),
        ThemeRename(theme=theme, title="Ombre"),
        ThemeDelete(theme=theme),
        ThemeMove(theme=theme),
        NoteMove(note=closed.notes[0], theme=theme),
        NotesMove(notes=closed.notes, theme=theme),
    ):
        with refused("not-now", step=closed.step.id):
            closed.room.lyon.asks(command)
    with refused("not-now", step=closed.room.step.id):
        closed.room.facilitator.asks(ThemeAdd(step=closed.room.step.id, title="Nulle part"))


def test_G4_a_theme_needs_a_title_within_its_limit_and_has_room_among_others():
    at = given_a_grouping()
    with refused("empty", field="title"):
        at.theme("  ")
    with refused("too-long", max=80):
        at.theme("x" * 81)
    theme = at.theme()
    seen = at.room.story.seq
    at.room.dakar.asks(ThemeRename(theme=theme, title="Ombre"))
    with refused("changed-since", text="Ombre"):
        at.room.lyon.asks(ThemeRename(theme=theme, title="Bancs", base=seen))
    for n in range(MOST_THEMES - 1):
        at.theme(f"Thème {n}")
    with refused("too-many", max=MOST_THEMES):
        at.theme()


def test_G5_themes_stand_in_the_order_that_people_give_them():
    at = given_a_grouping()
    first, second, third = (at.theme(title) for title in ("A", "B", "C"))
    assert at.titles() == ["A", "B", "C"]
    at.room.dakar.asks(ThemeMove(theme=third))
    at.room.dakar.asks(ThemeMove(theme=first, after=second))
    assert at.titles() == ["C", "B", "A"]
    at.room.facilitator.undoes()
    assert at.titles() == ["C", "A", "B"]
    with refused("unknown", what="theme"):
        at.room.dakar.asks(ThemeMove(theme=first, after=first))


def test_G6_several_notes_move_together_or_not_at_all():
    at = given_a_grouping()
    theme = at.theme()
    gone = at.notes[2]
    at.room.lyon.deletes(gone)
    with refused("unknown", what="note"):
        at.moves(*at.notes, theme=theme, who=at.room.dakar)
    assert [at.inside(note) for note in at.notes] == ["", "", ""]
    at.moves(*at.notes[:2], at.notes[0], theme=theme, who=at.room.dakar)
    assert [at.inside(note) for note in at.notes] == [theme, theme, ""]
    at.moves(at.notes[1], who=at.room.dakar)
    assert at.inside(at.notes[1]) == ""
    with refused("empty", field="notes"):
        at.moves(theme=theme)
    with refused("too-many", max=MOST_AT_ONCE):
        at.moves(*(f"n{n}" for n in range(MOST_AT_ONCE + 1)), theme=theme)


def test_G7_a_note_lies_in_a_theme_of_the_step_where_it_is_grouped():
    at = given_a_grouping()
    facilitator = at.room.facilitator
    later = facilitator.asks(AgendaAdd(kind="group", title={"fr": "Encore"}, minutes=5)).made["step"]
    other = facilitator.asks(ThemeAdd(step=later, title="Ailleurs")).made["theme"]
    with refused("invalid", field="theme"):
        at.moves(at.notes[0], theme=other)
    with refused("unknown", what="theme"):
        at.moves(at.notes[0], theme="t-nowhere")
    theme = at.theme()
    at.moves(at.notes[0], theme=theme)
    with refused("only-facilitators"):
        at.room.lyon.asks(NoteMove(note=at.notes[0], step=at.room.story.steps[4].id))
    facilitator.asks(NoteMove(note=at.notes[0], step=at.room.story.steps[4].id))
    assert at.room.story.note(at.notes[0]).theme == ""
    facilitator.asks(NoteMove(note=at.notes[0], step=at.room.step.id, theme=theme))
    assert at.inside(at.notes[0]) == theme


def test_G8_people_group_what_everybody_sees_and_facilitators_what_stands():
    at = given_a_grouping()
    theme, hidden = at.theme(), at.notes[0]
    at.room.facilitator.hides(hidden)
    with refused("unknown", what="note"):
        at.room.lyon.asks(NoteMove(note=hidden, theme=theme))
    at.moves(hidden, theme=theme)
    assert hidden not in at.shown(FACILITATORS)
    at.room.facilitator.shows(hidden)
    assert at.inside(hidden) == theme


def test_G9_a_deleted_theme_leaves_its_notes_and_one_undo_brings_it_back_with_them():
    at = given_a_grouping()
    theme = at.theme()
    at.moves(*at.notes, theme=theme)
    at.room.dakar.asks(ThemeDelete(theme=theme))
    assert at.titles() == []
    assert [at.room.story.note(note).theme for note in at.notes] == ["", "", ""]
    with refused("unknown", what="theme"):
        at.moves(*at.notes, theme=theme)
    at.room.facilitator.undoes()
    assert [at.inside(note) for note in at.notes] == [theme, theme, theme]
    made = at.theme("Ombre")
    at.room.facilitator.undoes()
    assert at.room.story.board.get(Theme, made) is None


def test_G10_a_theme_has_the_support_of_all_its_notes_and_counts_each_person_once():
    at = given_a_grouping()
    board, (first, second, third) = at.room.story.board, at.notes
    one, two = at.theme("A"), at.theme("B")
    at.moves(first, second, theme=one)
    at.moves(third, theme=two)
    for note, emoji in ((first, "♥"), (first, "💡"), (second, "♥"), (third, "♥")):
        at.room.dakar.asks(NoteReact(note=note, emoji=emoji))
    at.room.lyon.asks(NoteReact(note=second, emoji="♥"))
    ballot = at.room.facilitator.opens_a_ballot(first, second, third, step=at.step.id)
    at.room.lyon.votes(ballot, **{first: 1, second: 1})
    at.room.dakar.votes(ballot, **{third: 1})
    assert supports(board, at.step.id, EVERYONE)[one] == Support(notes=2, people=2, dots=0)
    at.room.facilitator.closes(ballot)
    counted = supports(board, at.step.id, EVERYONE)
    assert counted == {one: Support(notes=2, people=2, dots=2), two: Support(notes=1, people=1, dots=1)}
    assert counted[one].whole == 4


def test_G11_a_note_that_moves_makes_both_themes_stale():
    at = given_a_grouping()
    one, two = at.theme("A"), at.theme("B")
    at.moves(at.notes[0], theme=one)
    at.moves(at.notes[0], theme=two)
    entry = at.room.story.entries[-1]
    stale = parts_of(at.room.story.board, entry.before, entry.after)
    assert {f"note/{at.notes[0]}", f"theme/{one}", f"theme/{two}", f"themes/{at.step.id}"} <= stale
