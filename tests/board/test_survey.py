"""The survey: its questions, when it may be answered, and what is told of the answers."""

import pytest

from app.board.agenda import AgendaRemove
from app.board.answering import SurveyAnswer
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, Only, may_see
from app.board.clearing import BoardClear
from app.board.questions import questions_of, survey_of
from app.board.ready_survey import READY
from app.board.records import Answers, Question
from app.board.rehearsing import rehearsal_of
from app.board.surveying import Asked, SurveyEdit, SurveyOpen, SurveyShare
from app.outcomes.survey import SurveyResults, survey_results
from tests.board.story import Room, Somebody, given_a_room, refused

USEFUL, AGREES, USES, HELPS, HEARD, MISSING, CONTACT = (question.id for question in READY)
YES_NO = ({"fr": "Oui"}, {"fr": "Non"})
SURVEY = 7


def choice(text: str = "Oui ou non ?", **also: object) -> Asked:
    return Asked(kind="choice", text={"fr": text}, **{"options": YES_NO, **also})


def words(text: str = "Pourquoi ?", **also: object) -> Asked:
    return Asked(kind="text", text={"fr": text}, **also)


def given_a_survey(*, opened: bool = True, **also: bool) -> Room:
    """A room whose survey is open."""
    room = given_a_room()
    if opened:
        room.facilitator.asks(SurveyOpen(**also))
    return room


def answers(who: Somebody, **given: object) -> None:
    who.asks(SurveyAnswer(answers=given))


def results(room: Room, audience: object = FACILITATORS) -> SurveyResults:
    found = survey_results(room.story.board, audience)
    assert found is not None
    return found


def test_Q1_a_board_has_a_ready_survey_in_every_language_until_facilitators_write_another():
    room = given_a_survey(opened=False)
    assert questions_of(room.story.board) == list(READY)
    assert all(set(question.text) == {"en", "fr", "es"} for question in READY)
    room.facilitator.asks(SurveyEdit(questions=(choice(), words())))
    assert [question.kind for question in questions_of(room.story.board)] == ["choice", "text"]
    with refused("only-facilitators"):
        room.lyon.asks(SurveyEdit(questions=(words(),)))


def test_Q2_a_survey_has_one_to_twenty_questions_with_words_and_options_within_their_limits():
    room = given_a_survey(opened=False)
    asks = room.facilitator.asks
    with refused("empty", field="questions"):
        asks(SurveyEdit(questions=()))
    with refused("too-many", max=20):
        asks(SurveyEdit(questions=(words(),) * 21))
    asks(SurveyEdit(questions=(words(),) * 20))
    for wrong in (
        choice(options=()),
        choice(options=YES_NO[:1]),
        Asked(kind="scale", text={"fr": "?"}, options=YES_NO * 2),
    ):
        with refused("invalid", field="options"):
            asks(SurveyEdit(questions=(wrong,)))
    with refused("empty", field="options"):
        asks(SurveyEdit(questions=(choice(options=({"fr": "Oui"}, {"fr": " "})),)))
    with refused("too-many", max=12):
        asks(SurveyEdit(questions=(choice(options=YES_NO * 7),)))
    with refused("empty", field="questions"):
        asks(SurveyEdit(questions=(words(" "),)))
    with refused("too-long", max=300):
        asks(SurveyEdit(questions=(words("x" * 5_000),)))
    assert len(questions_of(room.story.board)) == 20


def test_Q3_questions_from_an_older_view_are_changed_since_and_none_is_edited_while_people_answer():
    room = given_a_survey(opened=False)
    seen = room.story.seq
    room.facilitator.asks(SurveyEdit(questions=(words(),), base=seen))
    with refused("changed-since"):
        room.facilitator.asks(SurveyEdit(questions=(choice(),), base=seen))
    room.facilitator.asks(SurveyEdit(questions=(words("Encore ?"),)))
    edited = room.story.seq
    room.facilitator.asks(SurveyOpen())
    with refused("not-now"):
        room.facilitator.asks(SurveyEdit(questions=(choice(),)))
    with refused("not-undoable"):
        room.facilitator.undoes(edited)
    room.facilitator.asks(SurveyOpen(on=False))
    room.facilitator.undoes(edited)
    assert [question.text for question in questions_of(room.story.board)] == [{"fr": "Pourquoi ?"}]


def test_Q4_a_question_that_is_reworded_keeps_its_answers_and_one_of_another_kind_is_another_question():
    room = given_a_survey(opened=False)
    room.facilitator.asks(SurveyEdit(questions=(choice(), words())))
    first, second = questions_of(room.story.board)
    room.facilitator.asks(SurveyEdit(questions=(words("Dites", id=second.id), choice("Mieux dit ?", id=first.id))))
    assert [each.id for each in questions_of(room.story.board)] == [second.id, first.id]
    three = (*YES_NO, {"fr": "Peut-être"})
    room.facilitator.asks(SurveyEdit(questions=(choice(id=first.id, options=three), words(id=first.id))))
    kept = questions_of(room.story.board)
    assert first.id not in {each.id for each in kept}
    assert len({each.id for each in kept}) == 2
    assert room.story.board.count(Question) == 2


