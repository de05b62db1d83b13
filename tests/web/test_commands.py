"""A person asks: the three ways of asking, the shapes of the answers, and what makes an asking the same one."""

import json
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.web.visiting import Session, Visitor, elements_of, refusal_of, words_of


@pytest_asyncio.fixture(loop_scope="module")
async def writer(session: Session) -> Visitor:
    """A participant in a step in which people write."""
    await session.in_a_writing_step()
    return await session.participant()


async def test_a_program_is_answered_with_the_seq_and_what_was_made(session: Session, writer: Visitor):
    id_ = str(uuid4())
    before = (await writer.board(session.id))["seq"]
    answer = await writer.asks(session.id, "note.add", id=id_, step=session.step("write"), text="Streets")
    assert answer.status_code == 200
    assert set(answer.json()) == {"id", "seq", "made"}
    assert (answer.json()["id"], answer.json()["seq"]) == (id_, before + 1)
    assert answer.headers["flipchart-seq"] == str(before + 1)
    assert answer.headers["cache-control"] == "no-store"
    assert [note["id"] for note in (await writer.board(session.id))["notes"]] == [answer.json()["made"]["note"]]


async def test_what_makes_nothing_names_nothing(session: Session):
    answer = await session.facilitator.asks(session.id, "board.lock", on=True)
    assert set(answer.json()) == {"id", "seq"}


async def test_a_scripts_form_is_answered_with_the_seq_and_no_page(session: Session, writer: Visitor):
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": "Streets"}
    answer = await writer.sends(session.id, fields, HX_Request="true")
    assert (answer.status_code, answer.content) == (204, b"")
    assert int(answer.headers["flipchart-seq"]) == (await writer.board(session.id))["seq"]


async def test_a_plain_form_leads_back_to_the_board(session: Session, writer: Visitor):
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": "Streets"}
    answer = await writer.sends(session.id, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}")
    assert int(answer.headers["flipchart-seq"]) == (await writer.board(session.id))["seq"]


async def test_a_plain_form_leads_on_within_its_board(session: Session):
    for onward in (f"/b/{session.id}?step=s1", f"/b/{session.id}/people", f"/b/{session.id}#note-n1"):
        fields = {"do": "board.lock", "id": str(uuid4()), "on": "true", "next": onward}
        answer = await session.facilitator.sends(session.id, fields)
        assert answer.headers["location"] == onward


ELSEWHERE = [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "",
    "/\t/elsewhere.example", "/\n/elsewhere.example", "javascript:alert(1)", "data:text/html,x", " //elsewhere.example",
    "http:elsewhere.example", "/b/{board}\\..\\..", "/b/{board}\r\nSet-Cookie: a=b", "/%09/elsewhere.example",
    "//elsewhere.example/b/{board}", "@elsewhere.example", "/b/{board}@elsewhere.example\x00",
]  # fmt: skip


@pytest.mark.parametrize("onward", ELSEWHERE)
async def test_no_form_leads_elsewhere(session: Session, onward):
    onward = onward.format(board=session.id)
    fields = {"do": "board.lock", "id": str(uuid4()), "on": "true", "next": onward}
    asked = await session.facilitator.sends(session.id, fields)
    chosen = await session.facilitator.form("/language", {"language": "fr", "next": onward})
    for answer in (asked, chosen):
        location = answer.headers["location"]
        assert answer.status_code == 303
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "elsewhere" not in location or location == onward == "/%09/elsewhere.example"
        assert "a=b" not in answer.headers.get("set-cookie", "")


async def test_a_refusal_tells_a_program_its_code_its_sentence_and_its_facts(session: Session, writer: Visitor):
    id_ = str(uuid4())
    answer = await writer.asks(session.id, "note.add", id=id_, step=session.step("write"), text="x" * 281)
    assert answer.status_code == 422
    assert answer.json() == {
        "id": id_,
        "refused": "too-long",
        "message": "This is too long: it can have up to 280 characters. Please shorten it a little.",
        "facts": {"max": 280, "field": "text"},
    }


