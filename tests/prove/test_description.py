"""P24: whatever the description for programs allows, and much that it does not, is answered as it says."""

import copy
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.prove.conftest import Promise
from tests.wire.corpus import World
from tests.wire.rig import Server, serving

pytestmark = pytest.mark.prove

EXAMPLES = 20
COMMANDS = 200
SEED = 20_261_122
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
# A stream has no end to wait for.
ENDLESS = "/b/{board}/live"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Server]:
    """Our server as it is run."""
    with serving("real", tmp_path, within=10.0) as server:
        yield server


def tried(world: World, operation: Any, mode: GenerationMode, most: int) -> int:
    """So many requests to one address, three of four about a board that there is; how many were made."""
    made = 0
    chance = random.Random(SEED)
    cookies = [world.host, *world.people[:3], world.stranger, ""]

    @seed(SEED)
    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal made
        made += 1
        if case.path_parameters and "board" in case.path_parameters and chance.random() < 0.75:
            case.path_parameters["board"] = world.board
        headers = {"Cookie": chance.choice(cookies), "Accept": chance.choice(("application/json", "text/html"))}
        answer = case.call(
            base_url=f"http://127.0.0.1:{world.server.port}", headers=headers, allow_redirects=False, timeout=10
        )
        case.validate_response(answer, checks=CHECKS)

    # An address that takes nothing has nothing that could be wrong.
    with suppress(Unsatisfiable):
        ask()
    return made


def each_of(found: BaseException) -> Iterator[str]:
    """What was found, in a line each: the request is told with it, also when it was answered well the second time."""
    if isinstance(found, BaseExceptionGroup):
        for inside in found.exceptions:
            yield from each_of(inside)
    else:
        yield f"{type(found).__name__} {' '.join(str(found).split())[:900]}"


def test_promise_24_what_the_description_says_is_what_is_answered(real: Server, promise: Promise) -> None:
    world = World.new(real)
    described = schemathesis.openapi.from_url(f"http://127.0.0.1:{real.port}/openapi.json")
    made, addresses = 0, 0
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        addresses += 1
        most = COMMANDS if operation.path.endswith("/commands") else EXAMPLES
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                made += tried(world, operation, mode, most)
            except BaseExceptionGroup as found:
                pytest.fail(f"{operation.label}: {'; '.join(each_of(found))}; the log ends: {real.log()[-600:]}")
    faults = [line for line in real.log().splitlines() if '"error"' in line or "Traceback" in line]
    assert faults == []
    promised = copy.deepcopy(described.raw_schema)
    promised["paths"]["/healthz"]["get"]["responses"] = {"404": {"description": "not there"}}
    otherwise = schemathesis.openapi.from_dict(promised)["/healthz"]["GET"]
    with pytest.raises(FailureGroup, match="Undocumented status code"):
        tried(world, otherwise, GenerationMode.POSITIVE, 1)
    promise(
        24,
        f"{made:,} generated requests to {addresses} addresses: no 5xx, and each status, content type and answer "
        "is one that /openapi.json describes",
        control="a description that leaves a status out is found wrong",
    )
