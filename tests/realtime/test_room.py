"""The room: it decides in order, keeps what waits together, and answers and tells only what was kept."""

import asyncio
import itertools

import pytest

from app.board.asking import Refused
from app.board.ballots import BallotClose, BallotOpen
from app.board.casting import BallotCast
from app.board.hall import BoardLock
from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable
from app.board.notes import NoteColor, NoteDelete, NoteEdit
from app.board.reacting import NoteReact
from app.board.undoing import BoardUndo
from tests.held import passes, settled
from tests.realtime.stage import Stage, answered


async def test_commands_are_decided_in_the_order_in_which_they_came(stage):
    stage.keeper.hand.held = True
    askings = [stage.asks("lyon", stage.note(f"idea {n}")) for n in range(100)]
    await settled()
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    answers = await answered(*askings)
    assert [answer.seq for answer in answers] == list(range(1, 101))
    assert stage.texts == [f"idea {n}" for n in range(100)]


async def test_what_waits_together_is_kept_in_one_transaction(stage):
    stage.keeper.hand.held = True
    first = stage.asks("lyon", stage.note("first"))
    await settled()
    rest = [stage.asks(who, stage.note(f"{who}'s")) for who in ("dakar", "quito", "ada")]
    await settled()
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    await answered(first, *rest)
    assert [len(save) for save in stage.keeper.saves] == [1, 3]


async def test_at_most_64_are_kept_together(stage):
    await answered(*(stage.asks("lyon", stage.note(f"idea {n}")) for n in range(150)))
    assert [len(save) for save in stage.keeper.saves] == [64, 64, 22]


async def test_nobody_is_answered_or_told_anything_before_it_is_kept(stage):
    tab = stage.follows("dakar")
    stage.keeper.hand.held = True
    asking = stage.asks("lyon", stage.note("Car-free Sundays"))
    await settled()
    assert not asking.done()
    assert tab.line.frames == []
    assert stage.texts == []
    stage.keeper.hand.release()
    assert not asking.done()
    await settled()
    assert asking.done()
    assert stage.texts == ["Car-free Sundays"]
    assert tab.sees("Car-free Sundays")


async def test_no_refusal_is_given_before_what_it_rests_on_is_kept(stage):
    ballot = await a_ballot(stage)
    stage.keeper.hand.held = True
    stage.asks("lyon", stage.note("first"))
    await settled()
    closing = stage.asks("ada", BallotClose(ballot=ballot))
    casting = stage.asks("lyon", BallotCast(ballot=ballot, choices={f"note:{first_note(stage)}": 1}))
    stage.keeper.hand.release()
    await settled()
    assert not casting.done()
    stage.keeper.before.append(StorageFull())
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    closed, cast = await answered(closing, casting)
    assert isinstance(closed, StorageFull)
    assert not isinstance(cast, Refused), "the ballot is open, for its closing was not kept"


async def test_a_refused_command_moves_no_clock_and_keeps_nothing(stage):
    tab = stage.follows("dakar")
    with pytest.raises(Refused) as refused:
        await stage.does("lyon", BoardLock())
    assert refused.value.code == "only-facilitators"
    assert stage.board.seq == 0
    assert stage.keeper.saves == []
    await passes(0.1)
    assert tab.line.frames == []


async def test_a_refused_command_is_decided_afresh_when_it_comes_again(stage):
    await stage.does("ada", BoardLock())
    with pytest.raises(Refused):
        await stage.does("lyon", stage.note(), "the-note")
    await stage.does("ada", BoardLock(on=False))
    assert (await stage.does("lyon", stage.note(), "the-note")).seq == 3


async def test_a_refused_one_does_not_trouble_those_beside_it(stage):
    good, bad, better = await answered(
        stage.asks("lyon", stage.note("one")), stage.asks("lyon", BoardLock()), stage.asks("lyon", stage.note("two"))
    )
    assert (good.seq, better.seq) == (1, 2)
    assert bad.code == "only-facilitators"
    assert stage.texts == ["one", "two"]


async def test_each_is_decided_against_what_the_ones_before_it_made_of_the_board(stage):
    locked, refused = await answered(stage.asks("ada", BoardLock()), stage.asks("lyon", stage.note()))
    assert locked.seq == 1
    assert refused.code == "locked"


