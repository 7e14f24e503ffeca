"""The window in which administrators set everything about their workspace; pure.

Limits: https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/reference/block-kit.
"""

import calendar
import json
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from adapters.slack.modals import Origin
from bot.rules.catalogue import all_rules
from bot.services.community_settings import CommunityPreferences

CALLBACK = "checkpost.administration"

_CONTACT_LONGEST = 200
_LABEL_LIMIT = 75
_MOST_CHANNELS = 100
_NUDGES = "Members who ask for it hear when their balance drifts"
_FIELDS = {
    "time_zone": "time_zone",
    "minimum_members": "minimum_members",
    "lower": "aim",
    "upper": "aim",
    "summary_channel": "summary",
    "help_contact": "contact",
    "hour": "hour",
}
"""Where a wrong setting, named by the first word of what is wrong with it, stands in the window."""

Json = dict[str, Any]


class NotUnderstoodError(ValueError):
    """A field holds what fits no setting.

    Args:
        field: its block.
        said: what would fit.
    """

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def window(origin: Origin, chosen: CommunityPreferences) -> Json:
    """Return the window with what is chosen now."""
    blocks = [
        _input("recorded", "Count posts in these channels", _channels(chosen.recorded_channels)),
        _input("exempt", "Showcase channels, not counted", _channels(chosen.exempt_channels)),
        _input("summary", "Post the weekly summary in", _channel(chosen.summary_channel)),
        _input("weekday", "On", _choice([*calendar.day_name], chosen.weekday), optional=False),
        _input("hour", "At", _choice([f"{hour}:00" for hour in range(24)], chosen.hour), optional=False),
        _input("time_zone", "Time zone, such as Europe/Lisbon", _text(chosen.time_zone, 64), optional=False),
        _input("minimum_members", "Only if so many members took part", _number(chosen.minimum_members)),
        _input("aim", "Share of promotion to aim for, in per cent, such as 5-10", _text(_aim(chosen), 20)),
        _input("rules_off", "Rules to leave out", _rules(chosen.rules_off)),
        _input("contact", "Whom to turn to in distress", _text(chosen.help_contact or "", _CONTACT_LONGEST)),
        _input("nudges", "Nudges", _switch(_NUDGES, on=chosen.nudges)),
        _note(
            "Invite me to every channel named here. Only posts of members who agreed are counted, without "
            "their words. Each change is noted with the time and a code of who made it."
        ),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(asdict(origin)),
        "title": _plain("Workspace settings"),
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "blocks": blocks,
    }


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Return where the window was opened."""
    return Origin(**json.loads(view.get("private_metadata") or "{}"))


def changes(view: Mapping[str, Any]) -> Json:
    """Return what was chosen, by the names of the settings.

    Raises:
        NotUnderstoodError: a field holds something else.
    """
    values: Mapping[str, Any] = view["state"]["values"]

    def at(field: str, key: str) -> Any:
        block: Json = values.get(field) or {}
        element: Json = block.get(field) or {}
        return element.get(key)

    lower, upper = _share(str(at("aim", "value") or ""))
    return {
        "recorded_channels": frozenset(at("recorded", "selected_conversations") or ()),
        "exempt_channels": frozenset(at("exempt", "selected_conversations") or ()),
        "summary_channel": at("summary", "selected_conversation"),
        "weekday": int(at("weekday", "selected_option")["value"]),
        "hour": int(at("hour", "selected_option")["value"]),
        "time_zone": str(at("time_zone", "value") or "").strip(),
        "minimum_members": int(at("minimum_members", "value") or 0),
        "lower": lower,
        "upper": upper,
        "rules_off": frozenset(option["value"] for option in at("rules_off", "selected_options") or ()),
        "help_contact": at("contact", "value"),
        "nudges": bool(at("nudges", "selected_options")),
    }


def refused(error: ValueError) -> Json:
    """Return the acknowledgement that keeps the window open and says what is wrong where it stands."""
    if isinstance(error, NotUnderstoodError):
        field = error.field
    else:
        field = _FIELDS.get(str(error).partition(" ")[0], "time_zone")
    return {"response_action": "errors", "errors": {field: f"I can't set that: {error}"}}


def _aim(chosen: CommunityPreferences) -> str:
    return f"{float(chosen.lower * 100):g}-{float(chosen.upper * 100):g}"


def _share(said: str) -> tuple[Fraction, Fraction]:
    parts = said.replace("%", "").replace("–", "-").split("-")
    try:
        lower, upper = (Fraction(part.strip()) / 100 for part in parts)
    except (ValueError, ZeroDivisionError):
        raise NotUnderstoodError("aim", "write two numbers, such as 5-10") from None
    return lower, upper


def _input(name: str, label: str, element: Json, *, optional: bool = True) -> Json:
    element = {**element, "action_id": name}
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _channels(chosen: frozenset[str]) -> Json:
    element: Json = {
        "type": "multi_conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "max_selected_items": _MOST_CHANNELS,
    }
    return element | ({"initial_conversations": sorted(chosen)[:_MOST_CHANNELS]} if chosen else {})


def _channel(chosen: str | None) -> Json:
    element: Json = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    return element | ({"initial_conversation": chosen} if chosen else {})


def _choice(labels: list[str], chosen: int) -> Json:
    options = [_option(label, str(number)) for number, label in enumerate(labels)]
    return {"type": "static_select", "options": options, "initial_option": options[chosen]}


def _rules(chosen: frozenset[str]) -> Json:
    options = [_option(f"{rule.id}: {rule.title}"[:_LABEL_LIMIT], rule.id) for rule in all_rules()]
    picked = [option for option in options if option["value"] in chosen]
    element: Json = {"type": "multi_static_select", "options": options}
    return element | ({"initial_options": picked} if picked else {})


def _switch(label: str, *, on: bool) -> Json:
    options = [_option(label, "on")]
    element: Json = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": options} if on else {})


def _number(chosen: int) -> Json:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "5",
        "initial_value": str(chosen),
    }


def _text(chosen: str, longest: int) -> Json:
    element: Json = {"type": "plain_text_input", "max_length": longest}
    return element | ({"initial_value": chosen[:longest]} if chosen else {})


def _note(text: str) -> Json:
    return {"type": "context", "elements": [_plain(text)]}


def _option(label: str, value: str) -> Json:
    return {"text": _plain(label), "value": value}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}
