"""What holds whatever people do: random sessions, every law checked after every act."""

from collections import Counter
from dataclasses import fields

from hypothesis import given as when
from hypothesis import settings
from hypothesis import strategies as st

from app.board.agenda import AgendaAdd, AgendaMove, AgendaRemove
from app.board.asking import Refused
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, may_see, sees_tally
from app.board.board import Board
from app.board.candidates import stands
from app.board.casting import BallotCast, BallotCastFor, dots_left
from app.board.counting import tally
from app.board.deciding import ABILITIES, ASKABLE, RULES
from app.board.founding import found
from app.board.grouping import NoteMove
from app.board.moderating import NoteMuteAuthor, NotePin
from app.board.moderating_people import PersonPromote, PersonReadmit
from app.board.reacting import NoteReact
from app.board.records import Ballot, Cast, Note, Person, key
from app.board.rule import Who
from app.board.undoing import BoardUndo
from tests.board.sight import then
from tests.board.story import Somebody, Story, given, given_a_room, refused

PLACES = ("Lyon", "lyon", "Dakar", "Quito")
# What only facilitators do is mostly asked by the facilitator, so that most of it is accepted.
FACILITATING = {5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 23, 24, 25, 26}
ACTS = st.lists(
    st.tuples(st.integers(0, 26), st.integers(0, 5), st.integers(0, 9), st.integers(0, 9), st.booleans()),
    min_size=5,
    max_size=50,
)


def _session(acts):
    """Play the acts on a fresh board, taking refusals as the ordinary answers that they are."""
    story, facilitator = given("brainstorm-and-vote", notes=20, people=6)
    people = [facilitator, *(story.joins(place, name=f"p{n}") for n, place in enumerate(PLACES))]
    people.append(story.joins("", name="guest", role="observer"))
    for author in people[1:4]:
        author.posts()
    for act in acts:
        before, seq = story.records(), story.seq
        try:
            _act(story, people, act)
        except Refused:
            assert story.records() == before
            assert story.seq == seq
        yield story


def _pick(ids, number):
    return ids[number % len(ids)] if ids else "nowhere"


def _act(story: Story, people: list[Somebody], act) -> None:
    kind, who, one, two, on = act
    actor, board = people[0 if kind in FACILITATING and who != 1 else who], story.board
    notes = [note.id for note in board.all(Note)]
    steps = [step.id for step in board.steps]
    ballots = [ballot.id for ballot in board.all(Ballot)]
    note, step, ballot = _pick(notes, one), _pick(steps, two), _pick(ballots, one)
    other = people[two % len(people)]
    choices = {f"note:{_pick(notes, one)}": 1 + two % 3, f"note:{_pick(notes, two)}": 1 + one % 2}
    attribution = ("place", "anonymous", "unpublished")[two % 3]
    standing = [each for each in notes if stands(board, f"note:{each}")]
    terms = {"dots": 1 + one % 4, "per_candidate": 1 + one % 2, "one_per": "place" if on else "person"}
    terms |= {"sealed": two > 4, "secrecy": "named"}
    acts = (
        lambda: actor.posts("a", step=story.steps[one % len(steps)], attribution=attribution),
        lambda: actor.posts("b"),
        lambda: actor.edits(note, "c" * (1 + two)),
        lambda: actor.deletes(note),
        lambda: actor.restores(note),
        lambda: actor.hides(note),
        lambda: actor.shows(note),
        lambda: actor.returns(note),
        lambda: actor.asks(NotePin(note=note, on=on)),
        lambda: actor.asks(NoteMove(note=note, step=step)),
        lambda: actor.asks(NoteMuteAuthor(note=note)),
        lambda: actor.asks(NoteReact(note=note, emoji="♥", on=on)),
        lambda: actor.goes_to(one % len(steps)),
        lambda: actor.sets(story.steps[one % len(steps)], silent=on, approve_first=two > 4),
        lambda: actor.reveals(story.steps[one % len(steps)]),
        lambda: actor.asks(AgendaMove(step=step, after=_pick(steps, one))),
        lambda: actor.asks(AgendaRemove(step=step)) if on else actor.asks(
            AgendaAdd(kind="write", title={"en": "x"}, minutes=one, after=step)
        ),
        lambda: actor.opens_a_ballot(*standing, **terms),
        lambda: actor.closes(ballot) if on else actor.reopens(ballot),
        lambda: actor.asks(BallotCast(ballot=ballot, choices=choices)),
        lambda: actor.asks(BallotCastFor(ballot=ballot, place=PLACES[two % 4], people=1 + one, choices=choices)),
        lambda: actor.retracts(ballot) if on else actor.is_done(ballot),
        lambda: actor.moves_to(PLACES[one % 4]) if on else actor.blanks(on=two > 4),
        lambda: actor.removes(other, hide_notes=on, rotate=one > 4),
        lambda: actor.asks(PersonReadmit(person=other.id)),
        lambda: actor.ends_the_session() if on else actor.goes_on(),
        lambda: actor.undoes(1 + (one * 10 + two) % max(1, story.seq)),
    )  # fmt: skip
    acts[kind]()


