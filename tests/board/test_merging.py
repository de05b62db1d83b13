"""Merging: one note of several in words that people agree on, who is credited, what is counted, and apart again."""

from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, Only, may_read, may_see
from app.board.ballots import BallotReopen
from app.board.commenting import NoteComment
from app.board.merged import credits, lives_in, origins
from app.board.merging import FEWEST, MOST, NoteMerge, NoteSplit
from app.board.moderating import NoteMuteAuthor, NotePin
from app.board.parts import parts_of
from app.board.reacting import NoteReact
from app.board.supporting import Support, supports
from app.board.theming import ThemeDelete
from tests.board.story import Somebody, refused
from tests.board.test_grouping import Grouping, given_a_grouping

TEXT = "Plus d’arbres et plus d’ombre"


def merges(at: Grouping, *notes: str, text: str = TEXT, who: Somebody | None = None) -> str:
    return (who or at.room.dakar).asks(NoteMerge(notes=notes, text=text)).made["note"]


def splits(at: Grouping, note: str, who: Somebody | None = None) -> None:
    (who or at.room.dakar).asks(NoteSplit(note=note))


def given_notes_of_two_places() -> tuple[Grouping, str, str, str]:
    """Lyon’s trees, Dakar’s shade, and Lyon’s benches, in a theme."""
    at = given_a_grouping()
    dakar = at.room.dakar.posts("De l’ombre", step=at.room.step)
    trees, _, benches = at.notes
    at.moves(trees, dakar, benches, theme=at.theme())
    return at, trees, dakar, benches


def test_G12_merged_notes_become_one_where_the_first_stood_and_live_on_in_it():
    at, trees, shade, _ = given_notes_of_two_places()
    board, theme = at.room.story.board, at.inside(trees)
    one = at.room.story.note(merges(at, trees, shade))
    assert (one.text, one.state, one.step, at.inside(one.id)) == (TEXT, "shown", at.room.step.id, theme)
    assert [lives_in(board, at.room.story.note(each)) for each in (trees, shade)] == [one, one]
    assert [each.id for each in origins(board, one)] == [trees, shade]
    other = at.theme("Ombre")
    assert (
        at.inside(at.room.lyon.asks(NoteMerge(notes=(one.id, at.notes[1]), text="Un", theme=other)).made["note"])
        == other
    )
    at.room.facilitator.undoes()
    assert one.id in at.shown()
    assert not {trees, shade} & set(at.shown())
    assert supports(board, at.step.id, EVERYONE)[theme].notes == 2


def test_G13_two_notes_at_least_that_everybody_sees_become_one_within_the_limit():
    at, trees, shade, benches = given_notes_of_two_places()
    with refused("too-few", min=FEWEST):
        merges(at, trees, trees)
    with refused("too-many", max=MOST):
        merges(at, *(f"n{n}" for n in range(MOST + 1)))
    with refused("empty", field="text"):
        merges(at, trees, shade, text="  ")
    with refused("too-long", max=280):
        merges(at, trees, shade, text="x" * 281)
    at.room.facilitator.hides(benches)
    for who in (at.room.dakar, at.room.facilitator):
        with refused("unknown", what="note"):
            merges(at, trees, benches, who=who)
    at.room.facilitator.blanks()
    with refused("unknown", what="note"):
        merges(at, trees, shade)
    merges(at, trees, shade, who=at.room.facilitator)


def test_G13_what_waits_and_what_is_silent_is_merged_by_nobody():
    at, trees, shade, _ = given_notes_of_two_places()
    at.room.facilitator.sets(at.room.step, approve_first=True)
    waiting = at.room.lyon.posts("En attente", step=at.room.step)
    with refused("unknown", what="note"):
        merges(at, trees, waiting)
    with refused("only-facilitators"):
        merges(at, trees, shade)
    at.room.facilitator.sets(at.room.step, approve_first=False, silent=True)
    with refused("unknown", what="note"):
        merges(at, trees, shade, who=at.room.facilitator)


def test_G14_participants_merge_where_the_step_lets_them_and_facilitators_anywhere():
    at = given_a_grouping(open_=False)
    with refused("not-now", step=at.step.id):
        merges(at, *at.notes[:2])
    one = merges(at, *at.notes[:2], who=at.room.facilitator)
    with refused("not-now", step=at.step.id):
        splits(at, one)
    later = at.room.story.steps[4]
    other = at.room.facilitator.posts("Ailleurs", step=later)
    merges(at, one, other, who=at.room.facilitator)


