"""What every keeper does alike: one suite for memory, SQLite and PostgreSQL."""

from dataclasses import replace
from traceback import format_exception
from uuid import uuid4

import pytest

from app.board.board import Board
from app.board.keeping import Answer, Behind, Keeper, News, Page, RuleBroken, Taken
from app.board.records import KINDS, Key, Note, Record, Stage, Version, key
from tests.store.given import CANARY, LYON, a_board, cast, entry, kept, note, one_of_each, records


@pytest.fixture
def board(store: Keeper, board_id: str) -> Board:
    """A board with one record of every kind, kept at seq 0."""
    made = a_board(board_id)
    store.create(made, title="Flip the Script", code_hash=f"code-{board_id}", at=1790000000.0)
    return made


def test_one_of_each_is_one_of_every_kind() -> None:
    assert {record.KIND for record in one_of_each()} == set(KINDS)


def test_a_new_board_is_loaded_as_it_was_created(store: Keeper, board: Board) -> None:
    loaded = kept(store, board.id)
    assert records(loaded.board) == records(board)
    assert (loaded.board.seq, loaded.board.epoch) == (0, "spring")
    assert (loaded.entries, loaded.answers) == ([], {})


def test_a_board_that_is_not_there_is_none(store: Keeper, board_id: str) -> None:
    assert store.load(board_id) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_every_kind_is_removed_and_comes_back(store: Keeper, board: Board, kind: str) -> None:
    record = next(record for record in board.records() if kind == record.KIND)
    store.save(board.id, before=0, entries=[entry(1, gone=(key(record),))])
    assert kept(store, board.id).board.find(key(record)) is None
    store.save(board.id, before=1, entries=[entry(2, record)])
    assert kept(store, board.id).board.find(key(record)) == record


def test_what_a_batch_leaves_is_what_applying_it_leaves(store: Keeper, board: Board) -> None:
    batch = [
        entry(1, note("n9"), replace(LYON, name="The mayor’s office")),
        entry(2, note("n9", "More benches"), note("n5")),
        entry(3, gone=(("note", "n5"), ("note", "n1"), ("reaction", "r1"))),
        entry(4, note("n1", "Fewer cars")),
        entry(5),
    ]
    store.save(board.id, before=0, entries=batch)
    for accepted in batch:
        board.apply(accepted.after)
        board.advance(accepted.seq)
    loaded = kept(store, board.id)
    assert records(loaded.board) == records(board)
    assert loaded.board.seq == 5
    assert loaded.entries == batch


def test_records_keep_the_order_in_which_they_came(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1, note("n9"), note("n3")), entry(2, note("n2"))])
    store.save(board.id, before=2, entries=[entry(3, note("n9", "More benches"))])
    store.save(board.id, before=3, entries=[entry(4, gone=(("note", "n1"),)), entry(5, note("n1"))])
    assert [each.id for each in kept(store, board.id).board.all(Note)] == ["n0", "n9", "n3", "n2", "n1"]


def test_an_entry_comes_back_with_its_records_before_and_after(store: Keeper, board: Board) -> None:
    before: dict[Key, Record | None] = {("note", "n1"): note("n1"), ("note", "n7"): None}
    after: dict[Key, Record | None] = {("note", "n1"): note("n1", pinned=True), ("note", "n7"): None}
    accepted = entry(1, before=before, after=after, made={"note": "n1"})
    store.save(board.id, before=0, entries=[accepted])
    assert store.entry(board.id, 1) == accepted
    assert store.entry(board.id, 2) is None


@pytest.mark.parametrize("seqs", [[], [2], [1, 3], [1, 1], [0], [2, 1]])
def test_seqs_that_are_not_dense_are_a_fault(store: Keeper, board: Board, seqs: list[int]) -> None:
    with pytest.raises(ValueError, match="do not follow 0"):
        store.save(board.id, before=0, entries=[entry(seq) for seq in seqs])
    assert store.heads([board.id]) == {board.id: (0, "spring")}


def test_who_is_behind_is_told_and_nothing_is_saved(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1)])
    with pytest.raises(Behind):
        store.save(board.id, before=0, entries=[entry(1, note("n9"), id="another")])
    loaded = kept(store, board.id)
    assert loaded.board.find(("note", "n9")) is None
    assert loaded.entries == [entry(1)]


def test_who_decided_in_another_life_of_the_board_is_behind(store: Keeper, board: Board) -> None:
    with pytest.raises(Behind):
        store.save(board.id, before=0, entries=[entry(1)], epoch="winter")
    store.save(board.id, before=0, entries=[entry(1)], epoch="spring")
    assert store.heads([board.id]) == {board.id: (1, "spring")}


