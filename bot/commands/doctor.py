"""`checkpost doctor`: what is configured, reachable and missing, without printing a secret.

A look changes nothing: neither a database nor a secret is made, and none is migrated.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from msgspec.structs import replace

from bot.bootstrap import Application, database_url, open_application, secret_file
from bot.commands import platforms
from bot.commands.opening import settings_of
from bot.services.platform import AdapterError
from bot.settings import DatabaseSettings, PrivacySettings, Settings, SettingsError, configuration_directory
from bot.storage.errors import StorageError
from bot.storage.migrate import Version, version_of

_ANSWERS_WITHIN = 15.0
"""Seconds a platform has to say who the bot is."""


@click.command("doctor")
@click.pass_context
def command(context: click.Context) -> int:
    """Say what is configured, reachable and missing; leaves with 2 where something enabled does not work."""
    settings = settings_of(context)
    _say("configuration", _configuration(context.obj))
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    try:
        version = await version_of(database_url(settings))
        _say("secret", _secret(settings, version))
        async with _opened(settings, version) as application:
            _say("database", f"{_without_password(settings)} {_STANDING[version]}")
            working = [
                await _platform(application, "discord", enabled=settings.discord.enabled),
                await _platform(application, "slack", enabled=settings.slack.enabled),
            ]
    except (SettingsError, StorageError) as error:
        _say("database", str(error))
        return 2
    _say("rewrite", "on, by a language model" if settings.rewrite.enabled else "off")
    return 0 if all(working) else 2


_STANDING = {
    Version.MISSING: "does not exist yet; the first start makes it",
    Version.OLDER: "answers; it is of an earlier version, and the next start brings it up to date",
    Version.PRESENT: "answers and is up to date",
}


@asynccontextmanager
async def _opened(settings: Settings, version: Version) -> AsyncGenerator[Application]:
    """Open the application; where that would make or change a database, with one that is gone afterwards."""
    if version is Version.PRESENT:
        async with open_application(settings) as application:
            yield application
        return
    with TemporaryDirectory(prefix="checkpost-") as folder:
        elsewhere = replace(
            settings,
            database=DatabaseSettings(url=f"sqlite+aiosqlite:///{Path(folder) / 'look.sqlite3'}"),
            privacy=PrivacySettings(secret=secrets.token_hex()),
        )
        async with open_application(elsewhere) as application:
            yield application


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


def _secret(settings: Settings, version: Version) -> str:
    """Say where the secret is.

    Raises:
        SettingsError: there is none, and the database was made with one.
    """
    if settings.privacy.secret:
        return "set by privacy.secret"
    path = secret_file()
    if path.exists():
        return str(path)
    if version is Version.MISSING:
        return f"{path} does not exist yet; the first start makes it"
    raise SettingsError(
        f"{_without_password(settings)} was made with a secret, and {path} is missing; put it back, or set "
        "privacy.secret"
    )


def _without_password(settings: Settings) -> str:
    url = database_url(settings)
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _say(what: str, how: str) -> None:
    click.echo(f"{what:14} {how}")
