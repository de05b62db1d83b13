"""Several processes over one keeper: nothing that counts rests on what they say to each other."""

import asyncio
from random import Random

import pytest

from app.board.asking import Refused
from app.board.ballots import BallotClose, BallotOpen
from app.board.casting import BallotCast
from app.board.forgetting import PersonForget
from app.board.hall import BoardLock
from app.board.keeping import OutcomeUnknown, Unavailable
from app.board.limits import Limits
from app.board.moderating import NoteHide
from app.board.moderating_people import PersonRemove
from app.board.notes import NoteAdd
from app.realtime.connection import Connection
from app.realtime.rooms import Rooms
from tests.held import HeldKeeper, Line, passes, settled
from tests.neighbourhood import Neighbourhood, by_chance, nothing
from tests.realtime.plain import Plain
from tests.realtime.stage import BOARD, NOW, a_board, answered


class Process:
    """One process that serves the board."""

    def __init__(self, keeper: HeldKeeper, neighbourhood: Neighbourhood) -> None:
        self.rooms = Rooms(
            keeper,
            Plain(),
            clock=lambda: NOW,
            limits=Limits(),
            code_hash=lambda board, n: f"{board}{n}",
            neighbours=neighbourhood.house(),
        )
        self.following = asyncio.create_task(self.rooms.follow())

    async def opens(self) -> "Process":
        self.room = await self.rooms.find(BOARD)
        self.step = next(step.id for step in self.room.board.steps if step.kind == "write")
        return self

    async def stops(self) -> None:
        self.following.cancel()
        await self.rooms.stop()

    def asks(self, who, command, id_):
        return asyncio.create_task(self.room.submit(who, command, id_))

    async def does(self, who, command, id_):
        return await self.room.submit(who, command, id_)

    async def notes(self, text, who="lyon"):
        return (await self.does(who, NoteAdd(step=self.step, text=text), f"note {text}")).made["note"]

    @property
    def texts(self):
        return [note.text for note in self.room.board.notes(self.step)]

    def tab(self, person="dakar", since=None) -> Line:
        line = Line()
        at = self.room.board.seq if since is None else since
        self.room.telling.come(Connection(line=line, language="en", person=person), since=at, epoch="spring")
        return line


@pytest.fixture
def neighbourhood():
    return Neighbourhood()


@pytest.fixture
async def processes(keeper, neighbourhood):
    keeper.others = True
    keeper.create(a_board(), title="Our hour", code_hash="code", at=NOW)
    both = [await Process(keeper, neighbourhood).opens() for _ in range(2)]
    yield both
    keeper.away = None
    for each in both:
        await each.stops()


def told(line, text):
    return any(text in each for each in line.texts)


async def test_what_is_written_in_one_process_is_told_in_the_other_at_once(processes):
    here, there = processes
    line = there.tab()
    await here.notes("More trees")
    await settled()
    assert there.texts == ["More trees"]
    assert told(line, "More trees")
    assert there.room.history.newest(1) == here.room.history.newest(1)


async def test_Z1_a_hint_that_is_lost_is_made_up_for_within_a_second(processes, neighbourhood):
    here, there = processes
    neighbourhood.fate, line = nothing, there.tab()
    for n in range(3):
        await here.notes(f"idea {n}")
    await settled()
    assert there.texts == []
    await passes(1.2)
    assert there.texts == ["idea 0", "idea 1", "idea 2"]
    assert told(line, "idea 2")
    assert not line.refreshed


async def test_Z2_what_is_said_and_is_not_so_changes_nothing(processes, neighbourhood):
    here, there = processes
    await here.notes("More trees")
    await settled()
    line, before = there.tab(), there.room.board.seq
    for said in ({"seq": 99, "epoch": "spring"}, {"seq": 1, "epoch": "winter"}, {}, {"seq": "many", "epoch": None}):
        neighbourhood.lie(BOARD, "head", said)
        neighbourhood.lie(BOARD, "gone", said)
        neighbourhood.lie("elsewhere", "head", said)
        await settled()
    assert (there.room.board.seq, there.texts, line.code, line.refreshed) == (before, ["More trees"], None, False)
    await there.notes("and trams")
    assert await here.rooms.find(BOARD) is here.room
    assert here.texts == ["More trees", "and trams"]