def test_Q5_the_survey_is_answered_while_it_is_open_also_once_the_session_is_over_and_by_muted_people():
    room = given_a_survey(opened=False)
    with refused("not-now"):
        answers(room.lyon, ready1=4)
    room.facilitator.asks(SurveyOpen())
    room.facilitator.mutes(room.lyon)
    answers(room.lyon, ready1=4)
    room.facilitator.ends_the_session()
    answers(room.dakar, ready1="5")
    room.facilitator.locks()
    with refused("locked"):
        answers(room.dakar, ready1=1)
    room.facilitator.locks(on=False)
    with refused("read-only"):
        answers(room.story.joins("", name="olga", role="observer"), ready1=1)
    room.facilitator.asks(SurveyOpen(on=False))
    with refused("not-now"):
        answers(room.dakar, ready1=1)
    assert room.story.board.count(Answers) == 2


def test_Q5_without_a_survey_step_there_is_nothing_to_open():
    room = given_a_survey(opened=False)
    room.facilitator.asks(AgendaRemove(step=room.story.steps[SURVEY].id))
    with refused("not-now"):
        room.facilitator.asks(SurveyOpen())


def test_Q6_answering_again_takes_the_place_of_what_one_answered_and_answering_nothing_takes_it_back():
    room = given_a_survey()
    with refused("empty", field="answers"):
        answers(room.lyon)
    answers(room.lyon, ready1=4, ready6="Des arbres\r\n\r\n\r\nde l’ombre")
    answers(room.lyon, ready4=["2", 0, 0], ready6="")
    kept = room.story.board.need(Answers, room.lyon.id)
    assert (dict(kept.given), kept.place) == ({"ready4": "0 2"}, "Lyon")
    assert results(room).people == 1
    answers(room.lyon)
    assert results(room).people == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [(USEFUL, 0), (USEFUL, 6), (USEFUL, "٣"), (USEFUL, "1e1"), (USEFUL, -1), (USEFUL, [1, 2]), (USES, 4), (USES, "x"),
     (USES, [0, 1]), (HELPS, [0, 9]), (HELPS, "99999"), (MISSING, 3), (MISSING, ["x"])],
)  # fmt: skip
def test_Q7_an_answer_that_the_question_does_not_have_is_invalid(question, said):
    room = given_a_survey()
    with refused("invalid", field=f"answers.{question}"):
        answers(room.lyon, **{question: said})


def test_Q7_an_unknown_question_is_unknown_and_long_words_are_too_long():
    room = given_a_survey()
    with refused("unknown", what="question"):
        answers(room.lyon, nothing="x")
    with refused("too-long", max=1_000, field=f"answers.{MISSING}"):
        answers(room.lyon, **{MISSING: "x" * 5_000})


def test_Q8_names_stand_beside_answers_only_where_facilitators_said_so_before_it_opened():
    room = given_a_survey()
    with refused("not-now"):
        room.facilitator.asks(SurveyOpen(named=True))
    answers(room.lyon, ready6="Lyon l’écrit")
    room.facilitator.asks(SurveyOpen(on=False))
    with refused("not-now"):
        room.facilitator.asks(SurveyOpen(named=True))
    assert not survey_of(room.story.board).named
    other = given_a_survey(named=True)
    answers(other.lyon, ready6="Lyon l’écrit")
    (said,) = results(other).questions[5].said
    assert (said.text, said.name, said.place) == ("Lyon l’écrit", "Lyon", "Lyon")


def test_Q13_what_people_wrote_and_the_addresses_that_they_left_facilitators_alone_read():
    room = given_a_survey()
    for who in (room.lyon, room.dakar, room.facilitator):
        answers(who, ready1=5, ready7="quai@exemple.org")
    room.facilitator.asks(SurveyShare())
    for audience in (EVERYONE, SCREEN, PUBLIC):
        asked = results(room, audience).questions[6]
        assert (asked.people, asked.said) == (3, ())
    assert len(results(room).questions[6].said) == 3


def test_Q10_a_named_survey_that_is_shared_tells_the_others_nothing_of_two():
    room = given_a_survey(named=True)
    answers(room.lyon, ready1=5)
    room.facilitator.asks(SurveyShare())
    for audience in (EVERYONE, SCREEN, PUBLIC):
        assert results(room, audience).withheld
    assert not results(room).withheld


