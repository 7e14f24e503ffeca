import pytest

from adapters.discord.settings import check
from adapters.kit.protocol import AdapterError
from bot.settings import DiscordSettings

GOOD = {"enabled": True, "token": "a.b.c"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"token": " "}, "discord.token"),
        ({"api_url": "discord.com"}, "discord.api_url"),
        ({"api_url": "ftp://discord.com"}, "discord.api_url"),
        ({"gateway_url": "https://gateway.example"}, "discord.gateway_url"),
        ({"shard_ids": (0,)}, "discord.shard_count"),
        ({"shard_count": 2, "shard_ids": (0, 2)}, "discord.shard_ids holds 2"),
        ({"shard_count": 2, "shard_ids": (0, -1)}, "discord.shard_ids holds -1"),
        ({"shard_count": 2, "shard_ids": (1, 1)}, "twice"),
    ],
)
def test_what_cannot_work_is_named_in_one_line(changes: dict[str, object], named: str) -> None:
    with pytest.raises(AdapterError, match=named) as caught:
        check(DiscordSettings(**{**GOOD, **changes}))
    assert "\n" not in str(caught.value)
    assert "a.b.c" not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"shard_count": 4},
        {"shard_count": 4, "shard_ids": (2, 3)},
        {"gateway_url": "wss://gateway.example"},
    ],
)
def test_what_works_is_let_through(changes: dict[str, object]) -> None:
    check(DiscordSettings(**{**GOOD, **changes}))