async def test_a_refusal_of_a_scripts_form_is_a_fragment_beside_the_field(session: Session, writer: Visitor):
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": "x" * 281}
    answer = await writer.sends(session.id, fields, HX_Request="true")
    first = elements_of(answer.text)[0]
    assert answer.status_code == 422
    assert (first.attributes["role"], first.attributes["data-code"]) == ("alert", "too-long")
    assert first.attributes["data-field"] == "text"
    assert "280" in words_of(answer.text)
    assert "<html" not in answer.text


async def test_a_refusal_of_a_plain_form_is_the_whole_page_with_what_was_typed(session: Session, writer: Visitor):
    typed = "a text that is kept " * 20
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": typed}
    answer = await writer.sends(session.id, fields)
    assert answer.status_code == 422
    assert "<html" in answer.text
    assert typed in answer.text
    assert "up to 280 characters" in words_of(answer.text)


@pytest.mark.parametrize(("speaks", "begins"), [("fr", "Ce texte"), ("es", "Este texto"), ("en", "This")])
async def test_a_refusal_speaks_the_askers_language(session: Session, speaks, begins):
    await session.in_a_writing_step()
    visitor = session.place.visitor(speaks="en")
    await visitor.joins(session.link("join"), language=speaks)
    answer = await visitor.asks(session.id, "note.add", step=session.step("write"), text="x" * 281)
    assert answer.json()["message"].startswith(begins)


async def test_without_a_seat_a_refusal_speaks_the_browsers_language(session: Session):
    answer = await session.place.visitor(speaks="fr-CA,en;q=0.3").asks(session.id, "note.add")
    assert answer.json()["message"].startswith("Vous")


async def test_the_same_asking_gets_its_first_answer_and_has_one_effect(session: Session, writer: Visitor):
    fields = {"id": str(uuid4()), "step": session.step("write"), "text": "Once"}
    first = await writer.asks(session.id, "note.add", **fields)
    for _ in range(3):
        assert (await writer.asks(session.id, "note.add", **fields)).json() == first.json()
    assert len((await writer.board(session.id))["notes"]) == 1


async def test_the_same_asking_is_the_same_whichever_way_it_comes(session: Session, writer: Visitor):
    fields = {"do": "note.add", "id": str(uuid4()), "step": session.step("write"), "text": "Once"}
    plain = await writer.sends(session.id, fields)
    script = await writer.sends(session.id, fields, HX_Request="true")
    program = await writer.post(f"/b/{session.id}/commands", json=fields)
    assert {answer.headers["flipchart-seq"] for answer in (plain, script, program)} == {plain.headers["flipchart-seq"]}
    assert len((await writer.board(session.id))["notes"]) == 1


async def test_what_changed_nothing_also_keeps_its_answer(session: Session):
    id_ = str(uuid4())
    first = await session.facilitator.asks(session.id, "timer.stop", id=id_)
    await session.runs("board.lock", on=True)
    assert (await session.facilitator.asks(session.id, "timer.stop", id=id_)).json() == first.json()


async def test_the_same_id_with_other_words_is_refused(session: Session, writer: Visitor):
    fields = {"id": str(uuid4()), "step": session.step("write")}
    await writer.asks(session.id, "note.add", text="One", **fields)
    assert refusal_of(await writer.asks(session.id, "note.add", text="Other", **fields)) == (422, "id-reused")
    assert [note["text"] for note in (await writer.board(session.id))["notes"]] == ["One"]


async def test_the_same_id_from_somebody_else_is_another_asking(session: Session, writer: Visitor):
    other = await session.participant("Other", "Dakar")
    fields = {"id": str(uuid4()), "step": session.step("write"), "text": "Both"}
    assert (await writer.asks(session.id, "note.add", **fields)).status_code == 200
    assert (await other.asks(session.id, "note.add", **fields)).status_code == 200
    assert len((await writer.board(session.id))["notes"]) == 2


async def test_a_refused_asking_is_decided_afresh(session: Session):
    writer = await session.participant()
    later = session.step("write")
    fields = {"id": str(uuid4()), "step": later, "text": "Early"}
    assert refusal_of(await writer.asks(session.id, "note.add", **fields)) == (422, "not-now")
    await session.runs("agenda.go", step=later)
    assert (await writer.asks(session.id, "note.add", **fields)).status_code == 200