def test_Q9_nobody_but_their_author_is_ever_shown_answers_as_such():
    room = given_a_survey(named=True)
    answers(room.lyon, ready6="Entre nous")
    given = room.story.board.need(Answers, room.lyon.id)
    for audience in (FACILITATORS, EVERYONE, SCREEN, PUBLIC, Only(room.dakar.id), Only(room.facilitator.id)):
        assert not may_see(room.story.board, given, audience)
    assert may_see(room.story.board, given, Only(room.lyon.id))


def test_Q10_of_an_anonymous_survey_nothing_is_told_before_three_have_answered():
    room = given_a_survey()
    for who, text in ((room.lyon, "zèbre"), (room.dakar, "âne")):
        answers(who, ready1=5, ready6=text)
        assert (results(room).withheld, results(room).questions) == (True, ())
    answers(room.facilitator, ready1=3, ready6="Mouton")
    told = results(room)
    assert (told.people, told.withheld) == (3, False)
    assert [each.text for each in told.questions[5].said] == ["âne", "Mouton", "zèbre"]
    assert all((each.name, each.place) == ("", "") for each in told.questions[5].said)


def test_Q11_a_question_is_counted_by_options_or_numbers_with_its_mean():
    room = given_a_survey(named=True)
    answers(room.lyon, ready1=5, ready4=[0, 1])
    answers(room.dakar, ready1=2, ready4=[1])
    useful, _, uses, helps, *_ = results(room).questions
    assert [count.people for count in useful.counts] == [0, 1, 0, 0, 1]
    assert (useful.people, useful.mean, useful.counts[0].texts["fr"]) == (2, 3.5, "Pas utile")
    assert [count.people for count in helps.counts] == [1, 2, 0, 0]
    assert (uses.people, uses.mean, uses.most) == (0, None, 0)


def of_places(*counts: int) -> list[tuple[str, int]]:
    """What is told by place when so many people of several places answered the first question."""
    room = given_a_survey()
    for number, people in enumerate(counts):
        for each in range(people):
            answers(room.story.joins(f"Place {number}", name=f"p{number}-{each}"), ready1=1 + each % 5)
    return [(each.place, each.people) for each in results(room).questions[0].places]


def test_Q12_a_place_of_which_fewer_than_three_answered_is_not_told_apart_nor_by_what_is_left_over():
    assert of_places(3, 4) == [("Place 1", 4), ("Place 0", 3)]
    assert of_places(2, 4) == []
    assert of_places(2, 3, 4) == [("Place 2", 4)]
    assert of_places(2, 1, 4) == [("Place 2", 4)]


def test_Q13_facilitators_see_the_charts_and_everybody_once_they_are_shared():
    room = given_a_survey(named=True)
    board = room.story.board
    assert survey_results(board, EVERYONE) is None
    room.facilitator.asks(SurveyShare())
    for audience in (EVERYONE, SCREEN, PUBLIC):
        assert survey_results(board, audience) is not None
    room.facilitator.blanks()
    assert survey_results(board, EVERYONE) is None
    assert survey_results(board, FACILITATORS) is not None
    with refused("only-facilitators"):
        room.lyon.asks(SurveyShare())


def test_Q13_a_draft_is_shared_with_nobody():
    room = given_a_survey(opened=False)
    assert survey_results(room.story.board, FACILITATORS) is None
    with refused("not-now"):
        room.facilitator.asks(SurveyShare())


def test_Q14_neither_answers_nor_the_opening_of_a_survey_are_undone():
    room = given_a_survey()
    with refused("not-undoable"):
        room.facilitator.undoes()
    answers(room.lyon, ready1=4)
    with refused("not-undoable"):
        room.facilitator.undoes()
    answers(room.lyon)
    with refused("not-undoable"):
        room.facilitator.undoes()


def test_Q15_clearing_takes_the_answers_away_and_a_copy_has_the_questions_alone():
    room = given_a_survey()
    answers(room.lyon, ready1=4)
    copied = rehearsal_of(room.story.board, title="Copy", now=2_000.0)
    assert sum(isinstance(each, Question) for each in copied) == len(READY)
    assert not any(isinstance(each, Answers) for each in copied)
    room.facilitator.asks(BoardClear(keep="agenda"))
    assert (survey_of(room.story.board).state, room.story.board.count(Answers)) == ("draft", 0)
    room.facilitator.undoes()
    assert (survey_of(room.story.board).state, room.story.board.count(Answers)) == ("open", 1)


def test_Q16_answers_stay_when_somebody_is_removed_because_their_going_would_name_them():
    room = given_a_survey()
    answers(room.lyon, ready6="Sans nom")
    room.facilitator.removes(room.lyon, hide_notes=True)
    assert room.story.board.count(Answers) == 1
