"""Headlines: who drafts them from what, in which languages, what a ballot locks, what is withdrawn and hidden."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.board.agenda import AgendaAdd
from app.board.audience import EVERYONE, FACILITATORS, PUBLIC, SCREEN, Audience, may_see
from app.board.claiming import HeadlineClaim
from app.board.deciding import ASKABLE
from app.board.headlined import (
    CLAIM_HOLDS,
    claims,
    drafting,
    headline_stands,
    headlines,
    is_locked,
    languages,
    origins,
    version_id,
    versions,
)
from app.board.headlines import (
    MOST_ORIGINS,
    WHILE_WRITING,
    HeadlineAdd,
    HeadlineCowrite,
    HeadlineEdit,
    HeadlineHide,
    HeadlineRestore,
    HeadlineWithdraw,
)
from app.board.moderating import NoteHide
from app.board.parts import parts_of
from app.board.records import Ballot, Headline, Record, Step, Version, key
from app.board.theming import ThemeAdd, ThemeDelete
from tests.board.story import Room, Somebody, given_a_room, refused


@dataclass
class Drafting:
    """A room after writing and grouping, in the step where headlines are drafted."""

    room: Room
    group: Step
    step: Step
    note: str

    def draft(self, text: str = "Rue par rue", who: Somebody | None = None, **also: Any) -> str:
        return (who or self.room.lyon).asks(HeadlineAdd(text=text, **also)).made["headline"]

    def edits(self, headline: str, text: str, who: Somebody | None = None, **also: Any) -> None:
        also = {"language": "fr", "base": self.room.story.seq} | also
        (who or self.room.dakar).asks(HeadlineEdit(headline=headline, text=text, **also))

    def cowrites(self, headline: str, text: str, pen: str = "c3RhdGU=", **also: Any) -> None:
        also = {"language": "fr", "base": self.room.story.seq} | also
        self.room.dakar.asks(HeadlineCowrite(headline=headline, text=text, pen=pen, **also))

    def headline(self, headline: str) -> Headline:
        return self.room.story.board.need(Headline, headline)

    def version(self, headline: str, language: str = "fr") -> Version:
        return self.room.story.board.need(Version, version_id(headline, language))

    def texts(self, headline: str) -> dict[str, str]:
        return {each.language: each.text for each in versions(self.room.story.board, headline)}

    def seen(self, audience: Audience = EVERYONE) -> list[str]:
        return [each.id for each in headlines(self.room.story.board, audience)]

    def votes_on(self, *drafts: str, state: str = "open") -> None:
        """A ballot over them, as it lies on the board."""
        story = self.room.story
        ballot = Ballot(
            id="b1",
            step=self.step.id,
            title="",
            method="dots",
            candidates=tuple(f"headline:{each}" for each in drafts),
            dots=3,
            per_candidate=1,
            one_per="person",
            sealed=True,
            secrecy="secret",
            tie_rule="shared",
            quorum=0,
            state=state,
            opened_at=story.clock,
            seq=story.seq + 1,
        )
        story.board.apply({key(ballot): ballot})


def given_drafting(**limits: int) -> Drafting:
    room = given_a_room(**limits)
    note = room.lyon.posts("Plus d’arbres")
    added = room.facilitator.asks(AgendaAdd(kind="group", title={"fr": "Thèmes"}, minutes=5, after=room.step.id))
    group = room.story.board.need(Step, added.made["step"])
    made = room.facilitator.asks(AgendaAdd(kind="headline", title={"fr": "Messages"}, minutes=5, after=group.id))
    number = [step.id for step in room.story.steps].index(made.made["step"])
    return Drafting(room, group, room.facilitator.goes_to(number), note)


def test_D1_headlines_are_written_once_the_session_has_come_to_a_headline_step():
    at = given_drafting()
    board = at.room.story.board
    assert at.texts(at.draft()) == {"fr": "Rue par rue"}
    at.room.facilitator.goes_to(2)
    assert drafting(board) is None
    with refused("not-now", step=at.step.id):
        at.draft()
    at.draft(who=at.room.facilitator)
    at.room.facilitator.goes_to(len(at.room.story.steps) - 1)
    assert drafting(board) == at.step
    at.draft(who=at.room.dakar)


def test_D1_facilitators_take_that_right_away_and_write_all_the_same():
    at = given_drafting()
    first = at.draft()
    at.room.facilitator.sets(at.step, write=False)
    with refused("not-now", step=at.step.id):
        at.edits(first, "Autre")
    at.edits(first, "Autre", who=at.room.facilitator)
    assert at.texts(first) == {"fr": "Autre"}


@pytest.mark.parametrize("state", ["muted", "locked", "closed", "observer"])
def test_D1_who_may_not_write_writes_no_headline(state):
    at = given_drafting()
    watching = at.room.story.joins("Quito", role="observer")
    who = watching if state == "observer" else at.room.lyon
    if state == "muted":
        at.room.facilitator.mutes(who)
    elif state == "locked":
        at.room.facilitator.locks()
    elif state == "closed":
        at.room.facilitator.ends_the_session()
    with refused("read-only" if state == "observer" else state):
        at.draft(who=who)


def test_D2_a_headline_keeps_what_it_came_from():
    at = given_drafting()
    board = at.room.story.board
    theme = at.room.facilitator.asks(ThemeAdd(step=at.group.id, title="Ombre")).made["theme"]
    refs = (f"note:{at.note}", f"theme:{theme}", f"note:{at.note}")
    first = at.draft(origin=refs)
    assert at.headline(first).origin == refs[:2]
    assert [each.id for each in origins(board, at.headline(first), EVERYONE)] == [at.note, theme]
    at.room.facilitator.asks(NoteHide(note=at.note))
    at.room.facilitator.asks(ThemeDelete(theme=theme))
    assert origins(board, at.headline(first), EVERYONE) == []
    assert at.headline(first).origin == refs[:2]


def test_D2_it_comes_from_what_its_author_may_read():
    at = given_drafting()
    at.room.facilitator.asks(NoteHide(note=at.note))
    for ref, code in ((f"note:{at.note}", "unknown"), ("theme:t1", "unknown"), ("ballot:b1", "invalid")):
        with refused(code):
            at.draft(origin=(ref,))
    with refused("too-many", max=MOST_ORIGINS):
        at.draft(origin=tuple(f"note:{n}" for n in range(MOST_ORIGINS + 1)))
    at.draft(who=at.room.facilitator, origin=(f"note:{at.note}",))


def test_D3_a_headline_is_one_candidate_with_a_version_to_each_language():
    at = given_drafting()
    first = at.draft()
    at.edits(first, "Street by street", language="en", base=0)
    at.edits(first, "Rue après rue", who=at.room.dakar)
    assert at.texts(first) == {"fr": "Rue après rue", "en": "Street by street"}
    assert at.version(first).by == at.room.dakar.id
    assert at.headline(first).by == at.room.lyon.id
    assert at.seen() == [first]


def test_D3_a_language_has_one_version_however_its_tag_is_spelt():
    at = given_drafting()
    first = at.draft("Rua por rua", language="pt-BR")
    at.edits(first, "Rua a rua", language="PT-br")
    assert at.texts(first) == {"pt-BR": "Rua a rua"}
    with refused("invalid", field="language"):
        at.edits(first, "Rua", language="portuguese, please")


def test_D4_a_version_reworded_meanwhile_is_changed_since():
    at = given_drafting()
    first = at.draft()
    seen = at.room.story.seq
    at.edits(first, "Rue après rue", base=seen)
    with refused("changed-since", text="Rue après rue"):
        at.edits(first, "De rue en rue", who=at.room.lyon, base=seen)
    at.edits(first, "Street by street", language="en", base=0)
    with refused("changed-since", text="Street by street"):
        at.edits(first, "By street", language="en", base=0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 141, "too-long"),
        ("é" * 500, "too-long"),
        ("", "empty"),
        ("\u200b \u00a0", "empty"),
        ("🌍" * 141, "too-long"),
    ],
)
def test_D5_a_version_has_words_within_its_limit(text, code):
    at = given_drafting()
    first = at.draft()
    with refused(code):
        at.draft(text)
    with refused(code):
        at.edits(first, text)


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦" * 140, "مدينتكم أولاً 2030", "Д" * 40, "🌍", '#eval("x") *_$'])
def test_D5_any_script_is_a_headline(text):
    at = given_drafting()
    assert at.texts(at.draft(text)) == {"fr": text}


def test_D5_a_board_holds_so_many_headlines_hidden_ones_apart():
    at = given_drafting(headlines=2)
    first, _ = at.draft(), at.draft()
    with refused("too-many", max=2):
        at.draft()
    at.room.facilitator.asks(HeadlineHide(headline=first))
    at.draft()


def test_D6_while_people_write_together_words_may_be_none_or_too_many():
    at = given_drafting()
    first = at.draft()
    at.cowrites(first, "x" * WHILE_WRITING)
    at.cowrites(first, "")
    assert at.texts(first) == {}
    assert not headline_stands(at.room.story.board, first)
    with refused("too-long", max=WHILE_WRITING):
        at.cowrites(first, "x" * (WHILE_WRITING + 1))
    assert "headline.cowrite" not in ASKABLE


def test_D6_what_is_written_otherwise_starts_the_pen_anew():
    at = given_drafting()
    first = at.draft()
    at.cowrites(first, "Rue après rue")
    assert at.version(first).pen == "c3RhdGU="
    at.edits(first, "De rue en rue", who=at.room.lyon)
    assert at.version(first).pen == ""
    at.cowrites(first, "Rue")
    at.room.facilitator.asks(HeadlineHide(headline=first))
    assert at.version(first).pen == ""
    at.room.facilitator.asks(HeadlineHide(headline=first, on=False))
    at.cowrites(first, "Rue et rue", pen="bW9yZQ==")
    at.room.facilitator.undoes()
    assert (at.version(first).text, at.version(first).pen) == ("Rue", "")


def test_D7_a_headline_on_an_open_ballot_is_locked_but_for_facilitators():
    at = given_drafting()
    first = at.draft()
    at.votes_on(first)
    for language in ("fr", "en"):
        with refused("locked"):
            at.edits(first, "Autre", language=language)
    with refused("locked"):
        at.room.lyon.asks(HeadlineWithdraw(headline=first))
    at.edits(first, "Autre", who=at.room.facilitator)


def test_D7_what_was_voted_on_stays_and_its_missing_versions_are_written():
    at = given_drafting()
    first = at.draft()
    at.votes_on(first, state="closed")
    with refused("locked"):
        at.edits(first, "Autre")
    at.edits(first, "Street by street", language="en", base=0)
    at.edits(first, "Street after street", language="en")
    assert at.texts(first) == {"fr": "Rue par rue", "en": "Street after street"}
    assert is_locked(at.room.story.board, first, "fr")


def test_D8_whoever_proposed_a_headline_withdraws_and_restores_it():
    at = given_drafting()
    board, first = at.room.story.board, at.draft()
    with refused("not-yours"):
        at.room.dakar.asks(HeadlineWithdraw(headline=first))
    at.room.lyon.asks(HeadlineWithdraw(headline=first))
    assert not headline_stands(board, first)
    with refused("locked"):
        at.edits(first, "Autre")
    at.room.lyon.asks(HeadlineRestore(headline=first))
    assert headline_stands(board, first)
    at.room.facilitator.asks(HeadlineWithdraw(headline=first))
    with refused("only-facilitators"):
        at.room.lyon.asks(HeadlineRestore(headline=first))
    at.room.facilitator.undoes()
    assert headline_stands(board, first)


def test_D8_a_withdrawn_headline_is_seen_by_who_is_in_the_session():
    at = given_drafting()
    first = at.draft()
    assert [at.seen(each) for each in (FACILITATORS, EVERYONE, SCREEN, PUBLIC)] == [[first]] * 4
    at.room.lyon.asks(HeadlineWithdraw(headline=first))
    assert [at.seen(each) for each in (FACILITATORS, EVERYONE, SCREEN, PUBLIC)] == [[first], [first], [], []]


def test_D9_facilitators_hide_a_headline_and_show_it_as_it_was():
    at = given_drafting()
    first = at.draft()
    version = at.version(first)
    at.room.lyon.asks(HeadlineWithdraw(headline=first))
    with refused("only-facilitators"):
        at.room.lyon.asks(HeadlineHide(headline=first))
    at.room.facilitator.asks(HeadlineHide(headline=first))
    assert [at.seen(each) for each in (FACILITATORS, EVERYONE, SCREEN)] == [[first], [], []]
    assert not may_see(at.room.story.board, version, EVERYONE)
    for asked in (HeadlineRestore(headline=first), HeadlineEdit(headline=first, language="fr", text="Autre")):
        with refused("unknown", what="headline"):
            at.room.lyon.asks(asked)
    at.room.facilitator.asks(HeadlineHide(headline=first, on=False))
    assert at.headline(first).state == "withdrawn"
    at.room.facilitator.blanks()
    assert at.seen() == []


def test_D9_removing_somebody_hides_their_headlines():
    at = given_drafting()
    first, other = at.draft(), at.draft(who=at.room.dakar)
    at.room.facilitator.removes(at.room.lyon, hide_notes=True)
    assert at.seen() == [other]
    at.room.facilitator.undoes()
    assert at.seen() == [first, other]


def test_D10_a_missing_version_is_claimed_and_written():
    at = given_drafting()
    board, first = at.room.story.board, at.draft()
    at.room.dakar.asks(HeadlineClaim(headline=first, language="en"))
    assert [(each.place, each.language) for each in claims(board, first)] == [("Dakar", "en")]
    with refused("claimed", place="Dakar"):
        at.room.lyon.asks(HeadlineClaim(headline=first, language="en"))
    with refused("not-yours"):
        at.room.lyon.asks(HeadlineClaim(headline=first, language="en", on=False))
    with refused("changed-since", text="Rue par rue"):
        at.room.lyon.asks(HeadlineClaim(headline=first, language="fr"))
    at.edits(first, "Street by street", who=at.room.lyon, language="en", base=0)
    assert claims(board, first) == []


def test_D10_a_claim_is_let_go_by_time_its_owner_or_a_facilitator():
    at = given_drafting()
    board, first = at.room.story.board, at.draft()
    claimed = HeadlineClaim(headline=first, language="en")
    let_go = HeadlineClaim(headline=first, language="en", on=False)
    for who in (at.room.dakar, at.room.facilitator):
        at.room.dakar.asks(claimed)
        who.asks(let_go)
        assert claims(board, first) == []
    at.room.dakar.asks(claimed)
    at.room.story.minutes_pass(CLAIM_HOLDS / 60)
    at.room.lyon.asks(claimed)
    assert [each.by for each in claims(board, first)] == [at.room.lyon.id]


def test_D11_nobody_is_named_beside_a_headline_of_an_anonymous_step():
    at = given_drafting()
    at.room.facilitator.sets(at.step, anonymous=True)
    first = at.draft()
    at.room.dakar.asks(HeadlineClaim(headline=first, language="en"))
    assert (at.headline(first).place, at.headline(first).country, at.version(first).place) == ("", "", "")
    assert [each.place for each in claims(at.room.story.board, first)] == [""]


def test_D14_headlines_are_wanted_in_the_languages_of_who_is_here():
    at = given_drafting()
    board, first = at.room.story.board, at.draft()
    assert languages(board) == ["fr"]
    rosario = at.room.story.joins("Rosario", language="es")
    assert languages(board) == ["fr", "es"]
    assert f"headline/{first}" in parts_of(board, {key(rosario.person): None}, {key(rosario.person): rosario.person})
    quito = at.room.story.joins("Quito", language="es")
    assert f"headline/{first}" not in parts_of(board, {key(quito.person): None}, {key(quito.person): quito.person})
    at.draft("Rua por rua", language="pt")
    assert languages(board) == ["fr", "es", "pt"]


def test_D14_of_two_who_come_at_once_with_a_new_language_one_says_so():
    at = given_drafting()
    board, first = at.room.story.board, at.draft()
    both = [at.room.story.joins(place, language="es").person for place in ("Rosario", "Quito")]
    told = [f"headline/{first}" in parts_of(board, {key(each): None}, {key(each): each}) for each in both]
    assert told == [True, False]


def test_D15_a_headline_step_takes_no_notes():
    at = given_drafting()
    for who in (at.room.lyon, at.room.facilitator):
        with refused("not-now", step=at.step.id):
            who.posts("Plus d’ombre", step=at.step)


def test_U3_a_new_headline_is_withdrawn_not_undone_and_a_new_version_is():
    at = given_drafting()
    first = at.draft()
    with refused("not-undoable"):
        at.room.facilitator.undoes()
    at.edits(first, "Street by street", language="en", base=0)
    at.room.facilitator.undoes()
    assert at.texts(first) == {"fr": "Rue par rue"}


def test_D12_what_a_headline_shows_goes_stale_with_it():
    at = given_drafting()
    board, first = at.room.story.board, at.draft(origin=(f"note:{at.note}",))

    def stale(*records: Record) -> set[str]:
        before = {key(each): None for each in records}
        return parts_of(board, before, {key(each): each for each in records})

    assert stale(at.headline(first)) == {f"headline/{first}", "headlines", f"mine/{at.room.lyon.id}"}
    assert f"headline/{first}" in stale(at.version(first))
    assert f"headline/{first}" in stale(at.room.story.note(at.note))
    at.votes_on(first)
    assert "ballot/b1" in stale(at.version(first))
