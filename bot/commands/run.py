"""`checkpost run`: every enabled platform, and the weekly summaries, until it is stopped."""

import asyncio
import gc
import logging
import signal
from datetime import datetime
from functools import partial

import click

from bot.bootstrap import Application
from bot.commands import platforms
from bot.commands.keeping import Platforms
from bot.commands.opening import with_application
from bot.scheduler.loop import DAILY_SECONDS, repeat
from bot.services.platform import Adapter, AdapterError

_LOOK_SECONDS = 0.1
"""Seconds between two looks whether a platform is reached."""


@click.command("run")
@click.option("--verbose", is_flag=True, help="Log what the platforms' libraries say, too.")
@click.pass_context
def command(context: click.Context, *, verbose: bool) -> None:
    """Run every platform enabled in the configuration, and the weekly summaries."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if not verbose:
        for library in ("alembic", "discord", "slack_bolt", "slack_sdk", "aiohttp"):
            logging.getLogger(library).setLevel(logging.WARNING)
    with_application(context, _serve)


async def _serve(application: Application) -> None:
    enabled = [
        name
        for name, on in (
            ("discord", application.settings.discord.enabled),
            ("slack", application.settings.slack.enabled),
        )
        if on
    ]
    if not enabled:
        raise AdapterError(
            "no platform is enabled; set discord.enabled or slack.enabled, or try `checkpost chat`"
        )
    kept = Platforms(enabled, lambda name: platforms.build(name, application))
    for name in enabled:
        application.health.watch(name, partial(kept.connected, name))
    # What is loaded now stays; looking through it for garbage again and again costs a tenth of the events.
    gc.collect()
    gc.freeze()
    try:
        await _until_stopped(application, kept)
    finally:
        await application.draft_checks.flush()
        await kept.close()


async def _until_stopped(application: Application, kept: Platforms) -> None:
    adapters = kept.running
    tasks = [asyncio.create_task(kept.keep(name), name=name) for name in adapters]
    tasks.append(asyncio.create_task(marked_live(application, kept)))
    tasks.append(
        asyncio.create_task(repeat(lambda at: _summaries(application, adapters, at), application.clock))
    )
    tasks.append(
        asyncio.create_task(repeat(lambda at: _expiry(application, at), application.clock, DAILY_SECONDS))
    )
    tasks.append(
        asyncio.create_task(repeat(lambda at: _digests(application, adapters, at), application.clock))
    )
    tasks.append(asyncio.create_task(repeat(lambda _: _counting(application), application.clock)))
    stopped = asyncio.create_task(_signal())
    try:
        done, _ = await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in (*tasks, stopped):
            task.cancel()
        await asyncio.gather(*tasks, stopped, return_exceptions=True)


async def marked_live(application: Application, kept: Platforms) -> None:
    """Remember that platforms write here once one is reached; a run that reaches none leaves no mark.

    It does not return: it is one of the tasks whose end would be the end of the program.
    """
    while not any(map(kept.connected, kept.running)):  # noqa: ASYNC110 - adapters are asked, they do not tell
        await asyncio.sleep(_LOOK_SECONDS)
    await application.mark_live()
    await asyncio.Event().wait()


async def _summaries(application: Application, adapters: dict[str, Adapter], at: datetime) -> list[str]:
    sent = await application.weekly_summaries.send_due(adapters, at)
    return [f"weekly summary {one}" for one in sent if one.news]


async def _digests(application: Application, adapters: dict[str, Adapter], at: datetime) -> list[str]:
    sent = await application.digests.send_due(adapters, at)
    return [f"{sent} digests sent"] if sent else []


async def _counting(application: Application) -> list[str]:
    await application.draft_checks.flush()
    await application.weekly_counts.refresh()
    return []


async def _expiry(application: Application, at: datetime) -> list[str]:
    expired = await application.retention(at)
    return [f"{expired} entries of the record expired"] if expired else []


async def _signal() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
