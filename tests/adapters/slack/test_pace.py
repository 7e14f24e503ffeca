import asyncio

from adapters.slack import pace, translate
from adapters.slack.client import SlackCoach
from adapters.slack.pace import Pace
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.slack.conftest import Opened, running
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import TEAM, user_of
from tests.adapters.slack.stage import SlackStage
from tests.adapters.slack.test_summaries import digest


class Time:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def test_the_first_message_goes_at_once_and_the_next_ones_a_second_apart() -> None:
    time = Time()
    turns = Pace(time, time.sleep)
    await asyncio.gather(*(turns.turn("C1") for _ in range(3)))
    assert time.slept == [1.0, 2.0]


async def test_channels_do_not_wait_for_one_another() -> None:
    time = Time()
    turns = Pace(time, time.sleep)
    await turns.turn("C1")
    await turns.turn("C2")
    assert time.slept == []


async def test_a_quiet_channel_is_free_again() -> None:
    time = Time()
    turns = Pace(time, time.sleep)
    await turns.turn("C1")
    time.now += 5
    await turns.turn("C1")
    assert time.slept == []


async def test_memory_stays_flat_over_many_channels() -> None:
    time = Time()
    turns = Pace(time, time.sleep)
    for number in range(pace.CAPACITY + 50):
        await turns.turn(f"C{number}")
    assert len(turns._next) == pace.CAPACITY


async def test_an_answer_and_a_digest_to_the_same_member_keep_their_distance(
    slack: Slack, opened: Opened, clock: StageClock
) -> None:
    time = Time()
    async with opened() as application:
        stage = SlackStage(slack, application, SlackCoach(application, sleep=time.sleep), clock)
        async with running(stage.adapter):
            await stage.until_connected()
            await stage.dm("hi", ANA)
            await stage.adapter.send_digest(translate.member(TEAM, user_of(BEA)), digest())
            assert time.slept == []
            await stage.adapter.send_digest(translate.member(TEAM, user_of(ANA)), digest())
            assert len(time.slept) == 1
