"""What the store's tests begin from: a board with one record of every kind, and entries that follow it."""

from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from app.board.board import Board
from app.board.entries import Entry
from app.board.keeping import Keeper, Loaded, StorageFull
from app.board.records import (
    About,
    Action,
    Answers,
    Ballot,
    Campaign,
    Cast,
    Claim,
    Comment,
    Cue,
    Dismissal,
    Door,
    Headline,
    Key,
    Note,
    Now,
    Person,
    Question,
    Reaction,
    Record,
    Stage,
    Step,
    Survey,
    Theme,
    Timer,
    Translation,
    Version,
    key,
)

CANARY = "canary-4f1d0b57"
ROOT = Path(__file__).resolve().parents[2]
STEP = Step(id="s1", order="a0", kind="write", title={"en": "Your city", "fr": "Votre ville"}, prompt={}, minutes=8)
LYON = Person(id="p1", name="A mayor’s office", place="Lyon", language="fr", joined_at=1790000000.25)
DAKAR = Person(id="p2", name="A planner", place="Dakar", language="fr", joined_at=1790000001.5)


def note(id_: str, text: str = "More trees along the tram line", **fields: object) -> Note:
    """A note of Lyon's."""
    plain = Note(
        id=id_,
        step="s1",
        text=text,
        author="p1",
        language="en",
        place="Lyon",
        created_at=1790000002.0,
        seq=1,
        text_seq=1,
    )
    return replace(plain, **fields)


def cast(id_: str, voter: str = "p1", **fields: object) -> Cast:
    """A voter's dots on the first ballot."""
    plain = Cast(
        id=id_,
        ballot="b1",
        voter=voter,
        by=voter,
        place="Lyon",
        choices={"note:n1": 2},
        used=2,
        allowed=3,
        at=1790000003.0,
    )
    return replace(plain, **fields)


BALLOT = Ballot(
    id="b1",
    step="s1",
    title="Which message should be the headline?",
    method="dots",
    candidates=("note:n1", "note:n0"),
    dots=3,
    per_candidate=2,
    one_per="person",
    sealed=True,
    secrecy="secret",
    tie_rule="shared",
    opened_at=1790000002.5,
    seq=1,
)


COMMENT = Comment(
    id="x1",
    note="n1",
    text="And benches",
    author="p2",
    language="en",
    place="Dakar",
    created_at=1790000002.5,
    seq=1,
)


def one_of_each() -> list[Record]:
    """One record of every kind, notes and people not in the order of their ids."""
    return [
        About(
            title="Flip the Script",
            template="blank",
            language="fr",
            created_at=1790000000.0,
            zone="Europe/Paris",
        ),
        Now(step="s1", announcement="Ten minutes left ⏳"),
        Timer(ends_at=1790000600.0),
        Door(),
        STEP,
        Cue(id="s1", step="s1", text="Ask Dakar first", text_seq=1),
        Stage(id="s1", step="s1", title="The campaign", links=(("Goals", "https://example.org/goals"),)),
        DAKAR,
        LYON,
        note("n1"),
        note("n0", "مدينتكم", people=40),
        Reaction(id="r1", note="n1", person="p2", emoji="♥"),
        COMMENT,
        Translation(
            id="n1.fr", note="n1", language="fr", text="Des arbres", by="p2", of=1, at=1790000002.5, text_seq=1
        ),
        BALLOT,
        cast("c1"),
        Dismissal(id="d1", step="s1", notes=("n0", "n1"), by="p1", seq=1),
        Theme(id="t1", step="s1", title="Streets", order="a0", seq=1, text_seq=1),
        Headline(id="h1", origin=("note:n1", "theme:t1"), by="p1", place="Lyon", created_at=1790000004.0, seq=1),
        Version(
            id="h1.fr",
            headline="h1",
            language="fr",
            text="Rue par rue",
            by="p1",
            place="Lyon",
            at=1790000004.0,
            seq=1,
            text_seq=1,
        ),
        Claim(id="h1.es", headline="h1", language="es", by="p2", place="Dakar", at=1790000004.5),
        Action(id="a1", text="Plant", order="a0", by="p1", place="Lyon", created_at=1790000005.0, seq=1, text_seq=1),
        Survey(state="open"),
        Question(id="q1", order="a0", kind="choice", text={"fr": "Et vous ?"}, options=({"fr": "Oui"}, {"fr": "Non"})),
        Answers(id="w1", person="p2", given={"q1": "0"}),
        Campaign(hashtag="FlipTheScript", ground="#ffe07a"),
    ]


def a_board(board_id: str) -> Board:
    """A board at seq 0 with one of each."""
    return Board(board_id, epoch="spring", records=one_of_each())


def entry(seq: int, *records: Record, gone: tuple[Key, ...] = (), **fields: object) -> Entry:
    """An accepted command that leaves these records, and removes those."""
    after: dict[Key, Record | None] = {key(record): record for record in records} | dict.fromkeys(gone)
    plain = Entry(
        seq=seq,
        id=f"command-{seq}",
        actor="p1",
        what="note.add",
        digest=f"digest-{seq}",
        at=1790000100.0 + seq,
        before=dict.fromkeys(after),
        after=after,
    )
    return replace(plain, **fields)


def fill(store: Keeper, board_id: str, seq: int) -> int:
    """Save long notes that do not compress until there is no more room; the last seq that was saved."""
    while True:
        try:
            store.save(board_id, before=seq, entries=[entry(seq + 1, note(f"f{seq + 1}", token_hex(10_000)))])
        except StorageFull:
            return seq
        seq += 1


def kept(store: Keeper, board_id: str) -> Loaded:
    """The board as it is at rest; fails when it is not there."""
    loaded = store.load(board_id)
    assert loaded is not None
    return loaded


def records(board: Board) -> dict[str, list[Record]]:
    """Everything on a board, each kind in the order in which it came."""
    found: dict[str, list[Record]] = {}
    for record in board.records():
        found.setdefault(record.KIND, []).append(record)
    return found