# A command that comes again


async def test_an_accepted_command_that_comes_again_gets_its_first_answer(stage):
    first = await stage.does("lyon", stage.note(), "the-note")
    await stage.posts("dakar", "another")
    again = await stage.does("lyon", stage.note(), "the-note")
    assert again == first
    assert stage.board.seq == 2


async def test_the_first_answer_holds_within_one_batch(stage):
    stage.keeper.hand.held = True
    stage.asks("dakar", stage.note("first"))
    await settled()
    askings = [stage.asks("lyon", stage.note(), "the-note") for _ in range(5)]
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    answers = await answered(*askings)
    assert len({answer.seq for answer in answers}) == 1
    assert stage.texts == ["first", "More trees"]


async def test_the_first_answer_holds_when_nothing_had_changed(stage):
    note = await stage.posts()
    same = NoteColor(note=note, color="sun")
    first = await stage.does("lyon", same, "same-color")
    assert first.seq == 2
    assert await stage.does("lyon", same, "same-color") == first
    assert stage.board.seq == 2


async def test_the_first_answer_holds_after_a_restart(stage, keeper):
    first = await stage.does("lyon", stage.note(), "the-note")
    await stage.closes()
    stage.opens()
    assert await stage.does("lyon", stage.note(), "the-note") == first
    assert stage.board.seq == 1


async def test_the_first_answer_holds_when_the_board_says_otherwise_by_now(stage):
    note = await stage.posts()
    editing = NoteEdit(note=note, text="Many more trees", base=1)
    first = await stage.does("lyon", editing, "the-edit")
    await stage.does("ada", NoteDelete(note=note))
    await stage.does("ada", BoardLock())
    assert await stage.does("lyon", editing, "the-edit") == first


async def test_the_first_answer_holds_while_the_disk_is_full(stage):
    first = await stage.does("lyon", stage.note(), "the-note")
    stage.keeper.before.append(StorageFull())
    again, new = await answered(
        stage.asks("lyon", stage.note(), "the-note"), stage.asks("lyon", stage.note("no room for it"))
    )
    assert again == first
    assert isinstance(new, StorageFull)


async def test_the_same_id_with_other_content_is_refused(stage):
    await stage.does("lyon", stage.note("one"), "the-note")
    with pytest.raises(Refused) as refused:
        await stage.does("lyon", stage.note("two"), "the-note")
    assert refused.value.code == "id-reused"


async def test_the_same_id_with_other_content_is_refused_within_one_batch(stage):
    one, two = await answered(
        stage.asks("lyon", stage.note("one"), "the-note"), stage.asks("lyon", stage.note("two"), "the-note")
    )
    assert one.seq == 1
    assert two.code == "id-reused"
    assert stage.texts == ["one"]


async def test_choices_named_in_another_order_are_the_same_command(stage):
    ballot = await a_ballot(stage)
    one, two = (f"note:{note.id}" for note in stage.board.notes(stage.step))
    first = await stage.does("lyon", BallotCast(ballot=ballot, choices={one: 1, two: 1}), "the-cast")
    assert await stage.does("lyon", BallotCast(ballot=ballot, choices={two: 1, one: 1}), "the-cast") == first


async def test_the_same_id_of_another_person_is_another_command(stage):
    answers = await answered(
        stage.asks("lyon", stage.note("Lyon's"), "the-note"), stage.asks("dakar", stage.note("Dakar's"), "the-note")
    )
    assert [answer.seq for answer in answers] == [1, 2]
    assert answers[0].made != answers[1].made


# A second process


async def test_a_room_that_is_behind_catches_up_and_decides_again(stage, keeper):
    other = Stage(keeper)
    other.opens()
    tab = stage.follows("dakar")
    await other.posts("quito", "from the other process")
    answer = await stage.does("lyon", stage.note("from this one"))
    assert answer.seq == 2
    assert stage.texts == ["from the other process", "from this one"]
    await passes(0.1)
    assert tab.sees("from the other process")
    assert tab.sees("from this one")
    await other.closes()


