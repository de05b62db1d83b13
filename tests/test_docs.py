"""The documents say what the program does, every link in them leads somewhere, and every setting is one."""

import re
from dataclasses import MISSING, Field, fields
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.board.deciding import ASKABLE, RULES
from app.board.limits import Limits
from app.listening import Http
from app.main import create_app
from app.realtime import connection
from app.realtime.buckets import Rate
from app.realtime.rooms import BEAT
from app.settings import PREFIX, Settings
from web import gates, sockets
from web.parsing import AS_SENT
from web.replies import AT_AN_ADDRESS, STATUS
from web.routes import events, live
from web.thresholds import MOST_BYTES

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.is_file()]
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
WHO = {"self": "everybody", "own": "everybody, also who was removed"}


def section(title: str) -> str:
    """What stands under that heading of the protocol."""
    return re.split(r"^## ", PROTOCOL.partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


def rows(title: str) -> list[list[str]]:
    """The cells of the tables under that heading, without their heads."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    heads = {at - 1 for at, line in enumerate(lines) if set(line) <= set("|-")}
    return [row for at, row in enumerate(cells) if at not in heads and at - 1 not in heads]


def every_route(app: FastAPI) -> set[str]:
    """The method and the address of everything that can be asked, as the protocol writes it."""
    found = {"GET /openapi.json"}
    for route in app.routes:
        inner = getattr(getattr(route, "original_router", None), "routes", [])
        for each in (route, *inner):
            if isinstance(each, APIRoute):
                found |= {f"{method} {each.path}" for method in each.methods if "/static/" not in each.path}
            elif type(each).__name__ == "APIWebSocketRoute":
                found.add(f"WS {each.path}")
    return found


def test_the_protocol_names_every_address_and_no_other():
    named = {row[0].strip("`") for row in rows("Addresses")}
    there = every_route(create_app(Settings()))
    assert there - named == set()
    assert named - there == set()


def test_the_protocol_names_every_command_and_no_other():
    assert [row[0].strip("`") for row in rows("Commands")] == list(ASKABLE)


def optional(field: Field[object]) -> str:
    """The mark of a field that may be left out."""
    return "" if field.default is MISSING and field.default_factory is MISSING else "?"


@pytest.mark.parametrize("row", rows("Commands"), ids=lambda row: row[0].strip("`"))
def test_the_protocol_names_the_fields_of_a_command_and_who_may_ask(row):
    rule = RULES[row[0].strip("`")]
    asked = [f"{AS_SENT.get(field.name, field.name)}{optional(field)}" for field in fields(rule.command)]
    assert row[1] == WHO.get(rule.who.value, rule.who.value)
    assert [name for name in row[2].strip("`").split(", ") if name] == asked


def test_the_protocol_names_every_value_that_a_field_can_have():
    values = section("Commands")
    for rule in RULES.values():
        for kind in rule.command.__annotations__.values():
            choices = str(kind).partition("Literal[")[2]
            for value in re.findall(r"'([a-z_-]+)'", choices):
                assert f"`{value}`" in values, (rule.name, value)


@pytest.mark.parametrize("row", rows("Refusals"), ids=lambda row: row[0].strip("`"))
def test_the_protocol_names_the_status_of_a_refusal(row):
    code = row[0].strip("`")
    assert row[1] == str(STATUS.get(code, 422))
    if code in AT_AN_ADDRESS:
        assert str(AT_AN_ADDRESS[code]) in row[3]


def test_the_protocol_names_every_close_code():
    named = {int(row[0]) for row in rows("Close codes")}
    known = {**vars(connection), **vars(live), **vars(events), **vars(sockets)}
    sent = {value for name, value in known.items() if name.isupper() and isinstance(value, int)}
    sent = {value for value in sent if 1000 <= value < 1016 or 4400 <= value < 4500}
    # The server's own: the bytes are no frames, the text is none.
    assert named - sent == {1002, 1007}
    assert sent - named == set()


RATES = {
    "coming in, board and address": gates.JOINS,
    "wrong codes, address": gates.GUESSES,
    "wrong codes, server": gates.GUESSES_IN_ALL,
    "commands, person": gates.COMMANDS,
    "commands, board": gates.COMMANDS_OF_A_BOARD,
    "starting a board, address": gates.BOARDS,
    "copying a board, board": gates.COPIES,
    "looking for a place, address": gates.PLACES,
    "sending a file, board": gates.UPLOADS,
    "saying something up the socket, socket": gates.ASKS_UP,
    "fetching the board's page, results, exports or JSON, person": gates.PAGES,
    "writing with the pen, socket": gates.STROKES,
    "opening a socket or a stream, person": gates.LINES,
    "pictures of billboards, and files of published results, person or address": gates.PRINTS,
    "toolkits, person": gates.KITS,
}


def test_the_protocol_names_every_rate():
    told = {f"{row[0]}, {row[1]}": row[2:] for row in rows("Limits") if "every" in row[-1]}
    assert told == {what: [str(rate.burst), f"1 every {rate.every:g} s"] for what, rate in RATES.items()}
    assert len(RATES) == len([each for each in vars(gates).values() if isinstance(each, Rate)])


def test_the_protocol_names_every_limit_and_its_setting():
    told = {row[0].strip("`"): row[1:] for row in rows("Limits") if row[0].startswith("`")}
    limits = {field.name: getattr(Limits(), field.name) for field in fields(Limits)}
    assert {name: int(row[0]) for name, row in told.items()} == limits
    for name, row in told.items():
        setting = f"max_{name}"
        stated = f"`{PREFIX}{setting.upper()}`" if setting in Settings.model_fields else ""
        assert row[1] == stated


def test_the_protocol_tells_how_much_and_how_long():
    assert f"{MOST_BYTES // 1024} KiB" in section("Limits")
    assert f"within {Http.HEADERS_WITHIN:g} seconds, its body within {Http.BODY_WITHIN:g}" in section("Limits")
    assert f"every {BEAT:g} seconds" in section("Frames")
    assert f"{live.MOST_UP // 1024} KiB" in section("Close codes")


def settings_in(text: str) -> set[str]:
    """The settings that a document names."""
    return {name.lower() for name in re.findall(rf"\b{PREFIX}([A-Z_]+[A-Z])\b", text)}


# Read by the test suite alone; no operator sets it.
FOR_TESTS = {"test_locale"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_a_setting_that_there_is_not(path):
    assert settings_in(path.read_text(encoding="utf-8")) - set(Settings.model_fields) - FOR_TESTS == set()


def test_a_table_of_settings_is_whole():
    tables = [path for path in DOCUMENTS if re.search(rf"^\| *`{PREFIX}(DATA|HOST)`", path.read_text("utf-8"), re.M)]
    for path in tables:
        rows_of = "\n".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("|"))
        assert set(Settings.model_fields) - settings_in(rows_of) == set(), path.name


def test_the_readme_says_of_each_setting_what_the_program_says():
    told = dict(
        re.findall(r"^\| `(FLIPCHART_\w+)` \|[^|]*\| ([^|]*) \|$", (ROOT / "README.md").read_text("utf-8"), re.M)
    )
    assert told == {PREFIX + name.upper(): field.description for name, field in Settings.model_fields.items()}


def anchors(path: Path) -> set[str]:
    """The headings of a document as links to them are written."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(path):
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        where, _, anchor = link.partition("#")
        target = (path.parent / where).resolve() if where else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_decisions_are_numbered_without_a_gap_and_titled_without_a_number():
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{at:03}-" for at in range(1, len(decisions) + 1)]
    titles = [path.read_text(encoding="utf-8").partition("\n")[0] for path in decisions]
    assert [title for title in titles if not re.match(r"# \D", title)] == []
