"""Discord's limits on a message, which its schema does not hold."""

from typing import Any

CONTENT, DESCRIPTION, EMBEDS, ROWS, BUTTONS = 2000, 4096, 6000, 5, 5


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def broken(body: dict[str, Any]) -> str | None:
    """Return which limit a message breaks; None where it breaks none."""
    if _units(body.get("content") or "") > CONTENT:
        return "content"
    total = 0
    for embed in body.get("embeds") or []:
        description = embed.get("description") or ""
        if _units(description) > DESCRIPTION or _units(embed.get("title") or "") > 256:
            return "embed"
        total += _units(description) + _units(embed.get("title") or "")
    if total > EMBEDS or len(body.get("embeds") or []) > 10:
        return "embeds"
    return _broken_components(body.get("components") or [])


def _broken_components(rows: list[dict[str, Any]]) -> str | None:
    if len(rows) > ROWS:
        return "rows"
    seen: set[str] = set()
    for row in rows:
        if len(row["components"]) > BUTTONS:
            return "buttons"
        for button in row["components"]:
            if not 1 <= len(button["custom_id"]) <= 100 or button["custom_id"] in seen:
                return "custom_id"
            if len(button.get("label") or "") > 80:
                return "label"
            seen.add(button["custom_id"])
    return None


def is_empty(body: dict[str, Any]) -> bool:
    """Tell whether there is nothing to show."""
    return not ((body.get("content") or "").strip() or body.get("embeds") or body.get("files"))
