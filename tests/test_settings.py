from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_documents_every_key_with_its_default():
    assert load(EXAMPLE, {}) == Settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    for section in Settings.__struct_fields__:
        assert f"[{section}]" in text
        for key in getattr(Settings(), section).__struct_fields__:
            assert f"\n{key} = " in text


def test_a_variable_wins_over_the_file(tmp_path):
    path = written(tmp_path, '[discord]\ntoken = "from the file"\n')
    settings = load(path, {"CHECKPOST_DISCORD__TOKEN": "from outside", "CHECKPOST_DISCORD__SHARD_IDS": "0,2"})
    listed = load(path, {"CHECKPOST_DISCORD__COMMAND_GUILDS": "810001,810002"})
    assert listed.discord.command_guilds == (810001, 810002)
    assert settings.discord.token == "from outside"
    assert settings.discord.shard_ids == (0, 2)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[slack]\nport = "many"\n', "slack.port"),
        ("[balance]\nupper = 3\n", "balance.upper"),
        ("[balance]\nlower = 0.2\n", "balance.lower"),
        ("[summary]\nminimum_members = 3\n", "minimum_members"),
        ('[summary]\ntime_zone = "Mars/Olympus"\n', "summary.time_zone"),
        ("[dicsord]\nenabled = true\n", "dicsord"),
        ("[discord]\ntokn = 'x'\n", "tokn"),
        ("[discord]\ncommand_guilds = ['garden']\n", "discord.command_guilds"),
        ("[rewrite]\nenabled = true\n", "rewrite.base_url"),
        ("[communities]\naliases = ['gardeners']\n", "communities.aliases"),
        ("[communities]\naliases = ['a:b=discord:1']\n", "communities.aliases"),
        ("[communities]\naliases = ['gardeners=discord:']\n", "communities.aliases"),
        ("discord = 3\n", "discord"),
        ("[discord\n", "TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_it(tmp_path, text, named):
    with pytest.raises(SettingsError) as caught:
        load(written(tmp_path, text), {})
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_alias_stands_for_a_live_community_and_any_other_name_for_itself(tmp_path):
    settings = load(
        written(tmp_path, ""), {"CHECKPOST_COMMUNITIES__ALIASES": "gardeners=discord:1,office=slack:T1"}
    )
    assert [settings.communities.ledger(name) for name in ("gardeners", "office", "discord:1", "x")] == [
        "discord:1",
        "slack:T1",
        "discord:1",
        "x",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("CHECKPOST_DISCORD__TOKN", "x"), ("CHECKPOST_SLACK__PORT", "many"), ("CHECKPOST_NOWHERE__KEY", "1")],
)
def test_a_wrong_variable_is_named(name, value):
    with pytest.raises(SettingsError, match=name):
        load(EXAMPLE, {name: value})


def test_a_missing_file_says_what_to_copy(tmp_path):
    with pytest.raises(SettingsError, match=r"config\.example\.toml"):
        load(tmp_path / "none.toml", {})


def test_a_secret_in_a_wrong_place_is_not_repeated(tmp_path):
    with pytest.raises(SettingsError) as caught:
        load(written(tmp_path, "[slack]\nport = 'xoxb-not-a-port'\n"), {})
    assert "xoxb" not in str(caught.value)
