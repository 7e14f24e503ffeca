"""The window in which a draft is typed or changed; pure.

Limits: https://docs.slack.dev/surfaces/modals (title 24 characters, private metadata 3,000).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.slack.settings import MODAL_LONGEST
from adapters.slack.translate import readable
from bot.text.draft import Surface

CALLBACK = "checkpost.draft"

_TEXT, _SURFACE = "text", "surface"
_PLACES = {
    Surface.CHANNEL: "A post in a channel",
    Surface.REPLY: "A reply to somebody",
    Surface.DIRECT: "A direct message",
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a window was opened, so that the answer finds its way back there.

    Attributes:
        channel: the direct message's channel; empty where the answer is for one's eyes in a channel.
        thread: the thread in it; empty outside one.
        response_url: Slack's own way back to where a command or button was used; may be empty.
    """

    channel: str = ""
    thread: str = ""
    response_url: str = ""


def window(origin: Origin, text: str = "", surface: Surface = Surface.CHANNEL) -> Json:
    """Return the window, the draft already in it where there is one.

    Args:
        origin: comes back with what was typed.
        text: the draft, at most `MODAL_LONGEST` characters.
        surface: where it is meant to go.
    """
    field: Json = {
        "type": "plain_text_input",
        "action_id": _TEXT,
        "multiline": True,
        "max_length": MODAL_LONGEST,
        "focus_on_load": True,
    }
    if text:
        field["initial_value"] = text
    choice: Json = {
        "type": "static_select",
        "action_id": _SURFACE,
        "options": [_option(place) for place in _PLACES],
        "initial_option": _option(surface),
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(asdict(origin)),
        "title": _plain("Check a draft"),
        "submit": _plain("Check"),
        "close": _plain("Cancel"),
        "blocks": [
            {"type": "input", "block_id": _TEXT, "label": _plain("Your draft"), "element": field},
            {"type": "input", "block_id": _SURFACE, "label": _plain("Where is it going?"), "element": choice},
            {
                "type": "context",
                "elements": [_plain("Only you see my answer, and I never keep what you write.")],
            },
        ],
    }


def typed(view: Mapping[str, Any]) -> tuple[str, Surface, Origin]:
    """Return what was typed into the window, where it is meant to go, and where the window was opened."""
    values: Mapping[str, Any] = view["state"]["values"]
    text = str(values[_TEXT][_TEXT].get("value") or "")
    chosen = (values.get(_SURFACE, {}).get(_SURFACE, {}).get("selected_option") or {}).get("value")
    return (
        readable(text),
        Surface(chosen or Surface.CHANNEL),
        Origin(**json.loads(view.get("private_metadata") or "{}")),
    )


def nothing_typed() -> Json:
    """Return the acknowledgement that keeps the window open and says why."""
    return {"response_action": "errors", "errors": {_TEXT: "There are no words in this yet."}}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _option(surface: Surface) -> Json:
    return {"text": _plain(_PLACES[surface]), "value": surface.value}
