import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from adapters.slack.batches import GATHERED_FOR, LARGEST, Batches
from bot.balance.event import MessageEvent


def event(number: int) -> MessageEvent:
    return MessageEvent("slack", "slack:T1", "C1", "T1/U1", str(number), datetime(2026, 1, 1, tzinfo=UTC))


class Ledger:
    def __init__(self) -> None:
        self.batches: list[tuple[list[str], list[str]]] = []
        self.poisoned: set[str] = set()
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, events: Sequence[MessageEvent], deliveries: Sequence[str]) -> None:
        await self.gate.wait()
        messages = [event.message for event in events]
        if self.poisoned & set(messages):
            raise ValueError("poisoned")
        self.batches.append((messages, list(deliveries)))


async def test_a_lone_event_is_written_by_itself() -> None:
    ledger = Ledger()
    await Batches(ledger).add(event(1), "Ev1")
    assert ledger.batches == [(["1"], ["Ev1"])]


async def test_what_arrives_together_shares_a_transaction() -> None:
    ledger = Ledger()
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    batches = Batches(ledger, sleep)
    await asyncio.gather(*(batches.add(event(number), f"Ev{number}") for number in range(3)))
    assert [len(messages) for messages, _ in ledger.batches] == [3]
    assert waited == [GATHERED_FOR]


async def test_what_arrives_during_a_commit_shares_the_next_one_in_order() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    batches = Batches(ledger)
    adding = [asyncio.create_task(batches.add(event(0), "Ev0"))]
    await asyncio.sleep(GATHERED_FOR * 5)
    adding += [
        asyncio.create_task(batches.add(event(number), f"Ev{number}")) for number in range(1, LARGEST + 2)
    ]
    await asyncio.sleep(0.01)
    assert not any(task.done() for task in adding)
    ledger.gate.set()
    await asyncio.gather(*adding)
    assert [len(messages) for messages, _ in ledger.batches] == [1, LARGEST, 1]
    assert [number for messages, _ in ledger.batches for number in messages] == list(
        map(str, range(LARGEST + 2))
    )


async def test_an_event_that_cannot_be_written_costs_only_itself() -> None:
    ledger = Ledger()
    ledger.poisoned = {"1"}
    batches = Batches(ledger)
    results = await asyncio.gather(
        *(batches.add(event(n), f"Ev{n}") for n in range(3)), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), ValueError, type(None)]
    assert sorted(number for messages, _ in ledger.batches for number in messages) == ["0", "2"]


async def test_writing_goes_on_after_a_fault_and_after_a_delivery_is_given_up() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    batches = Batches(ledger)
    given_up = asyncio.create_task(batches.add(event(1), "Ev1"))
    await asyncio.sleep(GATHERED_FOR * 5)
    given_up.cancel()
    ledger.gate.set()
    await batches.add(event(2), "Ev2")
    ledger.poisoned = {"3"}
    with pytest.raises(ValueError, match="poisoned"):
        await batches.add(event(3), "Ev3")
    await batches.add(event(4), "Ev4")
    assert [messages for messages, _ in ledger.batches] == [["1"], ["2"], ["4"]]
