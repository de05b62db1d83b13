"""What comes after the hour, over the wire: the roadmap's calendar, the survey by forms, and whom its answers reach."""

import csv
import io
from uuid import uuid4

import icalendar

from tests.web.visiting import Session, Visitor

SECRET = "xqz-answer-zqx"


async def _in_the_roadmap(session: Session) -> Visitor:
    await session.runs("agenda.go", step=_step(session, "roadmap"))
    return await session.participant()


def _step(session: Session, kind: str) -> str:
    return next(step["id"] for step in session.steps if step["kind"] == kind)


async def _open(session: Session, **also: bool) -> None:
    await session.runs("survey.open", **also)


async def test_J16_the_days_of_the_roadmap_are_whole_days_under_ids_that_stay(session: Session):
    lyon = await _in_the_roadmap(session)
    assert (await lyon.get(f"/b/{session.id}/roadmap.ics")).status_code == 404
    made = (await lyon.asks(session.id, "action.add", text="Send, all; of it", due="2026-12-31", owner="Lyon")).json()
    await lyon.asks(session.id, "action.add", text="Some day")
    action = made["made"]["action"]
    await lyon.asks(session.id, "action.done", action=action)
    answer = await lyon.get(f"/b/{session.id}/roadmap.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["uid"]) == f"{action}.{session.id}@flipchart"
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat()) == ("2026-12-31", "2027-01-01")
    assert str(event["summary"]) == "Done: Send, all; of it"


async def test_J12_a_link_that_is_none_is_refused_and_a_safe_one_is_on_the_page(session: Session):
    lyon = await _in_the_roadmap(session)
    for link in ("javascript:alert(1)", "https://a@b.example", "data:text/html,x"):
        answer = await session.facilitator.asks(session.id, "feedback.edit", link=link)
        assert (answer.status_code, answer.json()["facts"]) == (422, {"field": "link"})
    await session.runs("feedback.edit", contact="office@example.org", link="https://example.org/next?a=1&b=2")
    page = (await lyon.get(f"/b/{session.id}")).text
    assert 'href="mailto:office@example.org"' in page
    assert 'href="https://example.org/next?a=1&amp;b=2"' in page


async def test_J2_an_action_is_added_and_done_by_plain_forms(session: Session):
    lyon = await _in_the_roadmap(session)
    form = [("do", "action.add"), ("id", str(uuid4())), ("text", "By a form"), ("owner", ""), ("due", "2026-02-30")]
    refused = await lyon.sends(session.id, form)
    assert refused.status_code == 422
    assert "By a form" in refused.text
    assert "2026-12-31" in refused.text
    form[-1] = ("due", "")
    assert (await lyon.sends(session.id, [*form[:1], ("id", str(uuid4())), *form[2:]])).status_code == 303
    (action,) = (await lyon.board(session.id))["actions"]
    assert (action["text"], action["due"], action["state"]) == ("By a form", "", "open")
    await lyon.asks(session.id, "action.done", action=action["id"])
    assert (await lyon.board(session.id))["actions"][0]["state"] == "done"


async def test_Q6_a_survey_is_answered_twice_by_a_plain_form_and_the_form_shows_what_one_answered(session: Session):
    await _open(session)
    lyon = await session.participant()
    sent = [("do", "survey.answer"), ("answers.ready1", "4"), ("answers.ready4.0", "0"), ("answers.ready4.2", "2")]
    text = ("answers.ready6", "More\r\ntrees")
    assert (await lyon.sends(session.id, [*sent, text, ("id", str(uuid4()))])).status_code == 303
    assert (await lyon.board(session.id))["survey"]["mine"] == {"ready1": "4", "ready4": "0 2", "ready6": "More\ntrees"}
    page = (await lyon.get(f"/b/{session.id}?step={_step(session, 'survey')}")).text
    assert 'name="answers.ready4.2" value="2" checked' in page
    assert "You have answered." in page
    again = [("do", "survey.answer"), ("answers.ready1", "5"), ("answers.ready6", ""), ("id", str(uuid4()))]
    assert (await lyon.sends(session.id, again)).status_code == 303
    assert (await lyon.board(session.id))["survey"]["mine"] == {"ready1": "5"}
    nothing = await (await session.participant()).sends(session.id, [("do", "survey.answer"), ("id", str(uuid4()))])
    assert nothing.status_code == 422


