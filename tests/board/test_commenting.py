"""Comments on notes: who may add one, what it carries, who reads it, and how it goes."""

import pytest

from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, may_see
from app.board.commenting import CommentDelete, CommentHide, NoteComment
from app.board.parts import parts_of
from app.board.records import Comment
from tests.board.story import Room, Somebody, given_a_room, refused


def comments(who: Somebody, note: str, text: str = "And benches", **also: str) -> str:
    """Somebody comments on a note; answers the comment's id."""
    return who.asks(NoteComment(note=note, text=text, **also)).made["comment"]


def seen(room: Room, comment: str) -> list[object]:
    """The audiences that may read the comment."""
    record = room.story.board.need(Comment, comment)
    return [each for each in (FACILITATORS, EVERYONE, SCREEN, PUBLIC) if may_see(room.story.board, record, each)]


def state(room: Room, comment: str) -> str:
    return room.story.board.need(Comment, comment).state


def test_C1_a_comment_carries_its_authors_place_and_language():
    room = given_a_room()
    made = room.story.board.need(Comment, comments(room.dakar, room.lyon.posts()))
    assert (made.place, made.language, made.attribution, made.state) == ("Dakar", "fr", "place", "shown")
    in_spanish = comments(room.dakar, made.note, language="es")
    assert room.story.board.need(Comment, in_spanish).language == "es"
    with refused("invalid", field="language"):
        comments(room.dakar, made.note, language="no language")


@pytest.mark.parametrize("anonymous", ["the step", "the author"])
def test_C2_an_anonymous_comment_carries_no_place(anonymous):
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.sets(room.step, anonymous=anonymous == "the step")
    chosen = {"attribution": "anonymous"} if anonymous == "the author" else {}
    made = room.story.board.need(Comment, comments(room.dakar, note, **chosen))
    assert (made.place, made.country, made.attribution) == ("", "", "anonymous")


def test_C3_a_comment_is_tidied_and_held_to_its_limit():
    room = given_a_room(comment=5)
    note = room.lyon.posts()
    assert room.story.board.need(Comment, comments(room.dakar, note, "  a \u202e b ")).text == "a b"
    with refused("empty", field="text"):
        comments(room.dakar, note, " \u200b ")
    with refused("too-long", max=5):
        comments(room.dakar, note, "benches")


def test_C4_a_comment_is_for_a_note_that_everybody_sees():
    room = given_a_room()
    hidden, deleted, silent = (room.lyon.posts(text) for text in "abc")
    room.facilitator.hides(hidden)
    room.lyon.deletes(deleted)
    with refused("unknown", what="note"):
        comments(room.dakar, hidden)
    with refused("unknown", what="note"):
        comments(room.facilitator, deleted)
    room.facilitator.sets(room.step, silent=True)
    with refused("unknown", what="note"):
        comments(room.lyon, silent)


def test_C5_on_a_blank_board_nobody_comments():
    room = given_a_room()
    note = room.lyon.posts()
    room.facilitator.blanks()
    with refused("not-now", step=room.step.id):
        comments(room.facilitator, note)


def test_C6_who_may_not_write_does_not_comment():
    room = given_a_room()
    note, guest = room.lyon.posts(), room.story.joins("", name="guest", role="observer")
    with refused("read-only"):
        comments(guest, note)
    room.facilitator.mutes(room.dakar)
    with refused("muted"):
        comments(room.dakar, note)
    room.facilitator.locks()
    with refused("locked"):
        comments(room.lyon, note)


def test_C7_a_board_takes_no_more_comments_than_its_limit_hidden_ones_apart():
    room = given_a_room(comments=1)
    note = room.lyon.posts()
    first = comments(room.dakar, note)
    with refused("too-many", max=1):
        comments(room.dakar, note)
    room.facilitator.asks(CommentHide(comment=first))
    comments(room.dakar, note)


def test_C8_authors_delete_their_own_and_facilitators_anybodys():
    room = given_a_room()
    note = room.lyon.posts()
    own, other = comments(room.dakar, note), comments(room.dakar, note)
    with refused("not-yours"):
        room.lyon.asks(CommentDelete(comment=own))
    room.facilitator.mutes(room.dakar)
    room.dakar.asks(CommentDelete(comment=own))
    room.facilitator.asks(CommentDelete(comment=other))
    deleted = [room.story.board.need(Comment, each) for each in (own, other)]
    assert [each.deleted_by for each in deleted] == ["author", "facilitator"]
    assert seen(room, own) == seen(room, other) == []
    assert room.dakar.asks(CommentDelete(comment=own)).records == {}


def test_C9_facilitators_hide_and_show_a_comment_and_a_deleted_one_is_unknown():
    room = given_a_room()
    comment = comments(room.dakar, room.lyon.posts())
    with refused("only-facilitators"):
        room.lyon.asks(CommentHide(comment=comment))
    room.facilitator.asks(CommentHide(comment=comment))
    assert seen(room, comment) == [FACILITATORS]
    room.facilitator.undoes()
    assert state(room, comment) == "shown"
    room.facilitator.asks(CommentHide(comment=comment))
    room.facilitator.asks(CommentHide(comment=comment, on=False))
    assert state(room, comment) == "shown"
    room.dakar.asks(CommentDelete(comment=comment))
    with refused("unknown", what="comment"):
        room.facilitator.asks(CommentHide(comment=comment))


def test_C10_comments_follow_their_note():
    room = given_a_room()
    note = room.lyon.posts()
    comment = comments(room.dakar, note)
    assert seen(room, comment) == [FACILITATORS, EVERYONE, PUBLIC]
    room.facilitator.hides(note)
    assert seen(room, comment) == [FACILITATORS]
    room.facilitator.shows(note)
    room.facilitator.sets(room.step, silent=True)
    assert seen(room, comment) == [FACILITATORS]
    room.facilitator.reveals(room.step)
    room.facilitator.blanks()
    assert seen(room, comment) == [FACILITATORS]
    room.facilitator.blanks(on=False)
    room.lyon.deletes(note)
    assert seen(room, comment) == []
    room.lyon.restores(note)
    assert seen(room, comment) == [FACILITATORS, EVERYONE, PUBLIC]


def test_C11_comments_on_a_note_that_is_not_for_publication_are_not_either():
    room = given_a_room()
    comment = comments(room.dakar, room.lyon.posts(attribution="unpublished"))
    assert seen(room, comment) == [FACILITATORS, EVERYONE]


def test_C12_removing_somebody_hides_their_comments_too_and_undoing_it_shows_them():
    room = given_a_room()
    note = room.lyon.posts()
    one, two, gone = (comments(room.dakar, note) for _ in range(3))
    room.dakar.asks(CommentDelete(comment=gone))
    room.facilitator.removes(room.dakar, hide_notes=True)
    assert [state(room, each) for each in (one, two, gone)] == ["hidden", "hidden", "deleted"]
    room.facilitator.undoes()
    assert [state(room, each) for each in (one, two, gone)] == ["shown", "shown", "deleted"]


def test_C13_a_comment_draws_itself_and_how_many_there_are_never_its_note():
    room = given_a_room()
    note = room.lyon.posts()
    comment = comments(room.dakar, note)
    entry = room.story.entries[-1]
    stale = parts_of(room.story.board, entry.before, entry.after)
    assert stale == {f"comment/{comment}", f"talk/{note}", f"mine/{room.dakar.id}"}


def test_U3_a_new_comment_is_not_undoable():
    room = given_a_room()
    comments(room.dakar, room.lyon.posts())
    with refused("not-undoable"):
        room.facilitator.undoes()