async def test_what_another_process_locked_is_locked_here(stage, keeper):
    other = Stage(keeper)
    other.opens()
    await other.does("ada", BoardLock())
    with pytest.raises(Refused) as refused:
        await stage.does("lyon", stage.note())
    assert refused.value.code == "locked"
    await other.closes()


async def test_nobody_is_told_refused_what_is_then_accepted(stage, keeper):
    note = await stage.posts("lyon", "first words")
    other = Stage(keeper)
    other.opens()
    await other.does("ada", BoardLock())
    await stage.closes()
    stage.opens()
    await other.does("ada", BoardLock(on=False))
    adding, editing = await answered(
        stage.asks("ada", stage.note("a facilitator may")),
        stage.asks("lyon", NoteEdit(note=note, text="other words", base=stage.board.seq)),
    )
    assert adding.seq == 4
    assert editing.seq == 5, "it was refused by a board that was out of date, and decided afresh"
    await other.closes()


async def test_a_command_accepted_by_another_process_is_not_done_twice(stage, keeper):
    other = Stage(keeper)
    other.opens()
    first = await other.does("lyon", stage.note(), "the-note")
    assert await stage.does("lyon", stage.note(), "the-note") == first
    assert stage.texts == ["More trees"]
    await other.closes()


# A full disk


async def test_a_full_disk_is_a_typed_refusal_and_leaves_nothing_behind(stage):
    tab = stage.follows("dakar")
    stage.keeper.before.append(StorageFull())
    askings = [stage.asks("lyon", stage.note(f"idea {n}")) for n in range(3)]
    assert [type(answer) for answer in await answered(*askings)] == [StorageFull] * 3
    assert (stage.board.seq, stage.texts, tab.line.frames) == (0, [], [])


async def test_once_there_is_room_again_everything_works_again(stage):
    stage.keeper.before.append(StorageFull())
    await answered(stage.asks("lyon", stage.note(), "the-note"))
    assert (await stage.does("lyon", stage.note(), "the-note")).seq == 1
    assert stage.texts == ["More trees"]


# An outcome that nobody knows


@pytest.mark.parametrize("kept", [True, False], ids=["it was kept", "it was not kept"])
async def test_an_unknown_outcome_ends_as_exactly_one_effect(stage, kept):
    if kept:
        stage.keeper.loses_the_answer()
    else:
        stage.keeper.before.append(OutcomeUnknown())
    (unknown,) = await answered(stage.asks("lyon", stage.note(), "the-note"))
    assert isinstance(unknown, OutcomeUnknown)
    assert (await stage.does("lyon", stage.note(), "the-note")).seq == 1
    assert stage.texts == ["More trees"]


async def test_what_was_kept_without_an_answer_is_told_to_everybody_without_being_asked_again(stage):
    tab = stage.follows("dakar")
    stage.keeper.loses_the_answer()
    await answered(stage.asks("lyon", stage.note()))
    await passes(0.1)
    assert tab.sees("More trees")
    assert stage.board.seq == 1


async def test_while_the_database_is_away_the_board_is_still_read_and_later_goes_on(stage):
    await stage.posts("lyon", "before")
    stage.keeper.before.append(OutcomeUnknown())
    stage.keeper.away = Unavailable("The database cannot be reached.")
    lost, later = await answered(stage.asks("lyon", stage.note("lost"), "lost")), None
    assert isinstance(lost[0], OutcomeUnknown)
    (later,) = await answered(stage.asks("dakar", stage.note("later"), "later"))
    assert isinstance(later, OutcomeUnknown)
    assert stage.texts == ["before"]
    stage.keeper.away = None
    assert (await stage.does("dakar", stage.note("later"), "later")).seq == 2
    assert (await stage.does("lyon", stage.note("lost"), "lost")).seq == 3


async def test_a_restored_backup_is_another_epoch_and_every_page_is_fetched_anew(stage, keeper):
    tab = stage.follows("dakar")
    await stage.posts("lyon", "before the restore")
    restored = Stage(keeper).keeper.load("board").board
    keeper.delete("board")
    restored.epoch = "summer"
    keeper.create(restored, title="Our hour", code_hash="code", at=0.0)
    keeper.before.append(OutcomeUnknown())
    await answered(stage.asks("lyon", stage.note("lost")))
    assert tab.line.refreshed
    assert stage.board.epoch == "summer"


