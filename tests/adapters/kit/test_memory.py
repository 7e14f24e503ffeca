from datetime import UTC, datetime, timedelta

from adapters.kit.memory import KEPT, DraftMemory
from bot.text.draft import Draft


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_draft_is_recalled_within_fifteen_minutes_and_gone_after():
    clock = Clock()
    memory = DraftMemory(clock)
    key = memory.keep("discord:1", Draft("hello"))
    clock.now += KEPT - timedelta(seconds=1)
    assert memory.recall("discord:1", key) == Draft("hello")
    clock.now += timedelta(seconds=1)
    assert memory.recall("discord:1", key) is None


def test_nobody_else_gets_it():
    memory = DraftMemory(Clock())
    key = memory.keep("discord:1", Draft("hello"))
    assert memory.recall("discord:2", key) is None


def test_the_oldest_goes_first_when_it_is_full():
    memory = DraftMemory(Clock(), capacity=2)
    keys = [memory.keep("discord:1", Draft(str(number))) for number in range(3)]
    assert [memory.recall("discord:1", key) is not None for key in keys] == [False, True, True]


def test_forgetting_a_member_leaves_the_others():
    memory = DraftMemory(Clock())
    mine, theirs = memory.keep("discord:1", Draft("a")), memory.keep("discord:2", Draft("b"))
    memory.forget("discord:1")
    assert memory.recall("discord:1", mine) is None
    assert memory.recall("discord:2", theirs) == Draft("b")
