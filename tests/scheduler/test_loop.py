import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

from bot.scheduler.loop import EVERY_SECONDS, repeat


async def test_a_failed_look_is_not_the_last_one(caplog):
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
    looked: list[datetime] = []
    waited: list[float] = []

    async def send_due(at: datetime) -> list[str]:
        looked.append(at)
        if len(looked) == 1:
            raise ConnectionError("draft text must not be logged")
        return ["2026-W47: posted"]

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise asyncio.CancelledError

    with caplog.at_level("INFO"), contextlib.suppress(asyncio.CancelledError):
        await repeat(send_due, lambda: moment + timedelta(minutes=len(looked)), sleep=sleep)
    assert waited == [EVERY_SECONDS, EVERY_SECONDS]
    assert "ConnectionError" in caplog.text
    assert "draft text" not in caplog.text
    assert "2026-W47: posted" in caplog.text
