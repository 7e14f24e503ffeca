"""The window in which administrators set everything about their workspace; pure.

Limits: https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/reference/block-kit.
"""

import calendar
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from adapters.slack import fields
from adapters.slack.fields import NotUnderstoodError, field, held
from adapters.slack.modals import Origin
from bot.services.community_settings import FLOOR, CommunityPreferences

CALLBACK = "checkpost.administration"

PREVIEW = "checkpost-admin.preview"
"""The id of the button that shows the latest summary to its administrator alone."""

INTRODUCE = "checkpost-admin.introduce"
"""The id of the button that posts the one introduction into the channel where the window was opened."""

CONTACT_LONGEST = 200
"""Characters of a help contact."""

_POSTED_IN = ("C", "G")  # how the ids of channels begin; a direct message is no place to introduce oneself
_MOST_CHANNELS = 100
_ZONE_LONGEST = 64
_AIM_LONGEST = 20
_NOTE = (
    "Invite me to every channel named here. Only posts of members who agreed are counted, without their "
    "words. Each change is noted with the time and a code of who made it."
)
_NUDGES = "Members who ask for it hear when their balance drifts"
_AS_TYPED = str.maketrans({"%": "", "–": "-", ",": "."})
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,10})?)-(\d{1,3}(?:\.\d{1,10})?)")
_FIELDS = {"summary_channel": "summary", "help_contact": "contact", "hour": "hour"}
"""Where a wrong setting, named by the first word of what is wrong with it, stands in the window."""

_SAID = {
    "time_zone": "A time zone is written like Europe/Lisbon.",
    "minimum_members": f"Write a whole number, {FLOOR} or more.",
    "aim": "Write two numbers from 0 to 100, the smaller one first, such as 5-10.",
}
"""What would fit in a field in which somebody writes."""

Json = dict[str, Any]


def window(origin: Origin, chosen: CommunityPreferences, channel: str) -> Json:
    """Return the window with what is chosen now.

    Args:
        origin: comes back when the window is sent.
        chosen: what is set.
        channel: where it is opened.
    """
    buttons = [_preview(), *([_introduction(channel)] if channel.startswith(_POSTED_IN) else [])]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"origin": asdict(origin), "state": fields.state(chosen)}),
        "title": fields.plain("Workspace settings"),
        "submit": fields.plain("Save"),
        "close": fields.plain("Cancel"),
        "blocks": [*_inputs(chosen), {"type": "actions", "elements": buttons}, fields.note(_NOTE)],
    }


