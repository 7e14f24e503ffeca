"""Builds small exports as the platforms write them."""

import json
import zipfile
from pathlib import Path
from typing import Any

TEAM = "T01HOME"
ANA, BEN, BOT, GUEST = "U01ANA", "U02BEN", "U09BOT", "U07GUEST"
GENERAL = "C01GENERAL"
TS = "1795339800.000100"  # 2026-11-22T09:30:00.0001Z

USERS: list[dict[str, Any]] = [
    {"id": ANA, "team_id": TEAM, "name": "ana", "is_bot": False, "profile": {"real_name": "Ana Ruiz"}},
    {"id": BEN, "team_id": TEAM, "name": "ben", "is_bot": False, "profile": {}},
    {"id": BOT, "team_id": TEAM, "name": "bot", "is_bot": True},
    {"id": GUEST, "team_id": "T02OTHER"},
]


def slack_message(text: str = "hello", **fields: Any) -> dict[str, Any]:
    return {"type": "message", "user": ANA, "text": text, "ts": TS} | fields


def slack_export(root: Path, days: dict[str, Any], **lists: Any) -> Path:
    """Write an export's folder; a day given as bytes is written as it stands."""
    files: dict[str, Any] = {"users": USERS, "channels": [{"id": GENERAL, "name": "general"}]} | lists
    for name, content in {f"{name}.json": content for name, content in files.items()}.items():
        if content is not None:
            _write(root / name, content)
    for name, content in days.items():
        _write(root / f"{name}.json", content)
    return root


def zipped(root: Path, path: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*.json")):
            archive.write(file, prefix + file.relative_to(root).as_posix())
    return path


def discord_message(id_: str = "1001", text: str = "hello", **fields: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": "Default",
        "timestamp": "2026-11-20T09:30:00.123+00:00",
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": discord_user("21"),
        "attachments": [],
        "embeds": [{"title": 'a "preview"', "fields": [{"name": "{", "value": "]"}]}],
        "stickers": [],
        "reactions": [],
        "mentions": [],
    } | fields


def discord_user(
    id_: str, name: str | None = "ana", nickname: str | None = None, **fields: Any
) -> dict[str, Any]:
    return {
        "id": id_, "name": name, "discriminator": "0000", "nickname": nickname, "color": None,
        "isBot": False, "roles": [], "avatarUrl": "https://cdn.example/a.png",
    } | fields  # fmt: skip


def discord_export(
    *messages: Any, channel: dict[str, Any] | None = None, guild: str = "77"
) -> dict[str, Any]:
    return {
        "guild": {"id": guild, "name": "A server", "iconUrl": ""},
        "channel": channel or {"id": "501", "type": "GuildTextChat", "categoryId": "9", "name": "general"},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-11-22T10:00:00+00:00",
        "messages": list(messages),
        "messageCount": len(messages),
    }


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, indent=1).encode())
