"""After a pause: what is read of the history, how fast, and what is made of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.slack import history, translate
from adapters.slack.catching_up import CatchingUp
from adapters.slack.client import SlackCoach
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.services.absences import Absences
from bot.storage.errors import StoppedError
from tests.adapters.conversation.scenes import CHATTER, PROMOTION, agree
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.slack.conftest import Opened, at_once, running, staged
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import CHANNEL, TEAM, Fault, user_of
from tests.adapters.slack.stage import SlackStage

A, B = user_of(ANA), user_of(BEA)
SHOW = "C2SHOW"
DAY = 86_400


@pytest.fixture
async def application(opened: Opened) -> AsyncIterator[Application]:
    async with opened(catch_up=True) as made:
        yield made


@pytest.fixture
async def before(slack: Slack, application: Application, clock: StageClock) -> SlackStage:
    """Ana has agreed and posted once; then the program is away for three hours."""
    async with staged(slack, application, clock) as stage:
        await stage.record_channel()
        await agree(stage)
        clock.pass_by(hours=1)
        first = slack.posted(A, CHANNEL, CHATTER[0])
        await slack.event(first | {"event_ts": first["ts"]}, "MessagePayload")
    slack.workspace.calls.clear()
    clock.pass_by(hours=1)
    return stage


@asynccontextmanager
async def back(before: SlackStage) -> AsyncIterator[SlackStage]:
    """Start again, and wait until the history is read."""
    before.clock.pass_by(hours=1)
    async with staged(before.slack, before.application, before.clock) as stage:
        if (reading := stage.adapter._catching_up) is not None:
            await reading
        yield stage


def asked(slack: Slack) -> list[dict[str, Any]]:
    return [arguments for method, arguments in slack.workspace.calls if method.startswith("conversations.")]


async def counted(stage: SlackStage) -> str:
    return (await stage.dm("balance")).text


async def test_without_the_operator_s_word_no_history_is_read(
    slack: Slack, opened: Opened, clock: StageClock
) -> None:
    async with opened() as application, staged(slack, application, clock) as stage:
        await stage.record_channel()
        await agree(stage)
    slack.posted(A, CHANNEL, CHATTER[1])
    clock.pass_by(hours=1)
    async with opened() as application, staged(slack, application, clock) as stage:
        assert stage.adapter._catching_up is None
        assert "No record" in await counted(stage) or "no posts counted" in await counted(stage)
    assert asked(slack) == []


async def test_posts_of_the_pause_count_and_others_members_do_not(slack: Slack, before: SlackStage) -> None:
    slack.posted(A, CHANNEL, CHATTER[1])
    slack.posted(A, CHANNEL, PROMOTION)
    slack.posted(B, CHANNEL, CHATTER[2])
    slack.posted(A, CHANNEL, CHATTER[3], team="T0OTHER", user_team="T0OTHER")
    slack.posted(A, CHANNEL, CHATTER[4], bot_id="B1")
    slack.posted(A, CHANNEL, "joined", subtype="channel_join")
    async with back(before) as stage:
        assert "1 of 3 posts" in await counted(stage)
        assert await stage.application.show_balance(_member(B), f"slack:{TEAM}", stage.clock()) is None


async def test_a_post_that_comes_both_ways_counts_once(slack: Slack, before: SlackStage) -> None:
    missed = slack.posted(A, CHANNEL, CHATTER[1])
    async with back(before) as stage:
        await slack.event(missed | {"event_ts": missed["ts"]}, "MessagePayload")
        assert "0 of 2 posts" in await counted(stage)


async def test_a_post_edited_meanwhile_counts_as_it_is_now(slack: Slack, before: SlackStage) -> None:
    (first,) = slack.workspace.posts
    first |= {"text": PROMOTION, "edited": {"user": A, "ts": slack.workspace.stamp()}}
    slack.posted(A, CHANNEL, CHATTER[1], edited={"user": A, "ts": slack.workspace.stamp()})
    async with back(before) as stage:
        assert "1 of 2 posts" in await counted(stage)


async def test_an_edit_of_before_the_pause_is_not_read_again(slack: Slack, before: SlackStage) -> None:
    """The latest recorded post, a later one, tells where the pause began."""
    (first,) = slack.workspace.posts
    first |= {"edited": {"user": A, "ts": first["ts"]}}
    async with back(before) as stage:
        assert "0 of 1 post" in await counted(stage)


async def test_what_is_not_in_the_history_is_not_taken_for_deleted(slack: Slack, before: SlackStage) -> None:
    slack.workspace.posts.clear()
    async with back(before) as stage:
        assert "0 of 1 post" in await counted(stage)


async def test_a_deleted_post_whose_answers_stand_says_so(slack: Slack, before: SlackStage) -> None:
    (first,) = slack.workspace.posts
    slack.posted(B, CHANNEL, CHATTER[1], thread_ts=first["ts"], parent_user_id=A)
    first |= {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
    async with back(before) as stage:
        assert "no posts counted" in await counted(stage)


async def test_answers_are_read_in_threads_that_went_on(slack: Slack, before: SlackStage) -> None:
    (first,) = slack.workspace.posts
    slack.posted(A, CHANNEL, CHATTER[1], thread_ts=first["ts"], parent_user_id=A)
    slack.posted(A, CHANNEL, PROMOTION, thread_ts=first["ts"], parent_user_id=A)
    async with back(before) as stage:
        assert "1 of 3 posts" in await counted(stage)
    replies = [arguments for method, arguments in slack.workspace.calls if method.endswith(".replies")]
    assert [one["ts"] for one in replies] == [first["ts"]]


async def test_a_thread_that_rested_is_not_read(slack: Slack, before: SlackStage) -> None:
    (first,) = slack.workspace.posts
    first |= {"thread_ts": first["ts"], "latest_reply": f"{float(first['ts']) - 60:.6f}", "reply_count": 1}
    async with back(before):
        assert not [method for method, _ in slack.workspace.calls if method.endswith(".replies")]


async def test_later_is_waited_for_and_nothing_is_lost(slack: Slack, before: SlackStage) -> None:
    slack.posted(A, CHANNEL, CHATTER[1])
    later = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "0"})
    slack.workspace.faults["conversations.history"].append(later)
    async with back(before) as stage:
        assert "0 of 2 posts" in await counted(stage)
    assert len(asked(slack)) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(200, {"ok": False, "error": "channel_not_found"}),
        Fault(200, {"ok": False, "error": "missing_scope"}),
        Fault(200, {"ok": False, "error": "internal_error"}),
        Fault(500, text="down"),
    ],
)
async def test_a_channel_that_is_gone_or_broken_costs_the_others_nothing(
    slack: Slack, before: SlackStage, fault: Fault
) -> None:
    owner = _member("UOWNER")
    await before.application.community_settings.change(
        f"slack:{TEAM}", owner, before.clock(), recorded_channels=[CHANNEL, SHOW]
    )
    slack.workspace.faults["conversations.history"].append(fault)  # for the first: in order of their ids
    slack.posted(A, CHANNEL, CHATTER[1])
    slack.posted(A, SHOW, CHATTER[2])
    async with back(before) as stage:
        assert "0 of 2 posts" in await counted(stage)


@pytest.mark.parametrize("step", ["begin", "read"])
async def test_records_that_are_away_for_a_moment_cost_no_other_channel(
    slack: Slack, before: SlackStage, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = _member("UOWNER")
    await before.application.community_settings.change(
        f"slack:{TEAM}", owner, before.clock(), recorded_channels=[CHANNEL, SHOW]
    )
    slack.posted(A, CHANNEL, CHATTER[1])
    slack.posted(A, SHOW, CHATTER[2])
    works = getattr(Absences, step)
    faults = iter([StoppedError("the disk is full; make room")])

    async def fails_once(*given: Any) -> None:
        for fault in faults:
            raise fault
        await works(*given)

    monkeypatch.setattr(Absences, step, fails_once)
    async with back(before) as stage:
        assert "0 of 3 posts" in await counted(stage)


async def test_it_reads_page_by_page_each_in_its_turn_and_not_for_ever(
    slack: Slack, before: SlackStage, clock: StageClock
) -> None:
    for number in range(60):
        slack.posted(A, CHANNEL, f"{CHATTER[number % 15]} Number {number} it was.")
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    coach = SlackCoach(before.application, sleep=at_once)
    tier = history.Tier(page=5, pause=61)
    reading = CatchingUp(before.application, coach._clients.of, tier, sleep)
    clock.pass_by(hours=1)
    await reading.before_connecting()
    await reading.after_connecting()
    assert len(asked(slack)) == history.MOST_PAGES
    assert slept == [61.0] * (history.MOST_PAGES - 1)


async def test_an_absence_of_weeks_is_not_read_entirely(slack: Slack, before: SlackStage) -> None:
    slack.posted(A, CHANNEL, CHATTER[1])
    before.clock.pass_by(days=12)
    async with back(before):
        (only,) = asked(slack)
        assert before.clock().timestamp() - float(only["oldest"]) <= 10 * DAY


async def test_stopping_does_not_wait_for_it(slack: Slack, before: SlackStage) -> None:
    for number in range(300):
        slack.posted(A, CHANNEL, f"{CHATTER[number % 15]} Number {number} it was.")
    adapter = SlackCoach(before.application, sleep=_for_ever)
    async with running(adapter), asyncio.timeout(5):
        await SlackStage(slack, before.application, adapter, before.clock).until_connected()


@asynccontextmanager
async def away(
    before: SlackStage, minutes: float, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SlackStage]:
    """Take the connection away from the running program for so long, and end when it is back."""
    monkeypatch.setattr("adapters.slack.client.PING_SECONDS", 0.05)
    monkeypatch.setattr("adapters.slack.outages.LOOKED_EVERY", 0.01)
    async with back(before) as stage:
        await asyncio.sleep(0.05)
        stage.slack.workspace.calls.clear()
        stage.slack.socket.down = True
        await stage.slack.socket.drop()
        async with asyncio.timeout(5):
            while stage.adapter.connected():  # noqa: ASYNC110 - the library has no event for it
                await asyncio.sleep(0.01)
        stage.clock.pass_by(minutes=minutes)
        yield stage


async def returned(stage: SlackStage) -> None:
    stage.slack.socket.down = False
    await stage.until_connected()
    await asyncio.sleep(0.3)


async def test_posts_of_a_long_outage_count_when_the_connection_is_back(
    slack: Slack, before: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with away(before, 20, monkeypatch) as stage:
        slack.posted(A, CHANNEL, CHATTER[1])
        slack.posted(A, CHANNEL, PROMOTION)
        await returned(stage)
        assert "1 of 3 posts" in await counted(stage)
        (only,) = asked(slack)
        begun = stage.clock().timestamp() - float(only["oldest"])
        assert begun == pytest.approx(2 * DAY + 20 * 60 + 60, abs=1)


async def test_an_outage_in_which_slack_brings_everything_again_reads_no_history(
    slack: Slack, before: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with away(before, 4, monkeypatch) as stage:
        await returned(stage)
        assert asked(slack) == []


async def test_without_the_operator_s_word_an_outage_reads_no_history_either(
    slack: Slack, opened: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as application:
        before = SlackStage(slack, application, SlackCoach(application, sleep=at_once), clock)
        async with away(before, 20, monkeypatch) as stage:
            await returned(stage)
            assert asked(slack) == []


async def test_a_channel_that_could_not_be_read_is_read_after_the_next_outage(
    slack: Slack, before: SlackStage, clock: StageClock
) -> None:
    slack.posted(A, CHANNEL, CHATTER[1])
    coach = SlackCoach(before.application, sleep=at_once)
    reading = CatchingUp(before.application, coach._clients.of, history.OWN_APP, at_once)
    await reading.before_connecting()
    slack.workspace.faults["conversations.history"].append(Fault(500, text="down"))
    await reading.after_connecting()
    clock.pass_by(hours=1)
    await reading.after_outage(clock())
    first, second = asked(slack)
    assert first["oldest"] == second["oldest"]
    async with back(before) as stage:
        assert "0 of 2 posts" in await counted(stage)


async def test_a_channel_that_could_not_be_read_is_read_after_a_restart(
    slack: Slack, before: SlackStage, clock: StageClock
) -> None:
    slack.posted(A, CHANNEL, CHATTER[1])
    slack.workspace.faults["conversations.history"].append(Fault(500, text="down"))
    async with back(before):
        clock.pass_by(hours=1)
        live = slack.posted(A, CHANNEL, CHATTER[2])
        await slack.event(live | {"event_ts": live["ts"]}, "MessagePayload")
    async with back(before) as stage:
        assert "0 of 3 posts" in await counted(stage)
    async with back(before) as stage:
        last, again = asked(slack)[1:]
        assert float(again["oldest"]) > float(last["oldest"])


async def test_what_was_missed_is_read_before_what_was_said_earlier(
    slack: Slack, before: SlackStage, clock: StageClock
) -> None:
    for number in range(60):
        slack.posted(B, CHANNEL, f"Number {number} it was.")
    clock.pass_by(hours=20)
    lost = clock()
    clock.pass_by(hours=1)
    slack.posted(A, CHANNEL, CHATTER[1])
    coach = SlackCoach(before.application, sleep=at_once)
    reading = CatchingUp(before.application, coach._clients.of, history.Tier(page=5, pause=0), at_once)
    await reading.after_outage(lost)
    balance = await before.application.show_balance(_member(A), f"slack:{TEAM}", clock())
    assert balance is not None
    assert balance.posts == 2


async def _for_ever(_: float) -> None:
    await asyncio.Event().wait()


def _member(user: str) -> Member:
    return translate.member(TEAM, user)
