"""Who and what was gone when the program came back: it is let go of."""

from typing import Any

import pytest

from adapters.discord import chores
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.services.privacy import Privacy
from tests.adapters.conversation.scenes import CHATTER
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.absence import connected, posts_of, until, until_counted
from tests.adapters.discord.conftest import Opened
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage


async def test_who_left_meanwhile_takes_their_posts_along(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    async with connected(server, prepared, clock) as stage:
        await stage.observe_post(CHATTER[0])
        await stage.observe_post(CHATTER[1], BEA)
    server.world.left.add(server.world.person(ANA)["id"])
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 0)
        assert await posts_of(stage, BEA) == 1


async def test_a_server_that_removed_the_bot_meanwhile_is_erased(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    async with connected(server, prepared, clock) as stage:
        await stage.observe_post(CHATTER[0])
    server.world.in_guild = False
    async with connected(server, prepared, clock) as stage:

        async def gone() -> bool:
            return not await stage.application.absences.communities("discord")

        await until(gone)


@pytest.mark.parametrize(("refusal", "left"), [(None, set[str]()), (403, {"general"}), (501, {"general"})])
async def test_a_channel_or_role_deleted_meanwhile_leaves_the_settings(
    server: DiscordServer, prepared: Opened, clock: StageClock, refusal: int | None, left: set[str]
) -> None:
    community, general = f"discord:{server.world.guild_id}", server.world.channel("general")
    async with prepared() as application:
        await application.community_settings.change(
            community,
            Member("discord", "1"),
            clock(),
            summary_channel=general["id"],
            exempt_channels=[general["id"]],
            exempt_roles=["123456789012345678"],
        )
    del server.world.channels[general["id"]]
    if refusal is not None:  # the channel is there, but not shown, or Discord does not tell
        path = f"/channels/{general['id']}"
        server.rest.faults.append(("GET", path, RefusedError(refusal, 50001, "Missing Access")))
    kept = {general["id"] for _ in left}
    async with connected(server, prepared, clock) as stage:

        async def gone() -> bool:
            return not (await stage.application.community_settings.read(community)).exempt_roles

        await until(gone)
        chosen = await stage.application.community_settings.read(community)
        assert chosen.recorded_channels == {server.world.channel("help")["id"]} | kept
        assert chosen.exempt_channels == kept
        assert {chosen.summary_channel} - {None} == kept


async def test_a_server_discord_says_nothing_about_is_kept(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    server.world.in_guild = False
    server.rest.faults += [
        ("GET", "/guilds/", RefusedError(500, 0, "Internal Server Error")) for _ in range(5)
    ]
    async with connected(server, prepared, clock) as stage:
        await server.until(lambda: any(path.startswith("/guilds/") for _, path, _ in server.rest.requests))
        assert await stage.application.absences.communities("discord")


async def test_erasing_a_server_is_tried_again_while_the_database_is_away(
    application: Application, stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "PATIENCE", (0.01, 0.01))
    purged: list[str] = []
    purge = Privacy.purge_community

    async def unsteady(self: Privacy, community: str) -> Any:
        purged.append(community)
        if len(purged) < 3:
            raise OSError("the database is away")
        return await purge(self, community)

    monkeypatch.setattr(Privacy, "purge_community", unsteady)
    await stage.summarise("Monday", 9, "UTC")
    await stage.server.remove_bot()

    async def gone() -> bool:
        return not await application.absences.communities("discord")

    await until(gone)
    assert len(purged) == 3
