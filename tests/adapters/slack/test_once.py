import asyncio
import gc
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.background import Background
from adapters.slack.once import EACH, CrowdedError, Once


class Seen:
    def __init__(self) -> None:
        self.ids: set[str] = set()

    async def seen(self, event_id: str, _: datetime) -> bool:
        return event_id in self.ids

    async def first_time(self, event_id: str, _: datetime) -> bool:
        self.ids.add(event_id)
        return True


class Work:
    def __init__(self) -> None:
        self.done = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.fault: Exception | None = None

    async def __call__(self) -> None:
        await self.gate.wait()
        if self.fault is not None:
            raise self.fault
        self.done += 1


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def once(seen: Seen) -> Once:
    return Once(seen, lambda: datetime(2026, 1, 1, tzinfo=UTC), Background())  # type: ignore[arg-type]


async def test_an_event_delivered_again_is_not_dealt_with_again(once: Once) -> None:
    work = Work()
    await once.do("Ev1", "T1/U1", work)
    await once.do("Ev1", "T1/U1", work)
    await once.do("Ev2", "T1/U1", work)
    assert work.done == 2


async def test_a_second_delivery_waits_for_the_first(once: Once) -> None:
    work = Work()
    work.gate.clear()
    first, second = (asyncio.create_task(once.do("Ev1", "T1/U1", work)) for _ in range(2))
    await asyncio.sleep(0.01)
    assert not second.done()
    work.gate.set()
    await asyncio.gather(first, second)
    assert work.done == 1


async def test_a_member_who_sends_more_than_can_be_answered_keeps_nobody_else_waiting(once: Once) -> None:
    work = Work()
    work.gate.clear()
    waiting = [asyncio.create_task(once.do(f"Ev{number}", "T1/U1", work)) for number in range(EACH)]
    await asyncio.sleep(0)
    with pytest.raises(CrowdedError, match="brings this one again"):
        await once.do("EvX", "T1/U1", work)
    again = asyncio.create_task(once.do("Ev1", "T1/U1", work))
    other = asyncio.create_task(once.do("EvY", "T1/U2", work))
    await asyncio.sleep(0)
    work.gate.set()
    await asyncio.gather(*waiting, again, other)
    await once.do("EvX", "T1/U1", work)
    assert work.done == EACH + 2


async def test_no_more_than_so_many_events_wait_in_all(once: Once, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.once.MOST", 3)
    work = Work()
    work.gate.clear()
    waiting = [asyncio.create_task(once.do(f"Ev{number}", f"T1/U{number}", work)) for number in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(CrowdedError):
        await once.do("EvX", "T1/UX", work)
    work.gate.set()
    await asyncio.gather(*waiting)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.once.SAID_AFTER", 0.01)
    monkeypatch.setattr("adapters.slack.once.LOOKED_EVERY", 0.01)


@pytest.mark.usefixtures("soon")
async def test_another_process_waits_for_work_that_takes_long(once: Once, seen: Seen) -> None:
    other = Once(seen, lambda: datetime(2026, 1, 1, tzinfo=UTC), Background())  # type: ignore[arg-type]
    work = Work()
    work.gate.clear()
    first = asyncio.create_task(once.do("Ev1", "T1/U1", work))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(other.do("Ev1", "T1/U1", work))
    await asyncio.sleep(0.05)
    assert not second.done()
    work.gate.set()
    await asyncio.gather(first, second)
    assert work.done == 1


@pytest.mark.usefixtures("soon")
async def test_what_a_process_died_over_is_dealt_with_by_another(once: Once, seen: Seen) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    other = Once(seen, lambda: now, Background())  # type: ignore[arg-type]
    dying, work = Work(), Work()
    dying.gate.clear()
    first = asyncio.create_task(once.do("Ev1", "T1/U1", dying))
    await asyncio.sleep(0.05)
    once._running["Ev1"].cancel()
    await asyncio.wait({first})
    second = asyncio.create_task(other.do("Ev1", "T1/U1", work))
    await asyncio.sleep(0.05)
    assert not second.done()
    now += timedelta(seconds=20)
    await second
    assert work.done == 1


async def test_quick_work_tells_nobody(once: Once, seen: Seen) -> None:
    await once.do("Ev1", "T1/U1", Work())
    assert seen.ids == {"Ev1"}


async def test_work_that_failed_is_neither_remembered_nor_acknowledged(once: Once, seen: Seen) -> None:
    work = Work()
    work.fault = RuntimeError()
    with pytest.raises(RuntimeError):
        await once.do("Ev1", "T1/U1", work)
    assert seen.ids == set()
    work.fault = None
    await once.do("Ev1", "T1/U1", work)
    assert work.done == 1


async def test_a_fault_nobody_waits_for_any_more_is_not_logged_whole(
    once: Once, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work()
    work.gate.clear()
    delivery = asyncio.create_task(once.do("Ev1", "T1/U1", work))
    await asyncio.sleep(0.01)
    delivery.cancel()
    await asyncio.wait({delivery})
    del delivery  # it would keep the work alive, and asyncio speaks up only when that is gone
    work.fault = RuntimeError("somebody's draft")
    work.gate.set()
    await asyncio.sleep(0.01)
    gc.collect()
    assert caplog.text == ""


async def test_a_delivery_given_up_does_not_end_the_work(once: Once) -> None:
    work = Work()
    work.gate.clear()
    delivery = asyncio.create_task(once.do("Ev1", "T1/U1", work))
    await asyncio.sleep(0.01)
    delivery.cancel()
    work.gate.set()
    await asyncio.sleep(0.01)
    assert work.done == 1
