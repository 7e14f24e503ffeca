"""What Discord needs from the configuration, checked before anything is sent."""

from urllib.parse import urlsplit

from adapters.kit.protocol import AdapterError
from bot.settings import DiscordSettings

PORTAL = "https://discord.com/developers/applications"
"""Where an operator finds the token and switches intents on."""


def check(settings: DiscordSettings) -> None:
    """Refuse a configuration that cannot work.

    Raises:
        AdapterError: one line that names the key and the remedy; never the token.
    """
    if not settings.token.strip():
        raise AdapterError(
            f"discord.token is missing; copy it from {PORTAL} (Bot, Reset Token) "
            "and set CHECKPOST_DISCORD__TOKEN or discord.token"
        )
    _check_address("discord.api_url", settings.api_url, ("http", "https"))
    if settings.gateway_url:
        _check_address("discord.gateway_url", settings.gateway_url, ("ws", "wss"))
    _check_shards(settings)


def _check_address(key: str, address: str, schemes: tuple[str, str]) -> None:
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        raise AdapterError(f"{key} must be an address that starts with {schemes[0]}:// or {schemes[1]}://")


def _check_shards(settings: DiscordSettings) -> None:
    if not settings.shard_ids:
        return
    if not settings.shard_count:
        raise AdapterError(
            "discord.shard_ids needs discord.shard_count; set it to the number of shards in all"
        )
    if len(set(settings.shard_ids)) != len(settings.shard_ids):
        raise AdapterError("discord.shard_ids names a shard twice; list each shard once")
    wrong = [shard for shard in settings.shard_ids if not 0 <= shard < settings.shard_count]
    if wrong:
        raise AdapterError(
            f"discord.shard_ids holds {wrong[0]}; shards count from 0 to discord.shard_count - 1, "
            f"which is {settings.shard_count - 1}"
        )
