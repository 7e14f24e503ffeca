"""What a button carries: its action in the `action_id`, its draft in the `value`.

Slack gives both back when the button is pressed, so a button outlives a restart. A draft that is too
long for a value, or that holds a secret, stays in memory and the value names it.
Limits: https://docs.slack.dev/reference/block-kit/block-elements/button-element (action_id 255
characters, value 2,000, text 75).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.kit.card import Action, Button, Card
from adapters.slack.quoting import weight
from bot.text.draft import Author, Draft, ReplyTo, Surface

PREFIX = "checkpost"
PATTERN = re.compile(rf"^{PREFIX}\.")
"""Which action ids are ours."""

VALUE_LIMIT = 2_000
VALUES_LIMIT = 6_000
"""Characters that the values of one message may take together, so that words find room beside them."""

_WRITTEN, _KEPT, _BESIDE = "d:", "k:", "b:"
_NEED_DRAFT = frozenset(
    {
        Action.APPLY,
        Action.AGAIN,
        Action.MORE,
        Action.WHY,
        Action.DONE,
        Action.LATER,
        Action.POSTED,
        Action.AS_REPLY,
        Action.AS_DIRECT,
        Action.OWN,
        Action.NOT_OWN,
    }
)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        action: what it does.
        argument: the button's argument, such as a rule's id.
        value: where its draft is; empty where it needs none.
        others: the values of all buttons of the same message, where Slack sent it along.
    """

    action: Action
    argument: str
    value: str
    others: tuple[str, ...] = ()


def action_id(button: Button) -> str:
    """Return the id that names a button's action and argument."""
    return f"{PREFIX}.{button.action}.{button.argument}"


def pressed(body: Mapping[str, Any]) -> Press | None:
    """Read a pressed button; None where it is none of ours or from a version that had other buttons."""
    chosen: Mapping[str, Any] = body["actions"][0]
    prefix, _, rest = str(chosen.get("action_id")).partition(".")
    action, _, argument = rest.partition(".")
    try:
        known = Action(action)
    except ValueError:
        return None
    return Press(known, argument, str(chosen.get("value") or ""), _values(body)) if prefix == PREFIX else None


def _values(body: Mapping[str, Any]) -> tuple[str, ...]:
    blocks: list[Mapping[str, Any]] = (body.get("message") or {}).get("blocks") or []
    elements = [
        element for block in blocks if block.get("type") == "actions" for element in block["elements"]
    ]
    return tuple(str(element["value"]) for element in elements if "value" in element)


@dataclass(frozen=True, slots=True)
class Values:
    """What the buttons of one message carry.

    Attributes:
        first: for the first button that needs the draft; empty where none does.
        others: for all further ones.
    """

    first: str = ""
    others: str = ""


NO_VALUES = Values()


def values_for(card: Card, keep: Callable[[Draft], str], *, shown_again: bool) -> Values:
    """Return the values by which a card's buttons find the draft again.

    Args:
        card: the answer.
        keep: puts a draft into memory and returns its key.
        shown_again: whether Slack sends the message along when one of its buttons is pressed, so that
            one copy of the draft serves all; it does not for messages only one member sees.
    """
    holders = sum(needs_draft(button) for button in card.buttons)
    if card.draft is None or not holders:
        return NO_VALUES
    written = _write(card.draft)
    if not card.secret and weight(written) <= VALUE_LIMIT:
        if weight(json.dumps(written, ensure_ascii=False)) * holders <= VALUES_LIMIT:
            return Values(written, written)
        if shown_again:
            return Values(written, _BESIDE)
    kept = f"{_KEPT}{keep(card.draft)}"
    return Values(kept, kept)


def needs_draft(button: Button) -> bool:
    """Tell whether a button acts on the card's draft."""
    return button.action in _NEED_DRAFT or (button.action is Action.CONSENT_YES and bool(button.argument))


def draft_of(
    value: str, others: Iterable[str], author: Author, recall: Callable[[str], Draft | None]
) -> Draft | None:
    """Return the draft a value stands for; None where it is gone.

    Args:
        value: the pressed button's, as `values_for` made it.
        others: the values of all buttons of the same message, where Slack sent them along.
        author: who pressed the button.
        recall: takes a draft from memory by its key.
    """
    if value == _BESIDE:
        value = next((other for other in others if other.startswith(_WRITTEN)), "")
    if value.startswith(_KEPT):
        return recall(value.removeprefix(_KEPT))
    if not value.startswith(_WRITTEN):
        return None
    try:
        surface, text, reply_author, reply_text = json.loads(value.removeprefix(_WRITTEN))
        reply_to = None if reply_text is None else ReplyTo(reply_author, reply_text)
        return Draft(text, Surface(surface), reply_to, author)
    except (ValueError, TypeError):
        return None


def _write(draft: Draft) -> str:
    reply = (None, None) if draft.reply_to is None else (draft.reply_to.author, draft.reply_to.text)
    return _WRITTEN + json.dumps(
        [draft.surface, draft.text, *reply], ensure_ascii=False, separators=(",", ":")
    )
