"""What `/openapi.json` says: every address, command, field and refusal, and what each answers."""

import json
from dataclasses import fields

from app.board.deciding import ASKABLE
from tests.web.visiting import Session
from web.parsing import AS_SENT
from web.refusals import SENTENCES
from web.replies import STATUS


async def told(session: Session):
    answer = await session.place.visitor().get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


async def test_every_command_stands_in_it_with_its_fields(session: Session):
    schemas = (await told(session))["components"]["schemas"]
    offered = {each["$ref"].rpartition("/")[2] for each in schemas["Command"]["oneOf"]}
    assert offered == set(schemas["Command"]["discriminator"]["mapping"]) == set(ASKABLE)
    for name, rule in ASKABLE.items():
        known = {AS_SENT.get(field.name, field.name) for field in fields(rule.command)}
        assert set(schemas[name]["properties"]) == {"do", "id"} | known
        assert schemas[name]["additionalProperties"] is False
        assert "Who may ask" in schemas[name]["description"]
    assert set(schemas["Refusal"]["properties"]["refused"]["enum"]) == set(SENTENCES)


async def test_whatever_it_refers_to_is_there(session: Session):
    whole = await told(session)
    kept = {f"#/components/{kind}/{name}" for kind, named in whole["components"].items() for name in named}
    text = json.dumps({"paths": whole["paths"], "components": whole["components"]})
    refs = {part.partition('"')[0] for part in text.split('"$ref": "')[1:]}
    assert refs - kept == set()
    assert "HTTPValidationError" not in text


async def test_every_refusal_has_a_status_that_is_told_where_it_may_come(session: Session):
    whole = await told(session)
    statuses = {str(status) for status in STATUS.values()} | {"422", "403"}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if path not in ("/healthz", "/readyz"):
                lacking = statuses - set(operation["responses"]) - ({"413"} if method == "get" else set())
                assert lacking == set(), (method, path)


async def test_no_page_of_the_framework_is_there(session: Session):
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert (await session.facilitator.get(path)).status_code == 404
