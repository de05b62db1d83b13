"""A whole board goes from one database into the other and back, and nothing of it is another one afterwards."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.board.keeping import Behind, Page, RuleBroken, Taken
from app.board.records import Note
from app.store import board_file, carrying
from app.store.board_file import CannotCarry
from app.store.store import Store
from tests.store.given import a_board, entry, kept, note, records

NOW = 1_790_100_000.0


def a_full_board(store: Store, board_id: str) -> None:
    store.create(a_board(board_id), title="Flip the Script", code_hash=f"code-{board_id}", at=1790000000.0)
    store.save(board_id, before=0, entries=[entry(1, note("n9")), entry(2, note("n3", "مدينتكم"), made={"note": "n3"})])
    store.save(board_id, before=2, entries=[entry(3, gone=(("note", "n1"),)), entry(4, note("n1", "Fewer cars"))])
    for size, content in (("large", bytes(range(256))), ("small", b"\x00")):
        store.keep_page(board_id, Page(file="f1", number=1, size=size, type="image/webp", content=content))


def put(store: Store, path: Path, **also: Any) -> str:
    found = board_file.opened(path)
    carrying.require_known(found, path)
    chosen = {"code_hash": lambda board, generation: f"new-{board}-{generation}", "now": NOW, "replace": False, **also}
    return carrying.put(store.database, found, **chosen)


def everything(store: Store, board_id: str) -> object:
    loaded = kept(store, board_id)
    pages = [store.page(board_id, "f1", 1, size) for size in ("large", "small")]
    order = [each.id for each in loaded.board.all(Note)]
    return records(loaded.board), order, store.entries_since(board_id, 0), loaded.answers, pages, loaded.board.seq


@pytest.mark.parametrize("there, back", [("sqlite", "shared"), ("shared", "sqlite")], ids=["up", "down"])
def test_a_board_moves_to_the_other_database_and_back(
    request: pytest.FixtureRequest, tmp_path: Path, board_id: str, there: str, back: str
) -> None:
    one, other = request.getfixturevalue(there), request.getfixturevalue(back)
    a_full_board(one, board_id)
    whole = everything(one, board_id)
    assert carrying.write(one.database, board_id, tmp_path / "there")
    epoch = put(other, tmp_path / "there")
    assert everything(other, board_id) == whole
    assert carrying.write(other.database, board_id, tmp_path / "back")
    again = put(one, tmp_path / "back", replace=True)
    assert everything(one, board_id) == whole
    assert len({"spring", epoch, again}) == 3
    assert one.heads([board_id]) == {board_id: (4, again)}
    assert one.find_by_code(f"new-{board_id}-1") == board_id
    other.save(board_id, before=4, entries=[entry(5, note("n9", "Later"))])


def test_a_board_that_is_there_is_replaced_only_when_told_to(sqlite: Store, board_id: str, tmp_path: Path) -> None:
    a_full_board(sqlite, board_id)
    carrying.write(sqlite.database, board_id, tmp_path / "file")
    sqlite.save(board_id, before=4, entries=[entry(5, note("n9", "Later"))])
    with pytest.raises(Taken):
        put(sqlite, tmp_path / "file")
    assert kept(sqlite, board_id).board.seq == 5
    put(sqlite, tmp_path / "file", replace=True)
    assert kept(sqlite, board_id).board.seq == 4


def test_renewed_boards_are_as_they_were_and_nobody_goes_on_with_the_life_before(
    database: Store, board_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [board_id, f"{board_id}-2"]
    for each in both:
        a_full_board(database, each)
    whole = [everything(database, each) for each in both]
    assert carrying.renew(database.database, board_id, now=NOW) == [board_id]
    one = database.heads(both)
    assert one[board_id][1] != "spring" and one[both[1]] == (4, "spring")
    assert set(carrying.renew(database.database, None, now=NOW)) >= set(both)
    epochs = [database.heads(both)[each][1] for each in both]
    assert len({"spring", one[board_id][1], *epochs}) == 4
    assert [everything(database, each) for each in both] == whole
    assert {kept.active_at for kept in database.boards() if kept.id in both} == {NOW}
    with pytest.raises(Behind):
        database.save(board_id, before=4, entries=[entry(5)], epoch="spring")
    assert carrying.renew(database.database, "nowhere", now=NOW) == []
    # The second board's is refused by its table: then the first one's life goes on too.
    lives = iter(["summer"])
    monkeypatch.setattr(carrying, "token_hex", lambda _: next(lives, None))
    with pytest.raises(RuleBroken):
        carrying.renew(database.database, None, now=NOW)
    assert [database.heads(both)[each][1] for each in both] == epochs


def test_no_board_makes_no_file_and_a_file_that_is_there_stays(sqlite: Store, tmp_path: Path, board_id: str) -> None:
    path = tmp_path / "file"
    assert not carrying.write(sqlite.database, board_id, path)
    assert not path.exists()
    path.write_text("mine")
    with pytest.raises(CannotCarry, match="there already"):
        carrying.write(sqlite.database, board_id, path)
    assert path.read_text() == "mine"


def rewritten(path: Path, into: Path, change: Any) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return into


def headed(**told: object) -> Any:
    return lambda name, old: json.dumps({**json.loads(old), **told}) if name == "board.json" else old


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (headed(version=2), "newer Flipchart"),
        (headed(tables="9999"), "newer Flipchart"),
        (headed(format="another"), "not a whole board"),
        (lambda name, old: old.replace(b"Fewer", b"Other") if name == "entry.jsonl" else old, "is damaged: entry"),
        (lambda name, old: old[:-1] if name == "page/0" else old, "is damaged: page/0"),
    ],
    ids=["version", "tables", "format", "words", "page"],
)
def test_what_is_no_whole_board_changes_nothing(
    sqlite: Store, tmp_path: Path, board_id: str, change: Any, sentence: str
) -> None:
    a_full_board(sqlite, board_id)
    carrying.write(sqlite.database, board_id, tmp_path / "file")
    with pytest.raises(CannotCarry, match=sentence):
        put(sqlite, rewritten(tmp_path / "file", tmp_path / "bad", change), replace=True)
    assert sqlite.heads([board_id]) == {board_id: (4, "spring")}


def by_hand(part: str, told: dict[str, object]) -> Any:
    """The first line of that part says something else (None: no more), and its checksum is right."""
    marks: dict[str, str] = {}

    def line(old: bytes) -> bytes:
        return json.dumps({name: said for name, said in (json.loads(old) | told).items() if said is not None}).encode()

    def change(name: str, old: bytes) -> bytes:
        if name == "board.json":
            head = json.loads(line(old) if name == part else old)
            head["parts"] |= {each: {"lines": 1, "sha256": mark} for each, mark in marks.items()}
            return json.dumps(head).encode()
        if name != part:
            return old
        first, _, rest = old.partition(b"\n")
        made = line(first) + b"\n" + rest
        marks[name] = sha256(made).hexdigest()
        return made

    return change


BY_HAND = {
    "a board without a name": ("board.json", {"board": {"seq": 4}}, "not a whole board"),
    "a note without words": ("record/note.jsonl", {"text": None}, "by hand"),
    "a note that came too late": ("record/note.jsonl", {"came": 2**70}, "by hand"),
    "a note of half a letter": ("record/note.jsonl", {"text": "\ud800"}, "by hand"),
    "links that are none": ("record/door.jsonl", {"generations": 3}, "by hand"),
    "an entry without its records": ("entry.jsonl", {"after": None}, "by hand"),
    "an entry of records that are none": ("entry.jsonl", {"after": {"note/n1": {"odd": 1}}}, "by hand"),
    "an entry of a kind that is none": ("entry.jsonl", {"before": {"odd/n1": {}}}, "by hand"),
}


@pytest.mark.parametrize(("part", "told", "sentence"), BY_HAND.values(), ids=BY_HAND)
def test_what_was_changed_by_hand_takes_no_boards_place(
    sqlite: Store, tmp_path: Path, board_id: str, part: str, told: dict[str, object], sentence: str
) -> None:
    a_full_board(sqlite, board_id)
    carrying.write(sqlite.database, board_id, tmp_path / "file")
    with pytest.raises(CannotCarry, match=sentence):
        put(sqlite, rewritten(tmp_path / "file", tmp_path / "odd", by_hand(part, told)), replace=True)
    assert sqlite.heads([board_id]) == {board_id: (4, "spring")}
    assert kept(sqlite, board_id).board.seq == 4
    put(sqlite, rewritten(tmp_path / "file", tmp_path / "same", by_hand(part, {})), replace=True)


@pytest.mark.parametrize("cut", [0, 10, 0.5, 0.99])
def test_half_a_file_is_no_board(sqlite: Store, tmp_path: Path, board_id: str, cut: float) -> None:
    a_full_board(sqlite, board_id)
    carrying.write(sqlite.database, board_id, tmp_path / "file")
    whole = (tmp_path / "file").read_bytes()
    (tmp_path / "half").write_bytes(whole[: int(cut * len(whole)) if cut < 1 else int(cut)])
    with pytest.raises(CannotCarry, match="not a whole board"):
        put(sqlite, tmp_path / "half", replace=True)