async def test_Q2_the_editor_adds_moves_and_removes_questions_without_scripts_and_keeps_what_is_refused(
    session: Session,
):
    host, address = session.facilitator, f"/b/{session.id}/survey"
    assert (await (await session.participant()).get(address)).status_code == 403
    base = [("do", "survey.edit"), ("next", address), ("base", "0")]
    one = [("questions.0.kind", "choice"), ("questions.0.text.en", "Yes?"), ("questions.0.options.en", "Yes\r\nNo\r\n")]
    two = [("questions.1.kind", "text"), ("questions.1.text.en", "Why?"), ("questions.1.options.en", "ignored")]
    new = [("questions.new.kind", "scale"), ("questions.new.text.en", "How much?"), ("questions.new.several", "true")]

    async def sends(*fields: tuple[str, str]) -> object:
        return await host.sends(session.id, [*fields, ("id", str(uuid4()))])

    wrong = await sends(*base, *one[:2], ("questions.0.options.en", "Only one"), *two)
    assert wrong.status_code == 422
    assert "Only one</textarea>" in wrong.text
    assert (await sends(*base, *one, *two, *new, ("change", "down.0"))).headers["location"] == address
    kinds = [each["kind"] for each in (await host.board(session.id))["survey"]["questions"]]
    assert kinds == ["text", "choice", "scale"]
    asked = (await host.board(session.id))["survey"]["questions"]
    assert asked[1]["options"] == [{"en": "Yes"}, {"en": "No"}]
    stale = await sends(*base, *one)
    assert stale.status_code == 422
    page = (await host.get(address)).text
    seen = page.partition('name="base" value="')[2].partition('"')[0]
    fresh = [("do", "survey.edit"), ("base", seen), *one, *two, ("change", "remove.0")]
    assert (await sends(*fresh)).status_code == 303
    assert [each["text"] for each in (await host.board(session.id))["survey"]["questions"]] == [{"en": "Why?"}]


async def test_Q9_an_answer_reaches_nobody_by_any_way_before_three_have_answered(session: Session):
    lyon, dakar = await session.participant(), await session.participant()
    await _open(session)
    await session.runs("survey.share")
    await lyon.asks(session.id, "survey.answer", answers={"ready6": SECRET, "ready1": 5})
    ways = ["", "/results", "/log", "/people", "/survey", "/survey/results", "/survey.csv"]
    ways += [f"/export.{form}" for form in ("json", "csv", "md")]
    for visitor in (dakar, session.facilitator):
        for way in ways:
            assert SECRET not in (await visitor.get(f"/b/{session.id}{way}")).text, way
        assert SECRET not in (await visitor.get(f"/api/boards/{session.id}")).text
    assert SECRET in (await lyon.get(f"/b/{session.id}")).text


async def test_Q17_the_table_of_the_answers_runs_nothing_in_a_spreadsheet(session: Session):
    await _open(session, named=True)
    lyon = await session.participant(name="=cmd()", place="+Lyon")
    await lyon.asks(session.id, "survey.answer", answers={"ready1": 5, "ready6": '=HYPERLINK("x")\nsecond'})
    assert (await lyon.get(f"/b/{session.id}/survey.csv")).status_code == 403
    answer = await session.facilitator.get(f"/b/{session.id}/survey.csv")
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    said = next(row for row in rows if row["kind"] == "text")
    assert said["answer"] == '\'=HYPERLINK("x")\nsecond'
    assert (said["name"], said["place"]) == ("'=cmd()", "'+Lyon")
    assert [row["people"] for row in rows if row["number"] == "1"] == ["0", "0", "0", "0", "1"]


async def test_Q5_the_survey_is_answered_from_the_same_link_once_the_session_is_over(session: Session):
    lyon = await session.participant()
    await _open(session)
    await session.runs("board.close")
    page = (await lyon.get(f"/b/{session.id}")).text
    assert "Answer the survey" in page
    assert (await lyon.asks(session.id, "survey.answer", answers={"ready1": 3})).status_code == 200
