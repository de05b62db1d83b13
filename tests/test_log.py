"""What a log line tells, and what it never tells."""

import io
import json
import logging

import pytest
import structlog

from app import log

CANARY = "Le monde change rue par rue"


@pytest.fixture
def lines():
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    out = io.StringIO()
    log.configure("json", stream=out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:], root.level = kept
    structlog.reset_defaults()


def test_an_event_is_one_json_line(lines):
    structlog.get_logger().info("board made", board="abcd1234", seq=0)
    (line,) = lines()
    assert (line["event"], line["board"], line["level"]) == ("board made", "abcd1234", "info")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("field", sorted(log.WITHHELD))
def test_words_secrets_and_addresses_are_withheld(lines, field):
    structlog.get_logger().warning("refused", **{field: CANARY})
    assert CANARY not in json.dumps(lines(), ensure_ascii=False)


def test_an_exception_is_told_without_its_message(lines):
    try:
        raise ValueError(CANARY)
    except ValueError:
        structlog.get_logger().exception("storing failed")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    ours, theirs = lines()
    assert ours["error"] == theirs["error"] == "ValueError"
    assert "test_an_exception_is_told_without_its_message" in ours["at"][0]
    assert CANARY not in json.dumps([ours, theirs], ensure_ascii=False)


def test_a_library_tells_its_sentence_but_not_what_it_filled_in(lines):
    logging.getLogger("uvicorn.error").warning("Cannot serve %s", CANARY)
    said = f"Task exception was never retrieved\nfuture: {CANARY}"
    logging.getLogger("asyncio").error(said)
    assert [line["event"] for line in lines()] == ["Cannot serve %s", "Task exception was never retrieved"]


def test_the_server_writes_down_no_address_of_anybody_or_anything(lines):
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "192.0.2.7", "/b/abcd1234/live")
    logging.getLogger("uvicorn.access").info('%s - "%s"', "192.0.2.7", "GET /j/token")
    assert lines() == []