def _inputs(chosen: CommunityPreferences) -> list[Json]:
    contact = fields.text(chosen.help_contact or "", CONTACT_LONGEST)
    zone = fields.text(chosen.time_zone, _ZONE_LONGEST)
    nudges = fields.switches({"on": _NUDGES}, ["on"] if chosen.nudges else ())
    return [
        field("recorded", "Count posts in these channels", _channels(chosen.recorded_channels)),
        field("exempt", "Showcase channels, not counted", _channels(chosen.exempt_channels)),
        field("summary", "Post the weekly summary in", _channel(chosen.summary_channel)),
        field("weekday", "On", fields.choice([*calendar.day_name], chosen.weekday), optional=False),
        field("hour", "At", fields.choice(fields.HOURS, chosen.hour), optional=False),
        field("time_zone", "Time zone, such as Europe/Lisbon", zone, optional=False),
        field("minimum_members", "Only if so many members took part", _number(chosen.minimum_members)),
        field("aim", "Share of promotion to aim for, in per cent, such as 5-10", _aim(chosen)),
        field("rules_off", "Rules to leave out", fields.rules(chosen.rules_off)),
        field("contact", "Whom to turn to in distress", contact),
        field("nudges", "Nudges", nudges),
    ]


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Return where the window was opened."""
    return Origin(**_carried(view).get("origin", {}))


def changes(view: Mapping[str, Any], now: CommunityPreferences) -> Json:
    """Return what was chosen, by the names of the settings.

    Args:
        view: the window as it was sent.
        now: what is set.

    Raises:
        NotUnderstoodError: a field holds something else, or somebody changed something since the window
            was opened.
    """
    if _carried(view).get("state") != fields.state(now):
        raise NotUnderstoodError(
            "recorded", "The settings have changed since you opened this. Please close it and open it again."
        )
    lower, upper = _share(str(held(view, "aim", "value") or ""))
    return {
        "recorded_channels": _picked(view, "recorded") | _not_shown(now.recorded_channels),
        "exempt_channels": _picked(view, "exempt") | _not_shown(now.exempt_channels),
        "summary_channel": held(view, "summary", "selected_conversation"),
        "weekday": fields.number(view, "weekday"),
        "hour": fields.number(view, "hour"),
        "time_zone": str(held(view, "time_zone", "value") or "").strip(),
        "minimum_members": int(held(view, "minimum_members", "value") or 0),
        "lower": lower,
        "upper": upper,
        "rules_off": fields.ticked(view, "rules_off"),
        "help_contact": held(view, "contact", "value"),
        "nudges": bool(fields.ticked(view, "nudges")),
    }


def refused(error: Exception) -> Json:
    """Return the acknowledgement that keeps the window open and says what is wrong where it stands."""
    wrong = str(error).partition(" ")[0]
    if wrong in _SAID:
        error = NotUnderstoodError(wrong, _SAID[wrong])
    return fields.refused(error, _FIELDS.get(wrong, "recorded"))


def unsure() -> Json:
    """Return the acknowledgement that keeps the window open where Slack does not say who administers."""
    said = "Slack doesn't tell me just now who administers this workspace. Please try again in a while."
    return fields.refused(NotUnderstoodError("recorded", said), "recorded")


def _carried(view: Mapping[str, Any]) -> Json:
    return json.loads(view.get("private_metadata") or "{}")


def _share(said: str) -> tuple[Fraction, Fraction]:
    # what is no plain number is not tried: one in powers of ten could take for ever
    found = _SHARE.fullmatch("".join(said.split()).translate(_AS_TYPED))
    lower, upper = (Fraction(each) / 100 for each in found.groups()) if found else (Fraction(1), Fraction(0))
    if not lower <= upper <= 1:
        raise NotUnderstoodError("aim", _SAID["aim"])
    return lower, upper


def _aim(chosen: CommunityPreferences) -> Json:
    return fields.text(f"{float(chosen.lower * 100):g}-{float(chosen.upper * 100):g}", _AIM_LONGEST)


def _channels(chosen: frozenset[str]) -> Json:
    element: Json = {
        "type": "multi_conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "max_selected_items": _MOST_CHANNELS,
    }
    return element | ({"initial_conversations": sorted(chosen)[:_MOST_CHANNELS]} if chosen else {})


def _picked(view: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(held(view, name, "selected_conversations") or ())


def _not_shown(chosen: frozenset[str]) -> frozenset[str]:
    """Return the channels that find no room in a field; who sends the window says nothing about them."""
    return frozenset(sorted(chosen)[_MOST_CHANNELS:])


def _channel(chosen: str | None) -> Json:
    element: Json = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    return element | ({"initial_conversation": chosen} if chosen else {})


def _number(chosen: int) -> Json:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(FLOOR),
        "initial_value": str(chosen),
    }


def _preview() -> Json:
    return {
        "type": "button",
        "action_id": PREVIEW,
        "text": fields.plain("Show me last week's summary; nobody else sees it"),
    }


def _introduction(channel: str) -> Json:
    asked: Json = {
        "title": fields.plain("Introduce me?"),
        "text": fields.plain("I'll post one message for everybody in this channel, and never repeat it."),
        "confirm": fields.plain("Yes, post it"),
        "deny": fields.plain("Cancel"),
    }
    return {
        "type": "button",
        "action_id": INTRODUCE,
        "value": channel,
        "text": fields.plain("Introduce me in this channel"),
        "confirm": asked,
    }
