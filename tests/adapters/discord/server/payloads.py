"""The objects of Discord's API, as complete as the platform's schemas demand."""

from datetime import UTC, datetime
from typing import Any

from tests.adapters.discord.server.ids import snowflake, time_of

EVERYTHING = str((1 << 50) - 1)
ORDINARY = "2248473465835073"  # what @everyone may do in a new server


def user(name: str, *, bot: bool = False, id_: str | None = None) -> dict[str, Any]:
    return {
        "id": id_ or snowflake(),
        "username": name.lower(),
        "discriminator": "0",
        "global_name": None if bot else name,
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "avatar_decoration_data": None,
        "collectibles": None,
        "clan": None,
        "primary_guild": None,
    } | ({"bot": True} if bot else {})


def oauth_user(whom: dict[str, Any]) -> dict[str, Any]:
    return whom | {
        "mfa_enabled": True,
        "locale": "en-US",
        "verified": True,
        "email": None,
        "banner": None,
        "accent_color": None,
        "premium_type": 0,
    }


def member(whom: dict[str, Any], *roles: str) -> dict[str, Any]:
    return {
        "user": whom,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": list(roles),
        "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def role(id_: str, name: str, permissions: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": permissions,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel(name: str, guild_id: str, type_: int = 0, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": snowflake(),
        "type": type_,
        "guild_id": guild_id,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "flags": 0,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "nsfw": False,
        "topic": None,
    }
    if type_ == 15:
        made |= {
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return made | more


def thread(name: str, guild_id: str, parent_id: str, owner_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": snowflake(),
        "type": 11,
        "guild_id": guild_id,
        "parent_id": parent_id,
        "owner_id": owner_id,
        "name": name,
        "last_message_id": None,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": "2026-01-01T00:00:00+00:00",
            "auto_archive_duration": 1440,
            "locked": False,
            "create_timestamp": "2026-01-01T00:00:00+00:00",
        },
    } | more


def dm_channel(id_: str, whom: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "type": 1, "last_message_id": None, "flags": 0, "recipients": [whom]}


def guild(id_: str, name: str, owner: dict[str, Any], members: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": owner["id"],
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [role(id_, "@everyone", ORDINARY)],
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": None,
        "nsfw_level": 0,
        "premium_progress_bar_enabled": False,
        "safety_alerts_channel_id": None,
        "incidents_data": None,
        "hub_type": None,
        "stickers": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "large": False,
        "member_count": len(members),
        "voice_states": [],
        "members": members,
        "channels": [],
        "threads": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(channel_id: str, author: dict[str, Any], content: str = "", **more: Any) -> dict[str, Any]:
    id_ = more.pop("id", None) or snowflake()
    return {
        "id": id_,
        "channel_id": channel_id,
        "author": author,
        "content": content,
        "timestamp": time_of(id_).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": 0,
    } | more


def application(id_: str, bot: dict[str, Any], flags: int) -> dict[str, Any]:
    return {
        "id": id_,
        "name": "Checkpost",
        "icon": None,
        "description": "",
        "type": None,
        "bot": bot,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user("Owner"),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "summary": "",
    }


def now() -> str:
    return datetime.now(UTC).isoformat()
