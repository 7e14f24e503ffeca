"""Checks payloads against the recorded shapes of Slack's own, where they are present."""

import json
from functools import cache
from pathlib import Path

SHAPES = Path(__file__).parents[5] / "shared" / "platform" / "slack"
"""Third-party data beside the project; a fresh clone may be without it."""

PRESENT = SHAPES.is_dir()
ABSENT = "payload shapes are not checked: ../shared/platform/slack is not there"

# What the shapes leave open: free-form maps, and Block Kit, which `block_kit` checks more strictly.
_OPEN = {
    "blocks",
    "values",
    "state",
    "metadata",
    "event_payload",
    "elements",
    "options",
    "initial_option",
    "headers",
}
# Newer than the recorded shapes, or left out of them for want of an example.
_NEWER = {"channel_type", "event_ts", "files", "root", "subtype", "user_team"}


@cache
def _shape(name: str):
    return json.loads((SHAPES / f"{name}.json").read_text(encoding="utf-8"))


def problems(name: str, payload: object) -> list[str]:
    """Return what in `payload` Slack would not send; empty where it fits or no shapes are present.

    Args:
        name: the shape, such as `events/MessagePayload`.
        payload: what the test server is about to send.
    """
    if not PRESENT:
        return []
    return list(_compare(_shape(name), payload, name))


def _compare(shape, payload, where):
    if isinstance(shape, dict) and isinstance(payload, dict):
        for key, value in payload.items():
            if key in _NEWER or key in _OPEN:
                continue
            if shape and key not in shape:
                yield f"{where}.{key} is not a key of Slack's"
            elif shape:
                yield from _compare(shape[key], value, f"{where}.{key}")
    elif isinstance(shape, list) and isinstance(payload, list):
        for number, value in enumerate(payload):
            if shape:
                yield from _compare(shape[0], value, f"{where}[{number}]")
    elif payload is not None and shape is not None and not _same_type(shape, payload):
        yield f"{where} is {type(payload).__name__}, Slack sends {type(shape).__name__}"


def _same_type(shape, payload) -> bool:
    if isinstance(shape, bool) or isinstance(payload, bool):
        return isinstance(shape, bool) and isinstance(payload, bool)
    if isinstance(shape, int | float):
        return isinstance(payload, int | float)
    return isinstance(payload, type(shape))