def _open_ballot_session(acts, one_per):
    """A board where everybody may vote on one ballot, and notes come and go."""
    room = given_a_room()
    notes = [room.lyon.posts(text) for text in "abc"]
    more = [room.story.joins("LYON", name="second"), room.story.joins("Quito", name="quito")]
    ballot = room.facilitator.opens_a_ballot(*notes, dots=3, per_candidate=2, one_per=one_per, sealed=False)
    return room, notes, [room.facilitator, room.lyon, room.dakar, *more], ballot


@settings(max_examples=60, deadline=None)
@when(ACTS)
def test_W9_what_the_screen_sees_everyone_sees_and_facilitators_too(acts):
    for story in _session(acts):
        for note in story.board.all(Note):
            seen = [may_see(story.board, note, audience) for audience in (SCREEN, EVERYONE, FACILITATORS)]
            assert seen == sorted(seen)
            if may_see(story.board, note, PUBLIC):
                assert may_see(story.board, note, EVERYONE)


@settings(max_examples=60, deadline=None)
@when(ACTS)
def test_B14_the_entries_applied_in_order_are_the_board(acts):
    story = None
    for story in _session(acts):  # noqa: B007
        pass
    if story is None:
        return
    records = found("hall", title="Flip the Script", template="brainstorm-and-vote", language="fr", now=1_000.0)
    replayed = Board("hall", epoch="e1", records=records)
    for entry in story.entries:
        assert replayed.apply(entry.after) == entry.before
        replayed.advance(entry.seq)
    assert {key(record): record for record in replayed.records()} == story.records()
    assert replayed.seq == story.seq


@settings(max_examples=60, deadline=None)
@when(ACTS)
def test_B13_deciding_changes_nothing_and_is_the_same_twice(acts):
    # `Story.ask` verifies it at every act; here, after the last one, on whatever board came of it.
    for story in _session(acts):
        assert [entry.seq for entry in story.entries] == list(range(1, story.seq + 1))


@settings(max_examples=100, deadline=None)
@when(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.sampled_from(["cast", "for", "retract", "done", "hide", "show"]),
            st.dictionaries(st.integers(0, 2), st.integers(-1, 5), max_size=3),
            st.integers(0, 4),
        ),
        max_size=30,
    ),
    st.sampled_from(["person", "place"]),
)
def test_V29_no_budget_is_ever_exceeded(acts, one_per):
    room, notes, people, ballot = _open_ballot_session(acts, one_per)
    for who, what, dots, number in acts:
        chosen = {notes[at]: count for at, count in dots.items()}
        try:
            match what:
                case "cast":
                    people[who].votes(ballot, **chosen)
                case "for":
                    room.facilitator.votes_for(PLACES[who % 4], number, ballot, **chosen)
                case "retract":
                    people[who].retracts(ballot)
                case "done":
                    people[who].is_done(ballot)
                case "hide":
                    room.facilitator.hides(notes[number % 3])
                case "show":
                    room.facilitator.shows(notes[number % 3])
        except Refused:
            continue
        finally:
            _within_budget(room.story, ballot, people)


