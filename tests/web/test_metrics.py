"""What the server counts: every number moves by what it is about, names nobody, and is not for the public."""

import json

from app.board.deciding import RULES
from app.board.keeping import OutcomeUnknown, Unavailable
from app.store.memory import MemoryStore
from tests.metrics.reading import samples
from tests.web.visiting import Place, Session, Visitor, running, running_on

HERE = "127.0.0.1"


async def counted(place: Place) -> dict[tuple[str, ...], float]:
    """Every sample by its name and its labels' values, without the process."""
    return {key[:-1]: value for key, value in samples(await place.house.counted()).items()}


class Since:
    """What was counted since then."""

    def __init__(self, place: Place, before: dict[tuple[str, ...], float]) -> None:
        self.place, self.before = place, before

    async def more(self, *key: str) -> float:
        return (await counted(self.place)).get(key, 0.0) - self.before.get(key, 0.0)


async def since(place: Place) -> Since:
    return Since(place, await counted(place))


async def test_commands_are_counted_by_kind_and_by_what_they_came_to(session: Session):
    then = await since(session.place)
    await session.in_a_writing_step()
    await session.note(session.facilitator)
    await session.facilitator.asks(session.id, "note.add", step=session.step("write"), text="")
    await session.facilitator.asks(session.id, "no.such", secret="words")
    await session.facilitator.asks(session.id, "note.add", nonsense="words")
    total = "flipchart_commands_total"
    assert await then.more(total, "note.add", "accepted") == 1
    assert await then.more(total, "agenda.go", "accepted") == 1
    assert await then.more(total, "note.add", "empty") + await then.more(total, "note.add", "invalid") == 2
    assert await then.more(total, "unknown", "unknown") == 1
    assert await then.more("flipchart_commit_seconds_count") == 2
    assert await then.more("flipchart_commit_commands_sum") == 2


async def test_lines_frames_and_what_was_missed_are_counted(session: Session):
    place = session.place
    await session.in_a_writing_step()
    reader = await session.participant()
    then = await since(place)
    seen = await reader.board(session.id)
    query = f"since={seen['seq']}&epoch={seen['epoch']}&version={place.house.version}"
    async with reader.follows(session.id, query) as socket:
        await session.note(session.facilitator, "Seen by one line")
        await socket.hears_of("content", "Seen by one line")
        assert await then.more("flipchart_connections", "everyone", "socket") == 1
        assert await then.more("flipchart_outdated_pages_total") == 0
        socket.says(json.dumps({"seen": seen["seq"]}))
        assert await socket.hears_of("content", "Seen by one line")
        socket.says("nonsense")
        assert await socket.ends() == 1008
    assert await then.more("flipchart_fan_out_seconds_count") >= 1
    assert await then.more("flipchart_fan_out_bytes_total") > 500
    assert await then.more("flipchart_resyncs_total", "resumed") == 1
    assert await then.more("flipchart_lines_ended_total", "socket", "not-understood") == 1
    assert await then.more("flipchart_connections", "everyone", "socket") == 0
    async with reader.follows(session.id, "since=1&epoch=another&version=older") as socket:
        assert await socket.hears() == {"refresh": True}
    assert await then.more("flipchart_resyncs_total", "refreshed") == 1
    assert await then.more("flipchart_outdated_pages_total") == 1


async def test_limits_are_counted_by_their_gate(place: Place):
    visitor = place.visitor(address="198.51.100.99")
    then = await since(place)
    for number in range(12):
        await visitor.get(f"/join?code=ZZZZZ{number % 10}")
    assert await then.more("flipchart_limits_hit_total", "guesses") == 2


class Failing(MemoryStore):
    """A keeper whose commits end as it is told."""

    fault: type[Exception] | None = None

    def save(self, *args, **kwargs) -> None:
        if self.fault:
            raise self.fault
        super().save(*args, **kwargs)


async def test_no_label_holds_anything_that_somebody_wrote_or_is(session: Session):
    await session.in_a_writing_step()
    await session.note(await session.participant("Canary name", "Canary place"), "Canary words")
    told = (await session.place.house.counted()).decode()
    assert [word for word in ("anary", session.id, "198.51") if word in told] == []
    kinds = {key[1] for key in await counted(session.place) if key[0] == "flipchart_commands_total"}
    assert kinds <= {*RULES, "unknown"}


async def asks(visitor: Visitor, host: str = "localhost", **headers: str) -> int:
    answer = await visitor.get("/metrics", headers={"Host": host, **headers})
    assert (answer.status_code == 200) == ("flipchart_commands_total" in answer.text)
    return answer.status_code


async def test_without_a_key_only_this_machine_itself_is_answered(place: Place):
    here = place.visitor(address=HERE)
    assert await asks(here) == 200
    assert await asks(here, "127.0.0.1:8000") == 200
    assert await asks(here, "flipchart.example.org") == 404
    for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"):
        assert await asks(here, **{name: "127.0.0.1"}) == 404, name
    assert await asks(place.visitor()) == 404
    assert await asks(place.visitor(), Authorization="Bearer ") == 404


async def test_with_a_key_whoever_says_it_is_answered_and_nobody_else(tmp_path, blank):
    key = "a key for whoever watches over it"
    async with running(tmp_path, blank=blank, metrics_key=key) as place:
        far, here = place.visitor(), place.visitor(address=HERE)
        assert await asks(far, Authorization=f"Bearer {key}") == 200
        assert await asks(here) == 404
        for wrong in (key, f"Bearer {key}x", f"Bearer {key[:-1]}", "Bearer ", f"Basic {key}"):
            assert await asks(far, Authorization=wrong) == 404, wrong


async def test_faults_of_the_database_come_out_as_unknown(tmp_path):
    keeper = Failing()
    async with running_on(keeper) as place:
        session = await place.board()
        then = await since(place)
        keeper.fault = OutcomeUnknown
        await session.facilitator.asks(session.id, "board.lock")
        keeper.fault = Unavailable
        await session.facilitator.asks(session.id, "board.lock")
        keeper.fault = None
        assert await then.more("flipchart_commands_total", "board.lock", "unknown") == 2
