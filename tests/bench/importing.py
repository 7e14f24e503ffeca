"""Measures the import: how fast, in how much memory, and how much faster what is known is passed over.

Run with `python tests/bench/importing.py [--events 1000000]`; it needs about 550 bytes of disk for each
event, in a temporary folder. The command is run as people run it, in a process of its own.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMBERS = 2_000
CHANNELS = 40
SPAN_DAYS = 250
OPENINGS = "I think|Has anybody tried|Thanks, that fixed|My guess is that|Could you share".split("|")
MIDDLES = "the new build|that library|our garden group|the second chapter|your patch".split("|")
ENDINGS = "works for me.|before Friday?|really helped, thank you!|is slower than it was.".split("|")
PROMOTIONS = (
    "My new course is out, get it at https://shop.example/c/{0} before Sunday!",
    "I wrote about this on my blog: https://blog.example/{0} - have a look",
)
PEAK = re.compile(r"peak (\d+)")
RUN = (
    "import resource, sys; sys.argv[0] = 'checkpost'; from bot.cli import main\n"
    "try: main()\n"
    "finally: print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)


def events(count: int, seed: int = 7) -> Iterator[dict[str, object]]:
    """Yield events: posts, answers, one edit in thirty, one deletion in a hundred, some bots."""
    chance = random.Random(seed)
    start = datetime.now(UTC) - timedelta(days=SPAN_DAYS)
    step = timedelta(days=SPAN_DAYS) / count
    recent: list[dict[str, object]] = []
    for number in range(count):
        at = (start + step * number).isoformat()
        luck = chance.random()
        if recent and luck < 0.04:
            changed = {**chance.choice(recent), "at": at, "event": "edited" if luck < 0.03 else "deleted"}
            yield changed | ({"text": _text(chance)} if changed["event"] == "edited" else {})
            continue
        event: dict[str, object] = {
            "platform": "discord",
            "community": "bench",
            "channel": f"c{chance.randrange(CHANNELS)}",
            "author": f"u{chance.randrange(MEMBERS)}",
            "message": f"m{number}",
            "at": at,
            "text": _text(chance),
            "mentions": [f"u{chance.randrange(MEMBERS)}"] if chance.random() < 0.2 else [],
            "bot": chance.random() < 0.02,
        }
        if recent and chance.random() < 0.5:
            answered = chance.choice(recent)
            event["channel"] = answered["channel"]
            event["reply_to"] = {"message": answered["message"], "author": answered["author"]}
        recent = [*recent[-99:], event]
        yield event


def _text(chance: random.Random) -> str:
    if chance.random() < 0.08:
        return chance.choice(PROMOTIONS).format(chance.randrange(10**6))
    parts = (chance.choice(OPENINGS), chance.choice(MIDDLES), chance.choice(ENDINGS))
    return " ".join(parts * chance.choice((1, 1, 1, 2, 4)))


def imported(path: Path, folder: Path) -> tuple[float, int, str]:
    """Import a file by the command; returns seconds, peak resident KiB, and what it said."""
    environment = os.environ | {
        "CHECKPOST_DATABASE__URL": f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}",
        "CHECKPOST_PRIVACY__SECRET": "bench",
    }
    arguments = ["import", str(path), "--format", "events", "--community", "bench", "--consent-all"]
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - started
    peak = PEAK.search(done.stderr)
    return seconds, int(peak.group(1)) if peak else 0, done.stdout.partition("\n")[0]


def main() -> None:
    """Generate the events, import them, and import them again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    count = parser.parse_args().events
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "events.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(event) + "\n" for event in events(count))
        size = path.stat().st_size / 1e6
        print(f"import, {count:,} events, {size:,.0f} MB of JSON lines, {MEMBERS:,} members:")
        for label in ("first", "again"):
            seconds, peak, said = imported(path, folder)
            print(f"  {label}: {count / seconds:>8,.0f} events a second, peak {peak / 1024:,.0f} MiB; {said}")


if __name__ == "__main__":
    main()
