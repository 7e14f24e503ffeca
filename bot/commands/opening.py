"""Opens the application for a subcommand, and says in one line why it cannot."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.bootstrap import Application, open_application
from bot.services.platform import AdapterError
from bot.settings import Settings, SettingsError, load
from bot.storage.errors import StorageError

Result = TypeVar("Result")


def settings_of(context: click.Context) -> Settings:
    """Return the configuration the command line names.

    Raises:
        click.UsageError: it cannot be read; one line that names the key.
    """
    try:
        return load(None if context.obj is None else Path(context.obj))
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


def with_application(context: click.Context, use: Callable[[Application], Awaitable[Result]]) -> Result:
    """Open the application, let `use` work with it, and close it again.

    Raises:
        click.UsageError: the configuration, the database or a platform does not fit; one line.
    """
    settings = settings_of(context)

    async def opened() -> Result:
        async with open_application(settings) as application:
            return await use(application)

    try:
        return asyncio.run(opened())
    except (SettingsError, AdapterError, StorageError) as error:
        raise click.UsageError(str(error)) from None