# Faults


async def test_a_fault_in_one_batch_does_not_stop_the_room(stage):
    stage.keeper.before.append(RuntimeError("a fault in the store"))
    (unknown,) = await answered(stage.asks("lyon", stage.note(), "the-note"))
    assert isinstance(unknown, OutcomeUnknown)
    assert (await stage.does("lyon", stage.note(), "the-note")).seq == 1


async def test_a_command_that_nobody_can_decide_is_no_answer_at_all_and_the_next_is_served(stage):
    (unknown,) = await answered(stage.asks("lyon", object()))
    assert isinstance(unknown, OutcomeUnknown)
    assert await stage.posts()


async def test_a_frame_that_cannot_be_drawn_leaves_no_hole(stage):
    tab = stage.follows("dakar")
    stage.drawing.fault = RuntimeError("a fault in a template")
    assert (await stage.does("lyon", stage.note())).seq == 1
    assert tab.line.refreshed
    stage.drawing.fault = None
    tab.line.forget()
    await passes(0.1)
    await stage.posts("lyon", "after it")
    assert tab.sees("after it")


async def test_who_stops_waiting_does_not_stop_what_they_asked(stage):
    stage.keeper.hand.held = True
    asking = stage.asks("lyon", stage.note("sent from a train"))
    queued = stage.asks("lyon", stage.note("and queued there"))
    await settled()
    asking.cancel()
    queued.cancel()
    await settled()
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    await settled()
    assert asking.cancelled()
    assert stage.texts == ["sent from a train", "and queued there"]
    assert await stage.posts()


async def test_a_room_that_closes_answers_everybody_who_asked(stage):
    stage.keeper.hand.held = True
    askings = [stage.asks("lyon", stage.note(f"idea {n}")) for n in range(3)]
    await settled()
    closing = asyncio.create_task(stage.room.finish())
    await settled()
    late = stage.asks("lyon", stage.note("too late"), "too-late")
    stage.keeper.hand.held = False
    stage.keeper.hand.release()
    assert [answer.seq for answer in await answered(*askings)] == [1, 2, 3]
    assert isinstance((await answered(late))[0], OutcomeUnknown)
    await closing


async def test_a_room_that_is_broken_off_leaves_nobody_without_an_answer(stage):
    stage.keeper.hand.held = True
    saving, waiting = stage.asks("lyon", stage.note("one")), None
    await settled()
    waiting = stage.asks("lyon", stage.note("two"))
    await settled()
    stage.pump.cancel()
    assert [type(answer) for answer in await answered(saving, waiting)] == [OutcomeUnknown] * 2


# Undo


async def test_an_entry_is_undone_by_its_seq_also_after_a_restart(stage):
    await stage.does("ada", BoardLock())
    await stage.closes()
    stage.opens()
    await stage.does("ada", BoardUndo(seq=1))
    assert not stage.board.now.locked


async def test_a_hundred_votes_at_once_never_put_more_dots_than_there_are(stage):
    ballot = await a_ballot(stage)
    refs = [f"note:{note.id}" for note in stage.board.notes(stage.step)]
    spreads = itertools.cycle([{refs[0]: 2}, {refs[0]: 1, refs[1]: 2}, {refs[1]: 3}, {refs[0]: 2, refs[1]: 2}])
    await answered(*(stage.asks("lyon", BallotCast(ballot=ballot, choices=next(spreads))) for _ in range(100)))
    (cast,) = stage.board.casts(ballot)
    assert cast.used == sum(cast.choices.values()) <= 3


async def test_reacting_from_two_tabs_is_one_reaction(stage):
    note = await stage.posts()
    await answered(*(stage.asks("dakar", NoteReact(note=note, emoji="♥")) for _ in range(2)))
    assert len(stage.board.reactions(note)) == 1


async def a_ballot(stage):
    notes = [await stage.posts("lyon", text) for text in ("Trees", "Trams")]
    opening = BallotOpen(
        title="Which one?", candidates=tuple(f"note:{note}" for note in notes), per_candidate=3, step=stage.step
    )
    return (await stage.does("ada", opening)).made["ballot"]


def first_note(stage):
    return stage.board.notes(stage.step)[0].id
