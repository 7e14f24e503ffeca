"""Starting, and what stands in its way: one clear line each."""

import logging
import socket

import pytest

from adapters.discord.adapter import DiscordAdapter
from adapters.kit.protocol import AdapterError
from bot.balance.identity import Member
from tests.adapters.conversation.stage import StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import TOKEN, DiscordServer
from tests.adapters.discord.stage import DiscordStage

GUILDS, DIRECT_MESSAGES = 1 << 0, 1 << 12
MEMBERS, GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 1, 1 << 9, 1 << 15


async def refusal(opened: Opened, **changes: object) -> str:
    async with opened(**changes) as application:
        with pytest.raises(AdapterError) as caught:
            await DiscordAdapter(application).run()
    said = str(caught.value)
    assert "\n" not in said
    assert TOKEN not in said
    return said


async def record(opened: Opened, server: DiscordServer, clock: StageClock) -> None:
    async with opened() as application:
        await application.community_settings.change(
            f"discord:{server.world.guild_id}", Member("discord", "1"), clock(), recorded_channels=["2"]
        )


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


async def test_a_wrong_token_is_named(opened: Opened) -> None:
    assert "discord.token is refused" in await refusal(opened, token="wrong")


async def test_an_unreachable_platform_is_named(opened: Opened) -> None:
    said = await refusal(opened, api_url=f"http://127.0.0.1:{free_port()}/api/v10")
    assert "cannot be reached" in said
    assert "discord.api_url" in said


async def test_an_unreachable_gateway_is_named(opened: Opened) -> None:
    said = await refusal(opened, gateway_url=f"ws://127.0.0.1:{free_port()}/gateway")
    assert "discord.gateway_url" in said


async def test_a_platform_that_is_no_platform_is_named(opened: Opened, server: DiscordServer) -> None:
    said = await refusal(opened, api_url=server.api_url.replace("/api/v10", "/elsewhere"))
    assert "status 404" in said


async def test_a_token_refused_while_connecting_is_named(opened: Opened, server: DiscordServer) -> None:
    server.gateway.refuse_with = 4004
    assert "discord.token" in await refusal(opened)


@pytest.mark.parametrize(("code", "named"), [(4010, "shard_ids"), (4011, "shard_count"), (4013, "intents")])
async def test_a_closed_gateway_says_what_to_do(
    opened: Opened, server: DiscordServer, code: int, named: str
) -> None:
    server.gateway.refuse_with = code
    assert named in await refusal(opened)


async def test_doctor_learns_the_bots_name_and_serves_nobody(opened: Opened, server: DiscordServer) -> None:
    async with opened() as application:
        assert await DiscordAdapter(application).probe() == "checkpost"
    assert server.gateway.identifies == []
    assert server.world.command_updates == 0


async def test_doctor_says_in_one_line_what_is_missing(opened: Opened) -> None:
    async with opened(token="wrong") as application:
        with pytest.raises(AdapterError, match=r"discord\.token"):
            await DiscordAdapter(application).probe()


async def test_no_starts_left_says_how_long_to_wait(opened: Opened, server: DiscordServer) -> None:
    server.rest.remaining = 0
    assert "61 minutes" in await refusal(opened)


async def test_recording_without_the_privileged_intents_names_the_page(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    await record(opened, server, clock)
    server.rest.flags = server.gateway.flags = 0
    said = await refusal(opened)
    assert "Server Members Intent and Message Content Intent" in said
    assert f"https://discord.com/developers/applications/{server.world.application_id}/bot" in said


async def test_an_intent_refused_while_connecting_is_named(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    await record(opened, server, clock)
    server.gateway.flags = 0
    assert "privileged intent" in await refusal(opened)


async def test_coaching_asks_for_no_privileged_intent(stage: DiscordStage) -> None:
    assert [asked["intents"] for asked in stage.server.gateway.identifies] == [GUILDS | DIRECT_MESSAGES]


async def test_recording_asks_for_what_it_needs(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    await record(opened, server, clock)
    async with opened() as application:
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(made.adapter):
            await made.until_connected()
    wanted = GUILDS | DIRECT_MESSAGES | MEMBERS | GUILD_MESSAGES | MESSAGE_CONTENT
    assert server.gateway.identifies[0]["intents"] == wanted


async def test_commands_are_registered_only_when_they_changed(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    async with opened() as application:
        for _ in range(3):
            made = DiscordStage(server, application, DiscordAdapter(application), clock)
            async with running(made.adapter):
                await made.until_connected()
            server.gateway.identifies.clear()
        assert server.world.command_updates == 1
        server.world.commands[0]["description"] = "changed by somebody else"
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(made.adapter):
            await made.until_connected()
    assert server.world.command_updates == 2


async def test_commands_that_cannot_be_registered_keep_nobody_from_direct_messages(
    opened: Opened, server: DiscordServer, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.rest.faults.append(("PUT", "/applications/", RefusedError(403, 20012, "not now")))
    async with opened() as application:
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(made.adapter):
            await made.until_connected()
            assert "Checkpost" in await made.dm("hi")
    assert "registering the commands failed" in caplog.text


async def test_each_process_connects_its_own_shards(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    async with (
        opened(shard_count=3, shard_ids=(0,)) as first,
        opened(shard_count=3, shard_ids=(1,)) as second,
    ):
        adapters = [DiscordAdapter(first), DiscordAdapter(second)]
        async with running(adapters[0]), running(adapters[1]):
            for adapter in adapters:
                await DiscordStage(server, first, adapter, clock).until_connected()
            assert sorted(asked["shard"] for asked in server.gateway.identifies) == [[0, 3], [1, 3]]
    assert server.world.command_updates == 1


async def test_shards_are_as_many_as_discord_recommends(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    server.rest.shards = 1
    async with opened() as application:
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(made.adapter):
            await made.until_connected()
    assert server.gateway.identifies[0]["shard"] == [0, 1]


async def test_nothing_is_connected_before_or_after(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    async with opened() as application:
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        assert not made.adapter.connected()
        async with running(made.adapter):
            await made.until_connected()
        assert not made.adapter.connected()


async def test_the_librarys_log_holds_no_words_and_no_token(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("discord").setLevel(logging.INFO)
    await stage.dm("a draft about marigolds")
    assert "marigolds" not in caplog.text
    assert TOKEN not in caplog.text
