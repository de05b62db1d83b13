"""The board as programs read it: its fields, each list as its asker may see it; and the exports beside it."""

import csv
import io

from tests.web.visiting import Session

SHARED = {
    "board",
    "seq",
    "epoch",
    "title",
    "rehearsal",
    "me",
    "steps",
    "step",
    "timer",
    "notes",
    "comments",
    "themes",
    "headlines",
    "ballots",
}
STEP = {"id", "kind", "title", "prompt", "minutes", "silent", "approve_first", "anonymous", "write", "react"}
STEP |= {"group"}
NOTE = {"id", "step", "text", "language", "place", "country", "theme", "state", "reactions", "seq", "pinned", "late"}
NOTE |= {"translations", "credits", "made_of"}
SHARED |= {"starts_at", "zone", "actions", "survey"}
COMMENT = {"id", "note", "text", "language", "place", "country", "state", "seq"}
PERSON = {"id", "name", "place", "country", "role", "state", "muted", "here"}
ROW = {"ref", "rank", "dots", "people", "places", "place_rank", "against", "against_places", "tied"} | {
    *("by_place", "by_person", "on_behalf", "reasons")
}
BALLOT = {"id", "title", "method", "state", "round", "candidates"}


async def test_each_field_is_there_and_no_other(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    first, second = await session.note(writer, "One"), await session.note(writer, "Two")
    await session.ballot(first, second, sealed=False)
    board = await session.facilitator.board(session.id)
    assert set(board) == SHARED | {"people"}
    assert set(board["me"]) == {"person", "role", "state", "place", "dots_left", "into"}
    assert set(board["timer"]) == {"ends_at", "left"}
    assert {frozenset(step) for step in board["steps"]} == {frozenset(STEP)}
    assert {frozenset(note) for note in board["notes"]} == {frozenset(NOTE | {"author"})}
    assert {frozenset(person) for person in board["people"]} == {frozenset(PERSON)}
    assert {frozenset(ballot) for ballot in board["ballots"]} == {frozenset(BALLOT | {"tally"})}
    assert {frozenset(row) for row in board["ballots"][0]["tally"]} == {frozenset(ROW)}


async def test_a_merged_note_tells_its_places_and_each_author_where_theirs_lives_on(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    first, second = await session.note(writer, "One"), await session.note(writer, "Two")
    one = (await session.runs("note.merge", notes=[first, second], text="Both"))["made"]["note"]
    board = await writer.board(session.id)
    assert board["me"]["into"] == {first: one, second: one}
    (note,) = board["notes"]
    assert [each["text"] for each in note["made_of"]] == ["One", "Two"]
    assert [each["place"] for each in note["credits"]] == [board["me"]["place"]]
    assert "author" not in note


async def test_people_are_listed_for_facilitators_alone(session: Session):
    for visitor in (await session.participant(), await session.seated("observer")):
        assert set(await visitor.board(session.id)) == SHARED
    assert "people" in await (await session.seated("cohost")).board(session.id)


async def test_a_sealed_ballot_tells_nobody_how_it_stands_until_it_closes(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    first, second = await session.note(writer, "One"), await session.note(writer, "Two")
    ballot = await session.ballot(first, second)
    await writer.asks(session.id, "ballot.cast", ballot=ballot, choices={f"note:{first}": 1})
    for visitor in (writer, session.facilitator):
        assert "tally" not in (await visitor.board(session.id))["ballots"][0]
    await session.runs("ballot.close", ballot=ballot)
    for visitor in (writer, session.facilitator):
        tally = (await visitor.board(session.id))["ballots"][0]["tally"]
        assert [(row["ref"], row["dots"]) for row in tally] == [(f"note:{first}", 1), (f"note:{second}", 0)]


async def test_a_note_that_waits_is_listed_for_those_who_may_see_it(session: Session):
    writer = await session.participant()
    step = await session.in_a_writing_step()
    await session.runs("step.settings", step=step, approve_first=True)
    note = await session.note(writer, "Waits")
    assert (await writer.board(session.id))["notes"] == []
    listed = (await session.facilitator.board(session.id))["notes"]
    assert [(each["id"], each["state"]) for each in listed] == [(note, "waiting")]


async def test_what_is_not_for_publication_is_in_no_export(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    await session.note(writer, "For all to read")
    await session.note(writer, "Not to be published", attribution="unpublished")
    for form in ("json", "csv", "md"):
        for visitor in (writer, session.facilitator):
            answer = await visitor.get(f"/b/{session.id}/export.{form}")
            assert answer.status_code == 200
            assert "For all to read" in answer.text
            assert "Not to be published" not in answer.text
            assert f'filename="flipchart-{session.id}.{form}"' in answer.headers["content-disposition"]


async def test_comments_and_translations_are_listed_with_what_they_say_of_who_made_them(session: Session):
    writer, other = await session.participant(), await session.participant("Harbour desk", "Dakar")
    await session.in_a_writing_step()
    note, secret = await session.note(writer, "Shade"), await session.note(writer, "Mud", attribution="unpublished")
    for on, text, how in ((note, "And benches", "place"), (note, "=1+1", "anonymous"), (secret, "And dust", "place")):
        answer = await other.asks(session.id, "note.comment", note=on, text=text, attribution=how)
        assert answer.status_code == 200
    await other.asks(session.id, "note.translate", note=note, language="fr", text="De l’ombre")
    await writer.asks(session.id, "note.edit", note=note, text="More shade", base=10_000)
    board = await writer.board(session.id)
    signed, unsigned, _ = board["comments"]
    assert set(signed) == COMMENT | {"author", "at"}
    assert set(unsigned) == COMMENT
    assert (signed["author"], signed["place"], unsigned["place"]) == (other.person, "Dakar", "")
    listed = next(each for each in board["notes"] if each["id"] == note)
    assert listed["translations"] == [{"language": "fr", "text": "De l’ombre", "place": "Dakar", "outdated": True}]
    written = {form: (await writer.get(f"/b/{session.id}/export.{form}")).text for form in ("json", "csv", "md")}
    for text in written.values():
        assert all(words in text for words in ("And benches", "De l’ombre"))
        assert "And dust" not in text
        assert other.person not in text
    (row,) = csv.DictReader(io.StringIO(written["csv"].removeprefix("\ufeff")))
    assert (row["comments"], row["translations"]) == ("Dakar: And benches\n=1+1", "fr: De l’ombre")


async def test_the_table_has_a_row_for_each_note(session: Session):
    writer = await session.participant()
    await session.in_a_writing_step()
    for number in range(3):
        await session.note(writer, f"Note, with a comma; {number}")
    answer = await writer.get(f"/b/{session.id}/export.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["text"] for row in rows] == [f"Note, with a comma; {number}" for number in range(3)]


async def test_without_a_seat_nothing_is_read(session: Session):
    stranger = session.place.visitor()
    for path in (f"/api/boards/{session.id}", f"/b/{session.id}/export.csv", f"/b/{session.id}/results"):
        answer = await stranger.get(path, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["refused"]) == (401, "no-seat")


async def test_another_form_of_export_is_not_found(session: Session):
    assert (await session.facilitator.get(f"/b/{session.id}/export.exe")).status_code == 404
