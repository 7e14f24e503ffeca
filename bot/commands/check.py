"""`checkpost check`: one draft for people, or many for programs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from bot.coach.check import check
from bot.coach.readers import default_reader
from bot.commands.advice_text import advice_text
from bot.interchange import advice_json, draft_json
from bot.text.draft import Author, Draft, ReplyTo, Surface, is_blank

_PROGRESS_EVERY = 50
"""Drafts between two updates of the progress line."""


@click.command("check")
@click.argument("text", required=False)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help="Read the draft from this file; - is standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the advice as one JSON object.")
@click.option("--surface", type=click.Choice([s.value for s in Surface]), help="Where it is meant to go.")
@click.option("--reply-to", metavar="TEXT", help="The post it answers.")
@click.option(
    "--own-site", "own_sites", multiple=True, metavar="SITE", help="A site of yours; may be repeated."
)
@click.option(
    "--batch", type=click.Path(path_type=Path), help="Read drafts as JSON lines; - is standard input."
)
@click.option("--output", type=click.Path(path_type=Path), help="With --batch: write the advice here.")
def command(
    text: str | None,
    file: Path | None,
    surface: str | None,
    reply_to: str | None,
    own_sites: tuple[str, ...],
    batch: Path | None,
    output: Path | None,
    *,
    as_json: bool,
) -> int:
    """Check one draft: TEXT, a file, or standard input; or many with --batch."""
    if batch is not None:
        if text is not None or file is not None:
            raise click.UsageError("--batch reads its drafts from IN; leave TEXT and --file away")
        if surface is not None or reply_to is not None or own_sites:
            raise click.UsageError(
                "with --batch each line has its context; leave --surface, --reply-to and --own-site away"
            )
        return _check_batch(batch, output)
    if output is not None:
        raise click.UsageError("--output goes with --batch")
    if text is not None and file is not None:
        raise click.UsageError("give TEXT or --file, not both")
    draft = Draft(
        text=_single_text(text, file),
        surface=Surface(surface or Surface.CHANNEL),
        reply_to=None if reply_to is None else ReplyTo(text=reply_to),
        author=Author(own_domains=own_sites),
    )
    advice = check(draft, reader=default_reader())
    if as_json:
        _write(sys.stdout.buffer, advice_json.as_line("draft", advice))
    else:
        click.echo(advice_text(draft, advice))
    return 0


def _single_text(text: str | None, file: Path | None) -> str:
    draft = _read_text(file) if text is None else text
    if any("\ud800" <= character <= "\udfff" for character in draft):
        raise click.UsageError("the draft has a byte that is no text; send it as UTF-8")
    if is_blank(draft):
        raise click.UsageError("the draft is empty; give TEXT, --file or standard input")
    return draft


def _read_text(file: Path | None) -> str:
    name = "standard input" if file is None or str(file) == "-" else f"--file {file}"
    try:
        raw = sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(f"{name} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror}") from None


def _check_batch(source: Path, output: Path | None) -> int:
    reader = default_reader()
    failed = done = 0
    try:
        with _opened_for_reading(source) as lines, _opened_for_writing(output) as sink:
            for number, line in _lines(lines):
                id_: str | int | None = None
                try:
                    identified = draft_json.read_line(line)
                    id_ = identified.id
                    answer = advice_json.as_line(id_, check(identified.draft, reader=reader))
                except draft_json.DraftError as error:
                    failed += 1
                    answer = advice_json.error_line(error.id, f"line {number}: {error}")
                _write(sink, answer)
                done += 1
                if sys.stderr.isatty() and done % _PROGRESS_EVERY == 0:
                    click.echo(f"\r{done:,} drafts", err=True, nl=False)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise click.UsageError(f"{error.filename or source}: {error.strerror}") from None
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} drafts checked, {failed:,} could not be read", err=True)
    return 1 if failed else 0


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield lines with their number, without their newline; of one that is too long, enough to be refused."""
    number = 0
    while line := stream.readline(draft_json.LONGEST_LINE + 2):
        number += 1
        ended = line.endswith(b"\n")
        line = line.rstrip(b"\r\n")
        while not ended and (rest := stream.readline(draft_json.LONGEST_LINE)):
            ended = rest.endswith(b"\n")
        if line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf")


def _opened_for_reading(source: Path) -> BinaryIO:
    return open(sys.stdin.fileno(), "rb", closefd=False) if str(source) == "-" else source.open("rb")


def _opened_for_writing(output: Path | None) -> BinaryIO:
    if output is None or str(output) == "-":
        return open(sys.stdout.fileno(), "wb", closefd=False)
    return output.open("wb")


def _write(sink: BinaryIO, line: bytes) -> None:
    sink.write(line)
