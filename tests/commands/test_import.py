import asyncio
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.balance.identity import Member
from bot.bootstrap import open_application
from bot.commands import platforms
from bot.services.platform import AdapterError
from bot.settings import load
from tests.importing.exports import discord_export, discord_message, slack_export, slack_message, zipped

NOW = datetime.now(UTC)
TEXTS = (
    "How did you keep the seedlings alive?",
    "Thanks for the tip about the frost!",
    "The shed is painted.",
)
EVENTS = ("--format", "events", "--community", "mine")


def event(number: int, **fields) -> dict[str, object]:
    return {
        "platform": "discord", "community": "g1", "channel": "c1", "author": "u1", "message": f"m{number}",
        "at": (NOW - timedelta(minutes=number + 10)).isoformat(), "text": f"{TEXTS[number % 3]} {number}.",
    } | fields  # fmt: skip


def written(path, *lines) -> str:
    text = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return str(path)


def opted_in(*members: str, days: int = 30) -> None:
    async def grant():
        async with open_application(load()) as application:
            for member in members:
                await application.consents.grant(Member.parse(member), NOW - timedelta(days=days))

    asyncio.run(grant())


def posts(checkpost, member: str, *more: str) -> int:
    ran = checkpost("balance", "--member", member, "--json", *more)
    balance = json.loads(ran.out)
    return balance["posts"] + balance["filler"] + balance["unread"]


def test_what_is_imported_stands_in_the_balance_and_again_changes_nothing(checkpost, tmp_path):
    path = written(tmp_path / "e.jsonl", *(event(number) for number in range(5)), event(9, bot=True))
    first = checkpost("import", path, *EVENTS, "--consent-all")
    assert (first.status, first.err) == (0, "")
    assert "5 recorded, 0 known already, 1 ignored, 0 rejected" in first.out
    assert "1 by bots" in first.out
    assert posts(checkpost, "discord:u1", "--community", "mine") == 5
    again = checkpost("import", path, *EVENTS, "--consent-all")
    assert "0 recorded, 5 known already" in again.out
    assert posts(checkpost, "discord:u1", "--community", "mine") == 5


def test_only_who_opted_in_is_counted(checkpost, tmp_path):
    path = written(tmp_path / "e.jsonl", event(1), event(2, author="u2"))
    nobody = checkpost("import", path, *EVENTS)
    assert "0 recorded" in nobody.out
    assert "--consent-all" in nobody.out
    opted_in("discord:u1")
    somebody = checkpost("import", path, *EVENTS)
    assert (somebody.status, "1 recorded" in somebody.out) == (0, True)
    assert "1 by members who did not opt in" in somebody.out
    assert posts(checkpost, "discord:u2") == 0


def test_a_week_counts_members_for_whom_the_operator_spoke(checkpost, tmp_path):
    week = (NOW - timedelta(days=14)).isocalendar()
    at = datetime.fromisocalendar(week.year, week.week, 3).replace(tzinfo=UTC)
    events = [event(number, author=f"u{number % 6}", at=at.isoformat()) for number in range(30)]
    checkpost("import", written(tmp_path / "e.jsonl", *events), *EVENTS, "--consent-all")
    shown = checkpost("summary", "--community", "mine", "--week", f"{week.year}-W{week.week:02}")
    assert shown.status == 0
    assert "Fewer than 5 members" not in shown.out


def test_bad_lines_are_named_by_number_and_the_rest_is_imported(checkpost, tmp_path):
    path = written(tmp_path / "e.jsonl", event(1), "not json", "", {"text": "my private words"}, event(2))
    ran = checkpost("import", path, *EVENTS, "--consent-all")
    assert ran.status == 1
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["line 2", "line 4"]
    assert "private" not in ran.err
    assert "2 recorded" in ran.out
    assert "2 rejected" in ran.out


def test_of_many_bad_lines_twenty_are_named_and_the_rest_counted(checkpost, tmp_path):
    path = written(tmp_path / "e.jsonl", *["bad"] * 1_033)
    ran = checkpost("import", path, *EVENTS, "--consent-all")
    lines = ran.err.splitlines()
    assert (ran.status, len(lines)) == (1, 21)
    assert lines[-1] == "… and 1,013 more."


