"""`checkpost export`: everything kept about a member, as JSON."""

import sys

import click
import msgspec

from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.commands.opening import with_application
from bot.commands.parameters import MemberParameter


@click.command("export")
@click.option(
    "--member", type=MemberParameter(), required=True, help="discord:USER, slack:TEAM/USER or terminal:local."
)
@click.pass_context
def command(context: click.Context, member: Member) -> None:
    """Print everything kept about a member, as JSON; the read is noted in the member's own log."""

    async def export(application: Application) -> dict[str, object]:
        await application.shell_reads(member, "export", application.clock())
        return await application.privacy.export(member)

    everything = with_application(context, export)
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(everything), indent=2) + b"\n")