def test_news_are_what_came_after_a_seq_and_where_the_board_is(store: Keeper, board: Board, board_id: str) -> None:
    assert store.news("no-such-board", 0) is None
    assert store.news(board.id, 0) == News(0, "spring", [])
    batch = [entry(seq, note(f"n{seq + 10}")) for seq in range(1, 6)]
    store.save(board.id, before=0, entries=batch)
    assert store.news(board.id, 2) == News(5, "spring", batch[2:])
    assert store.news(board.id, 0, most=2) == News(5, "spring", batch[:2])
    assert store.news(board.id, 9) == News(5, "spring", [])


def test_news_bring_what_a_version_needs_to_be_written_on(store: Keeper, board: Board) -> None:
    version = next(record for record in board.records() if isinstance(record, Version))
    written = [
        replace(version, text=text, pen=f"generation.{text}", text_seq=seq) for seq, text in ((1, "a"), (2, "b"))
    ]
    store.save(board.id, before=0, entries=[entry(1, written[0], note("n9")), entry(2, written[1]), entry(3)])
    news = store.news(board.id, 0)
    assert news is not None
    left: dict[Key, Record | None] = {}
    for each in news.entries:
        left |= each.after
    assert left[key(version)] == written[1]
    store.save(board.id, before=3, entries=[entry(4, gone=(key(version),))])
    assert store.news(board.id, 2) == News(4, "spring", [entry(3), entry(4, gone=(key(version),))])


def test_whoever_has_the_turn_knows_what_came_before_and_saves(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1, note("n9"))])
    turn = store.take_turn(board.id, 0)
    assert turn.news == News(1, "spring", [entry(1, note("n9"))])
    turn.save(before=1, entries=[entry(2, note("n10"))])
    assert [each.seq for each in kept(store, board.id).entries] == [1, 2]


def test_a_turn_that_is_given_back_or_comes_to_nothing_leaves_the_board_to_the_next(
    store: Keeper, board: Board
) -> None:
    store.take_turn(board.id, 0).give_back()
    assert store.take_turn("no-such-board", 0).news is None
    with pytest.raises(Behind):
        store.take_turn("no-such-board", 0).save(before=0, entries=[entry(1)])
    with pytest.raises(Behind):
        store.take_turn(board.id, 0).save(before=7, entries=[entry(8)])
    with pytest.raises(RuleBroken):
        store.take_turn(board.id, 0).save(before=0, entries=[entry(1), entry(2, id="command-1")])
    with pytest.raises(ValueError, match="do not follow"):
        store.take_turn(board.id, 0).save(before=0, entries=[entry(2)])
    store.save(board.id, before=0, entries=[entry(1)])
    assert kept(store, board.id).entries == [entry(1)]


def test_who_saves_a_board_that_is_gone_is_behind(store: Keeper, board_id: str) -> None:
    with pytest.raises(Behind):
        store.save(board_id, before=0, entries=[entry(1)])


def test_one_command_of_one_actor_is_kept_once_for_ever(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1, id="c")])
    with pytest.raises(RuleBroken):
        store.save(board.id, before=1, entries=[entry(2, note("n9"), id="c")])
    loaded = kept(store, board.id)
    assert (loaded.board.seq, loaded.board.find(("note", "n9"))) == (1, None)
    store.save(board.id, before=1, entries=[entry(2, id="c", actor="p2")])


def test_a_batch_with_one_command_twice_saves_nothing(store: Keeper, board: Board) -> None:
    with pytest.raises(RuleBroken):
        store.save(board.id, before=0, entries=[entry(1, note("n9"), id="c"), entry(2, id="c")])
    assert records(kept(store, board.id).board) == records(board)


def test_a_voter_has_one_cast_on_a_ballot(store: Keeper, board: Board) -> None:
    with pytest.raises(RuleBroken):
        store.save(board.id, before=0, entries=[entry(1, cast("c2", voter="p1"))])
    store.save(board.id, before=0, entries=[entry(1, cast("c2", voter="p1", ballot="b2"), cast("c3", voter="p2"))])


def test_a_cast_never_uses_more_than_it_is_allowed(store: Keeper, board: Board) -> None:
    with pytest.raises(RuleBroken):
        store.save(board.id, before=0, entries=[entry(1, cast("c1", used=4, allowed=3))])
    assert kept(store, board.id).board.find(("cast", "c1")) == cast("c1")
    store.save(board.id, before=0, entries=[entry(1, cast("c1", used=3, allowed=3))])


