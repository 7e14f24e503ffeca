from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.adapters.discord.drawings import CARDS, drawn

IMAGES = Path(__file__).parents[3] / "docs" / "operators" / "images"
PAGE = IMAGES.parent / "discord.md"


@pytest.mark.parametrize("name", CARDS)
def test_the_operators_page_shows_the_answers_as_they_are_now(name: str) -> None:
    kept = (IMAGES / f"discord-{name}.svg").read_text(encoding="utf-8")
    remedy = "run python -m tests.adapters.discord.drawings docs/operators/images"
    assert kept == drawn(name), remedy
    assert f"images/discord-{name}.svg" in PAGE.read_text(encoding="utf-8")
    ET.fromstring(kept)  # noqa: S314 - our own file