async def test_Z7_whoever_is_removed_in_one_process_is_sent_away_from_the_other(processes, neighbourhood):
    here, there = processes
    line, neighbourhood.fate = there.tab("quito"), nothing
    await here.does("ada", PersonRemove(person="quito"), "removal")
    await passes(1.1)
    assert line.code == 4403
    with pytest.raises(Refused) as refused:
        await there.notes("still here", "quito")
    assert refused.value.code == "removed"


async def test_Z6_a_ballot_that_is_closed_in_one_process_takes_nothing_more_in_the_other(processes, neighbourhood):
    here, there = processes
    note, neighbourhood.fate = await here.notes("Trees"), nothing
    ref = f"note:{note}"
    opening = BallotOpen(title="Which?", candidates=(ref, f"note:{await here.notes('Trams')}"), step=here.step)
    ballot = (await here.does("ada", opening, "opening")).made["ballot"]
    assert (await there.does("lyon", BallotCast(ballot=ballot, choices={ref: 1}), "cast 1")).seq == 4
    await here.does("ada", BallotClose(ballot=ballot), "closing")
    with pytest.raises(Refused) as refused:
        await there.does("dakar", BallotCast(ballot=ballot, choices={ref: 1}), "cast 2")
    assert refused.value.code == "ballot-closed"
    assert len(here.room.board.casts(ballot)) == 1


async def test_Z6_nobody_puts_more_dots_than_there_are_by_two_processes(processes, neighbourhood):
    here, there = processes
    refs, neighbourhood.fate = [f"note:{await here.notes(text)}" for text in ("Trees", "Trams")], nothing
    opening = BallotOpen(title="Which?", candidates=tuple(refs), per_candidate=3, step=here.step)
    ballot = (await here.does("ada", opening, "opening")).made["ballot"]
    casting = [
        each.asks("lyon", BallotCast(ballot=ballot, choices={refs[n % 2]: 1 + n % 4}), f"cast {n} {nth}")
        for n in range(20)
        for nth, each in enumerate(processes)
    ]
    await answered(*casting)
    await passes(1.1)
    (cast,), (same,) = here.room.board.casts(ballot), there.room.board.casts(ballot)
    assert cast == same
    assert cast.used == sum(cast.choices.values()) <= cast.allowed


async def test_Z5_a_command_that_comes_to_both_has_one_effect_and_one_answer(processes, neighbourhood):
    here, there = processes
    neighbourhood.fate = nothing
    command = NoteAdd(step=here.step, text="More trees")
    first, second = await answered(*(each.asks("lyon", command, "the-note") for each in processes))
    assert first == second == await there.does("lyon", command, "the-note")
    await passes(1.1)
    assert here.texts == there.texts == ["More trees"]


async def test_Z4_nothing_is_refused_for_what_this_process_does_not_know_yet(processes, neighbourhood):
    here, there = processes
    note = await here.notes("More trees")
    neighbourhood.fate = nothing
    await here.does("ada", BoardLock(), "lock")
    await passes(1.1)
    await here.does("ada", BoardLock(on=False), "unlock")
    assert (await there.does("ada", NoteHide(note=note), "hide")).seq == 4
    await here.does("ada", BoardLock(), "lock again")
    with pytest.raises(Refused) as refused:
        await there.notes("too late")
    assert refused.value.code == "locked"
    await here.does("ada", BoardLock(on=False), "unlock again")
    assert await there.notes("in time")


async def test_while_the_database_is_away_nobody_is_refused(processes, neighbourhood, keeper):
    here, there = processes
    neighbourhood.fate = nothing
    await here.does("ada", BoardLock(), "lock")
    await passes(1.1)
    keeper.away = Unavailable("The database cannot be reached.")
    with pytest.raises(OutcomeUnknown):
        await there.notes("now?")
    with pytest.raises(Unavailable):
        await there.rooms.find(BOARD)
    keeper.away = None
    assert await there.rooms.find(BOARD) is there.room


async def test_Z3_whoever_asks_for_a_page_gets_the_board_as_it_is_kept(processes, neighbourhood, keeper):
    here, there = processes
    neighbourhood.fate = nothing
    note = await here.notes("a secret")
    assert (await there.rooms.find(BOARD)).board.seq == 1
    await here.does("ada", NoteHide(note=note), "hide")
    found = await there.rooms.find(BOARD)
    assert found is there.room
    assert found.board.notes(there.step)[0].state == "hidden"
    line = there.tab(since=here.room.board.seq)
    assert not line.refreshed


