import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from adapters.discord import batching
from adapters.discord.batching import Batcher, Telling
from bot.balance.event import Change, MessageEvent


def event(number: int, change: Change = Change.POSTED) -> Telling:
    made = MessageEvent(
        "discord", "1", "2", "3", str(number), datetime(2026, 1, 1, tzinfo=UTC), "words", change
    )

    async def tell() -> list[MessageEvent]:
        return [made]

    return tell


class Ledger:
    """Keeps what it is given; fails as often as told, and always on some messages."""

    def __init__(self, failures: int = 0, poisoned: frozenset[str] = frozenset()) -> None:
        self.batches: list[list[str]] = []
        self.failures = failures
        self.poisoned = poisoned

    async def __call__(self, events: Sequence[MessageEvent]) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away, said with words that somebody wrote")
        if self.poisoned & {each.message for each in events}:
            raise ValueError("words")
        self.batches.append([each.message for each in events])

    @property
    def kept(self) -> list[str]:
        return [message for batch in self.batches for message in batch]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "PATIENCE", (0.001, 0.001, 0.001))


async def test_events_that_come_together_are_written_together_and_in_order() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    await asyncio.gather(*(batcher.add(event(number)) for number in range(20)))
    assert ledger.batches == [[str(number) for number in range(20)]]


async def test_an_event_is_committed_when_adding_it_returns() -> None:
    ledger = Ledger()
    await Batcher(ledger).add(event(1))
    assert ledger.kept == ["1"]


async def test_what_nobody_waits_for_is_written_in_its_turn() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    batcher.put(event(1))
    batcher.put(event(2))
    await batcher.add(event(3))
    assert ledger.batches == [["1", "2", "3"]]


async def test_what_nobody_waits_for_is_written_before_closing_ends() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    batcher.put(event(1))
    await batcher.close()
    assert ledger.kept == ["1"]


async def test_as_many_as_go_into_one_transaction_are_not_kept_waiting_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batching, "LARGEST", 4)
    monkeypatch.setattr(batching, "GATHER", 60.0)
    ledger = Ledger()
    batcher = Batcher(ledger)
    async with asyncio.timeout(5):
        for start in (0, 4):
            await asyncio.gather(*(batcher.add(event(start + number)) for number in range(4)))
    assert [len(batch) for batch in ledger.batches] == [4, 4]


async def test_no_transaction_is_larger_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "LARGEST", 8)
    ledger = Ledger()
    batcher = Batcher(ledger)
    await asyncio.gather(*(batcher.add(event(number)) for number in range(20)))
    assert [len(batch) for batch in ledger.batches] == [8, 8, 4]


async def test_a_database_that_is_away_for_a_while_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(failures=2)
    batcher = Batcher(ledger)
    await asyncio.gather(*(batcher.add(event(number)) for number in range(5)))
    assert ledger.kept == ["0", "1", "2", "3", "4"]
    assert "words" not in caplog.text


async def test_one_bad_event_costs_no_other(caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(poisoned=frozenset({"2"}))
    batcher = Batcher(ledger)
    await asyncio.gather(*(batcher.add(event(number)) for number in range(4)))
    assert ledger.kept == ["0", "1", "3"]
    assert "1 of 4 posts could not be recorded" in caplog.text
    assert "words" not in caplog.text


async def test_closing_writes_what_is_waiting() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    adding = asyncio.create_task(batcher.add(event(1)))
    await asyncio.sleep(0)
    await batcher.close()
    assert ledger.kept == ["1"]
    await adding


async def test_what_comes_after_closing_is_written_at_once() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    await batcher.close()
    await batcher.add(event(1))
    assert ledger.kept == ["1"]


async def test_the_order_is_that_of_arrival_however_long_the_telling_takes() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)

    async def slow() -> list[MessageEvent]:
        await asyncio.sleep(0.05)
        return [*await event(1)()]

    await asyncio.gather(batcher.add(slow), batcher.add(event(2)))
    assert ledger.kept == ["1", "2"]


async def test_a_post_deleted_in_the_same_breath_is_only_deleted() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    await asyncio.gather(batcher.add(event(1)), batcher.add(event(2)), batcher.add(event(1, Change.DELETED)))
    assert ledger.kept == ["2", "1"]


async def test_a_telling_that_fails_costs_no_other() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)

    async def fail() -> list[MessageEvent]:
        raise ValueError("words")

    await asyncio.gather(batcher.add(fail), batcher.add(event(2)))
    assert ledger.kept == ["2"]


async def test_a_telling_that_has_to_wait_for_the_database_is_asked_again() -> None:
    ledger = Ledger()
    asked = 0

    async def later() -> list[MessageEvent]:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise OSError("away")
        return [*await event(1)()]

    await Batcher(ledger).add(later)
    assert ledger.kept == ["1"]


async def test_nothing_told_is_nothing_written() -> None:
    ledger = Ledger()

    async def nothing() -> list[MessageEvent]:
        return []

    await Batcher(ledger).add(nothing)
    assert ledger.batches == []


async def test_two_batches_are_written_at_a_time_and_told_of_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batching, "LARGEST", 1)
    doors = {str(number): asyncio.Event() for number in range(3)}
    begun: list[str] = []

    async def write(events: Sequence[MessageEvent]) -> None:
        begun.append(events[0].message)
        await doors[events[0].message].wait()

    batcher = Batcher(write)
    first, second, third = (asyncio.create_task(batcher.add(event(number))) for number in range(3))
    await asyncio.sleep(0.1)
    assert begun == ["0", "1"]
    doors["1"].set()
    await asyncio.sleep(0.05)
    assert begun == ["0", "1", "2"]
    assert not second.done()
    doors["0"].set()
    await asyncio.gather(first, second)
    assert not third.done()
    doors["2"].set()
    await third


async def test_what_comes_while_the_last_batch_is_written_is_written_too() -> None:
    ledger = Ledger()
    batcher = Batcher(ledger)
    await asyncio.gather(*(later(batcher, number) for number in range(30)))
    assert sorted(map(int, ledger.kept)) == list(range(30))


async def later(batcher: Batcher, number: int) -> None:
    await asyncio.sleep(number * 0.01)
    await batcher.add(event(number))
