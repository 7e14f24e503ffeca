"""`checkpost summary`: one community's week, shown or posted."""

import asyncio
import sys

import click
import msgspec

from bot.bootstrap import Application
from bot.commands import platforms
from bot.commands.opening import settings_of, with_application
from bot.services.platform import AdapterError
from bot.summaries.summary import Summary
from bot.summaries.week import Week
from bot.summaries.written import in_markdown, in_text

_CONNECTS_WITHIN = 30.0
"""Seconds a platform has to answer before posting is given up."""

_LOOK_AGAIN = 0.1


@click.command("summary")
@click.option("--community", required=True, help="The community's ledger, such as discord:123.")
@click.option("--week", "written", required=True, metavar="YYYY-Www", help="The ISO week, such as 2026-W47.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--markdown", is_flag=True, help="Print Markdown, with the chart as a table.")
@click.option(
    "--post", is_flag=True, help="Post it in the community's summary channel, unless it was posted before."
)
@click.pass_context
def command(
    context: click.Context, community: str, written: str, *, as_json: bool, markdown: bool, post: bool
) -> None:
    """Show one community's week as its members would see it, or post it."""
    if as_json and markdown:
        raise click.UsageError("--json and --markdown are two answers; name one")
    community = settings_of(context).communities.ledger(community)
    try:
        week = Week.parse(written)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--week") from None

    async def build(application: Application) -> Summary:
        if post:
            click.echo(await _post(application, community, week), err=True)
        return await application.weekly_summaries.build(community, week)

    summary = with_application(context, build)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(summary) + b"\n")
        return
    click.echo(in_markdown(summary) if markdown else in_text(summary))


async def _post(application: Application, community: str, week: Week) -> str:
    """Connect to the community's platform, post the week there, and return a line that says so."""
    platform = community.partition(":")[0]
    adapter = platforms.build(platform, application)
    running = asyncio.create_task(adapter.run())
    try:
        async with asyncio.timeout(_CONNECTS_WITHIN):
            while not adapter.connected():
                if running.done():
                    running.result()
                await asyncio.sleep(_LOOK_AGAIN)
        return str(await application.weekly_summaries.send_now(adapter, community, week, application.clock()))
    except TimeoutError:
        raise AdapterError(
            f"{platform} did not answer within {_CONNECTS_WITHIN:g} seconds; nothing was posted"
        ) from None
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await adapter.close()