async def test_without_a_seat_nothing_is_accepted(session: Session):
    stranger = session.place.visitor()
    assert refusal_of(await stranger.asks(session.id, "board.lock")) == (401, "no-seat")
    fields = {"do": "board.lock", "id": str(uuid4()), "on": "true"}
    assert (await stranger.sends(session.id, fields)).status_code == 401
    assert (await stranger.sends(session.id, fields, HX_Request="true")).status_code == 401


@pytest.mark.parametrize("board", ["aaaaaaaa", "AAAAAAAA", "x", "..", "%00", "é", "a" * 400, "null", "' OR 1=1"])
async def test_on_a_board_that_there_is_not_nothing_is_found(session: Session, board):
    visitor = session.facilitator
    assert (await visitor.asks(board, "board.lock")).status_code == 404
    assert (await visitor.get(f"/api/boards/{board}")).status_code == 404
    async with visitor.follows(board) as socket:
        assert await socket.ends() == 4404


async def test_a_seat_on_one_board_is_none_on_another(session: Session):
    other = await session.place.board()
    assert refusal_of(await session.facilitator.asks(other.id, "board.lock")) == (401, "no-seat")


TITLE = {"field": "title"}


@pytest.mark.parametrize(
    ("fields", "code", "facts"),
    [
        ({"do": "note.burn"}, "unknown", {"what": "command"}),
        ({"do": "person.join", "name": "x", "place": "y", "language": "en"}, "unknown", {"what": "command"}),
        ({"do": ["note.add"]}, "unknown", {"what": "command"}),
        ({"do": None}, "unknown", {"what": "command"}),
        ({"do": "__class__"}, "unknown", {"what": "command"}),
        ({}, "unknown", {"what": "command"}),
        ({"do": "board.lock", "id": "short"}, "invalid", {"field": "id"}),
        ({"do": "board.lock", "id": 12345678}, "invalid", {"field": "id"}),
        ({"do": "board.lock", "id": None}, "invalid", {"field": "id"}),
        ({"do": "board.lock", "id": "x" * 65}, "invalid", {"field": "id"}),
        ({"do": "board.lock", "id": "12345678\n"}, "invalid", {"field": "id"}),
        ({"do": "board.lock", "on": "perhaps"}, "invalid", {"field": "on"}),
        ({"do": "board.lock", "on": []}, "invalid", {"field": "on"}),
        ({"do": "board.lock", "off": True}, "invalid", {"field": "off"}),
        ({"do": "board.lock", "<script>": True}, "invalid", {"field": "body"}),
        ({"do": "board.lock", "\ud800": True}, "invalid", {"field": "body"}),
        ({"do": "board.lock", "__proto__": {"on": True}}, "invalid", {"field": "__proto__"}),
        ({"do": "board.rename"}, "invalid", {"field": "title"}),
        ({"do": "board.rename", "title": 5}, "invalid", {"field": "title"}),
        ({"do": "board.rename", "title": "\ud83d"}, "empty", {"field": "title"}),
        ({"do": "board.rename", "title": "  "}, "empty", {"field": "title"}),
        ({"do": "agenda.go", "step": "s0"}, "unknown", {"what": "step"}),
        ({"do": "note.hide", "note": "n0"}, "unknown", {"what": "note"}),
        ({"do": "agenda.add", "kind": "dance", "title": {"en": "x"}, "minutes": 1}, "invalid", {"field": "kind"}),
        ({"do": "agenda.add", "kind": "talk", "title": "x", "minutes": 1}, "invalid", {"field": "title"}),
        ({"do": "agenda.add", "kind": "talk", "title": {"en": "x"}, "minutes": 601}, "invalid", {"field": "minutes"}),
        ({"do": "agenda.add", "kind": "talk", "title": {"__proto__": "x"}, "minutes": 1}, "invalid", TITLE),
        ({"do": "timer.extend", "seconds": 10**30}, "invalid", {"field": "seconds"}),
        ({"do": "timer.extend", "seconds": 1.5}, "invalid", {"field": "seconds"}),
        ({"do": "door.set", "open": "ajar"}, "invalid", {"field": "open"}),
        ({"do": "door.rotate", "role": "public"}, "invalid", {"field": "role"}),
        ({"do": "board.undo", "seq": -1}, "unknown", {"what": "entry"}),
        ({"do": "board.undo", "seq": 10**300}, "unknown", {"what": "entry"}),
        ({"do": "note.add", "step": "s", "text": "x", "for": "Lyon"}, "invalid", {"field": "for"}),
        ({"do": "note.add", "step": "s", "text": "x", "on_behalf": {}}, "invalid", {"field": "on_behalf"}),
    ],
)
async def test_what_cannot_be_used_is_refused_by_its_name(session: Session, fields, code, facts):
    sent = {"id": str(uuid4()), **fields}
    before = (await session.facilitator.board(session.id))["seq"]
    answer = await session.facilitator.post(f"/b/{session.id}/commands", json=sent)
    assert refusal_of(answer) == (422, code)
    assert {name: answer.json()["facts"][name] for name in facts} == facts
    assert (await session.facilitator.board(session.id))["seq"] == before


