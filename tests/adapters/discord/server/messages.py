"""What becomes of what the bot sends: messages, and answers to interactions with their audience."""

from dataclasses import dataclass
from typing import Any

from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.world import Said, World

EPHEMERAL = 1 << 6
LOADING = 1 << 7


@dataclass
class Open:
    """An interaction that may still be answered."""

    payload: dict[str, Any]
    original: str | None = None
    modal: dict[str, Any] | None = None
    answered: bool = False


def shown(
    world: World, channel_id: str, body: dict[str, Any], audience: frozenset[str] | None = None
) -> dict[str, Any]:
    """Make a message of the bot's, trimmed as Discord does."""
    message = payloads.message(channel_id, world.bot, id=snowflake(world.clock()), **_fields(body))
    reference = body.get("message_reference")
    if reference:
        message |= {
            "type": 19,
            "message_reference": {
                "type": 0,
                "channel_id": channel_id,
                "message_id": str(reference["message_id"]),
            },
        }
    seen_by = audience or world.audience_of(channel_id)
    world.messages[message["id"]] = Said(message, seen_by, body, _pinged(body))
    return message


def _fields(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "content": (body.get("content") or "").strip(),
        "embeds": [
            {"type": "rich", **embed, "description": (embed.get("description") or "").strip()}
            for embed in body.get("embeds") or []
        ],
        "components": [
            row
            | {
                "id": number * 10,
                "components": [
                    {**button, "id": number * 10 + place} for place, button in enumerate(row["components"], 1)
                ],
            }
            for number, row in enumerate(body.get("components") or [], 1)
        ],
        "flags": body.get("flags", 0) or 0,
        "attachments": [
            {
                "id": snowflake(),
                "filename": name,
                "size": len(content),
                "url": f"https://cdn.example/{name}",
                "proxy_url": f"https://cdn.example/{name}",
            }
            for name, content in body.get("files", [])
        ],
    }


def _pinged(body: dict[str, Any]) -> list[str]:
    """Return what a message pings: everything it mentions that `allowed_mentions` does not forbid."""
    allowed = body.get("allowed_mentions")
    content = body.get("content") or ""
    if allowed is None:
        return [word for word in ("@everyone", "@here", "<@") if word in content]
    return list(allowed.get("parse", [])) + (["the author"] if allowed.get("replied_user") else [])


class Interactions:
    """The interactions that were sent to the bot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: dict[str, Open] = {}

    def opened(self, payload: dict[str, Any]) -> Open:
        self._open[payload["token"]] = Open(payload)
        return self._open[payload["token"]]

    def is_known(self, token: str) -> bool:
        return token in self._open

    def expire(self, token: str) -> None:
        del self._open[token]

    def callback(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        interaction = self._open[token]
        interaction.answered = True
        about: dict[str, Any] = {"id": interaction.payload["id"], "type": interaction.payload["type"]}
        match body["type"]:
            case 4:
                message = self._say(interaction, body["data"])
                interaction.original = message["id"]
                about |= {
                    "response_message_id": message["id"],
                    "response_message_loading": False,
                    "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
                }
                return {"interaction": about, "resource": {"type": 4, "message": message}}
            case 5:
                message = self._say(interaction, body.get("data") or {}, loading=True)
                interaction.original = message["id"]
                about |= {
                    "response_message_id": message["id"],
                    "response_message_loading": True,
                    "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
                }
                return {"interaction": about}
            case 7:
                message = self._world.messages[interaction.payload["message"]["id"]].payload
                message |= _fields(body["data"]) | {"flags": message["flags"]}
                self._world.changes += 1
                about["response_message_id"] = message["id"]
                return {"interaction": about, "resource": {"type": 7, "message": message}}
            case 9:
                interaction.modal = body["data"]
                return {"interaction": about}
            case unknown:
                raise AssertionError(f"an answer of type {unknown} is not expected")

    def follow_up(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._say(self._open[token], body)

    def edit_original(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        said = self._world.messages[self._open[token].original or ""]
        said.payload |= _fields(body) | {"flags": said.payload["flags"] & ~LOADING}
        said.requested = body
        return said.payload

    def _say(self, interaction: Open, body: dict[str, Any], *, loading: bool = False) -> dict[str, Any]:
        payload = interaction.payload
        user = payload.get("user") or payload["member"]["user"]
        private = (body.get("flags") or 0) & EPHEMERAL
        message = shown(
            self._world, payload["channel_id"], body, frozenset({user["id"]}) if private else None
        )
        message["application_id"] = self._world.application_id
        message["webhook_id"] = self._world.application_id
        if payload["type"] in (2, 3):
            about = {"id": payload["id"], "type": payload["type"], "user": user}
            about["authorizing_integration_owners"] = payload["authorizing_integration_owners"]
            if payload["type"] == 3:
                about["interacted_message_id"] = payload["message"]["id"]
            message["interaction_metadata"] = about
        if loading:
            message["flags"] |= LOADING
        return message