def test_sixty_four_commands_are_one_batch(store: Keeper, board: Board) -> None:
    batch = [entry(seq, note(f"n{seq + 100}"), made={"note": f"n{seq + 100}"}) for seq in range(1, 65)]
    store.save(board.id, before=0, entries=batch)
    loaded = kept(store, board.id)
    assert (loaded.board.seq, loaded.board.count(Note), loaded.entries) == (64, 66, batch)


def test_answers_are_there_for_ever_and_entries_only_the_newest(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(seq, made={"note": f"n{seq}"}) for seq in range(1, 11)])
    loaded = store.load(board.id, entries=3)
    assert loaded is not None
    assert [each.seq for each in loaded.entries] == [8, 9, 10]
    assert len(loaded.answers) == 10
    assert loaded.answers["p1", "command-1"] == Answer(seq=1, digest="digest-1", made={"note": "n1"})


def test_entries_are_read_from_a_seq_and_in_pages(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(seq) for seq in range(1, 11)])
    assert [each.seq for each in store.entries_since(board.id, 7)] == [8, 9, 10]
    assert store.entries_since(board.id, 10) == []
    assert [each.seq for each in store.entries(board.id, 4)] == [7, 8, 9, 10]
    assert [each.seq for each in store.entries(board.id, 4, before=7)] == [3, 4, 5, 6]
    assert [each.seq for each in store.entries(board.id, 4, before=3)] == [1, 2]


def test_heads_say_where_boards_are(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1)])
    assert store.heads([board.id, "none"]) == {board.id: (1, "spring")}
    assert store.heads([]) == {}


def test_boards_are_listed_by_their_title_and_the_one_active_last_first(store: Keeper, board: Board) -> None:
    other = Board(f"other-{board.id}", epoch="e", records=one_of_each())
    store.create(other, title="Another", code_hash=f"code-{other.id}", at=1790000050.0)
    renamed = replace(board.about, title="Flip it")
    store.save(board.id, before=0, entries=[entry(1, renamed), entry(2)])
    listed = [kept for kept in store.boards() if kept.id in (board.id, other.id)]
    assert [(one.title, one.seq, one.active_at) for one in listed] == [
        ("Flip it", 2, 1790000102.0),
        ("Another", 0, 1790000050.0),
    ]
    assert (listed[0].created_at, listed[0].epoch) == (1790000000.0, "spring")


def test_a_board_is_found_by_its_code_and_no_longer_by_its_old_one(store: Keeper, board: Board) -> None:
    first, second = f"code-{board.id}", uuid4().hex
    assert store.find_by_code(first) == board.id
    store.save(board.id, before=0, entries=[entry(1)], code_hash=second)
    assert (store.find_by_code(first), store.find_by_code(second)) == (None, board.id)
    store.save(board.id, before=1, entries=[entry(2)])
    assert store.find_by_code(second) == board.id


def test_two_boards_share_neither_id_nor_code(store: Keeper, board: Board) -> None:
    with pytest.raises(Taken):
        store.create(board, title="Again", code_hash=uuid4().hex, at=1.0)
    other = a_board(f"other-{board.id}")
    with pytest.raises(Taken):
        store.create(other, title="Other", code_hash=f"code-{board.id}", at=1.0)
    assert store.load(other.id) is None
    store.create(other, title="Other", code_hash=f"code-{other.id}", at=1.0)


def test_a_deleted_board_leaves_nothing_and_its_id_is_free(store: Keeper, board: Board) -> None:
    store.save(board.id, before=0, entries=[entry(1, note("n9"))])
    store.delete(board.id)
    assert store.load(board.id) is None
    assert (store.entries(board.id, 10), store.heads([board.id])) == ([], {})
    empty = Board(board.id, epoch="summer")
    store.create(empty, title="New", code_hash=f"code-{board.id}", at=1.0)
    assert records(kept(store, board.id).board) == {}
    assert not store.delete("none")


def test_a_board_that_was_used_meanwhile_is_not_deleted(store: Keeper, board: Board) -> None:
    (listed,) = [each for each in store.boards() if each.id == board.id]
    store.save(board.id, before=0, entries=[entry(1, note("n9"))])
    (used,) = [each for each in store.boards() if each.id == board.id]
    assert used.active_at > listed.active_at
    assert not store.delete(board.id, unless_after=listed.active_at)
    assert kept(store, board.id).board.seq == 1
    assert store.delete(board.id, unless_after=used.active_at)
    assert store.load(board.id) is None


