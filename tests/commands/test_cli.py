import subprocess
import sys

import pytest

COMMANDS = [
    "check",
    "chat",
    "run",
    "rules",
    "balance",
    "summary",
    "export",
    "forget",
    "import",
    "db",
    "doctor",
    "slack",
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_listed_and_explains_itself(checkpost, name):
    assert f"  {name} " in checkpost("--help").out
    explained = checkpost(name, "--help")
    assert explained.status == 0
    assert "Usage: checkpost" in explained.out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("frobnicate",), "frobnicate"),
        (("check", "--batch"), "--batch"),
        (("check", "--output", "x"), "--output"),
        (("check", "text", "--file", "x"), "--file"),
        (("check", "--file", "/nowhere/draft.txt"), "/nowhere/draft.txt"),
        (("check", "--batch", "/nowhere/drafts.jsonl"), "/nowhere/drafts.jsonl"),
        (("check", "   "), "empty"),
        (("check", "x", "--surface", "wall"), "--surface"),
        (("rules", "kindness"), "kindness"),
        (("balance", "--member", "ana"), "discord:USER"),
        (("forget", "--member", "discord:\udcff"), "discord:USER"),
        (("balance",), "--member"),
        (("balance", "--member", "discord:1", "--at", "soon"), "--at"),
        (("summary", "--community", "discord:1", "--week", "47"), "--week"),
        (("--config", "/nowhere.toml", "chat"), "/nowhere.toml"),
        (("run",), "discord.enabled"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it(checkpost, arguments, named):
    ran = checkpost(*arguments)
    assert ran.status == 2
    assert named in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_a_wrong_configuration_is_one_line_that_names_the_key(checkpost, monkeypatch):
    monkeypatch.setenv("CHECKPOST_BALANCE__WINDOW_DAYS", "a month")
    ran = checkpost("balance", "--member", "discord:1")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "CHECKPOST_BALANCE__WINDOW_DAYS" in ran.err


@pytest.mark.parametrize(
    ("platform", "missing"), [("DISCORD", "discord.token"), ("SLACK", "slack.bot_token")]
)
def test_a_missing_token_is_one_line_that_names_it(checkpost, monkeypatch, platform, missing):
    monkeypatch.setenv(f"CHECKPOST_{platform}__ENABLED", "true")
    ran = checkpost("run")
    assert ran.status == 2
    assert missing in ran.err
    assert "Traceback" not in ran.err


def test_help_imports_no_sdk_and_no_heavy_module():
    code = (
        "import sys\n"
        "from bot.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'discord', 'slack_bolt', 'aiohttp', 'sqlalchemy', 'alembic', 'rich', 'numpy'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.rstrip().endswith("HEAVY []")


def test_the_database_is_made_on_first_use_and_upgrading_again_does_nothing(checkpost, tmp_path):
    assert checkpost("db", "upgrade").status == 0
    assert (tmp_path / "data" / "checkpost" / "checkpost.sqlite3").exists()
    assert "up to date" in checkpost("db", "upgrade").out


def test_another_secret_is_refused_in_one_line(checkpost, monkeypatch):
    checkpost("db", "upgrade")
    monkeypatch.setenv("CHECKPOST_PRIVACY__SECRET", "another secret altogether")
    ran = checkpost("db", "upgrade")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "secret" in ran.err
    assert "another secret altogether" not in ran.err
