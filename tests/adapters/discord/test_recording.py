"""Posts in chosen channels, as the gateway tells about them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.balance.event import Change, MessageEvent
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.services.privacy import Privacy
from bot.services.record_posts import RecordPosts
from tests.adapters.conversation.scenes import CHATTER
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.conftest import running
from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage

FORUM = 15


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[MessageEvent]:
    """Collect what is handed to the ledger."""
    events: list[MessageEvent] = []
    record = RecordPosts.__call__

    async def listen(self: RecordPosts, given: Sequence[MessageEvent], delivery: str | None = None) -> Any:
        events.extend(given)
        return await record(self, given, delivery)

    monkeypatch.setattr(RecordPosts, "__call__", listen)
    return events


@pytest.fixture
async def recorded(
    server: DiscordServer, application: Application, clock: StageClock
) -> AsyncIterator[DiscordStage]:
    """A stage on which #general and the forum #help are recorded from the beginning, and Ana agreed."""
    chosen = [server.world.channel("general")["id"], server.world.channel("help", FORUM)["id"]]
    server.world.channel("elsewhere")
    await application.community_settings.change(
        f"discord:{server.world.guild_id}", Member("discord", "1"), clock(), recorded_channels=chosen
    )
    await application.consents.grant(Member("discord", server.world.person(ANA)["id"]), clock())
    made = DiscordStage(server, application, DiscordAdapter(application), clock)
    async with running(made.adapter):
        await made.until_connected()
        yield made


async def balance_of(stage: DiscordStage, by: str = ANA) -> Any:
    member = Member("discord", stage.server.world.person(by)["id"])
    return await stage.application.show_balance(member, None, stage.clock() + timedelta(hours=1))


