"""`checkpost forget`: the end of everything kept about a member."""

import click

from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.commands.opening import with_application
from bot.commands.parameters import MemberParameter


@click.command("forget")
@click.option(
    "--member", type=MemberParameter(), required=True, help="discord:USER, slack:TEAM/USER or terminal:local."
)
@click.pass_context
def command(context: click.Context, member: Member) -> None:
    """Erase everything kept about a member, at once and completely."""

    async def forget(application: Application) -> int:
        return await application.privacy.forget(member)

    erased = with_application(context, forget)
    click.echo(f"Erased: {erased} entries." if erased else "There was nothing about this member.")
