import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from adapters.terminal.screen import PipedScreen

WORDS = frozenset({"hi", "why", "my site:"})


def piped(text: str) -> PipedScreen:
    return PipedScreen(io.StringIO(text), Console(file=io.StringIO()))


async def everything(screen: PipedScreen) -> list[str]:
    read: list[str] = []
    while (said := await screen.read(WORDS)) is not None:
        read.append(said)
    return read


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("", []),
        ("\n\n.\n", []),
        ("one draft", ["one draft"]),
        ("two\n\nparagraphs\n.\nnext\n", ["two\n\nparagraphs", "next"]),
        ("hi\na draft\n.\nwhy\n", ["hi", "a draft", "why"]),
        ("a draft that says\nhi\n", ["a draft that says\nhi"]),
        ("my site: ana.example\na draft\n", ["my site: ana.example", "a draft"]),
        ("with\r\nwindows lines\r\n.\r\n", ["with\nwindows lines"]),
    ],
)
async def test_a_pipe_is_cut_into_drafts_and_commands(text, drafts):
    assert await everything(piped(text)) == drafts


def test_the_command_works_in_a_pipe_without_colour(tmp_path):
    environment = os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="hi\nu r gr8, plz tell ppl b4 2nite\n",
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=True,
    )
    assert "Hi, I'm Checkpost." in done.stdout
    assert "‹" in done.stdout
    assert "\x1b[" not in done.stdout
    assert done.stderr == ""
    assert oct((tmp_path / "config" / "checkpost" / "secret").stat().st_mode)[-3:] == "600"
