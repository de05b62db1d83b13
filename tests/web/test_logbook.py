"""The log: what hosts did, and nothing by which the author of an unsigned note could be found."""

import re

from tests.web.visiting import Session, words_of


async def log_of(session: Session) -> list[str]:
    """The lines as the facilitator reads them, newest first: each with its undo, without times and numbers."""
    page = (await session.facilitator.get(f"/b/{session.id}/log")).text
    lines = re.findall(r"<li>(.*?)</li>", page.partition('<ol class="log">')[2], re.DOTALL)
    return [re.sub(r"[0-9:]+", "", words_of(line)).strip() for line in lines]


async def test_muting_authors_reads_the_same_whoever_they_are(session: Session):
    writer, other = await session.participant(), await session.participant("Port", "Dakar")
    await session.in_a_writing_step()
    unsigned = await session.note(writer, attribution="anonymous")
    for signed in [await session.note(writer), await session.note(other)]:
        first = await session.runs("note.mute_author", note=unsigned)
        second = await session.runs("note.mute_author", note=signed)
        for answer in (second, first):
            await session.runs("board.undo", seq=answer["seq"])
    log = await log_of(session)
    assert log[:4] == log[4:8]
    assert "Undo" in log[3]


async def test_giving_the_word_back_tells_nobody_whose_it_was(session: Session):
    writer, other = await session.participant(), await session.participant("Port", "Dakar")
    await session.in_a_writing_step()
    await session.runs("note.mute_author", note=await session.note(writer, attribution="anonymous"))
    for person in (writer, other):
        await session.runs("person.mute", person=person.person, on=False)
    log = await log_of(session)
    assert log[0] == log[1]


async def test_what_people_did_to_their_own_notes_is_not_told_once_they_facilitate(session: Session):
    writer = await session.participant("Quay office", "Lyon")
    await session.in_a_writing_step()
    gone, returned = [await session.note(writer, attribution="anonymous") for _ in range(2)]
    await session.runs("note.return", note=returned, reason="rephrase")
    for answer in (
        await writer.asks(session.id, "note.delete", note=gone),
        await writer.asks(session.id, "note.restore", note=gone),
        await writer.asks(session.id, "note.resubmit", note=returned, text="In other words"),
    ):
        assert answer.status_code == 200
    await session.runs("person.promote", person=writer.person)
    assert [line for line in await log_of(session) if line.startswith("Quay office")] == [
        "Quay office joined the board"
    ]


async def test_what_hosts_say_of_notes_is_not_told_and_what_they_moderate_is(session: Session):
    writer = await session.participant("Quay office", "Lyon")
    await session.in_a_writing_step()
    note = await session.note(writer)
    made = await writer.asks(session.id, "note.comment", note=note, text="And benches", attribution="anonymous")
    own = await session.runs("note.comment", note=note, text="And lamps", attribution="anonymous")
    await session.runs("note.translate", note=note, language="fr", text="Chaque rue un jardin")
    await session.runs("comment.delete", comment=own["made"]["comment"])
    before = len(await log_of(session))
    await session.runs("comment.hide", comment=made.json()["made"]["comment"], on=True)
    await session.runs("comment.hide", comment=made.json()["made"]["comment"], on=False)
    log = await log_of(session)
    assert [line.split("comment")[0] for line in log[:2]] == ["Hall of cities showed a ", "Hall of cities hid a "]
    assert len(log) == before + 2
    assert not any("comment" in line or "translat" in line for line in log[2:])
