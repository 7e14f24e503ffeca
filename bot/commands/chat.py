"""`checkpost chat`: the coach in the terminal."""

import click

from bot.bootstrap import Application
from bot.commands import platforms
from bot.commands.opening import with_application


@click.command("chat")
@click.pass_context
def command(context: click.Context) -> None:
    """Open the coach in the terminal; no token, no network, no configuration."""
    with_application(context, _talk)


async def _talk(application: Application) -> None:
    await application.retention(application.clock())  # here nothing runs day and night to do it
    await platforms.terminal(application).run()
