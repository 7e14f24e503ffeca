from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main


class Ran:
    """What a command left behind."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


@pytest.fixture
def checkpost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary) -> Callable[..., Ran]:
    """Run the command in this process, with directories of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([*arguments])
        out, err = capfdbinary.readouterr()
        status = left.value.code
        return Ran(status if isinstance(status, int) else 1, out.decode(), err.decode())

    return run
