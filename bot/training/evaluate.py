"""Prints how good the reader is: `python -m bot.training.evaluate`.

The figures that count come from authors the measured reader never saw: `make train` leaves a reader for each
part of the files in `build`. Everything else is measured on the reader that ships.
"""

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from bot.coach.care import distress
from bot.model.artifact import load
from bot.model.opinion import Reader
from bot.model.reader import TrainedReader, trained_reader
from bot.text.draft import Draft, Surface
from bot.text.kind import Kind
from bot.text.read import read
from bot.training import care
from bot.training.labelled import (
    DATA,
    UNSEEN,
    CareCase,
    Labelled,
    dealt,
    draft_of,
    read_all,
    read_care,
    read_file,
)
from bot.training.scoring import Answer, Score, ask, score
from bot.training.train import without

SHARED: Final = Path(__file__).parents[3] / "shared" / "eval"
_ATTACK, _FAIR = "ad_hominem_removed", "persuasive_delta"
_SELLING: Final = frozenset(("a_promo", "f_lead_gen_pitch", "h_spam", "scam"))
_LENGTHS: Final = (280, 2_000)
_RUNS: Final = 40
_LEDGER_READS: Final = 100  # messages at once, as the recording of a busy server and the import do


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print how good the reader is, on drafts it never saw.")
    parser.add_argument(
        "--shared", action="store_true", help="also the sets in ../shared/eval, for a last look"
    )
    arguments = parser.parse_args()
    shipped = trained_reader()
    if without(0).exists():
        _left_out()
    else:
        click.echo(f"{without(0)} is missing: `python -m bot.training.train` makes it")
    rows = read_all(UNSEEN)
    for real, title in ((False, "written drafts"), (True, "real messages")):
        _measure(f"{title} by hands the reader never saw", [row for row in rows if row.real is real], shipped)
    _attacks(shipped)
    _posts(shipped)
    _voices(shipped)
    if arguments.shared and SHARED.is_dir():
        _measure("../shared/eval/dev.jsonl", list(read_file(SHARED / "dev.jsonl", real=False)), shipped)
        _measure(
            "../shared/eval/real_dev.jsonl", list(read_file(SHARED / "real_dev.jsonl", real=True)), shipped
        )
        _chat(SHARED / "chat.jsonl", shipped)
    _speed(shipped)


def _left_out() -> None:
    """Let each reader judge the files it never saw, and print what all come to."""
    rows, cases = read_all(), read_care()
    judged: list[tuple[Labelled, Answer]] = []
    heard: list[tuple[CareCase, bool]] = []
    for number, hand in enumerate(dealt({example.file for example in (*rows, *cases)})):
        reader = TrainedReader(load(without(number)))
        judged += [(row, ask(row.draft, reader)) for row in rows if row.file in hand]
        table = care.without(hand)
        for case in cases:
            if case.file in hand:
                reading = read(case.draft)
                heard.append((case, distress(reading, reader.opinion(reading).care, table)))
    for real, title in ((False, "written drafts"), (True, "real messages")):
        chosen = [(row, answer) for row, answer in judged if row.real is real]
        show(f"{title}, authors left out in turn", *map(list, zip(*chosen, strict=True)))
    click.echo("\ncare, authors left out in turn:")
    for file in sorted({case.file for case, _ in heard}):
        mine = [(case.care, met) for case, met in heard if case.file == file]
        right = sum(wanted and met for wanted, met in mine)
        click.echo(
            f"  {file:15} recall {_share(right, sum(wanted for wanted, _ in mine))}, "
            f"precision {_share(right, sum(met for _, met in mine))} of {len(mine)} cases"
        )


def _measure(title: str, rows: Sequence[Labelled], reader: Reader) -> None:
    show(title, rows, [ask(row.draft, reader) for row in rows])


def show(title: str, rows: Sequence[Labelled], answers: Sequence[Answer]) -> None:
    """Print the figures of a labelled set."""
    result = score(rows, answers)
    click.echo(f"\n{title}: {result.drafts} drafts, {result.clean} harmless")
    for rule, count in result.rules.items():
        found = f"{count.hits:4} right {count.alarms:4} false alarms {count.misses:4} missed"
        click.echo(f"  {rule:12} P {count.precision:.3f} R {count.recall:.3f} F1 {count.f1:.3f} {found}")
    _summary(result)


