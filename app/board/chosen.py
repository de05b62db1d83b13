"""The message that was chosen: a headline, or the note or theme that becomes one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.board import Board
from app.board.campaigning import campaign_of
from app.board.candidates import by_now, candidate, kind_of, stands, wordings
from app.board.headlined import version_id
from app.board.headlines import spoken_for
from app.board.records import Headline, Note, Version
from app.board.rule import Rule, Who, actor


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineChoose:
    """`candidate` is "headline:<id>"; of "note:<id>" and "theme:<id>" a headline is made first. None takes it back."""

    candidate: str = ""


def choose(board: Board, command: HeadlineChoose, ask: Ask) -> Changes:
    """One press from what came first to the headline; what was made of it before is taken again.

    The headline says what the note says, whole, also where that is too long for a billboard: it can be shortened.

    Refused: unknown {what} for what does not stand, and for a note that is not for publication: a headline is.
    """
    campaign = campaign_of(board)
    if not command.candidate:
        return put(replace(campaign, chosen=""))
    ref = by_now(board, command.candidate)
    if not can_be_chosen(board, ref):
        raise Refused("unknown", what=kind_of(ref) or Headline.KIND)
    if kind_of(ref) == Headline.KIND:
        return put(replace(campaign, chosen=ref.partition(":")[2]))
    if made := _made_of(board, ref):
        return put(replace(campaign, chosen=made))
    headline, version = _made(board, ref, ask)
    return put(headline, version, replace(campaign, chosen=headline.id), made={"headline": headline.id})


def can_be_chosen(board: Board, ref: str) -> bool:
    """Does it stand, and may its words be published?"""
    found = candidate(board, ref)
    unpublished = isinstance(found, Note) and found.attribution == "unpublished"
    return stands(board, ref) and not unpublished


def _made(board: Board, ref: str, ask: Ask) -> tuple[Headline, Version]:
    by = actor(board, ask)
    (language, text), *_ = wordings(board, ref).items()
    language = language or by.language
    place, country = spoken_for(board, by)
    headline = Headline(
        id=ask.make_id("headline"),
        origin=(ref,),
        by=by.id,
        place=place,
        country=country,
        created_at=ask.now,
        seq=ask.seq,
    )
    version = Version(
        id=version_id(headline.id, language),
        headline=headline.id,
        language=language,
        text=text,
        by=by.id,
        place=place,
        at=ask.now,
        seq=ask.seq,
        text_seq=ask.seq,
    )
    return headline, version


def chosen(board: Board) -> Headline | None:
    """The headline that was chosen, if it stands."""
    found = board.get(Headline, campaign_of(board).chosen)
    return found if found is not None and stands(board, f"{Headline.KIND}:{found.id}") else None


def chosen_ref(board: Board, refs: Iterable[str]) -> str:
    """Which of the refs is the chosen headline, or what it was made of alone; "" for none of them."""
    found = chosen(board)
    if found is None:
        return ""
    its_own = {f"{Headline.KIND}:{found.id}"} | (set(found.origin) if len(found.origin) == 1 else set())
    return next((ref for ref in refs if by_now(board, ref) in its_own), "")


def _made_of(board: Board, ref: str) -> str:
    """The headline that was made of this alone, if it stands; "" for none."""
    made = (each.id for each in board.all(Headline) if each.origin == (ref,))
    return next((id_ for id_ in made if stands(board, f"{Headline.KIND}:{id_}")), "")


RULES = (Rule("headline.choose", HeadlineChoose, choose, Who.FACILITATORS),)
