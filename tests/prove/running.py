"""Runs the proofs that are asked for, or all: called by bin/prove, whose words are numbers and names of files."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.prove.promises import PAGE, PROMISES, ROOT, read
from tests.prove.proofs import proofs

HERE = "tests/prove"
BROWSER = f"{HERE}/browser"
PLAIN = ["-o", "faulthandler_timeout=0", "-q"]
# Synchronous Playwright and pytest-asyncio cannot share a process.
WITH_BROWSER = ["-c", "tests/browser/pytest.ini", "-p", "tests.browser.conftest"]

NONE_LEFT = 5


def asked_for(words: list[str]) -> list[str]:
    """The tests of these words, or all there are. SystemExit, in one sentence, for a word that is none."""
    files = {str(path.relative_to(ROOT)) for path in ROOT.glob(f"{HERE}/**/test_*.py")}
    chosen: set[str] = set()
    for word in words:
        number, named = word.lstrip("Pp"), {file for file in files if Path(file).stem == f"test_{word}"}
        if number.isdigit() and int(number) in PROMISES:
            if int(number) not in proofs():
                raise SystemExit(f"There is no proof of P{number} yet.")
            chosen |= proofs()[int(number)]
        elif named:
            chosen |= named
        else:
            raise SystemExit(f"There is no promise and no proof called {word}.")
    return sorted(chosen or files)


def expected(tests: list[str]) -> str:
    """How long these took when they were last run, as far as that is known."""
    held = read(PAGE.read_text(encoding="utf-8")).held
    these = [number for number, own in proofs().items() if any(test.startswith(tuple(tests)) for test in own)]
    seconds = sum(held[number].seconds for number in these if number in held)
    unknown = [f"P{number}" for number in sorted(these) if number not in held]
    last = [f"When they were last proved, these took {seconds // 60} min {seconds % 60} s."] if seconds else []
    rest = [f"How long {', '.join(unknown)} will take is not known."] if unknown else []
    return " ".join(last + rest) or "This takes a minute or two."


def main() -> int:
    """The exit code: 0 where everything passed."""
    asking = argparse.ArgumentParser(prog="bin/prove", description="Proves the promises, and writes docs/promises.md.")
    asking.add_argument("which", nargs="*", help="numbers of promises (1 4), or files (kill); all unless given")
    asking.add_argument("--no-write", action="store_true", help="leave docs/promises.md and the README as they are")
    asked, options = asking.parse_known_args()
    tests = asked_for(asked.which)
    print(expected(tests), flush=True)  # noqa: T201 - said to whoever waits
    browser = [test for test in tests if test.startswith(BROWSER)]
    plain = [test for test in tests if test not in browser]
    codes = []
    with tempfile.TemporaryDirectory(prefix="flipchart-prove-") as place:
        tally = [] if asked.no_write else ["--tally", f"{place}/tally.json"]
        for own, ways in ((plain, []), (browser, WITH_BROWSER)):
            if own:
                command = [sys.executable, "-P", "-m", "pytest", *ways, *PLAIN, *own, *tally, *options]
                codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    # Where options leave none of one kind over, that is no fault while there are some of the other.
    return max((code for code in codes if code != NONE_LEFT), default=NONE_LEFT)


if __name__ == "__main__":
    sys.exit(main())