async def test_whoever_asks_at_the_same_time_asks_the_database_once(processes, keeper):
    here, _ = processes
    keeper.reading.held, keeper.asked = True, 0
    first = asyncio.create_task(here.rooms.find(BOARD))
    await settled()
    rest = [asyncio.create_task(here.rooms.find(BOARD)) for _ in range(50)]
    await settled()
    assert len(keeper.reading) == 1, "one question is on its way"
    keeper.reading.release()
    await settled()
    assert first.done()
    assert not any(each.done() for each in rest), "their question is the next one"
    keeper.reading.held = False
    keeper.reading.release()
    await asyncio.gather(*rest)
    assert keeper.asked == 2


async def test_one_process_alone_asks_nothing(keeper, neighbourhood):
    keeper.create(a_board(), title="Our hour", code_hash="code", at=NOW)
    alone = await Process(keeper, neighbourhood).opens()
    await alone.notes("More trees")
    for _ in range(10):
        assert await alone.rooms.find(BOARD) is alone.room
    await passes(10)
    assert keeper.asked == 0
    await alone.stops()


async def test_Z8_a_board_that_is_erased_in_one_process_is_gone_in_the_other(processes, neighbourhood, keeper):
    here, there = processes
    line, neighbourhood.fate = there.tab(), nothing
    keeper.delete(BOARD)
    await here.rooms.erased(BOARD)
    assert ("process-0", BOARD, "gone", {}) in neighbourhood.said
    await passes(1.1)
    assert line.code == 4404
    assert await there.rooms.find(BOARD) is None


async def test_Z8_a_backup_that_is_put_back_is_noticed_and_every_page_is_fetched_anew(processes, neighbourhood, keeper):
    here, there = processes
    await here.notes("before")
    restored = keeper.load(BOARD).board
    await here.notes("after")
    await settled()
    lines = [each.tab() for each in processes]
    keeper.delete(BOARD)
    restored.epoch = "summer"
    keeper.create(restored, title="Our hour", code_hash="code", at=0.0)
    await passes(1.1)
    assert all(line.refreshed for line in lines)
    assert [each.texts for each in processes] == [["before"], ["before"]]
    assert (await here.notes("anew")) in {note.id for note in (await there.rooms.find(BOARD)).board.notes(there.step)}


async def test_whoever_is_forgotten_in_one_process_is_in_no_past_of_the_other(processes):
    here, there = processes
    line = there.tab()
    await here.does("lyon", NoteAdd(step=here.step, text="a secret of Lyon"), "the-note")
    await here.notes("Dakar's words", "dakar")
    await settled()
    assert "a secret of Lyon" in repr(there.room.history.newest(9))
    await here.does("lyon", PersonForget(), "forget")
    await passes(1.1)
    assert "a secret of Lyon" not in repr([there.room.history.newest(9), list(there.room.board.records())])
    assert there.texts == here.texts
    assert "Dakar's words" in there.texts
    assert line.refreshed


async def test_more_than_is_read_at_once_is_read_afresh(processes, neighbourhood, keeper):
    here, there = processes
    neighbourhood.fate, line = nothing, there.tab()
    there.following.cancel()
    for n in range(41):
        await answered(*(here.asks("lyon", NoteAdd(step=here.step, text=f"{n} {m}"), f"{n} {m}") for m in range(50)))
    assert (await there.rooms.find(BOARD)).board.seq == 2050
    assert there.texts == here.texts
    assert line.refreshed


async def test_under_a_hostile_neighbourhood_all_come_to_the_same(processes, neighbourhood, keeper):
    chance = Random(5)
    neighbourhood.fate = by_chance(chance)
    lines = [each.tab("dakar") for each in processes]
    asking = []
    for n in range(200):
        each = chance.choice(processes)
        asking.append(each.asks("lyon", NoteAdd(step=each.step, text=f"idea {n}"), f"id {n}"))
        await passes(chance.choice((0, 0, 0.01, 0.2)))
    answers = await answered(*asking)
    await passes(4)
    assert sorted(answer.seq for answer in answers) == list(range(1, 201))
    assert processes[0].texts == processes[1].texts
    assert [told(line, f"idea {n}") for line in lines for n in range(200)] == [True] * 400
    assert not any(line.refreshed for line in lines)
