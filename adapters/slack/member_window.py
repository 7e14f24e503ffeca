"""The window in which a member sets everything about themselves; pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from adapters.kit.card import Action, Button, Card, ConsentOffer
from adapters.kit.detail import WORDS
from adapters.kit.preferences import SURE
from adapters.slack import buttons, fields
from adapters.slack.member_choices import SITES, ZONE, Chosen, Quiet, own_sites, time_zone
from adapters.slack.modals import Origin
from adapters.slack.quoting import beginning
from adapters.slack.settings import MODAL_LONGEST
from bot.coach.detail import Detail

CALLBACK = "checkpost.settings"

COUNTING = "counting"
"""The field that stands first: what concerns the whole window is said there."""

_DETAIL, _MUTED, _HINTS, _NUDGES = "detail", "muted", "hints", "nudges"
_FROM, _UNTIL = "quiet_from", "quiet_until"
_ZONE_LONGEST = 64
_CIRCLE, _NAME = "widen-circle", "real-name"
_HINT_LABELS = {
    _CIRCLE: "Whom you talk with most; I then keep, in code, whom you answer",
    _NAME: "The name you show",
}

_NOTE = (
    "Send me “digest” for your own week by message, or “kudos” to be thanked by name in summaries. Your "
    "sites, and your id while you want any of these or nudges, are kept encrypted."
)

Json = dict[str, Any]


def window(origin: Origin, now: Chosen, consent: ConsentOffer) -> Json:
    """Return the window.

    Args:
        origin: where it was opened; comes back when it is sent.
        now: what is set.
        consent: the question whether posts may be counted, whose words stand above the answer.
    """
    words = consent.words([f"<#{channel}>" for channel in consent.channels])
    quiet = now.nudges or Quiet()
    ticked = [name for name, on in ((_CIRCLE, now.widen_circle), (_NAME, now.real_name)) if on]
    sites = "\n".join(now.own_sites or ())
    own = fields.field(SITES, "Your own sites, one a line, such as ana.example", _lines(sites))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"origin": asdict(origin), "state": fields.state(now)}),
        "title": fields.plain("Your settings"),
        "submit": fields.plain("Save"),
        "close": fields.plain("Cancel"),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": beginning(words, MODAL_LONGEST)}},
            fields.field(COUNTING, "Counting", _switch("Count my posts", on=now.counting)),
            *([] if now.own_sites is None else [own]),
            fields.field(
                _DETAIL,
                "How much an answer says",
                fields.choice([_label(each) for each in Detail], [*Detail].index(now.detail)),
                optional=False,
            ),
            fields.field(_MUTED, "Rules you don't want to hear of", fields.rules(now.muted)),
            fields.field(_HINTS, "Hints about", fields.switches(_HINT_LABELS, ticked)),
            fields.field(
                _NUDGES,
                "Nudges, where your workspace allows them",
                _switch(
                    "Tell me when my balance drifts, twice in 28 days at most", on=now.nudges is not None
                ),
            ),
            fields.field(_FROM, "No nudges from", fields.choice(fields.HOURS, quiet.start), optional=False),
            fields.field(_UNTIL, "until", fields.choice(fields.HOURS, quiet.end), optional=False),
            fields.field(
                ZONE,
                "Your time zone, such as Europe/Lisbon",
                fields.text(quiet.zone, _ZONE_LONGEST),
                optional=False,
            ),
            {"type": "actions", "elements": [_export(), _forget()]},
            fields.note(_NOTE),
        ],
    }


def closing(said: str) -> Json:
    """Return what the window turns into when there is nothing left to set."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": fields.plain("Your settings"),
        "close": fields.plain("Close"),
        "blocks": [{"type": "section", "text": fields.plain(said)}],
    }


def offered(card: Card) -> Card:
    """Return the settings as a card with a button that opens the window."""
    return replace(card, buttons=(Button(Action.SETTINGS, "Change my settings", primary=True), *card.buttons))


def is_it(view: Mapping[str, Any]) -> bool:
    """Tell whether a view is this window."""
    return view.get("type") == "modal" and view.get("callback_id") == CALLBACK


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Return where the window was opened."""
    return Origin(**json.loads(view.get("private_metadata") or "{}").get("origin", {}))


def wanted(view: Mapping[str, Any], now: Chosen) -> Chosen:
    """Return what the window asks for.

    Args:
        view: the window as it was sent.
        now: what is set.

    Raises:
        fields.NotUnderstoodError: a field holds what fits no setting, or something was changed since the
            window was opened.
    """
    if json.loads(view.get("private_metadata") or "{}").get("state") != fields.state(now):
        raise fields.NotUnderstoodError(
            COUNTING, "Your settings have changed since you opened this. Please close it and open it again."
        )
    hints = fields.ticked(view, _HINTS)
    zone = time_zone(str(fields.held(view, ZONE, "value") or ""))
    quiet = Quiet(fields.number(view, _FROM), fields.number(view, _UNTIL), zone)
    return Chosen(
        bool(fields.ticked(view, COUNTING)),
        None if now.own_sites is None else own_sites(str(fields.held(view, SITES, "value") or "")),
        [*Detail][fields.number(view, _DETAIL)],
        fields.ticked(view, _MUTED),
        _CIRCLE in hints,
        _NAME in hints,
        quiet if fields.ticked(view, _NUDGES) else None,
    )


def refused(error: Exception) -> Json:
    """Return the acknowledgement that keeps the window open and says what is wrong where it stands."""
    return fields.refused(error, COUNTING)


def _label(detail: Detail) -> str:
    return f"{detail.value.capitalize()}: {WORDS[detail]}"


def _switch(label: str, *, on: bool) -> Json:
    return fields.switches({"on": label}, ["on"] if on else ())


def _lines(sites: str) -> Json:
    return fields.text(sites, MODAL_LONGEST, lines=True)


def _export() -> Json:
    return _button(Button(Action.EXPORT, "Send me an export"))


def _forget() -> Json:
    asked: Json = {
        "title": fields.plain("Forget you?"),
        "text": fields.plain("This erases everything I keep about you, at once. It can't be undone."),
        "confirm": fields.plain("Yes, erase it"),
        "deny": fields.plain("Cancel"),
        "style": "danger",
    }
    return _button(Button(Action.FORGET, "Forget me", SURE)) | {"style": "danger", "confirm": asked}


def _button(button: Button) -> Json:
    return {"type": "button", "action_id": buttons.action_id(button), "text": fields.plain(button.label)}
