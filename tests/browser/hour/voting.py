"""A vote as its voters and its facilitator see it, from the empty step to the results."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look
from tests.browser.hour.writing import IDEAS, LONG


def _choosing(house: House, language: str) -> tuple[Board, list[Guest], list[str]]:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    voters = [board.guest("Quay office", "Dakar"), board.guest("Harbour desk", "Rosario")]
    notes = [voters[0].writes(text, step=step) for text in (*IDEAS, LONG)]
    board.goes_to("vote")
    return board, voters, notes


def vote_not_open_yet(house: House, language: str) -> Look:
    board, (dakar, _), _ = _choosing(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def opening_a_vote(house: House, language: str) -> Look:
    board, _, _ = _choosing(house, language)

    def opens(page: Page) -> None:
        page.locator("[data-open='#ballot-open']").first.click()
        page.wait_for_selector("#ballot-open[open]")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=opens)


def sealed_vote(house: House, language: str) -> Look:
    board, (dakar, _), notes = _choosing(house, language)
    board.ballot(*notes, per_candidate=2, quorum=2)
    return Look(path=f"/b/{board.id}", who=dakar)


def open_vote_with_dots_placed(house: House, language: str) -> Look:
    board, (dakar, rosario), notes = _choosing(house, language)
    ballot = board.ballot(*notes, per_candidate=2, sealed=False, title="Our headline", tie_rule="earliest")
    dakar.casts(ballot, **{notes[0]: 2, notes[1]: 1})
    rosario.casts(ballot, **{notes[0]: 1})
    dakar.asks("ballot.done", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=dakar)


def vote_by_ranking(house: House, language: str) -> Look:
    board, (dakar, _), notes = _choosing(house, language)
    ballot = board.ballot(*notes, method="ranking", tie_rule="runoff")
    dakar.asks("ballot.cast", ballot=ballot, choices=[f"note:{notes[1]}", [f"note:{notes[0]}", f"note:{notes[2]}"]])
    return Look(path=f"/b/{board.id}", who=dakar)


def vote_by_approval(house: House, language: str) -> Look:
    board, (dakar, _), notes = _choosing(house, language)
    ballot = board.ballot(*notes, method="approval", sealed=False)
    dakar.asks("ballot.cast", ballot=ballot, choices=[f"note:{notes[1]}"])
    return Look(path=f"/b/{board.id}", who=dakar)


def _asked_for_consent(house: House, language: str) -> tuple[Board, Guest, str]:
    board, (dakar, rosario), notes = _choosing(house, language)
    ballot = board.ballot(*notes, method="consent", secrecy="by_place")
    could = {f"note:{notes[0]}": {"carry": True}, f"note:{notes[1]}": {"carry": True}}
    for guest in (dakar, rosario):
        cannot = {f"note:{notes[4]}": {"carry": False, "reason": IDEAS[0]}}
        guest.asks("ballot.cast", ballot=ballot, choices=could | cannot)
    return board, dakar, ballot


def vote_by_consent(house: House, language: str) -> Look:
    board, dakar, _ = _asked_for_consent(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def consent_counted(house: House, language: str) -> Look:
    board, dakar, ballot = _asked_for_consent(house, language)
    board.facilitator.asks("ballot.close", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=dakar)


def ranking_counted(house: House, language: str) -> Look:
    board, (dakar, rosario), notes = _choosing(house, language)
    ballot = board.ballot(*notes, method="ranking", secrecy="named")
    for guest, order in ((dakar, notes), (rosario, notes[1:3])):
        guest.asks("ballot.cast", ballot=ballot, choices=[f"note:{note}" for note in order])
    board.facilitator.asks("ballot.close", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: page.click(".comparison > summary"))


SAID = ("Rues à vivre", "Streets to live in", "Calles para vivir")


def _over_headlines(house: House, language: str, **how: object) -> tuple[Board, list[Guest], str, list[str]]:
    board, voters, notes = _choosing(house, language)
    refs = []
    for at, text in enumerate((SAID[0], IDEAS[1], LONG[:140])):
        made = board.facilitator.asks("headline.add", text=text, language="fr", **{"from": [f"note:{notes[at]}"]})
        refs.append(f"headline:{made['made']['headline']}")
    for tag, text in (("en", SAID[1]), ("es", SAID[2])):
        board.facilitator.asks("headline.edit", headline=refs[0].partition(":")[2], language=tag, text=text, base=0)
    opened = board.facilitator.asks("ballot.open", **{"title": "", "candidates": refs, "dots": 3, **how})
    return board, voters, str(opened["made"]["ballot"]), refs


def vote_over_headlines(house: House, language: str) -> Look:
    board, (dakar, _), ballot, refs = _over_headlines(house, language, per_candidate=2)
    dakar.asks("ballot.cast", ballot=ballot, choices={refs[0]: 2})
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: _at(page, ".ballot-rules"))


def _at(page: Page, place: str) -> None:
    page.locator(place).first.evaluate("(place) => place.scrollIntoView()")


def vote_counted_by_groups(house: House, language: str) -> Look:
    board, (dakar, rosario), first, refs = _over_headlines(house, language, secrecy="by_place", tie_rule="runoff")
    more = [board.guest(name, place, place_id=id_) for name, place, id_ in GUESTS]
    for guest, ref in zip((dakar, rosario, *more), (refs[0], refs[1], refs[0], refs[1], refs[2]), strict=True):
        guest.asks("ballot.cast", ballot=first, choices={ref: 1})
    board.facilitator.asks("ballot.close", ballot=first)
    again = str(board.facilitator.asks("ballot.reopen", ballot=first, top=2)["made"]["ballot"])
    for guest in more:
        guest.asks("ballot.cast", ballot=again, choices={refs[0]: 1})
    board.facilitator.asks("ballot.cast_for", ballot=again, place="Accra", people=2, choices={refs[1]: 2})
    board.facilitator.asks("headline.hide", headline=refs[2].partition(":")[2])
    board.facilitator.asks("ballot.close", ballot=again)
    opens = "document.querySelectorAll('.comparison').forEach((each) => { each.open = true; })"
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: (page.evaluate(opens), _at(page, ".verdict"))[1])


GUESTS = (("Market hall", "Lyon", "2996944"), ("Old port", "Quito", "3652462"), ("North gate", "Metz", "2994160"))


def vote_tied_for_the_facilitator(house: House, language: str) -> Look:
    board, voters, ballot, refs = _over_headlines(house, language, tie_rule="facilitator")
    for guest, ref in zip(voters, refs, strict=False):
        guest.asks("ballot.cast", ballot=ballot, choices={ref: 1})
    board.facilitator.asks("ballot.close", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def vote_of_places(house: House, language: str) -> Look:
    board, (dakar, rosario), notes = _choosing(house, language)
    ballot = board.ballot(*notes, one_per="place", secrecy="by_place", sealed=False)
    rosario.casts(ballot, **{notes[0]: 1})
    return Look(path=f"/b/{board.id}", who=dakar)


def vote_for_an_observer(house: House, language: str) -> Look:
    board, _, notes = _choosing(house, language)
    board.ballot(*notes)
    return Look(path=f"/b/{board.id}", who=board.by_link("observer"))


def vote_for_the_facilitator(house: House, language: str) -> Look:
    board, (dakar, _), notes = _choosing(house, language)
    ballot = board.ballot(*notes)
    dakar.casts(ballot, **{notes[0]: 1})
    opens = f"#proxy-{ballot} summary"
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: page.click(opens))


def _counted(house: House, language: str) -> tuple[Board, list[Guest], str]:
    board, (dakar, rosario), notes = _choosing(house, language)
    ballot = board.ballot(*notes, per_candidate=2, secrecy="named")
    dakar.casts(ballot, **{notes[0]: 2, notes[1]: 1})
    rosario.casts(ballot, **{notes[0]: 1, notes[4]: 2})
    board.facilitator.asks("ballot.close", ballot=ballot)
    return board, [dakar, rosario], ballot


def vote_closed(house: House, language: str) -> Look:
    board, (dakar, _), _ = _counted(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def vote_closed_for_the_facilitator(house: House, language: str) -> Look:
    board, _, _ = _counted(house, language)
    return Look(
        path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: page.click("#fold-step summary")
    )


def vote_that_too_few_took_part_in(house: House, language: str) -> Look:
    board, (dakar, _), notes = _choosing(house, language)
    ballot = board.ballot(*notes, quorum=9)
    board.facilitator.asks("ballot.close", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=dakar)


def another_round(house: House, language: str) -> Look:
    board, (dakar, _), ballot = _counted(house, language)
    board.facilitator.asks("ballot.reopen", ballot=ballot)
    return Look(path=f"/b/{board.id}", who=dakar)


def results(house: House, language: str) -> Look:
    board, (dakar, _), _ = _counted(house, language)
    return Look(path=f"/b/{board.id}/results", who=dakar)


def results_on_a_desk(house: House, language: str) -> Look:
    board, _, _ = _counted(house, language)
    return Look(path=f"/b/{board.id}/results", who=board.facilitator, size=DESK)


def results_before_anything(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/results", who=board.guest("Quay office", "Dakar"))


def next_steps(house: House, language: str) -> Look:
    board, (dakar, _), _ = _counted(house, language)
    board.goes_to("roadmap")
    return Look(path=f"/b/{board.id}", who=dakar)


def survey(house: House, language: str) -> Look:
    board, (dakar, _), _ = _counted(house, language)
    board.goes_to("survey")
    return Look(path=f"/b/{board.id}", who=dakar)


def closed_session(house: House, language: str) -> Look:
    board, (dakar, _), _ = _counted(house, language)
    board.facilitator.asks("board.close")
    return Look(path=f"/b/{board.id}", who=dakar)


def closed_session_for_the_facilitator(house: House, language: str) -> Look:
    board, _, _ = _counted(house, language)
    board.facilitator.asks("board.close")
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


VOTING = (
    vote_not_open_yet,
    opening_a_vote,
    sealed_vote,
    open_vote_with_dots_placed,
    vote_by_approval,
    vote_by_ranking,
    vote_by_consent,
    consent_counted,
    ranking_counted,
    vote_over_headlines,
    vote_counted_by_groups,
    vote_tied_for_the_facilitator,
    vote_of_places,
    vote_for_an_observer,
    vote_for_the_facilitator,
    vote_closed,
    vote_closed_for_the_facilitator,
    vote_that_too_few_took_part_in,
    another_round,
    results,
    results_on_a_desk,
    results_before_anything,
    next_steps,
    survey,
    closed_session,
    closed_session_for_the_facilitator,
)