async def test_an_id_that_is_none_is_not_given_back(session: Session):
    for id_ in ("<script>", ["x"], float("1e308"), {"a": {"b": []}}, "\udc00" * 10):
        answer = await session.facilitator.asks(session.id, "board.lock", id=id_)
        assert answer.json()["id"] is None


async def test_words_of_a_note_changed_since_are_given_with_the_refusal(session: Session, writer: Visitor):
    note = await session.note(writer, "First wording")
    seen = (await writer.board(session.id))["seq"]
    await session.runs("note.edit", note=note, text="Second wording", base=seen)
    answer = await writer.asks(session.id, "note.edit", note=note, text="Third wording", base=seen)
    assert refusal_of(answer) == (422, "changed-since")
    assert answer.json()["facts"]["text"] == "Second wording"
    assert "Second wording" in answer.json()["message"]


async def test_somebody_elses_note_is_theirs(session: Session, writer: Visitor):
    note = await session.note(writer)
    other = await session.participant("Other", "Dakar")
    seq = (await other.board(session.id))["seq"]
    asked = {"note.edit": {"text": "Mine", "base": seq}, "note.delete": {}, "note.color": {"color": "sky"}}
    for do, more in asked.items():
        assert refusal_of(await other.asks(session.id, do, note=note, **more)) == (422, "not-yours")


async def test_participants_are_refused_what_facilitators_do(session: Session, writer: Visitor):
    note = await session.note(writer)
    asked = [
        ("note.hide", {"note": note}), ("agenda.go", {"step": session.step("write")}), ("door.set", {"open": "closed"}),
        ("door.rotate", {"role": "join"}), ("person.remove", {"person": session.made["person"]}), ("board.blank", {}),
        ("board.undo", {"seq": 1}), ("ballot.open", {"title": "x", "candidates": [f"note:{note}", "note:x"]}),
        ("person.promote", {"person": writer.person}), ("board.announce", {"text": "x"}), ("timer.stop", {}),
    ]  # fmt: skip
    for do, fields in asked:
        assert refusal_of(await writer.asks(session.id, do, **fields)) == (422, "only-facilitators"), do


async def test_observers_are_refused_all_that_is_written(session: Session):
    await session.in_a_writing_step()
    observer = await session.seated("observer")
    answer = await observer.asks(session.id, "note.add", step=session.step("write"), text="x")
    assert refusal_of(answer) == (422, "read-only")


async def test_a_screens_seat_asks_for_nothing(session: Session):
    screen = await session.seated("screen")
    assert refusal_of(await screen.asks(session.id, "board.lock")) == (401, "no-seat")