def _within_budget(story, ballot_id, people):
    ballot = story.ballot(ballot_id)
    casts = story.board.casts(ballot_id)
    assert len({cast.voter for cast in casts}) == len(casts)
    for cast in casts:
        times = cast.people if cast.people and ballot.one_per == "person" else 1
        assert cast.used == sum(cast.choices.values()) <= cast.allowed == ballot.dots * times
        assert all(1 <= dots <= ballot.per_candidate * times for dots in cast.choices.values())
    if ballot.one_per == "place":
        assert all(cast.voter.startswith("place:") for cast in casts)
    for somebody in people:
        assert 0 <= dots_left(story.board, ballot, somebody.person) <= ballot.dots


@settings(max_examples=60, deadline=None)
@when(ACTS)
def test_V30_every_tally_equals_a_recount(acts):
    for story in _session(acts):
        for ballot in story.board.all(Ballot):
            dots = Counter()
            for cast in story.board.all(Cast):
                if cast.ballot == ballot.id:
                    dots.update(cast.choices)
            counted = tally(story.board, ballot)
            assert {row.ref: row.dots for row in counted.rows} == {
                ref: dots[ref] for ref in ballot.candidates if stands(story.board, ref)
            }
            assert [row.dots for row in counted.rows] == sorted((r.dots for r in counted.rows), reverse=True)
            assert all(sum(row.by_place.values()) == row.dots for row in counted.rows)
            if ballot.sealed and ballot.state == "open":
                assert not any(sees_tally(story.board, ballot, each) for each in (EVERYONE, FACILITATORS))


@settings(max_examples=80, deadline=None)
@when(ACTS)
def test_U1_undoing_the_newest_entry_gives_back_every_field(acts):
    last = None
    for last in _session(acts):  # noqa: B007
        pass
    if last is None or not last.entries:
        return
    entry, facilitator = last.entries[-1], Somebody(last, "facilitator")
    try:
        facilitator.undoes(entry.seq)
    except Refused as answer:
        assert answer.code in ("not-undoable", "changed-since", "removed", "only-facilitators")
        return
    for at, before in entry.before.items():
        now = last.board.find(at)
        if before is None or now is None:
            assert now == before
            continue
        back = [f.name for f in fields(before) if f.name not in ("text_seq", "generations", "closed_at")]
        kept = ("state",) if isinstance(before, Ballot) else ()
        assert all(getattr(now, name) == getattr(before, name) for name in back if name not in kept)


@settings(max_examples=40, deadline=None)
@when(st.integers(1, 60))
def test_B15_each_entry_moves_the_clock_by_one(number):
    story, facilitator = given()
    for at in range(number):
        assert story.seq == at + 1
        facilitator.locks(on=bool(at % 2))


def test_B13_every_ability_is_in_the_table_and_the_door_is_not_on_the_wire():
    assert len(RULES) == sum(len(ability.RULES) for ability in ABILITIES)
    assert set(RULES) - set(ASKABLE) == {name for name, rule in RULES.items() if rule.who is Who.DOOR or rule.indirect}
    assert BoardUndo in {rule.command for rule in ASKABLE.values()}


def test_B13_ids_come_of_the_asking():
    one, two = given_a_room(), given_a_room()
    assert one.lyon.posts() == two.lyon.posts()
    assert one.lyon.posts() != one.dakar.posts()


def test_W9_a_facilitators_view_as_a_participant_is_everyones():
    room = given_a_room()
    room.facilitator.asks(PersonPromote(person=room.lyon.id))
    room.facilitator.sets(room.step, silent=True)
    note = room.dakar.posts()
    then(room.lyon).sees(note)
    then((room.story, EVERYONE)).does_not_see(note)
    assert room.story.board.count(Person) == 3
    with refused("unknown", what="note"):
        room.dakar.asks(NoteReact(note=note, emoji="♥"))
