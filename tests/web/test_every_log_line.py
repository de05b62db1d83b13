"""Whatever is asked for, accepted or refused, by whomever: no word, name, secret or address of it is in the log."""

from dataclasses import fields
from typing import Any

import structlog

from app.board.deciding import ASKABLE
from app.links import ROLES
from tests.canary.hour import written_down
from tests.canary.words import canary
from tests.web.everywhere import fill
from tests.web.test_inert_everywhere import asked_by
from tests.web.visiting import Session, path_of

ADDRESS = "203.0.113.77"
WORD = canary("logged")


async def test_no_command_and_no_refusal_leaves_words_in_the_log(session: Session) -> None:
    with written_down() as out:
        writer, stranger = session.place.visitor(address=ADDRESS), session.place.visitor(address=ADDRESS)
        await writer.joins(session.link("join"), canary("name"), canary("place"))
        await fill(asked_by(session, writer), [canary(f"said-{n}") for n in range(9)])
        codes = set()
        for name, rule in ASKABLE.items():
            asked: dict[str, Any] = {each.name: WORD for each in fields(rule.command)}
            for who in (session.facilitator, writer, stranger):
                session.place.ticks.passes(1)
                for sent in (asked, {**asked, WORD: WORD}):
                    codes.add((await who.asks(session.id, name, **sent)).json().get("refused", "yes"))
        for path in (f"/j/{WORD}", f"/f/{WORD}", f"/me/{WORD}", f"/join?code={WORD}", f"/b/{WORD}", f"/{WORD}"):
            await stranger.get(path)
            await stranger.form(path, {WORD: WORD})
        await writer.asks(session.id, WORD, text=WORD)
        # The search itself would notice: what is logged under a name that nobody withholds is there.
        structlog.get_logger().info("control", other="control-word")
    logged = out.getvalue()
    assert {"invalid", "only-facilitators", "no-seat"} <= codes, codes
    assert '"refused"' in logged
    assert "control-word" in logged
    secrets = [path_of(session.made[f"{role}_url"]).split("/")[-1] for role in ROLES]
    kept = [each.value or "" for each in writer.http.cookies.jar if each.name.startswith("flipchart-" + session.id)]
    for secret in ("xqz-", "-zqx", ADDRESS, writer.address, session.made["code"], *secrets, *kept):
        assert secret
        assert secret not in logged
