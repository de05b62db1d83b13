"""The pictures of the README: they are there, light, of their size, and told to whoever does not see them."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = {path: alt for alt, path in re.findall(r"!\[([^\]]*)\]\((docs/pictures/[^)]+)\)", README)} | dict(
    re.findall(r'<img src="(docs/pictures/[^"]+)"[^>]* alt="([^"]*)"', README)
)
SIZES = {"board": (1440, 900), "phone": (780, 1688), "screen": (1440, 810), "results": (1440, 900)}
LARGEST = 200_000


def test_the_readme_shows_every_picture_and_no_other():
    assert {Path(path).stem for path in SHOWN} == set(SIZES)
    assert {path.name for path in (ROOT / "docs/pictures").iterdir()} == {f"{name}.png" for name in SIZES}


@pytest.mark.parametrize("path", SHOWN)
def test_a_picture_is_light_and_told(path: str):
    assert (ROOT / path).stat().st_size <= LARGEST
    with Image.open(ROOT / path) as picture:
        assert (picture.format, picture.size) == ("PNG", SIZES[Path(path).stem])
        assert not picture.info
    assert len(SHOWN[path]) > 80
