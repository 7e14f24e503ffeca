"""The fields of a window, and what they hold when it is sent; pure.

Limits: https://docs.slack.dev/reference/block-kit.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from bot.rules.catalogue import all_rules
from bot.storage.errors import StorageError

HOURS = tuple(f"{hour}:00" for hour in range(24))

_LABEL_LIMIT = 75
_STATE_LENGTH = 16

Json = dict[str, Any]


class NotUnderstoodError(ValueError):
    """A field holds what fits no setting.

    Args:
        field: its block.
        said: what would fit, as whoever sent the window reads it.
    """

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def field(name: str, label: str, element: Json, *, optional: bool = True) -> Json:
    """Return a field with its label; its block and its element go by `name`."""
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }


def choice(labels: Sequence[str], chosen: int) -> Json:
    """Return a menu whose values are the labels' numbers."""
    options = [option(label, str(number)) for number, label in enumerate(labels)]
    return {"type": "static_select", "options": options, "initial_option": options[chosen]}


def rules(chosen: frozenset[str]) -> Json:
    """Return a menu of the coach's rules, any number of them chosen."""
    options = [option(f"{rule.id}: {rule.title}"[:_LABEL_LIMIT], rule.id) for rule in all_rules()]
    picked = [one for one in options if one["value"] in chosen]
    element: Json = {"type": "multi_static_select", "options": options}
    return element | ({"initial_options": picked} if picked else {})


def switches(labels: Mapping[str, str], chosen: Iterable[str]) -> Json:
    """Return boxes to tick.

    Args:
        labels: what each says, by its name.
        chosen: the names of those that are ticked.
    """
    options = [option(label, name) for name, label in labels.items()]
    on = {*chosen}
    picked = [one for one in options if one["value"] in on]
    element: Json = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": picked} if picked else {})


def text(chosen: str, longest: int, *, lines: bool = False) -> Json:
    """Return a field to type in.

    Args:
        chosen: what stands in it.
        longest: characters at most, up to 3,000.
        lines: whether it takes several lines.
    """
    element: Json = {"type": "plain_text_input", "max_length": longest, "multiline": lines}
    return element | ({"initial_value": chosen[:longest]} if chosen else {})


def note(said: str) -> Json:
    """Return small print."""
    return {"type": "context", "elements": [plain(said)]}


def option(label: str, value: str) -> Json:
    """Return one line of a menu."""
    return {"text": plain(label), "value": value}


def plain(said: str) -> Json:
    """Return a text as Slack takes it where no markup is wanted."""
    return {"type": "plain_text", "text": said}


def held(view: Mapping[str, Any], name: str, key: str) -> Any:
    """Return what a field holds when its window is sent; None where it is empty or not there."""
    block: Json = view["state"]["values"].get(name) or {}
    element: Json = block.get(name) or {}
    return element.get(key)


def number(view: Mapping[str, Any], name: str) -> int:
    """Return the number of the label that was picked in a menu."""
    return int(held(view, name, "selected_option")["value"])


def ticked(view: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return the values that were picked."""
    return frozenset(one["value"] for one in held(view, name, "selected_options") or ())


def refused(error: Exception, where: str) -> Json:
    """Return the acknowledgement that keeps a window open and says what is wrong where it stands.

    Args:
        error: what is wrong; a fault of the records is the operator's to read, and only named as such.
        where: the field for what concerns no single one.
    """
    if isinstance(error, NotUnderstoodError):
        return _errors(error.field, str(error))
    if isinstance(error, StorageError):
        return _errors(where, "I can't reach my records just now. Please try again in a while.")
    return _errors(where, f"I can't set that: {error}")


def _errors(where: str, said: str) -> Json:
    return {"response_action": "errors", "errors": {where: said}}


def state(*values: object) -> str:
    """Return a short code of settings: when a window is sent it tells whether they changed meanwhile."""
    written = msgspec.json.encode(values, enc_hook=str, order="deterministic")
    return hashlib.sha256(written).hexdigest()[:_STATE_LENGTH]