async def test_a_post_is_committed_as_an_event_with_its_place(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    bea = recorded.server.world.person(BEA)
    await recorded.observe_post(f"<@{bea['id']}> thanks, and <@!{bea['id']}> again, <@123456789012345678>")
    (event,) = heard
    assert (event.platform, event.community) == ("discord", f"discord:{recorded.server.world.guild_id}")
    assert event.channel == recorded.channel["id"]
    assert event.mentions == (bea["id"], "123456789012345678")
    assert event.at == recorded.clock()
    assert (await balance_of(recorded)).posts == 1


async def test_an_edit_of_a_post_from_before_the_start_is_followed(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    message = payloads.message(
        recorded.channel["id"], recorded.server.world.person(ANA), CHATTER[0], id=snowflake(recorded.clock())
    )
    recorded.clock.pass_by(hours=1)
    await recorded.server.edit(message, CHATTER[1], recorded.clock().isoformat())
    await recorded.settled()
    (event,) = heard
    assert (event.change, event.text, event.at) == (Change.EDITED, CHATTER[1], recorded.clock())


async def test_a_post_from_before_the_consent_leaves_nothing_when_it_is_edited(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    ana = recorded.server.world.person(ANA)
    message = payloads.message(
        recorded.channel["id"], ana, CHATTER[0], id=snowflake(recorded.clock() - timedelta(hours=1))
    )
    recorded.clock.pass_by(hours=1)
    await recorded.server.edit(message, CHATTER[1], recorded.clock().isoformat())
    await recorded.settled()
    (event,) = heard
    assert event.posted_at == recorded.clock() - timedelta(hours=2)
    assert (await recorded.application.privacy.export(Member("discord", ana["id"])))["posts"] == []


async def test_a_preview_that_discord_adds_is_no_edit(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    message = await recorded.server.post(ANA, recorded.channel, CHATTER[0])
    await recorded.server.repeat(
        "MESSAGE_UPDATE", message | {"embeds": [{"type": "link", "url": "https://ana.example"}]}
    )
    await recorded.settled()
    assert [event.change for event in heard] == [Change.POSTED]


async def test_deleted_posts_leave_the_balance_one_by_one_and_in_bulk(recorded: DiscordStage) -> None:
    messages = [await recorded.server.post(ANA, recorded.channel, text) for text in CHATTER[:4]]
    await recorded.settled()
    assert (await balance_of(recorded)).posts == 4
    await recorded.server.delete(messages[0])
    await recorded.server.delete(*messages[1:3])
    await recorded.settled()
    assert (await balance_of(recorded)).posts == 1


async def test_a_post_deleted_at_once_is_not_counted(
    recorded: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_recorded = RecordPosts.is_recorded

    async def slow(self: RecordPosts, *given: str) -> bool:
        await asyncio.sleep(0.05)
        return await is_recorded(self, *given)

    monkeypatch.setattr(RecordPosts, "is_recorded", slow)
    message = await recorded.server.post(ANA, recorded.channel, CHATTER[0])
    await recorded.server.delete(message)
    await recorded.settled()
    assert await balance_of(recorded) is None


async def test_a_reply_says_what_it_answers(recorded: DiscordStage, heard: list[MessageEvent]) -> None:
    question = await recorded.server.post(BEA, recorded.channel, "How deep do leeks go?")
    await recorded.server.post(
        ANA,
        recorded.channel,
        "As deep as your hand, I'd say.",
        type=19,
        message_reference={"type": 0, "message_id": question["id"], "channel_id": question["channel_id"]},
        referenced_message=question,
    )
    await recorded.settled()
    reply = heard[-1]
    assert (reply.reply_to_message, reply.reply_to_author) == (question["id"], question["author"]["id"])
    assert reply.reply_to_text == "How deep do leeks go?"


async def test_threads_and_forum_posts_count_for_their_parent(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    world = recorded.server.world
    bea = world.person(BEA)
    thread = world.thread("leeks", recorded.channel, bea)
    post = world.thread("pears", world.channel("help"), bea)
    for place in (thread, post):
        await recorded.server.gateway.dispatch("THREAD_CREATE", place, guild_id=world.guild_id)
    await recorded.server.post(BEA, post, "Which pear keeps best?", id=post["id"])
    await recorded.server.post(ANA, thread, CHATTER[0])
    await recorded.server.post(ANA, post, CHATTER[1])
    await recorded.settled()
    starter, in_thread, in_post = heard
    assert starter.reply_to_message is None
    assert in_thread.channel == recorded.channel["id"]
    assert (in_thread.reply_to_message, in_thread.reply_to_author) == (thread["id"], None)
    assert in_post.channel == world.channel("help")["id"]
    assert (in_post.reply_to_message, in_post.reply_to_author) == (post["id"], bea["id"])


async def test_a_thread_nobody_told_us_about_is_asked_for_once(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    thread = recorded.server.world.thread("archived", recorded.channel, recorded.server.world.person(BEA))
    for text in CHATTER[:3]:
        await recorded.server.post(ANA, thread, text)
        await recorded.settled()
    assert {event.channel for event in heard} == {recorded.channel["id"]}
    asked = [path for _, path, _ in recorded.server.rest.requests if path == f"/channels/{thread['id']}"]
    assert len(asked) == 1


async def test_a_thread_discord_could_not_tell_about_is_asked_for_again(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    thread = recorded.server.world.thread("archived", recorded.channel, recorded.server.world.person(BEA))
    fault = ("GET", f"/channels/{thread['id']}", RefusedError(501, 0, "Not Implemented"))
    recorded.server.rest.faults.append(fault)
    for text in CHATTER[:2]:
        await recorded.server.post(ANA, thread, text)
        await recorded.settled()
    assert [event.channel for event in heard] == [recorded.channel["id"]]


async def test_what_no_member_wrote_is_left_alone(recorded: DiscordStage, heard: list[MessageEvent]) -> None:
    robot = payloads.user("Robot", bot=True)
    await recorded.server.post("Robot", recorded.channel, CHATTER[0], author=robot)
    await recorded.server.post("Hook", recorded.channel, CHATTER[1], webhook_id=snowflake())
    await recorded.server.post(ANA, recorded.channel, "", type=7)
    await recorded.settled()
    assert heard == []


async def test_other_channels_and_other_members_leave_no_trace(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    await recorded.server.post(ANA, recorded.server.world.channel("elsewhere"), CHATTER[0])
    await recorded.observe_post(CHATTER[1], BEA)
    assert [event.text for event in heard] == [CHATTER[1]]
    assert await balance_of(recorded, BEA) is None


async def test_a_burst_is_written_in_few_transactions(
    recorded: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    record = RecordPosts.__call__

    async def count(self: RecordPosts, given: Sequence[MessageEvent], delivery: str | None = None) -> Any:
        sizes.append(len(given))
        return await record(self, given, delivery)

    monkeypatch.setattr(RecordPosts, "__call__", count)
    for number in range(60):
        await recorded.server.post(ANA, recorded.channel, f"{CHATTER[0]} {number}")
    await recorded.settled()
    assert sum(sizes) == 60
    assert len(sizes) <= 10


async def test_a_channel_switched_off_is_no_longer_recorded_at_once(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    await recorded.observe_post(CHATTER[0])
    await recorded.administrate(
        "record",
        {"name": "channel", "type": 7, "value": recorded.channel["id"]},
        {"name": "on", "type": 5, "value": False},
    )
    await recorded.observe_post(CHATTER[1])
    assert [event.text for event in heard] == [CHATTER[0]]


async def test_removing_the_bot_erases_the_server(recorded: DiscordStage) -> None:
    await recorded.observe_post(CHATTER[0])
    await recorded.server.remove_bot()
    await recorded.settled()
    community = f"discord:{recorded.server.world.guild_id}"
    assert (await recorded.application.community_settings.read(community)).recorded_channels == frozenset()
    balance = await balance_of(recorded)
    assert balance is None or balance.posts == 0


async def test_a_fault_in_a_handler_is_one_line_without_ids(
    recorded: DiscordStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*given: Any) -> int:
        raise ValueError(f"nothing for {given}")

    monkeypatch.setattr(Privacy, "purge_community", fail)
    await recorded.server.remove_bot()
    await recorded.settled()
    assert "erasing a server failed: ValueError" in caplog.text
    assert recorded.server.world.guild_id not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_member_who_leaves_takes_their_posts_along(recorded: DiscordStage) -> None:
    world = recorded.server.world
    bea = Member("discord", world.person(BEA)["id"])
    await recorded.application.consents.grant(bea, recorded.clock())
    await recorded.observe_post(CHATTER[0])
    await recorded.observe_post(CHATTER[1], BEA)
    here = world.guild_id
    await recorded.server.gateway.dispatch(
        "GUILD_MEMBER_REMOVE", {"guild_id": here, "user": world.person(ANA)}, intent=1 << 1, guild_id=here
    )
    await recorded.settled()
    assert await balance_of(recorded) is None
    assert (await balance_of(recorded, BEA)).posts == 1


async def test_a_server_that_is_only_unavailable_keeps_everything(recorded: DiscordStage) -> None:
    await recorded.observe_post(CHATTER[0])
    guild_id = recorded.server.world.guild_id
    await recorded.server.gateway.dispatch(
        "GUILD_DELETE", {"id": guild_id, "unavailable": True}, guild_id=guild_id
    )
    await recorded.settled()
    assert (await balance_of(recorded)).posts == 1


async def test_what_arrived_before_stopping_is_committed(recorded: DiscordStage) -> None:
    await asyncio.gather(*(recorded.server.post(ANA, recorded.channel, text) for text in CHATTER))
    await recorded.server.gateway.caught_up()
    await recorded.adapter.close()
    assert (await balance_of(recorded)).posts == len(CHATTER)


async def test_without_recording_no_post_reaches_us(stage: DiscordStage, heard: list[MessageEvent]) -> None:
    await stage.observe_post(CHATTER[0])
    assert heard == []


async def test_posts_missed_while_the_connection_was_lost_are_resumed(
    recorded: DiscordStage, heard: list[MessageEvent]
) -> None:
    gateway = recorded.server.gateway
    session = gateway.connected()[0]
    await gateway.drop()
    message = payloads.message(
        recorded.channel["id"], recorded.server.world.person(ANA), CHATTER[0], id=snowflake(recorded.clock())
    )
    session.sent.append(
        {
            "op": 0,
            "t": "MESSAGE_CREATE",
            "s": session.sequence + 1,
            "d": message | {"guild_id": recorded.server.world.guild_id},
        }
    )
    await gateway.wait(lambda: gateway.resumes == 1)
    await recorded.settled()
    assert [event.text for event in heard] == [CHATTER[0]]


async def test_two_communities_keep_their_records_apart(recorded: DiscordStage) -> None:
    await recorded.observe_post(CHATTER[0])
    member = Member("discord", recorded.server.world.person(ANA)["id"])
    other = await recorded.application.show_balance(member, "discord:1", recorded.clock())
    assert other is None or other.posts == 0
