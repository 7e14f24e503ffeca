"""`checkpost import`: message events, or a platform's export, into a ledger."""

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.balance.event import MessageEvent
from bot.bootstrap import Application
from bot.commands.interruption import Interruption
from bot.commands.opening import settings_of, with_application
from bot.importing.archive import Meter, Stream, archive_at
from bot.importing.discord_export import read_discord_export
from bot.importing.events import read_events
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import ExportError, Rejected
from bot.importing.slack_export import read_slack_export
from bot.services.admission import Reason
from bot.services.import_events import ConsentRefusedError, Imported

NAMED = 20
"""Rejected lines that are named one by one; of the others only the number is said."""

_FORMATS = ("events", "slack-export", "discord-export")
_LONGEST_NAME = 200
_Items = Iterable[MessageEvent | Rejected]

_WORDS = {
    Reason.BOT: "by bots, webhooks or the platform itself",
    Reason.NO_CONSENT: "by members who did not opt in",
    Reason.BEFORE_CONSENT: "from before their author opted in",
    Reason.CHANNEL: "in channels the community did not choose",
    Reason.EXPIRED: "older than the record goes back",
    Reason.FUTURE: "from the future: a clock was wrong",
    Reason.UNKNOWN: "about messages that are not recorded",
}


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="What PATH holds: events (JSON lines), slack-export (Slack's own) or discord-export "
    "(DiscordChatExporter's JSON).",
)
@click.option(
    "--community",
    required=True,
    metavar="NAME",
    help="The ledger: PLATFORM:ID of a live community or its alias, or any name of your own.",
)
@click.option(
    "--consent-all", is_flag=True, help="You state that every member in it has agreed to be counted."
)
@click.pass_context
def command(
    context: click.Context, path: Path, format_: str | None, community: str, *, consent_all: bool
) -> int:
    """Import PATH, a file, folder or zip, into a ledger; - is standard input, for events.

    Importing again changes nothing, and the order does not matter: an import that was cut short is
    taken up by the same command. The texts are read in memory and not kept.
    """
    name = community.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise click.UsageError("--community needs a name, such as discord:1234 or my-community")
    name = settings_of(context).communities.ledger(name)
    console = Console(stderr=True)
    rejections = _Rejections(console)
    try:
        with _opened(path, format_, LedgerName(name)) as (items, meter), Interruption() as interruption:
            events = rejections.passed(interruption.between(items))
            imported = with_application(
                context,
                lambda application: _import(application, events, meter, console, consent_all=consent_all),
            )
    except (ExportError, ConsentRefusedError) as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. What was recorded is kept; the same command goes on from there.", err=True)
        raise
    rejections.close()
    click.echo(_summary(name, imported, rejections.count))
    if not imported.recorded and imported.ignored.get(Reason.NO_CONSENT) and not consent_all:
        click.echo("Only members who opted in are counted; --consent-all states that all of them agreed.")
    return 1 if rejections.count else 0


@contextmanager
def _opened(path: Path, format_: str | None, ledger: LedgerName) -> Generator[tuple[_Items, Meter]]:
    if format_ not in _FORMATS:
        raise click.UsageError(f"--format says what PATH holds: {', '.join(_FORMATS)}")
    if format_ == "events":
        with _events_of(path) as (file, size):
            meter = Meter(size)
            yield read_events(Stream(file, meter), ledger), meter
        return
    if str(path) == "-":
        raise click.UsageError(f"--format {format_} needs a file or a folder; - goes with events")
    read = read_slack_export if format_ == "slack-export" else read_discord_export
    with closing(archive_at(path)) as archive:
        yield read(archive, ledger), archive.meter


@contextmanager
def _events_of(path: Path) -> Generator[tuple[BinaryIO, int | None]]:
    if str(path) == "-":
        yield sys.stdin.buffer, None
        return
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder; name a file of events, one JSON object a line")
    try:
        file = path.open("rb")
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    with file:
        yield file, path.stat().st_size or None


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("Importing"),
        BarColumn(),
        TextColumn("{task.fields[recorded]:,} recorded, {task.fields[unchanged]:,} known"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.file.isatty(),
    )


async def _import(
    application: Application,
    events: Iterable[MessageEvent],
    meter: Meter,
    console: Console,
    *,
    consent_all: bool,
) -> Imported:
    with _bar(console) as bar:
        task = bar.add_task("", total=meter.total, recorded=0, unchanged=0)

        def told(so_far: Imported) -> None:
            bar.update(task, completed=meter.read, recorded=so_far.recorded, unchanged=so_far.unchanged)

        await application.retention(application.clock())
        return await application.import_events(
            events, application.clock(), consent_all=consent_all, told=told
        )


class _Rejections:
    """Names the first rejected lines as they come, and counts them all.

    Args:
        console: shares the terminal with the bar.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self.count = 0

    def passed(self, items: Iterable[MessageEvent | Rejected]) -> Iterator[MessageEvent]:
        for item in items:
            if isinstance(item, MessageEvent):
                yield item
                continue
            self.count += 1
            if self.count <= NAMED:
                self._console.out(f"{_printable(item.where)}: {_printable(item.why)}", highlight=False)

    def close(self) -> None:
        if self.count > NAMED:
            self._console.out(f"… and {self.count - NAMED:,} more.", highlight=False)


def _printable(text: str) -> str:
    """Return `text` with nothing in it that a terminal would act upon; files may be named anything."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _summary(name: str, imported: Imported, rejected: int) -> str:
    ignored = sum(imported.ignored.values())
    head = (
        f"Imported into {name}: {imported.recorded:,} recorded, {imported.unchanged:,} known already, "
        f"{ignored:,} ignored, {rejected:,} rejected."
    )
    reasons = [f"  ignored: {imported.ignored[r]:,} {_WORDS[r]}" for r in Reason if r in imported.ignored]
    return "\n".join([head, *reasons])