def test_events_come_from_standard_input(checkpost, monkeypatch):
    data = json.dumps(event(1)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "1 recorded" in checkpost("import", "-", *EVENTS, "--consent-all").out


def test_slacks_export_is_imported_as_folder_and_as_zip(checkpost, tmp_path):
    at = [f"{(NOW - timedelta(hours=hours)).timestamp():.6f}" for hours in (1, 2)]
    day = [slack_message(TEXTS[number], ts=ts) for number, ts in enumerate(at)]
    folder = slack_export(tmp_path / "export", {"general/2026-11-22": day})
    name = ("--format", "slack-export", "--community", "slack:T01HOME", "--consent-all")
    assert "2 recorded" in checkpost("import", str(folder), *name).out
    assert posts(checkpost, "slack:T01HOME/U01ANA", "--community", "slack:T01HOME") == 2
    path = zipped(folder, tmp_path / "export.zip")
    assert "0 recorded, 2 known already" in checkpost("import", str(path), *name).out


def test_discords_export_is_imported_as_a_file_and_as_a_folder(checkpost, tmp_path):
    at = [(NOW - timedelta(hours=hours)).isoformat() for hours in (1, 2)]
    messages = [discord_message(str(n), TEXTS[n], timestamp=time) for n, time in enumerate(at)]
    written(tmp_path / "exports.json", discord_export(*messages))
    name = ("--format", "discord-export", "--community", "discord:77", "--consent-all")
    assert "2 recorded" in checkpost("import", str(tmp_path / "exports.json"), *name).out
    assert posts(checkpost, "discord:21", "--community", "discord:77") == 2


def test_an_export_cut_off_keeps_what_stood_before_and_says_one_line(checkpost, tmp_path):
    path = tmp_path / "e.json"
    whole = json.dumps(
        discord_export(*(discord_message(str(n), timestamp=NOW.isoformat()) for n in range(3)))
    )
    path.write_text(whole[: whole.rindex('"stickers"')])
    name = ("--format", "discord-export", "--community", "discord:77", "--consent-all")
    ran = checkpost("import", str(path), *name)
    assert (ran.status, ran.err) == (
        1,
        "e.json, after message 2: it breaks off there; what stood before was read\n",
    )
    assert "2 recorded" in ran.out


class _Adapter:
    """An adapter that reaches its platform or not, and then finds it away."""

    def __init__(self, *, reached: bool) -> None:
        self._reached = reached

    def connected(self) -> bool:
        return self._reached

    async def run(self) -> None:
        await asyncio.sleep(0.5)
        raise AdapterError("the platform is away")

    async def close(self) -> None:
        """Have nothing open."""


def test_where_an_adapter_ran_the_operator_cannot_speak_for_the_members(checkpost, tmp_path, monkeypatch):
    monkeypatch.setenv("CHECKPOST_DISCORD__ENABLED", "true")
    path = written(tmp_path / "e.jsonl", event(1))
    monkeypatch.setattr(platforms, "build", lambda _name, _application: _Adapter(reached=False))
    assert "away" in checkpost("run").err
    nothing = written(tmp_path / "nothing.jsonl")
    assert checkpost("import", nothing, *EVENTS, "--consent-all").status == 0
    monkeypatch.setattr(platforms, "build", lambda _name, _application: _Adapter(reached=True))
    assert "away" in checkpost("run").err
    refused = checkpost("import", path, *EVENTS, "--consent-all")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "--consent-all is refused" in refused.err
    opted_in("discord:u1")
    assert "1 recorded" in checkpost("import", path, *EVENTS).out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("import",), "PATH"),
        (("import", "x.jsonl", "--format", "events"), "--community"),
        (("import", "x.jsonl", "--community", "mine"), "--format"),
        (("import", "x.jsonl", "--community", "mine", "--format", "csv"), "--format"),
        (("import", "x.jsonl", "--community", " ", "--format", "events"), "--community"),
        (("import", "/nowhere/x.jsonl", *EVENTS), "/nowhere/x.jsonl"),
        (("import", "/nowhere/x.zip", *EVENTS[2:], "--format", "slack-export"), "/nowhere/x.zip"),
        (("import", ".", *EVENTS), "folder"),
        (("import", "-", *EVENTS[2:], "--format", "slack-export"), "slack-export"),
        (("import", "tests", *EVENTS[2:], "--format", "discord-export"), "no JSON files"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it(checkpost, tmp_path, monkeypatch, arguments, named):
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = checkpost(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert named in ran.err


def test_a_zip_that_is_cut_off_is_one_line(checkpost, tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    ran = checkpost("import", str(path), "--format", "slack-export", "--community", "slack:T1")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def _started(tmp_path, path: str, **streams) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TERM": "xterm",
    }
    script = "from bot.cli import main; main()"
    arguments = [sys.executable, "-c", script, "import", path, *EVENTS, "--consent-all"]
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, **streams)


def test_a_terminal_sees_a_bar(tmp_path):
    path = written(tmp_path / "e.jsonl", "bad", *(event(number) for number in range(60)))
    ours, theirs = pty.openpty()
    process = _started(tmp_path, path, stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 65536):
            seen += chunk
    except OSError:
        pass  # how Linux says that the other end was closed
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert (process.returncode, b"60 recorded" in out) == (1, True)
    assert b"Importing" in seen
    assert b"\x1b[2Kline 1: " in seen


def test_an_interrupted_import_keeps_what_it_recorded_and_goes_on(checkpost, tmp_path):
    lines = [event(number) for number in range(3_000)]
    path = written(tmp_path / "e.jsonl", *lines)
    process = _started(tmp_path, "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    data = (tmp_path / "e.jsonl").read_bytes()
    half = data.index(b'"m2000"')
    process.stdin.write(data[:half])
    process.stdin.flush()
    database = tmp_path / "data" / "checkpost" / "checkpost.sqlite3-wal"
    deadline = time.monotonic() + 60
    while not (database.exists() and database.stat().st_size > 500_000) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.stdin.close()
    process.stdin = None
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Stopped." in err
    assert b"Traceback" not in err
    ran = checkpost("import", path, *EVENTS, "--consent-all")
    known = int(ran.out.partition(" recorded, ")[2].partition(" known")[0].replace(",", ""))
    assert known >= 1_000
    assert f"{3_000 - known:,} recorded" in ran.out
