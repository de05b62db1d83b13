"""Where somebody's ideas went: their own, and of what others did with them what everybody may see."""

import sys
from dataclasses import replace
from types import FrameType

from app.board.audience import EVERYONE
from app.board.headlines import HeadlineAdd
from app.board.merging import NoteMerge
from app.board.reacting import NoteReact
from app.board.records import Headline, Theme, key
from app.outcomes.journeys import journeys
from tests.board.story import given_a_room
from tests.outcomes.told import told_session


def test_X7_an_idea_leads_to_its_theme_its_headlines_and_its_votes():
    story, ids = told_session()
    author = story.note(ids["first"]).author
    first = journeys(story.board, author, EVERYONE, "fr")[0]
    assert first.note.id == ids["first"]
    assert first.arrived
    assert [each.words.text for each in first.headlines] == ["Le changement a un code postal"]
    assert first.theme is not None
    assert first.theme.title == "Le local d’abord"
    assert first.reactions == 3
    assert (first.votes[0].ballot.id, first.votes[0].row.rank) == (ids["dots"], 1)


def test_X7_an_idea_is_traced_by_its_author_alone():
    story, _ = told_session()
    for person in story.board.people():
        traced = {each.note.author for each in journeys(story.board, person.id, EVERYONE, "fr")}
        assert traced <= {person.id}


def test_an_idea_lives_on_in_what_it_was_merged_into():
    room = given_a_room()
    mine, theirs = room.lyon.posts("Nos rues"), room.dakar.posts("Nos quartiers")
    made = room.facilitator.asks(NoteMerge(notes=(mine, theirs), text="Nos rues et nos quartiers")).made["note"]
    room.dakar.asks(NoteReact(note=made, emoji="♥"))
    room.facilitator.asks(HeadlineAdd(text="Rue par rue", language="fr", origin=(f"note:{made}",)))
    (found,) = journeys(room.story.board, room.lyon.id, EVERYONE, "fr")
    assert found.into is not None
    assert (found.into.id, found.with_, found.reactions) == (made, ("Dakar",), 1)
    assert [each.words.text for each in found.headlines] == ["Rue par rue"]
    assert not found.arrived


def test_what_an_open_ballot_says_is_not_told():
    room = given_a_room()
    notes = [room.lyon.posts(), room.dakar.posts()]
    ballot = room.facilitator.opens_a_ballot(*notes)
    room.dakar.votes(ballot, **{notes[0]: 1})
    (before,) = journeys(room.story.board, room.lyon.id, EVERYONE, "fr")
    room.facilitator.closes(ballot)
    (after,) = journeys(room.story.board, room.lyon.id, EVERYONE, "fr")
    assert (before.votes, [each.row.rank for each in after.votes]) == ((), [1])


def test_a_hidden_idea_is_its_authors_and_what_it_became_is_not_told():
    room = given_a_room()
    note = room.lyon.posts("Nos rues")
    room.dakar.asks(NoteReact(note=note, emoji="♥"))
    room.facilitator.hides(note)
    (found,) = journeys(room.story.board, room.lyon.id, EVERYONE, "fr")
    assert (found.note.state, found.reactions, found.theme) == ("hidden", 0, None)


def test_tracing_ones_own_ideas_costs_no_more_for_each_headline_and_note_of_others():
    """Whoever asks for their own ideas holds up everybody's frames for so long."""

    def calls(others: int) -> int:
        room = given_a_room()
        board, made = room.story.board, []
        theme = Theme(id="t", step=board.steps[2].id, title="Shade", order="a", seq=1, text_seq=1)
        for _ in range(others):
            note = room.story.note(room.dakar.posts("Nos quartiers"))
            made.append(replace(note, theme="another"))
        mine = [replace(room.story.note(room.lyon.posts("Nos rues")), theme="t") for _ in range(3)]
        headlines = [
            Headline(id=f"h{at}", origin=("theme:t",), by="x", place="", created_at=1.0, seq=at) for at in range(20)
        ]
        board.apply({key(record): record for record in (theme, *made, *mine, *headlines)})
        counted = 0

        def count(_: FrameType, event: str, __: object) -> None:
            nonlocal counted
            counted += event == "call"

        sys.setprofile(count)
        try:
            journeys(board, room.lyon.id, EVERYONE, "fr")
        finally:
            sys.setprofile(None)
        return counted

    assert calls(60) < calls(10) * 1.2