def test_G14_a_locked_note_is_merged_by_facilitators_alone_and_stays_locked():
    at, trees, shade, _ = given_notes_of_two_places()
    at.room.facilitator.locks_note(trees)
    with refused("locked"):
        merges(at, trees, shade)
    one = merges(at, shade, trees, who=at.room.facilitator)
    with refused("locked"):
        splits(at, one)
    with refused("locked"):
        at.room.dakar.edits(one, "Autre")


def test_G15_all_places_are_credited_and_an_anonymous_note_adds_none():
    at, trees, shade, benches = given_notes_of_two_places()
    board = at.room.story.board
    unnamed = at.room.dakar.posts("Sans nom", step=at.room.step, attribution="anonymous")
    one = merges(at, trees, shade, benches, unnamed)
    assert [place for place, _ in credits(board, at.room.story.note(one))] == ["Lyon", "Dakar"]
    quiet = merges(at, at.notes[1], unnamed_again(at))
    assert [place for place, _ in credits(board, at.room.story.note(quiet))] == ["Lyon"]
    assert at.room.story.note(one).place == ""


def unnamed_again(at: Grouping) -> str:
    return at.room.dakar.posts("Toujours sans nom", step=at.room.step, attribution="anonymous")


def test_G16_what_is_not_for_publication_makes_the_merged_note_so():
    at, trees, _, _ = given_notes_of_two_places()
    board = at.room.story.board
    between = at.room.dakar.posts("Entre nous", step=at.room.step, attribution="unpublished")
    one = at.room.story.note(merges(at, trees, between))
    assert [may_see(board, one, each) for each in (EVERYONE, FACILITATORS, SCREEN, PUBLIC)] == [
        True,
        True,
        False,
        False,
    ]
    found = at.room.story.note(between)
    assert [may_read(board, found, each) for each in (EVERYONE, FACILITATORS, SCREEN, PUBLIC)] == [
        True,
        True,
        False,
        False,
    ]


def test_G17_what_was_merged_is_read_where_the_merged_note_is_and_its_author_reads_it_always():
    at, trees, shade, _ = given_notes_of_two_places()
    board, one = at.room.story.board, merges(at, trees, shade)
    found = at.room.story.note(trees)
    assert not any(may_see(board, found, each) for each in (EVERYONE, FACILITATORS, SCREEN, PUBLIC))
    assert all(may_read(board, found, each) for each in (EVERYONE, FACILITATORS, SCREEN, PUBLIC))
    at.room.facilitator.hides(one)
    assert not may_read(board, found, EVERYONE)
    assert may_read(board, found, FACILITATORS)
    assert may_see(board, found, Only(at.room.lyon.id))
    assert not may_see(board, found, Only(at.room.dakar.id))


def test_G18_one_persons_reactions_to_several_count_once_for_each_emoji():
    at, trees, shade, benches = given_notes_of_two_places()
    for note, emoji in ((trees, "♥"), (shade, "♥"), (shade, "💡")):
        at.room.lyon.asks(NoteReact(note=note, emoji=emoji))
    at.room.dakar.asks(NoteReact(note=trees, emoji="♥"))
    board, one = at.room.story.board, merges(at, trees, shade)
    given = sorted((each.person, each.emoji) for each in board.reactions(one))
    assert given == sorted([("lyon", "♥"), ("lyon", "💡"), ("dakar", "♥")])
    at.room.lyon.asks(NoteReact(note=one, emoji="♥", on=False))
    both = merges(at, one, benches)
    assert len(board.reactions(both)) == 2
    splits(at, both)
    splits(at, one)
    assert len(board.reactions(trees)) == 2


def test_G19_votes_of_closed_ballots_count_once_for_each_voter_in_a_themes_support():
    at, trees, shade, benches = given_notes_of_two_places()
    board, theme = at.room.story.board, at.inside(trees)
    ballot = at.room.facilitator.opens_a_ballot(trees, shade, benches, step=at.step.id, per_candidate=2)
    at.room.lyon.votes(ballot, **{trees: 2, shade: 1})
    at.room.dakar.votes(ballot, **{shade: 1, benches: 1})
    at.room.facilitator.closes(ballot)
    assert supports(board, at.step.id, EVERYONE)[theme] == Support(notes=3, people=0, dots=5)
    before = at.room.story.tally(ballot)
    one = merges(at, trees, shade)
    assert supports(board, at.step.id, EVERYONE)[theme] == Support(notes=2, people=0, dots=4)
    assert at.room.story.tally(ballot) == before
    again = at.room.facilitator.asks(BallotReopen(ballot=ballot)).made["ballot"]
    assert at.room.story.ballot(again).candidates == (f"note:{one}", f"note:{benches}")


