"""The rules of the house that a search can see."""

import ast
import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in TRACKED
    if path.suffix not in {".woff2", ".ttf", ".png", ".ico", ".jpg", ".pdf"} and "vendor" not in path.parts
}
LISTS = ("web/static/vendor/vendor.json", "app/printing/fonts/fonts.json")
VENDORED = [entry for name in LISTS for entry in json.loads((ROOT / name).read_text(encoding="utf-8"))]
FOREIGN = {ROOT / entry["file"] for entry in VENDORED}
TEMPLATES = {
    path: text for path, text in TEXTS.items() if path.is_relative_to(ROOT / "web/templates") and path not in FOREIGN
}
OURS = {path: text for path, text in TEXTS.items() if path.relative_to(ROOT).parts[0] in {"app", "web"}}
MODULES = {path: text for path, text in OURS.items() if path.suffix == ".py"}
LOCK = dict(
    re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
)


def where(pattern: str, texts: dict[Path, str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


# Written in pieces, so that this file does not find itself.
REGISTRIES = "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "yarn" + r"pkg\.com"])
LOCKED_ADDRESS = '"resolv' + 'ed": *"https?:|--(extra-)?index' + "-url|--find" + "-links"
MACHINE_PATHS = r"(?<![\w.$}])/(work|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+)/"


def test_no_file_names_a_registry():
    assert where(REGISTRIES, TEXTS) == []
    assert where(LOCKED_ADDRESS, {path: text for path, text in TEXTS.items() if path.name != "lock"}) == []


def test_no_lock_that_names_its_registry_is_kept():
    assert [path.name for path in TRACKED if path.name in {"uv.lock", "pylock.toml", "package-lock.json"}] == []


def test_no_file_names_a_path_of_one_machine():
    assert where(MACHINE_PATHS, TEXTS) == []


def test_everything_that_is_installed_is_pinned_by_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_what_is_served():
    served = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    tested = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in served if "==" in line and line not in tested] == []


@pytest.mark.parametrize(
    ("name", "floor"),
    # Each is the first version without a hole that the ones before it had.
    [("starlette", (1, 0, 1)), ("uvicorn", (0, 52, 1)), ("jinja2", (3, 1, 6)), ("websockets", (17,))],
)
def test_what_faces_the_network_is_recent(name, floor):
    assert tuple(int(part) for part in LOCK[name].split(".")) >= floor


def test_no_file_is_longer_than_300_lines():
    written = {path: text for path, text in OURS.items() if path.suffix in {".py", ".js", ".css"}}
    assert [f"{path.relative_to(ROOT)}" for path, text in written.items() if text.count("\n") > 300] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_one_sentence_saying_what_it_knows(path):
    opening = (ast.get_docstring(ast.parse(MODULES[path])) or "").partition("\n")[0]
    assert re.fullmatch(r"[A-Z`].{15,}[.:]", opening)


def test_no_module_has_a_name_that_says_nothing():
    nothing = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "crud", "misc"}
    assert [path.name for path in OURS if path.suffix in {".py", ".js"} and path.stem in nothing] == []


PURE = {path: text for path, text in MODULES.items() if path.is_relative_to(ROOT / "app/board")}
WORLD = {
    "asyncio",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
} | {
    "tempfile",
    "threading",
    "time",
}


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_the_rules_import_the_standard_library_and_themselves_only(path):
    allowed = (sys.stdlib_module_names - WORLD) | {"app.board"}
    named = {name for node in ast.walk(ast.parse(PURE[path])) for name in imported(node)}
    assert {name for name in named if not (name.split(".")[0] in allowed or name.startswith("app.board"))} == set()


def imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0, names=names) if module == "app":
            return [f"app.{alias.name}" for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case _:
            return []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bhx-on\b|\bhx-on[:-]",
        r"=\s*[\"'](js|javascript):",
        r"\sstyle\s*=",
        r"<style\b",
        r"<script(?![^>]*\bsrc=)",
        r"\son[a-z]+\s*=\s*[\"']",
        r"\|\s*safe\b",
        r"\{%-?\s*autoescape",
    ],
)
def test_templates_hold_nothing_that_the_content_policy_forbids(pattern):
    assert where(pattern, TEMPLATES) == []


def test_html_is_written_in_templates_only():
    assert where(r"\bMarkup\(\s*f?[\"']|f[\"']\s*<[a-z]+[ >]", MODULES) == []


def test_nothing_is_put_off():
    assert where(r"\b(TO" + "DO|FIX" + r"ME|X" + r"XX)\b|NotImplemented" + "Error", TEXTS) == []


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: Path(entry["file"]).name)
def test_a_vendored_file_is_the_one_on_the_list(entry):
    digest = hashlib.sha384((ROOT / entry["file"]).read_bytes()).digest()
    assert entry["sha384"] == "sha384-" + base64.b64encode(digest).decode("ascii")
    assert entry["name"]
    assert entry["licence"]
    assert entry["version"] in Path(entry["file"]).name or not entry["file"].startswith("web/static/")


def test_every_vendored_file_is_on_the_list():
    static = [path for path in TRACKED if path.is_relative_to(ROOT / "web/static")]
    brought = [path for path in static if path.suffix == ".woff2" or ("vendor" in path.parts and path.suffix == ".js")]
    brought += [path for path in TRACKED if path.suffix == ".ttf"]
    assert [str(path.relative_to(ROOT)) for path in brought if path not in FOREIGN] == []
