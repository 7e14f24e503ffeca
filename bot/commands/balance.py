"""`checkpost balance`: one member's balance; the member sees in their own log that it was read."""

import sys
from datetime import UTC, datetime

import click
import msgspec

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.bootstrap import Application, bounds
from bot.commands import platforms
from bot.commands.opening import settings_of, with_application
from bot.commands.parameters import MemberParameter, MomentParameter
from bot.interchange import balance_json


@click.command("balance")
@click.option(
    "--member", type=MemberParameter(), required=True, help="discord:USER, slack:TEAM/USER or terminal:local."
)
@click.option("--community", help="Only this community; without it, all of them together.")
@click.option("--at", "at", type=MomentParameter(), help="The end of the window; now, without it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(
    context: click.Context, member: Member, community: str | None, at: datetime | None, *, as_json: bool
) -> None:
    """Show one member's balance; the read is noted in the member's own log."""
    if community is not None:
        community = settings_of(context).communities.ledger(community)

    async def show(application: Application) -> None:
        until = at or application.clock()
        await application.shell_reads(member, "balance", application.clock())
        if as_json:
            balance = await application.show_balance(member, community, until, together=community is None)
            counted = balance or _nothing(until, bounds(application.settings))
            sys.stdout.buffer.write(msgspec.json.encode(balance_json.as_object(counted)) + b"\n")
            return
        past = await application.balance_history(member, community, until, together=community is None)
        platforms.terminal(application).show_balance(_heading(member, community, until), past)

    with_application(context, show)


def _heading(member: Member, community: str | None, until: datetime) -> str:
    where = f" in {community}" if community else ""
    return f"The balance of {member}{where} as of {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC, as they see it"


def _nothing(until: datetime, band: Bounds) -> Balance:
    return Balance(band.window_days, until, 0, 0, 0, 0, 0, 0, 0, band.lower, band.upper)
