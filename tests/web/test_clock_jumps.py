"""The server's clock jumps by an hour, forward or back: nothing ends, nobody is sent away, and the order stays."""

import pytest

from tests.web.visiting import Session

AN_HOUR = 3_600.0


@pytest.mark.parametrize("jump", [AN_HOUR, -AN_HOUR], ids=["forward", "back"])
async def test_a_jump_of_the_clock_ends_nothing_and_sends_nobody_away(session: Session, jump: float) -> None:
    writer = await session.participant()
    await session.in_a_writing_step()
    first, second = [await session.note(writer, text) for text in ("Before the jump", "Also before")]
    await session.runs("timer.start", seconds=300)
    ballot = await session.ballot(first, second, sealed=False)
    was = await writer.board(session.id)
    async with writer.follows(session.id, f"since={was['seq']}&epoch={was['epoch']}") as socket:
        session.place.clock.passes(jump)
        # Who is here is counted by a clock that does not jump; the heartbeat tells pages by how much theirs is off.
        room = await session.place.house.room(session.id)
        assert room is not None
        room.telling.look_round()
        room.telling.beat(session.place.clock.now)
        assert (await socket.hears_of("now"))["now"] == pytest.approx(session.place.clock.now)
        people = (await session.facilitator.board(session.id))["people"]
        assert [each["here"] for each in people if each["id"] == writer.person] == [True]
        third = await session.note(writer, "After the jump")
        assert "After the jump" in (await socket.hears_of("content", "After the jump"))["content"]
        assert (await writer.asks(session.id, "ballot.cast", ballot=ballot, choices={f"note:{first}": 1})).is_success
        now = await writer.board(session.id)
        assert (now["epoch"], now["step"], now["timer"]) == (was["epoch"], was["step"], was["timer"])
        assert [each["id"] for each in now["notes"]] == [first, second, third]
        assert [each["state"] for each in now["ballots"]] == ["open"]
        session.place.clock.passes(-jump)
        fourth = await session.note(writer, "The clock is right again")
        assert [each["id"] for each in (await writer.board(session.id))["notes"]][-1] == fourth
        assert "right again" in (await socket.hears_of("content", "right again"))["content"]
    newcomer = await session.participant("Harbour desk")
    assert (await newcomer.get(f"/b/{session.id}")).status_code == 200
    assert (await session.facilitator.get(f"/b/{session.id}")).status_code == 200
    numbers = [entry.seq for entry in room.history.newest(99)]
    assert sorted(numbers, reverse=numbers[0] > numbers[-1]) == numbers
    # What was tried too often is counted by a clock that does not jump.
    refusals = [(await writer.asks(session.id, "hand", up=True)).status_code for _ in range(70)]
    assert 429 in refusals
