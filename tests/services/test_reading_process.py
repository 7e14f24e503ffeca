import asyncio
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.coach.readers import default_reader
from bot.services.reading_posts import PostReader, Written
from bot.services.reading_process import MANY, ReadingProcess, cores
from bot.text.draft import Draft

KEY = b"a key of the tests"
POSTS = [
    Written(Draft(f"{text} {number}"), KEY)
    for number in range(MANY)
    for text in ("Thank you, Bea! Which lab did you send yours to?", "Buy my book: https://ana.example/book")
]
PARENT = """
import asyncio, multiprocessing, sys, time
from tests.services.test_reading_process import POSTS
from bot.services.reading_process import ReadingProcess

async def main():
    await ReadingProcess()(POSTS)
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""

pytestmark = pytest.mark.skipif(cores() == 1, reason="on a single core no process is started")


@pytest.fixture
async def reading():
    process = ReadingProcess()
    yield process
    await process.close()


async def test_few_posts_need_no_process(reading):
    assert len(await reading(POSTS[: MANY - 1])) == MANY - 1
    assert not multiprocessing.active_children()


async def test_many_posts_are_read_elsewhere_and_just_the_same(reading):
    found = await reading(POSTS)
    assert len(multiprocessing.active_children()) == 1
    assert found == PostReader(default_reader()).facts(POSTS)


async def test_what_is_read_elsewhere_keeps_nobody_waiting(reading):
    task = asyncio.create_task(reading(POSTS))
    turns = 0
    while not task.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 1


async def test_closing_ends_the_process(reading):
    await reading(POSTS)
    await reading.close()
    assert not multiprocessing.active_children()
    await reading.close()


async def test_a_process_that_dies_costs_nothing_but_a_line_in_the_log(reading, caplog):
    wanted = await reading(POSTS)
    (process,) = multiprocessing.active_children()
    os.kill(process.pid, signal.SIGKILL)
    with caplog.at_level(logging.WARNING):
        assert await reading(POSTS) == wanted
        assert await reading(POSTS) == wanted
    assert [record.getMessage() for record in caplog.records] == [
        "the process that reads posts ended; reading goes on in this one"
    ]


def test_the_process_ends_with_its_parent_however_that_goes(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    until = time.monotonic() + 10
    while is_alive(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
