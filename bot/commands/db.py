"""`checkpost db`: the database's own commands."""

import click

from bot.bootstrap import Application
from bot.commands.opening import with_application


@click.group("db")
def command() -> None:
    """Migrate the database."""


@command.command("upgrade")
@click.pass_context
def upgrade(context: click.Context) -> None:
    """Bring the database to the newest version; an empty one is filled."""
    with_application(context, _say)


async def _say(application: Application) -> None:
    await application.health.report()
    click.echo("The database is up to date.")
