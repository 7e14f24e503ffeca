"""`checkpost balance`: one member's balance; the member sees in their own log that it was read."""

import sys
from datetime import datetime

import click
import msgspec

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.bootstrap import Application, bounds
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

    async def show(application: Application) -> tuple[datetime, Balance | None]:
        until = at or application.clock()
        await application.shell_reads(member, "balance", application.clock())
        return until, await application.show_balance(member, community, until, together=community is None)

    until, balance = with_application(context, show)
    if as_json:
        counted = balance or _nothing(until, bounds(settings_of(context)))
        sys.stdout.buffer.write(msgspec.json.encode(balance_json.as_object(counted)) + b"\n")
    elif balance is None:
        click.echo("No record yet.")
    else:
        click.echo(_sentence(balance))


def _sentence(balance: Balance) -> str:
    if balance.share is None:
        return f"No posts counted in the {balance.window_days} days until {balance.until:%Y-%m-%d %H:%M %Z}."
    return (
        f"{balance.promotion} of {balance.posts} posts in the {balance.window_days} days until "
        f"{balance.until:%Y-%m-%d %H:%M %Z} are promotion ({float(balance.share):.1%}); "
        f"the aim is {float(balance.lower):.0%} to {float(balance.upper):.0%}."
    )


def _nothing(until: datetime, band: Bounds) -> Balance:
    return Balance(band.window_days, until, 0, 0, 0, 0, 0, 0, 0, band.lower, band.upper)
