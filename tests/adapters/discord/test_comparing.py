from copy import deepcopy
from typing import Any

import discord
import pytest
from discord import app_commands

from adapters.discord.administration import Administration
from adapters.discord.commands import add_commands
from adapters.discord.comparing import same


@pytest.fixture
def ours() -> list[dict[str, Any]]:
    tree = app_commands.CommandTree(
        discord.Client(intents=discord.Intents.none()),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    add_commands(tree, None)  # pyright: ignore[reportArgumentType]
    tree.add_command(Administration(None, None))  # pyright: ignore[reportArgumentType]
    return [command.to_dict(tree) for command in tree.get_commands()]


@pytest.fixture
def theirs(ours: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As Discord gives them back: ids added, what goes without saying left out, permissions as text."""
    returned: list[dict[str, Any]] = []
    for number, command in enumerate(reversed(deepcopy(ours))):
        kept = {key: value for key, value in command.items() if value not in (None, [], False)}
        if "default_member_permissions" in kept:
            kept["default_member_permissions"] = str(kept["default_member_permissions"])
        for option in kept.get("options", []):
            if not option.get("required"):
                option.pop("required", None)
        returned.append(kept | {"id": str(number), "version": "1", "application_id": "9", "nsfw": False})
    return returned


def test_what_discord_gives_back_is_the_same(
    ours: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> None:
    assert same(ours, theirs)


def test_a_new_description_is_noticed(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    theirs[0]["description"] = "Something older."
    assert not same(ours, theirs)


def test_a_missing_command_is_noticed(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    assert not same(ours, theirs[1:])
    assert not same(ours[1:], theirs)


def test_a_choice_that_is_gone_is_noticed(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    checkpost = next(command for command in theirs if command["name"] == "checkpost")
    checkpost["options"] = [dict(option) for option in checkpost["options"]]
    checkpost["options"][0]["choices"] = [{"name": "old", "value": "old"}]
    assert not same(ours, theirs)


def test_administrators_commands_are_offered_to_those_who_manage_the_server(
    ours: list[dict[str, Any]],
) -> None:
    by_name = {command["name"]: command for command in ours}
    assert (
        by_name["coach-admin"]["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    )
    members = {"checkpost", "balance", "coach", "Check this post", "Check my reply"}
    assert set(by_name) == members | {"coach-admin"}