def test_boards_keep_apart(store: Keeper, board: Board) -> None:
    other = a_board(f"other-{board.id}")
    store.create(other, title="Other", code_hash=f"code-{other.id}", at=1.0)
    store.save(board.id, before=0, entries=[entry(1, note("n9"), gone=(("note", "n1"),))])
    store.delete(board.id)
    assert records(kept(store, other.id).board) == records(other)
    store.save(other.id, before=0, entries=[entry(1, note("n9"))])


def test_it_is_ready_and_has_threads_of_its_own(store: Keeper, board: Board) -> None:
    store.ready()
    store.writer.submit(store.save, board.id, before=0, entries=[entry(1)]).result()
    loaded = store.reader.submit(store.load, board.id).result()
    assert loaded is not None
    assert loaded.board.seq == 1


def test_what_went_wrong_quotes_nobody(store: Keeper, board: Board) -> None:
    over = cast("c1", used=4, place=CANARY, choices={CANARY: 4})
    with pytest.raises(RuleBroken) as broken:
        store.save(board.id, before=0, entries=[entry(1, note("n9", CANARY)), entry(2, over)])
    assert CANARY not in "".join(format_exception(broken.value))


def page(number: int = 1, size: str = "large", file: str = "f1", content: bytes = b"\x00webp\xff") -> Page:
    """A page of a file."""
    return Page(file=file, number=number, size=size, type="image/webp", content=content)


def test_a_page_of_a_file_is_kept_as_it_came_and_kept_again(store: Keeper, board: Board) -> None:
    for each in (page(1), page(1, "small", content=b""), page(2)):
        store.keep_page(board.id, each)
    assert store.page(board.id, "f1", 1, "large") == page(1)
    assert store.page(board.id, "f1", 1, "small") == page(1, "small", content=b"")
    assert store.page(board.id, "f1", 2, "small") is None
    assert store.weight(board.id) == 12
    store.keep_page(board.id, page(2, content=b"new"))
    assert store.page(board.id, "f1", 2, "large") == page(2, content=b"new")
    assert store.weight(board.id) == 9


def test_pages_are_their_boards_and_go_with_it(store: Keeper, board: Board, board_id: str) -> None:
    other = a_board(f"other-{board.id}")
    store.create(other, title="Other", code_hash=f"code-{other.id}", at=1.0)
    store.keep_page(board.id, page())
    assert store.page(other.id, "f1", 1, "large") is None
    assert (store.weight(other.id), store.weight("none")) == (0, 0)
    store.delete(board.id)
    assert store.page(board.id, "f1", 1, "large") is None
    with pytest.raises(RuleBroken):
        store.keep_page(board.id, page())


def test_a_file_is_forgotten_a_while_after_the_last_stage_showed_it(store: Keeper, board: Board) -> None:
    store.keep_page(board.id, page(file="shown"))
    store.keep_page(board.id, page(file="left"))
    stage = next(each for each in board.records() if isinstance(each, Stage))
    store.save(board.id, before=0, entries=[entry(1, replace(stage, file="shown"))])
    store.forget_files(now=1_000.0, after=100.0)
    store.forget_files(now=1_100.0, after=100.0)
    assert store.page(board.id, "left", 1, "large") is not None
    assert store.forget_files(now=1_101.0, after=100.0) >= 1
    assert store.page(board.id, "left", 1, "large") is None
    assert store.page(board.id, "shown", 1, "large") is not None


def test_a_file_that_is_shown_again_or_comes_again_has_its_whole_while_anew(store: Keeper, board: Board) -> None:
    store.keep_page(board.id, page(file="back"))
    store.keep_page(board.id, page(file="again"))
    stage = next(each for each in board.records() if isinstance(each, Stage))
    store.forget_files(now=1_000.0, after=100.0)
    store.save(board.id, before=0, entries=[entry(1, replace(stage, file="back"))])
    store.forget_files(now=1_050.0, after=100.0)
    store.save(board.id, before=1, entries=[entry(2, replace(stage, file=""))])
    store.keep_page(board.id, page(file="again"))
    store.forget_files(now=1_090.0, after=100.0)
    store.forget_files(now=1_150.0, after=100.0)
    assert store.weight(board.id) == 2 * len(page().content)
    store.forget_files(now=1_191.0, after=100.0)
    assert store.weight(board.id) == 0
