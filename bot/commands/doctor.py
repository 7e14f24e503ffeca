"""`checkpost doctor`: what is configured, reachable and missing, without printing a secret."""

import asyncio
from pathlib import Path

import click

from bot.bootstrap import Application, database_url, open_application
from bot.commands import platforms
from bot.commands.opening import settings_of
from bot.services.platform import AdapterError
from bot.settings import Settings, SettingsError, configuration_directory

_ANSWERS_WITHIN = 15.0
"""Seconds a platform has to say who the bot is."""


@click.command("doctor")
@click.pass_context
def command(context: click.Context) -> int:
    """Say what is configured, reachable and missing; leaves with 2 where something enabled does not work."""
    settings = settings_of(context)
    _say("configuration", _configuration(context.obj))
    _say("secret", _secret(settings))
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    try:
        async with open_application(settings) as application:
            _say("database", f"{_without_password(settings)} answers and is up to date")
            working = [
                await _platform(application, "discord", enabled=settings.discord.enabled),
                await _platform(application, "slack", enabled=settings.slack.enabled),
            ]
    except SettingsError as error:
        _say("database", str(error))
        return 2
    _say("rewrite", "on, by a language model" if settings.rewrite.enabled else "off")
    return 0 if all(working) else 2


async def _platform(application: Application, name: str, *, enabled: bool) -> bool:
    if not enabled:
        _say(name, f"off; set {name}.enabled to switch it on")
        return True
    try:
        adapter = platforms.build(name, application)
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                _say(name, f"reachable as {await adapter.probe()}")
        finally:
            await adapter.close()
    except AdapterError as error:
        _say(name, str(error))
        return False
    except TimeoutError:
        _say(name, f"did not answer within {_ANSWERS_WITHIN:g} seconds; check the network or {name}.api_url")
        return False
    return True


def _configuration(named: str | None) -> str:
    path = Path(named) if named else configuration_directory() / "config.toml"
    return f"{path}" if path.exists() else f"{path} does not exist; the defaults hold"


def _secret(settings: Settings) -> str:
    if settings.privacy.secret:
        return "set by privacy.secret"
    path = configuration_directory() / "secret"
    return f"{path}" if path.exists() else f"{path}, made now"


def _without_password(settings: Settings) -> str:
    url = database_url(settings)
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _say(what: str, how: str) -> None:
    click.echo(f"{what:14} {how}")
