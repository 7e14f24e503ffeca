"""Discord's lists of commands: one for everywhere, and one for each server that has its own."""

from typing import Any

from aiohttp import web

from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.world import World

_UNSAID: dict[str, Any] = {
    "type": 1,
    "description": "",
    "nsfw": False,
    "name_localizations": None,
    "description_localizations": None,
}
_EVERYWHERE = {"dm_permission": True, "contexts": None, "integration_types": [0]}
_TRANSLATIONS = ("name_localizations", "description_localizations")


class CommandLists:
    """The HTTP side of the lists."""

    def __init__(self, world: World) -> None:
        self.world = world

    def get(self, request: web.Request, _: Any) -> Any:
        found = self._list(request)
        if request.query.get("with_localizations") in ("true", "1"):
            return found
        return [_untranslated(command) for command in found]

    def put(self, request: web.Request, body: Any) -> Any:
        found = self._list(request)
        guild = request.match_info.get("guild")
        self.world.command_updates += 1
        # a list of one server says nothing of where its commands are offered
        about = {"guild_id": guild} if guild else _EVERYWHERE
        ignored = set(_EVERYWHERE) if guild else set[str]()
        found[:] = [
            _UNSAID
            | about
            | {key: value for key, value in command.items() if key not in ignored}
            | {
                "id": snowflake(),
                "application_id": self.world.application_id,
                "version": snowflake(),
                "default_member_permissions": _text(command.get("default_member_permissions")),
            }
            for command in body
        ]
        return found

    def _list(self, request: web.Request) -> list[dict[str, Any]]:
        guild = request.match_info.get("guild")
        if guild is None:
            return self.world.commands
        if guild not in {self.world.guild_id, *self.world.guild_commands}:
            raise RefusedError(403, 50001, "Missing Access")
        return self.world.guild_commands.setdefault(guild, [])


def _untranslated(value: Any) -> Any:
    if isinstance(value, list):
        return [_untranslated(each) for each in value]
    if isinstance(value, dict):
        return {key: _untranslated(each) for key, each in value.items() if key not in _TRANSLATIONS}
    return value


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