async def test_votes_are_refused_by_what_is_wrong_with_them(session: Session, writer: Visitor):
    first, second = await session.note(writer, "One"), await session.note(writer, "Two")
    ballot = await session.ballot(first, second, dots=3, per_candidate=2)

    async def cast(choices):
        return await writer.asks(session.id, "ballot.cast", ballot=ballot, choices=choices)

    assert refusal_of(await cast({f"note:{first}": 3})) == (422, "too-many-on-one")
    assert refusal_of(await cast({f"note:{first}": 2, f"note:{second}": 2})) == (422, "no-dots-left")
    assert refusal_of(await cast({f"note:{first}": -1})) == (422, "invalid")
    assert refusal_of(await cast({f"note:{first}": 10**40})) == (422, "too-many-on-one")
    assert refusal_of(await cast({"note:elsewhere": 1})) == (422, "unknown")
    assert refusal_of(await cast({})) == (422, "invalid")
    assert refusal_of(await cast("note:x")) == (422, "invalid")
    assert (await writer.board(session.id))["me"]["dots_left"] == {ballot: 3}
    await session.runs("ballot.close", ballot=ballot)
    assert refusal_of(await cast({f"note:{first}": 1})) == (422, "ballot-closed")


async def test_a_form_carries_lists_and_maps(session: Session, writer: Visitor):
    first, second = await session.note(writer, "One"), await session.note(writer, "Two")
    opening = [
        ("do", "ballot.open"), ("id", str(uuid4())), ("title", "Which one?"), ("dots", "3"), ("per_candidate", "2"),
        ("candidates", f"note:{first}"), ("candidates", f"note:{second}"), ("sealed", "false"), ("quorum", ""),
    ]  # fmt: skip
    assert (await session.facilitator.sends(session.id, opening)).status_code == 303
    ballot = (await writer.board(session.id))["ballots"][0]
    assert ballot["candidates"] == [f"note:{first}", f"note:{second}"]
    casting = [("do", "ballot.cast"), ("id", str(uuid4())), ("ballot", ballot["id"]), (f"choices.note:{first}", "2"),
               (f"choices.note:{second}", "")]  # fmt: skip
    assert (await writer.sends(session.id, casting)).status_code == 303
    assert (await writer.board(session.id))["me"]["dots_left"] == {ballot["id"]: 1}


async def test_a_form_carries_a_text_for_each_language(session: Session):
    named = {"title.fr": "Idées", "title.en": "Ideas", "title.es": "", "prompt.fr": "Quoi ?"}
    fields = {"do": "agenda.add", "id": str(uuid4()), "kind": "write", "minutes": "5", **named}
    assert (await session.facilitator.sends(session.id, fields)).status_code == 303
    added = (await session.facilitator.board(session.id))["steps"][-1]
    assert (added["title"], added["prompt"]) == ({"fr": "Idées", "en": "Ideas"}, {"fr": "Quoi ?"})


async def test_facilitators_write_for_people_who_are_not_online(session: Session):
    step = await session.in_a_writing_step()
    whom = {"for.place": "Dakar", "for.people": "3"}
    fields = {"do": "note.add", "id": str(uuid4()), "step": step, "text": "By phone", **whom}
    assert (await session.facilitator.sends(session.id, fields)).status_code == 303
    assert [note["place"] for note in (await session.facilitator.board(session.id))["notes"]] == ["Dakar"]


CLASHING = [
    [("do.x", "board.lock")], [("id.x", "1")], [("on", "true"), ("on.x", "true")], [(".", "x")], [("", "x")],
    [("candidates.x", "1"), ("candidates", "2")], [("candidates", "2"), ("candidates.x", "1")], [("a.b.c", "x")],
    [("do", ""), ("id", "")], [("choices.", "1")], [("x", "y")] * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("pairs", CLASHING)
async def test_a_form_that_is_put_together_wrongly_is_refused(session: Session, pairs):
    asked = [("do", "board.lock"), ("id", str(uuid4())), *pairs]
    answer = await session.facilitator.sends(session.id, asked, HX_Request="true")
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "application/x-json"])
async def test_a_body_of_another_kind_is_refused(session: Session, kind):
    body = json.dumps({"do": "board.lock", "id": str(uuid4()), "on": True})
    headers = {"Content-Type": kind, "Accept": "application/json"}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", content=body, headers=headers)
    assert refusal_of(answer) == (422, "invalid")
    assert answer.json()["facts"] == {"field": "body"}
