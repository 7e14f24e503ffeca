"""Commands everywhere, or in the chosen servers only; each list is sent only when it changed."""

import pytest

from adapters.discord.adapter import DiscordAdapter
from tests.adapters.conversation.scenes import TWO_OWN_LINKS
from tests.adapters.conversation.stage import StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage

NAMES = {"checkpost", "balance", "coach", "coach-admin", "Check this post", "Check my reply"}
ELSEWHERE = 1234567890


class Starts:
    """Starts the adapter with a list of servers, and stops it once it is connected."""

    def __init__(self, server: DiscordServer, opened: Opened, clock: StageClock) -> None:
        self._server = server
        self._opened = opened
        self._clock = clock

    async def __call__(self, *guilds: int) -> int:
        """Return how many lists were sent."""
        before = self._server.world.command_updates
        self._server.gateway.identifies.clear()
        async with self._opened(command_guilds=guilds) as application:
            stage = DiscordStage(self._server, application, DiscordAdapter(application), self._clock)
            async with running(stage.adapter):
                await stage.until_connected()
        return self._server.world.command_updates - before


@pytest.fixture
def start(server: DiscordServer, opened: Opened, clock: StageClock) -> Starts:
    return Starts(server, opened, clock)


def everywhere(server: DiscordServer) -> set[str]:
    return {command["name"] for command in server.world.commands}


def here(server: DiscordServer) -> set[str]:
    return {command["name"] for command in server.world.guild_commands.get(server.world.guild_id, ())}


async def test_listed_servers_alone_have_the_commands(server: DiscordServer, start: Starts) -> None:
    guild = int(server.world.guild_id)
    assert await start(guild) == 1
    assert (everywhere(server), here(server)) == (set(), NAMES)
    assert await start(guild) == 0


async def test_a_command_of_one_server_is_answered(
    server: DiscordServer, opened: Opened, clock: StageClock
) -> None:
    async with opened(command_guilds=(int(server.world.guild_id),)) as application:
        stage = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(stage.adapter):
            await stage.until_connected()
            assert "Mute own-links" in await stage.command(TWO_OWN_LINKS)


async def test_moving_to_listed_servers_takes_back_what_is_everywhere(
    server: DiscordServer, start: Starts
) -> None:
    assert await start() == 1
    assert (everywhere(server), here(server)) == (NAMES, set())
    assert await start(int(server.world.guild_id)) == 2
    assert (everywhere(server), here(server)) == (set(), NAMES)
    sent = [path for method, path, _ in server.rest.requests if method == "PUT"]
    assert "/guilds/" in sent[-2], "what is added comes before what is taken away"


async def test_moving_back_leaves_no_command_twice(server: DiscordServer, start: Starts) -> None:
    await start(int(server.world.guild_id))
    assert await start() == 2
    assert (everywhere(server), here(server)) == (NAMES, set())
    asked = len(server.rest.requests)
    assert await start() == 0
    assert not any("/guilds/" in path and "commands" in path for _, path, _ in server.rest.requests[asked:])


async def test_a_server_off_the_list_loses_its_commands(server: DiscordServer, start: Starts) -> None:
    server.world.guild_commands[str(ELSEWHERE)] = []
    assert await start(int(server.world.guild_id), ELSEWHERE) == 2
    assert await start(int(server.world.guild_id)) == 1
    assert server.world.guild_commands[str(ELSEWHERE)] == []
    assert here(server) == NAMES


async def test_a_change_in_one_list_sends_that_list_alone(server: DiscordServer, start: Starts) -> None:
    server.world.guild_commands[str(ELSEWHERE)] = []
    await start(int(server.world.guild_id), ELSEWHERE)
    server.world.guild_commands[str(ELSEWHERE)][0]["description"] = "changed by somebody else"
    assert await start(int(server.world.guild_id), ELSEWHERE) == 1


async def test_a_server_without_the_application_is_named_and_keeps_nobody_else_from_commands(
    server: DiscordServer, start: Starts, caplog: pytest.LogCaptureFixture
) -> None:
    assert await start(ELSEWHERE, int(server.world.guild_id)) == 1
    assert here(server) == NAMES
    (said,) = [line for line in caplog.messages if "command_guilds" in line]
    assert str(ELSEWHERE) in said
    assert "invite" in said


async def test_what_could_not_be_taken_back_is_tried_again(
    server: DiscordServer, start: Starts, caplog: pytest.LogCaptureFixture
) -> None:
    await start(int(server.world.guild_id))
    path = f"/applications/{server.world.application_id}/guilds/"
    server.rest.faults.append(("PUT", path, RefusedError(400, 50035, "Invalid Form Body")))
    await start()
    assert "registering the commands failed" in caplog.text
    assert here(server) == NAMES
    assert await start() == 1
    assert here(server) == set()
