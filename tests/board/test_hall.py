"""What is switched for everybody, the door, and how a board begins."""

import pytest

from app.board.asking import Refused
from app.board.founding import found
from app.board.hall import BoardAnnounce, BoardRename, DoorRotate, Spotlight
from app.board.records import LINK_ROLES, About, Ballot, Person, Step
from app.board.templates import TEMPLATES, agenda
from tests.board.sight import on_screen, to_everyone, to_facilitators
from tests.board.story import given, given_a_room, refused


def test_B1_a_board_is_renamed():
    story, facilitator = given()
    facilitator.asks(BoardRename(title="  Renverser le récit "))
    assert story.board.about.title == "Renverser le récit"
    with refused("too-long", max=120):
        facilitator.asks(BoardRename(title="x" * 121))
    with refused("empty", field="title"):
        facilitator.asks(BoardRename(title=""))


def test_B2_a_locked_board_takes_nothing_but_from_facilitators():
    room = given_a_room()
    note = room.lyon.posts()
    ballot = room.facilitator.opens_a_ballot(note, room.dakar.posts())
    room.facilitator.locks()
    with refused("locked"):
        room.lyon.posts()
    with refused("locked"):
        room.lyon.votes(ballot, **{note: 1})
    room.facilitator.posts()
    room.facilitator.locks(on=False)
    room.lyon.votes(ballot, **{note: 1})


def test_B3_panic_blanks_walls_and_screens():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.blanks()
    to_everyone(room.story).does_not_see(note)
    on_screen(room.story).does_not_see(note)
    to_facilitators(room.story).sees(note)
    room.lyon.posts()
    room.facilitator.blanks(on=False)
    to_everyone(room.story).sees(note)


def test_B4_an_announcement_is_shown_and_taken_away():
    story, facilitator = given()
    facilitator.asks(BoardAnnounce(text="Retour à 15 h"))
    first = story.board.now.announced_at
    assert (story.board.now.announcement, first) == ("Retour à 15 h", story.clock)
    story.minutes_pass(1)
    facilitator.asks(BoardAnnounce(text="Retour à 15 h"))
    assert story.board.now.announced_at == story.clock
    facilitator.asks(BoardAnnounce())
    assert (story.board.now.announcement, story.board.now.announced_at) == ("", None)
    with refused("too-long", max=300):
        facilitator.asks(BoardAnnounce(text="x" * 301))


def test_B5_the_end_closes_ballots_and_stops_the_timer():
    room = given_a_room()
    ballot = room.facilitator.opens_a_ballot(room.lyon.posts(), room.dakar.posts())
    room.facilitator.ends_the_session()
    assert room.story.ballot(ballot).state == "closed"
    assert room.story.board.timer.ends_at is None
    with refused("closed"):
        room.lyon.posts()
    room.facilitator.posts()
    room.facilitator.ends_the_session()
    assert room.story.entries[-1].after == {}


def test_B5_nobody_new_takes_part_after_the_end():
    room = given_a_room()
    room.facilitator.ends_the_session()
    with refused("closed"):
        room.story.joins("Quito")
    room.lyon.comes_in("Lyon")
    room.story.joins("", role="observer")
    room.story.joins("", name="second", role="facilitator")


def test_B6_a_session_that_goes_on_keeps_its_ballots_closed():
    room = given_a_room()
    ballot = room.facilitator.opens_a_ballot(room.lyon.posts(), room.dakar.posts())
    room.facilitator.ends_the_session()
    room.facilitator.goes_on()
    assert room.story.ballot(ballot).state == "closed"
    room.lyon.posts()


def test_B7_opening_the_door_lets_in_whoever_waits():
    story, facilitator = given()
    facilitator.sets_the_door("waiting")
    lyon = story.joins("Lyon")
    facilitator.sets_the_door("closed")
    assert lyon.person.state == "waiting"
    facilitator.sets_the_door("open")
    assert lyon.person.state == "here"


@pytest.mark.parametrize("role", LINK_ROLES)
def test_B8_rotating_ends_one_link(role):
    story, facilitator = given()
    facilitator.asks(DoorRotate(role=role))
    assert story.board.door.generations == {**dict.fromkeys(LINK_ROLES, 1), role: 2}


def test_B9_the_spotlight_is_on_what_everybody_may_see():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.asks(Spotlight(part=f"note:{note}"))
    assert room.story.board.now.spotlight == f"note:{note}"
    room.facilitator.asks(Spotlight())
    assert room.story.board.now.spotlight == ""
    room.facilitator.hides(note)
    for part in (f"note:{note}", "note:nowhere"):
        with refused("unknown", what="note"):
            room.facilitator.asks(Spotlight(part=part))
    with refused("invalid", field="part"):
        room.facilitator.asks(Spotlight(part="wall"))


def test_B10_a_board_begins_in_its_first_step():
    story, _ = given("brainstorm-and-vote")
    assert story.board.now.step == story.steps[0].id
    assert (story.board.now.planned_end, story.board.timer.ends_at) == (None, None)
    assert story.board.door.open == "open"
    founded = found("hall", title="T", template="blank", language="fr", now=5.0, starts_at=9.0, zone="UTC")
    assert not any(isinstance(record, Person | Ballot) for record in founded)
    assert isinstance(founded[0], About)
    assert (founded[0].created_at, founded[0].starts_at, founded[0].zone) == (5.0, 9.0, "UTC")


@pytest.mark.parametrize("template", TEMPLATES)
def test_B11_a_board_begins_from_a_ready_made_agenda(template):
    story, _ = given(template)
    planned = agenda(template)
    assert [(s.kind, s.minutes, s.title) for s in story.steps] == [(p.kind, p.minutes, p.title) for p in planned]
    assert [step.write for step in story.steps] == [
        step.kind in ("write", "headline", "roadmap") for step in story.steps
    ]
    assert len({step.id for step in story.board.all(Step)}) == len(planned)


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("invalid", {"template": "unknown"}),
        ("invalid", {"language": "<fr>"}),
        ("empty", {"title": "  "}),
        ("too-long", {"title": "x" * 121}),
    ],
)
def test_B11_a_board_needs_a_title_an_agenda_and_a_language(code, terms):
    with pytest.raises(Refused) as answer:
        found("hall", **{"title": "T", "template": "blank", "language": "fr", "now": 0.0, **terms})
    assert answer.value.code == code
