"""The facilitator's one large press: what it is towards the end, and what may be slid in before a vote."""

import re

from tests.web.visiting import Session, words_of


async def _next(session: Session) -> str:
    """What stands at the large button, with its markup."""
    page = (await session.facilitator.get(f"/b/{session.id}")).text
    found = re.search(r'id="next-act">(.*?)<div class="timer-controls"', page, re.DOTALL)
    assert found is not None
    return found[1]


def _form(markup: str, words: str) -> list[tuple[str, str]]:
    """The fields of the form whose button says this."""
    (form,) = (each for each in re.findall(r"<form.*?</form>", markup, re.DOTALL) if words in each)
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)


async def _kinds(session: Session) -> list[str]:
    return [step["kind"] for step in (await session.facilitator.board(session.id))["steps"]]


async def test_A21_grouping_and_headlines_are_slid_in_before_the_vote_by_one_press_each(session: Session):
    writing = [step["id"] for step in session.steps if step["kind"] == "write"]
    await session.runs("agenda.go", step=writing[0])
    assert "before the vote" not in words_of(await _next(session))
    await session.runs("agenda.go", step=writing[-1])
    for words in ("Write headlines before the vote", "Group the notes before the vote"):
        answer = await session.facilitator.sends(session.id, _form(await _next(session), words))
        assert answer.status_code == 303
    assert "before the vote" not in words_of(await _next(session))
    kinds = await _kinds(session)
    assert kinds[kinds.index("vote") - 3 :][:4] == ["write", "group", "headline", "vote"]


async def test_A22_the_end_is_one_press_after_the_other(session: Session):
    await session.runs("agenda.go", step=session.steps[-1]["id"])
    for words, do in (("Open the survey", "survey.open"), ("Close the session", "board.close")):
        said = await _next(session)
        assert said.count("button primary") == said.count("<button") == 1
        assert "/results" not in said
        fields = _form(said, words)
        assert ("do", do) in fields
        assert (await session.facilitator.sends(session.id, fields)).status_code == 303
    assert "See the results" in words_of(await _next(session))