def test_G20_a_note_in_an_open_ballot_is_not_merged_and_one_once_voted_on_not_split():
    at, trees, shade, benches = given_notes_of_two_places()
    ballot = at.room.facilitator.opens_a_ballot(trees, benches, step=at.step.id)
    for who in (at.room.dakar, at.room.facilitator):
        with refused("on-a-ballot"):
            merges(at, trees, shade, who=who)
    at.room.facilitator.closes(ballot)
    one = merges(at, trees, shade)
    later = at.room.facilitator.opens_a_ballot(one, benches, step=at.step.id)
    at.room.facilitator.closes(later)
    for who in (at.room.dakar, at.room.facilitator):
        with refused("on-a-ballot"):
            splits(at, one, who=who)
    with refused("on-a-ballot"):
        at.room.facilitator.undoes(at.room.story.seq - 2)


def test_G21_split_notes_are_as_they_were_and_the_merged_one_is_gone_for_good():
    at, trees, shade, benches = given_notes_of_two_places()
    before = [at.room.story.note(each) for each in (trees, shade)]
    one = merges(at, trees, shade)
    whole = merges(at, one, benches)
    with refused("unknown", what="note"):
        splits(at, one)
    with refused("invalid", field="note"):
        splits(at, at.notes[1])
    splits(at, whole)
    splits(at, one, who=at.room.lyon)
    assert [at.room.story.note(each) for each in (trees, shade)] == before
    board = at.room.story.board
    for each in (EVERYONE, FACILITATORS, Only(at.room.dakar.id)):
        assert not may_see(board, at.room.story.note(one), each)
    with refused("not-now"):
        at.room.facilitator.restores(one)
    at.room.facilitator.undoes()
    assert lives_in(board, at.room.story.note(trees)).id == one


def test_G22_a_merge_is_undone_unless_its_words_changed_and_so_is_the_undo():
    at, trees, shade, _ = given_notes_of_two_places()
    at.room.lyon.asks(NoteReact(note=trees, emoji="♥"))
    one, merged_at = merges(at, trees, shade), at.room.story.seq
    at.room.lyon.asks(NoteReact(note=one, emoji="💡"))
    at.room.facilitator.undoes(merged_at)
    assert {trees, shade} <= set(at.shown())
    assert one not in at.shown()
    at.room.facilitator.undoes()
    assert one in at.shown()
    at.room.dakar.edits(one, "Des arbres pour l’ombre")
    with refused("changed-since", text="Des arbres pour l’ombre"):
        at.room.facilitator.undoes(merged_at)


def test_G23_a_merged_note_belongs_to_all_who_group_it_and_what_was_merged_to_nobody_alone():
    at, trees, shade, _ = given_notes_of_two_places()
    facilitator, one = at.room.facilitator, merges(at, trees, shade)
    at.room.lyon.edits(one, "À l’ombre des arbres")
    with refused("not-yours"):
        at.room.dakar.deletes(one)
    for act in (at.room.lyon.deletes, at.room.lyon.edits):
        with refused("not-now"):
            act(trees, *(["Autre"] if act == at.room.lyon.edits else []))
    for command in (NoteMuteAuthor(note=one), NotePin(note=trees)):
        with refused("not-now" if isinstance(command, NoteMuteAuthor) else "unknown"):
            facilitator.asks(command)
    with refused("not-now"):
        facilitator.returns(one)
    facilitator.removes(at.room.dakar, hide_notes=True)
    assert one in at.shown()
    facilitator.sets(at.step, group=False)
    with refused("not-now", step=at.step.id):
        at.room.lyon.edits(one, "Encore autre chose")


def test_G24_authors_and_readers_are_told_where_a_note_lives_on():
    at, trees, shade, _ = given_notes_of_two_places()
    comment = at.room.dakar.asks(NoteComment(note=trees, text="Oui")).made["comment"]
    board, one = at.room.story.board, merges(at, trees, shade)
    entry = at.room.story.entries[-1]
    stale = parts_of(board, entry.before, entry.after)
    expected = {f"note/{one}", f"note/{trees}", f"note/{shade}", f"own/{at.room.lyon.id}", f"comment/{comment}"}
    assert expected | {f"theme/{at.inside(one)}", f"count/{at.room.step.id}", f"talk/{one}"} <= stale
    at.room.dakar.edits(one, "Autrement")
    entry = at.room.story.entries[-1]
    assert f"own/{at.room.lyon.id}" in parts_of(board, entry.before, entry.after)


def test_G25_what_a_split_gives_back_lies_in_no_theme_that_is_gone():
    at, trees, shade, _ = given_notes_of_two_places()
    theme, one = at.inside(trees), merges(at, trees, shade)
    at.room.dakar.asks(ThemeDelete(theme=theme))
    splits(at, one)
    assert [at.inside(each) for each in (trees, shade)] == ["", ""]
