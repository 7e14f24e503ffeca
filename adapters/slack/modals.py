"""The window in which a draft is typed or changed; pure.

Limits: https://docs.slack.dev/surfaces/modals (title 24 characters, private metadata 3,000).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.slack.elements import quotation, rich, styled
from adapters.slack.quoting import GAP, beginning
from adapters.slack.settings import MODAL_LONGEST
from adapters.slack.translate import readable
from bot.text.draft import ReplyTo, Surface

CALLBACK = "checkpost.draft"

ANSWERED_LIMIT = 1_800
"""Characters kept of the post a draft answers: a window carries 3,000 with the way back to it."""

_SHOWN = 300
"""Characters of it shown above the draft."""

_TEXT, _SURFACE = "text", "surface"
_PLACES = {
    Surface.CHANNEL: "A post in a channel",
    Surface.REPLY: "A reply to somebody",
    Surface.DIRECT: "A direct message",
}

_NOTE = (
    "Only you see my answer, and I never keep what you write. Send me anything longer than "
    f"{MODAL_LONGEST:,} characters as a direct message."
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a window was opened, so that the answer finds its way back there.

    Attributes:
        channel: the direct message's channel; empty where the answer is for one's eyes in a channel.
        thread: the thread in it; empty outside one.
        response_url: Slack's own way back to where a command or button was used; may be empty.
        message: the direct message whose button was pressed; an answer may take its place.
    """

    channel: str = ""
    thread: str = ""
    response_url: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a window brought.

    Attributes:
        text: the draft.
        surface: where it is meant to go.
        reply_to: the post it answers, if any.
        origin: where the window was opened.
    """

    text: str
    surface: Surface
    reply_to: ReplyTo | None
    origin: Origin


def window(
    origin: Origin, text: str = "", surface: Surface = Surface.CHANNEL, reply_to: ReplyTo | None = None
) -> Json:
    """Return the window, the draft already in it where there is one.

    Args:
        origin: comes back with what was typed.
        text: the draft, at most `MODAL_LONGEST` characters.
        surface: where it is meant to go.
        reply_to: the post it answers; of a long one, its beginning is carried along.
    """
    kept: Json = {"origin": asdict(origin), "surface": surface}
    above: list[Json] = []
    below = [_choosing(surface)]
    if reply_to is not None:
        below = []
        answered = beginning(reply_to.text, ANSWERED_LIMIT)
        kept["reply_to"] = [reply_to.author, answered]
        shown = beginning(answered, _SHOWN)
        if shown:
            above = [rich(quotation(styled(shown if shown == reply_to.text else shown + GAP)))]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        "title": _plain("Check a draft" if reply_to is None else "Check my reply"),
        "submit": _plain("Check"),
        "close": _plain("Cancel"),
        "blocks": [
            *above,
            _typing("Your draft" if reply_to is None else "Your reply", text),
            *below,
            {
                "type": "context",
                "elements": [_plain(_NOTE)],
            },
        ],
    }


def typed(view: Mapping[str, Any]) -> Typed:
    """Return what was typed into a window, and what it carried along."""
    values: Mapping[str, Any] = view["state"]["values"]
    text = str(values[_TEXT][_TEXT].get("value") or "")
    chosen = (values.get(_SURFACE, {}).get(_SURFACE, {}).get("selected_option") or {}).get("value")
    kept: Json = json.loads(view.get("private_metadata") or "{}")
    reply_to = kept.get("reply_to")
    return Typed(
        readable(text),
        Surface(chosen or kept.get("surface") or Surface.CHANNEL),
        None if reply_to is None else ReplyTo(*reply_to),
        Origin(**kept.get("origin", {})),
    )


def nothing_typed() -> Json:
    """Return the acknowledgement that keeps the window open and says why."""
    return {"response_action": "errors", "errors": {_TEXT: "There are no words in this yet."}}


def _typing(label: str, text: str) -> Json:
    field: Json = {
        "type": "plain_text_input",
        "action_id": _TEXT,
        "multiline": True,
        "max_length": MODAL_LONGEST,
        "focus_on_load": True,
    }
    if text:
        field["initial_value"] = text
    return {"type": "input", "block_id": _TEXT, "label": _plain(label), "element": field}


def _choosing(surface: Surface) -> Json:
    element: Json = {
        "type": "static_select",
        "action_id": _SURFACE,
        "options": [_option(place) for place in _PLACES],
        "initial_option": _option(surface),
    }
    return {"type": "input", "block_id": _SURFACE, "label": _plain("Where is it going?"), "element": element}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _option(surface: Surface) -> Json:
    return {"text": _plain(_PLACES[surface]), "value": surface.value}
