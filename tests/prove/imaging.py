"""Builds the image of the Dockerfile step by step without an engine, and runs what comes out of it as one would.

Each stage is this machine's own root with a layer of its own over it (its Python in the place of the base image's),
in a namespace of mounts that is gone when this program ends. Called by test_image.py, as root, under `unshare --mount`;
prints what it saw as one JSON object.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.deploy.dockerfile import ROOT, Instruction, Stage, context, stages
from tests.deploy.proxied import free_port

HIDDEN = ("home", "media", "mnt", "root", "srv", "tmp", "work")
INSIDE = 'cd "$0" && exec "$@"'
HANDED_ON = ("PIP_", "SSL_", "REQUESTS_")


def mount(*words: str | Path) -> None:
    """One mount, in this namespace only."""
    subprocess.run(["mount", *words], check=True)


class Layer:
    """A root of its own: what is written to it is seen by nobody else."""

    def __init__(self, place: Path, stage: Stage) -> None:
        place.mkdir()
        self.root, self.stage, self.where = place / "root", stage, "/"
        for name in ("root", "upper", "work"):
            (place / name).mkdir()
        layers = f"lowerdir=/,upperdir={place}/upper,workdir={place}/work"
        mount("-t", "overlay", "overlay", "-o", layers, self.root)
        for name in HIDDEN:
            if (self.root / name).is_dir():
                mount("-t", "tmpfs", "tmpfs", self.root / name)
        (self.root / "tmp").chmod(0o1777)
        mount("--rbind", "/dev", self.root / "dev")
        mount("-t", "proc", "proc", self.root / "proc")
        for name in ("python", "python3"):
            link = self.root / "usr/local/bin" / name
            link.unlink(missing_ok=True)
            link.symlink_to("/usr/bin/python3")

    def run(self, words: list[str], *, as_root: bool, **how: Any) -> "subprocess.Popen[str]":
        """A program inside, as root or as the image's user without any right."""
        environment = {**self.stage.environment, **how.pop("env", {})}
        return subprocess.Popen(
            ["chroot", str(self.root), *([] if as_root else self.as_user()), *words],
            env=environment,
            text=True,
            **how,
        )

    def as_user(self) -> list[str]:
        """The words before a command that take every right away."""
        user, _, group = self.stage.the("USER").rest.partition(":")
        rights = ["--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]
        return ["setpriv", "--reuid", user, "--regid", group, *rights, "sh", "-c", INSIDE, self.where]

    def step(self, step: Instruction, copied: Callable[[str], Path]) -> None:
        """One instruction of a build. `copied` gives the root that COPY takes from."""
        match step.name:
            case "WORKDIR":
                self.where = step.rest
                (self.root / step.rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                self.copy(step.words, copied)
            case "RUN":
                handed_on = {name: value for name, value in os.environ.items() if name.startswith(HANDED_ON)}
                command = f"cd {self.where} && {step.rest}"
                if self.run(["/bin/sh", "-c", command], as_root=True, env=handed_on).wait():
                    raise SystemExit(f"this step failed: RUN {step.rest}")

    def copy(self, words: list[str], copied: Callable[[str], Path]) -> None:
        """Files of the context, or of another stage."""
        named = next((word.partition("=")[2] for word in words if word.startswith("--from=")), "")
        *sources, target = [word for word in words if not word.startswith("--")]
        into = self.root / (target if target.startswith("/") else f"{self.where}/{target}").lstrip("/")
        into.mkdir(parents=True, exist_ok=True)
        for source in sources:
            there = copied(named) / source.lstrip("/")
            if there.is_dir():
                shutil.copytree(there, into, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy2(there, into)


def built(place: Path) -> Layer:
    """The last stage, with every step done, sealed: only /data and /tmp can be written."""
    context((ROOT / ".dockerignore").read_text(encoding="utf-8")).copy(ROOT, place / "context")
    layers: dict[str, Layer] = {}
    for number, stage in enumerate(stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))):
        layer = layers[stage.name] = Layer(place / f"stage{number}", stage)
        for step in stage.steps:
            layer.step(step, lambda named: layers[named].root if named else place / "context")
    volume = place / "volume"
    shutil.copytree(layer.root / "data", volume)
    shutil.copystat(layer.root / "data", volume)
    user, _, group = layer.stage.the("USER").rest.partition(":")
    os.chown(volume, int(user), int(group))
    mount("--bind", volume, layer.root / "data")
    mount("-o", "remount,ro", layer.root)
    return layer


def lived(layer: Layer, port: str) -> dict[str, Any]:
    """Start it, look, ask, and stop it: what was seen of one life."""
    said = layer.root.parent / "said"
    with said.open("w", encoding="utf-8") as out:
        began = time.monotonic()
        start = [*layer.stage.the("ENTRYPOINT").words, *layer.stage.the("CMD").words]
        server = layer.run(start, as_root=False, env={"FLIPCHART_PORT": port}, stdout=out, stderr=out)
        healthy = None
        while server.poll() is None and time.monotonic() - began < 30 and healthy != 0:
            check = layer.run(
                layer.stage.health, as_root=False, env={"FLIPCHART_PORT": port}, stderr=subprocess.DEVNULL
            )
            healthy = check.wait()
        after = time.monotonic() - began
        seen = {"healthy": healthy, "after": round(after, 1), "page": page(int(port)), **rights(server.pid)}
        listing = layer.run(["flipchart", "boards"], as_root=False, stdout=subprocess.PIPE)
        seen["boards"] = [line.split()[0] for line in listing.communicate()[0].splitlines()]
        began = time.monotonic()
        server.send_signal(getattr(signal, layer.stage.the("STOPSIGNAL").rest))
        seen["exit"] = server.wait(timeout=30)
        seen["stopped"] = round(time.monotonic() - began, 1)
    seen["said"] = said.read_text(encoding="utf-8")
    return seen


def page(port: int) -> int:
    """The status of the home page."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", "/")
    return asked.getresponse().status


def rights(pid: int) -> dict[str, str]:
    """Who the process is, and what it may."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return {name: " ".join(lines[name].split()) for name in ("Uid", "Gid", "CapEff", "CapBnd", "NoNewPrivs")}


def written(layer: Layer) -> dict[str, bool]:
    """Where its user can make a file."""
    tried = ("/", "/flipchart", "/flipchart/web/locale", "/usr/local", "/etc", "/tmp", "/data")  # noqa: S108
    return {
        place: layer.run(["touch", f"{place}/tried"], as_root=False, stderr=subprocess.DEVNULL).wait() == 0
        for place in tried
    }


def main() -> None:
    """Builds, runs twice on the same volume, and tells."""
    layer = built(Path(sys.argv[1]))
    port = str(free_port())
    lives = [lived(layer, port) for _ in range(2)]
    modules = layer.run(["/flipchart/.venv/bin/python", "-m", "pip"], as_root=False, stderr=subprocess.DEVNULL).wait()
    json.dump({"lives": lives, "written": written(layer), "pip": modules == 0}, sys.stdout)


if __name__ == "__main__":
    main()
