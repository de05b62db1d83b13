"""The image and its composition: the rules that matter, and that what is copied is enough to serve."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.broker.reaching import trouble
from app.settings import PREFIX, Settings
from tests.deploy.dockerfile import ROOT, context, stages
from tests.deploy.proxied import free_port, program, until
from tests.machine import missing

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
BUILDER, IMAGE = stages(DOCKERFILE)
CONTEXT = context((ROOT / ".dockerignore").read_text(encoding="utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
MANY: dict[str, Any] = yaml.safe_load((ROOT / "compose.many.yaml").read_text(encoding="utf-8"))
BESIDE: dict[str, dict[str, Any]] = {name: MANY["services"][name] for name in ("postgres", "valkey")}
DEPLOYED = [ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "compose.many.yaml", *(ROOT / "deploy").iterdir()]


def test_the_linter_of_dockerfiles_has_nothing_to_say():
    linter = shutil.which("hadolint", path=Path(sys.executable).parent) or missing("there is no hadolint here")
    said = subprocess.run([linter, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


def test_the_base_is_pinned_by_a_whole_version():
    assert BUILDER.base == IMAGE.base
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", IMAGE.base)


def test_only_locked_packages_are_installed_and_none_is_compiled():
    assert BUILDER.environment["PIP_ONLY_BINARY"] == ":all:"
    assert "--require-hashes" in (ROOT / "bin/setup").read_text(encoding="utf-8")
    everything = " ".join(step.rest for stage in (BUILDER, IMAGE) for step in stage.steps)
    assert not re.search(r"\b(apt-get|apk|gcc|curl|wget|ADD|pip install)\b", everything)
    assert "pip uninstall" in BUILDER.of("RUN")[-1].rest


def test_it_runs_as_nobody_in_particular_and_hears_signals():
    user = IMAGE.the("USER").rest
    assert user == "10001:10001"
    assert f"--uid {user.partition(':')[0]}" in IMAGE.of("RUN")[0].rest
    assert IMAGE.the("ENTRYPOINT").is_exec
    assert IMAGE.the("CMD").is_exec
    assert (ROOT / "bin/flipchart").read_text(encoding="utf-8").splitlines()[-1].startswith("exec ")
    assert IMAGE.the("STOPSIGNAL").rest == "SIGTERM"
    assert IMAGE.environment["PATH"].startswith("/flipchart/bin:")
    steps = [step.name for step in IMAGE.steps]
    assert steps.index("USER") > max(at for at, name in enumerate(steps) if name in ("RUN", "COPY"))


def test_what_is_written_lies_in_the_volume():
    assert IMAGE.the("VOLUME").words == ["/data"]
    assert IMAGE.environment["FLIPCHART_DATA"] == "/data"
    assert IMAGE.environment["PYTHONDONTWRITEBYTECODE"] == "1"
    assert "boards:/data" in SERVICES["flipchart"]["volumes"]
    assert IMAGE.the("EXPOSE").rest == IMAGE.environment["FLIPCHART_PORT"]


def test_secrets_boards_and_history_are_not_handed_to_the_engine():
    for name in (".env", "data/flipchart.db", ".git/config", ".venv/bin/python", "tests/held.py", "docs/rules.md"):
        assert not CONTEXT.has(name), name
    assert not CONTEXT.has("web/__pycache__/words.cpython-311.pyc")
    for name in ("app/main.py", "web/templates/_page.html", "migrations/versions/0001.py", "bin/flipchart"):
        assert CONTEXT.has(name), name


def test_every_container_has_as_few_rights_as_it_can_do_with():
    for service in (*SERVICES.values(), *BESIDE.values()):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["restart"] == "unless-stopped"
    assert not any("cap_add" in service for service in (SERVICES["flipchart"], *BESIDE.values()))
    assert all(re.fullmatch(r"\d+:\d+", service["user"]) for service in BESIDE.values())
    assert SERVICES["caddy"]["cap_add"] == ["NET_BIND_SERVICE"]


def test_only_the_proxy_is_reached_from_outside_and_only_it_is_believed():
    assert "ports" not in SERVICES["flipchart"]
    subnet = COMPOSE["networks"]["proxy"]["ipam"]["config"][0]["subnet"]
    assert SERVICES["flipchart"]["environment"]["FLIPCHART_FORWARDED_ALLOW_IPS"] == subnet
    assert {name for service in SERVICES.values() for name in service["networks"]} == {"proxy"}
    assert SERVICES["caddy"]["environment"]["UPSTREAM"] == f"flipchart:{IMAGE.environment['FLIPCHART_PORT']}"


def test_the_composition_checks_health_as_the_image_does():
    assert SERVICES["flipchart"]["healthcheck"]["test"] == ["CMD", *IMAGE.health]
    assert SERVICES["caddy"]["depends_on"] == {"flipchart": {"condition": "service_healthy"}}


def test_every_volume_and_every_file_that_is_named_is_there():
    for service in SERVICES.values():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).is_file(), source


def test_the_database_and_the_broker_are_reached_by_flipchart_alone_and_ask_for_a_password():
    assert MANY["networks"]["inside"] == {"internal": True}
    assert MANY["services"]["flipchart"]["networks"] == ["proxy", "inside"]
    for name, service in BESIDE.items():
        assert service["networks"] == ["inside"], name
        assert "ports" not in service, name
        assert re.fullmatch(r"[a-z/]+:\d+\.\d+(\.\d+)?-\w+", service["image"]), "pinned by a whole version"
        assert service["healthcheck"]["retries"], name
    assert "${POSTGRES_PASSWORD:?" in BESIDE["postgres"]["environment"]["POSTGRES_PASSWORD"]
    said = BESIDE["valkey"]["command"]
    assert said[said.index("--requirepass") + 1].startswith("${VALKEY_PASSWORD:?")


def test_the_database_is_kept_and_the_broker_keeps_nothing():
    assert BESIDE["postgres"]["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "database" in MANY["volumes"]
    assert BESIDE["valkey"]["volumes"] == []
    assert " ".join(BESIDE["valkey"]["command"]).startswith("valkey-server --save  --appendonly no")


def test_the_brokers_command_and_the_look_at_its_health_are_what_that_program_takes():
    """By Redis, whose words Valkey has kept."""
    said = [re.sub(r"\$\{VALKEY_PASSWORD:\?[^}]+\}", "abc123", word) for word in BESIDE["valkey"]["command"]]
    port = free_port()
    with subprocess.Popen(
        [program("redis-server"), *said[1:], "--port", str(port), "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
    ) as broker:
        try:
            until(lambda: asyncio.run(trouble(f"redis://:abc123@127.0.0.1:{port}/0")) == "")
            look = BESIDE["valkey"]["healthcheck"]["test"][1].replace("valkey-cli", f"redis-cli -p {port}")
            well, locked = [
                subprocess.run(["sh", "-c", look], env={"PATH": os.environ["PATH"], "REDISCLI_AUTH": key}, check=False)
                for key in ("abc123", "another")
            ]
            assert (well.returncode, locked.returncode) == (0, 1)
        finally:
            broker.terminate()


def test_several_processes_start_when_database_and_broker_are_well(monkeypatch, tmp_path):
    flipchart = MANY["services"]["flipchart"]
    assert flipchart["depends_on"] == {name: {"condition": "service_healthy"} for name in BESIDE}
    for name, value in flipchart["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-(\w+)\}", r"\1", re.sub(r"\$\{\w+:\?[^}]+\}", "abc123", value)))
    chosen = Settings(data=tmp_path)
    assert chosen.processes > 1
    assert (chosen.database_url.partition("@")[2], chosen.broker_url) == (
        "postgres:5432/flipchart",
        "redis://:abc123@valkey:6379/0",
    )
    example = (ROOT / "deploy/example.env").read_text(encoding="utf-8")
    for named in ("COMPOSE_FILE=compose.yaml:compose.many.yaml", "POSTGRES_PASSWORD=", "VALKEY_PASSWORD="):
        assert f"# {named}" in example


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path):
    named = re.findall(rf"\b{PREFIX}([A-Z_]+[A-Z])\b", path.read_text(encoding="utf-8"))
    assert {name.lower() for name in named} - set(Settings.model_fields) == set()


def test_the_examples_settings_are_accepted(monkeypatch, tmp_path):
    for line in (ROOT / "deploy/example.env").read_text(encoding="utf-8").splitlines():
        if line.startswith(PREFIX):
            monkeypatch.setenv(*line.split("=", 1))
    assert Settings(data=tmp_path).create_key is None


@contextmanager
def image(tmp_path: Path) -> Iterator[Path]:
    """The files of the image where they were copied to, which nobody may write; the packages are those of the tests."""
    place = tmp_path / "flipchart"
    CONTEXT.copy(ROOT, place)
    for line in ("-m web.words compile", "-m compileall -q app web migrations"):
        subprocess.run([sys.executable, "-P", *line.split()], cwd=place, env={"PYTHONPATH": str(place)}, check=True)
    (place / ".venv/bin").mkdir(parents=True)
    (place / ".venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="ascii")
    (place / ".venv/bin/python").chmod(0o755)
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield place
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_what_is_copied_is_enough_to_serve_and_is_not_written_to(tmp_path: Path):
    port = str(free_port())
    with image(tmp_path) as place:
        before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
        changed = {"FLIPCHART_DATA": str(tmp_path / "data"), "FLIPCHART_HOST": "127.0.0.1", "FLIPCHART_PORT": port}
        environment = {**IMAGE.environment, "PATH": os.environ["PATH"], **changed}
        start = [str(place / "bin/flipchart"), *IMAGE.the("CMD").words]
        server = subprocess.Popen(start, cwd=place, env=environment, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        try:
            assert '"serving"' in server.stderr.readline()
            checked = subprocess.run([program("python3"), *IMAGE.health[1:]], env=environment, check=False)
            assert checked.returncode == 0
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=10)
        assert server.returncode == 0
        assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before
        unwell = subprocess.run([program("python3"), *IMAGE.health[1:]], env=environment, stderr=subprocess.DEVNULL)
        assert unwell.returncode != 0