def _summary(result: Score) -> None:
    click.echo(f"  macro-F1 {result.macro_f1:.3f}, micro-F1 {result.micro_f1:.3f}, ", nl=False)
    click.echo(f"harmless kept quiet {_share(result.quiet, result.clean)}, ", nl=False)
    click.echo(f"kinds {_share(result.kinds, result.judged)}")
    click.echo(
        f"  evidence where people point: {_share(result.pointed, result.annotated)} of {result.annotated}"
    )


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _attacks(reader: Reader) -> None:
    fired: dict[str, list[bool]] = {_ATTACK: [], _FAIR: []}
    for line in _lines(DATA / "public" / "cmv_attacks.jsonl"):
        answer = ask(Draft(line["text"], Surface.REPLY), reader)
        fired[line["label"]].append(bool({"criticism", "think-first"} & answer.fired.keys()))
    attacks, fair = fired[_ATTACK], fired[_FAIR]
    click.echo(f"\nremoved attacks found: {_share(sum(attacks), len(attacks))} of {len(attacks)}; ", nl=False)
    click.echo(f"persuasive comments flagged: {_share(sum(fair), len(fair))} of {len(fair)}")


def _posts(reader: Reader) -> None:
    sells: dict[bool, list[bool]] = {True: [], False: []}
    for line in _lines(DATA / "public" / "x_posts_spam.jsonl"):
        if line["label"] in _SELLING or line["label"] == "clean":
            (kinds,) = reader.kinds([read(Draft(line["text"]))])
            sells[line["label"] in _SELLING].append(max(Kind, key=lambda k: kinds[k]) is Kind.PROMOTION)
    spam, plain = sells[True], sells[False]
    click.echo(
        f"posts on X taken for promotion: spam {_share(sum(spam), len(spam))} of {len(spam)}, ", nl=False
    )
    click.echo(f"clean {_share(sum(plain), len(plain))} of {len(plain)}")


def _voices(reader: Reader) -> None:
    flagged: dict[str, list[bool]] = {}
    for line in _lines(DATA / "voices.jsonl"):
        flagged.setdefault(line["voice"], []).append(bool(ask(draft_of(line), reader).fired))
    click.echo("\nharmless drafts flagged, by voice (written for this measure, never trained on):")
    for voice, found in sorted(flagged.items()):
        click.echo(f"  {voice:24} {sum(found)} of {len(found)}")


def _chat(path: Path, reader: Reader) -> None:
    answers: list[Answer] = [ask(Draft(line["text"]), reader) for line in _lines(path)]
    flagged, warned = sum(bool(a.fired) for a in answers), sum(a.warned for a in answers)
    click.echo(
        f"\nordinary chat, {len(answers)} messages: any finding {_share(flagged, len(answers))}, ", nl=False
    )
    click.echo(f"any warning {_share(warned, len(answers))}")


def _speed(reader: Reader) -> None:
    """Print processor time: what one free core takes, however busy the machine is."""
    texts = [row.draft.text for row in read_all() if not row.real and len(row.draft.text) > 200]  # noqa: PLR2004
    medians: list[float] = []
    click.echo()
    for length in _LENGTHS:
        drafts = [
            Draft((text + "\n" + texts[(i + 1) % len(texts)] * 10)[:length])
            for i, text in enumerate(texts[:_RUNS])
        ]
        spent = sorted(_spent(draft, reader) for draft in drafts for _ in range(3))
        medians.append(statistics.median(spent))
        slowest = spent[int(len(spent) * 0.99)]
        click.echo(
            f"opinion on {length} characters: median {medians[-1] * 1e3:.1f} ms, p99 {slowest * 1e3:.1f} ms"
        )
    messages = [Draft(row.draft.text) for row in read_all() if row.real][:2_000]
    started = time.process_time()
    for first in range(0, len(messages), _LEDGER_READS):
        reader.kinds([read(draft) for draft in messages[first : first + _LEDGER_READS]])
    rate = len(messages) / (time.process_time() - started)
    click.echo(f"the ledger's path, reading and kinds: {rate:.0f} real messages a second and core")


def _spent(draft: Draft, reader: Reader) -> float:
    reading = read(draft)
    started = time.process_time()
    reader.opinion(reading)
    return time.process_time() - started


def _share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.1%}"


if __name__ == "__main__":
    main()
