"""What is suggested of a board: only what its audience may see, as it is by now, and never what was dismissed."""

from app.alike.clustering import MEANINGS, Cluster
from app.alike.suggesting import Suggestions, named, question, suggestions
from app.board.alike import AlikeDismiss
from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Audience
from app.board.hall import BoardBlank
from app.board.notes import NoteEdit
from tests.board.test_grouping import Grouping, given_a_grouping


def found(at: Grouping, pairs, clusters, audience: Audience = EVERYONE, *, before=lambda: None) -> Suggestions:
    asked = question(at.room.story.board, at.step.id, audience)
    before()
    return suggestions(at.room.story.board, asked, MEANINGS, pairs, clusters, audience)


def compared(at: Grouping, audience: Audience = EVERYONE) -> list[str]:
    return [note.id for note in question(at.room.story.board, at.step.id, audience).notes]


def test_I1_only_what_the_asker_may_see_is_compared():
    at = given_a_grouping()
    at.room.facilitator.hides(at.notes[0])
    at.room.facilitator.sets(at.room.step, approve_first=True)
    at.room.dakar.posts("Plus de fontaines", step=at.room.step)
    assert compared(at) == compared(at, FACILITATORS) == list(at.notes[1:])
    unpublished = at.room.facilitator.posts("Entre nous", step=at.room.step, attribution="unpublished")
    assert compared(at) == [*at.notes[1:], unpublished]
    assert compared(at, SCREEN) == list(at.notes[1:])
    at.room.facilitator.sets(at.room.step, silent=True)
    assert compared(at) == compared(at, FACILITATORS) == []


def test_I1_a_blank_board_is_compared_for_facilitators_alone():
    at = given_a_grouping()
    at.room.facilitator.asks(BoardBlank())
    assert (compared(at), compared(at, FACILITATORS)) == ([], list(at.notes))


def test_I1_what_was_hidden_or_reworded_while_it_was_compared_is_not_told():
    at = given_a_grouping()
    all_three = [Cluster((0, 1, 2), 0.7)]
    story, lyon = at.room.story, at.room.lyon

    def meanwhile():
        at.room.facilitator.hides(at.notes[0])

    seen = found(at, [(0, 1, 0.9), (1, 2, 0.8)], all_three, before=meanwhile)
    assert [note.id for note in seen.subjects[0].notes] == list(at.notes[1:])
    assert seen.near == {at.notes[1]: (1, (at.notes[2],)), at.notes[2]: (1, (at.notes[1],))}
    edit = NoteEdit(note=at.notes[1], text="Moins de bancs", base=story.seq)
    two = [Cluster((0, 1), 0.7)]
    assert found(at, [], two, before=lambda: lyon.asks(edit)).subjects == ()


def test_I5_what_was_dismissed_is_asked_for_apart():
    at = given_a_grouping()
    at.room.lyon.asks(AlikeDismiss(notes=(at.notes[0], at.notes[2])))
    assert question(at.room.story.board, at.step.id, EVERYONE).apart == ((0, 2),)
    at.room.facilitator.hides(at.notes[0])
    assert question(at.room.story.board, at.step.id, EVERYONE).apart == ()


def test_I8_what_lies_in_a_theme_is_suggested_no_more():
    at = given_a_grouping()
    all_three = [Cluster((1, 0, 2), 0.55)]
    (subject,) = found(at, [], all_three).subjects
    assert (subject.title, subject.theme, subject.same) == ("Plus d’ombre", None, False)
    theme = at.theme("Arbres")
    at.moves(at.notes[0], theme=theme)
    (subject,) = found(at, [], all_three).subjects
    assert subject.theme is not None
    assert (subject.theme.id, [note.id for note in subject.outside]) == (theme, list(at.notes[1:]))
    at.moves(at.notes[1], theme=theme)
    at.moves(at.notes[2], theme=at.theme("Bancs"))
    assert found(at, [], all_three).subjects == ()


def test_an_emoji_alone_is_about_nothing():
    at = given_a_grouping()
    at.room.lyon.posts("❤️", step=at.room.step)
    at.room.lyon.posts("ok", step=at.room.step)
    assert compared(at) == list(at.notes)


def test_a_theme_is_named_in_the_language_of_the_board_where_somebody_spoke_it():
    at = given_a_grouping()
    for text, language in (("Más sombra", "es"), ("Mehr Schatten", "de")):
        at.room.lyon.posts(text, step=at.room.step, language=language)
    (subject,) = found(at, [], [Cluster((3, 4, 1), 0.7)]).subjects
    assert subject.title == "Plus d’ombre"
    (subject,) = found(at, [], [Cluster((4, 3), 0.7)]).subjects
    assert subject.title == "Mehr Schatten"


def test_I9_no_theme_is_named_after_what_is_not_for_publication():
    at = given_a_grouping()
    for text in ("Entre nous", "Entre nous encore"):
        at.room.lyon.posts(text, step=at.room.step, attribution="unpublished")
    (subject,) = found(at, [], [Cluster((3, 4, 1), 0.7)]).subjects
    assert subject.title == at.room.story.note(at.notes[1]).text
    (subject,) = found(at, [], [Cluster((3, 4), 0.7)]).subjects
    assert subject.title == ""


def test_a_name_is_the_first_words_that_fit_whole():
    assert named("Plus d’arbres !") == "Plus d’arbres"
    assert named("word " * 30) == " ".join(["word"] * 9)
    assert named("😀" * 60) == "😀" * 48
    assert named("a" * 90) == "a" * 48
    assert named("...") == "..."
