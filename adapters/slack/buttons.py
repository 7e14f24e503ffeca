"""What a button carries: its action in the `action_id`, its draft in the `value`.

Slack gives both back when the button is pressed, so a button outlives a restart. A draft that is too
long for a value, or that holds a secret, stays in memory and the value names it.
Limits: https://docs.slack.dev/reference/block-kit/block-elements/button-element (action_id 255
characters, value 2,000, text 75).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from adapters.kit.card import Action, Button, Card
from adapters.slack.quoting import units
from bot.text.draft import Author, Draft, ReplyTo, Surface

PREFIX = "checkpost"
PATTERN = re.compile(rf"^{PREFIX}\.")
"""Which action ids are ours."""

VALUE_LIMIT = 2_000
VALUES_LIMIT = 8_000
"""Characters that the values of one message may take together; with the words it stays below 13,200."""

_WRITTEN, _KEPT = "d:", "k:"
_NEED_DRAFT = frozenset(
    {Action.APPLY, Action.AGAIN, Action.MORE, Action.WHY, Action.POSTED, Action.AS_REPLY, Action.AS_DIRECT}
)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        action: what it does.
        argument: the button's argument, such as a rule's id.
        value: where its draft is; empty where it needs none.
    """

    action: Action
    argument: str
    value: str


def action_id(button: Button) -> str:
    """Return the id that names a button's action and argument."""
    return f"{PREFIX}.{button.action}.{button.argument}"


def pressed(action_id: str, value: str) -> Press | None:
    """Read a pressed button; None where it is none of ours or from a version that had other buttons."""
    prefix, _, rest = action_id.partition(".")
    action, _, argument = rest.partition(".")
    try:
        return Press(Action(action), argument, value) if prefix == PREFIX else None
    except ValueError:
        return None


def value_for(card: Card, keep: Callable[[Draft], str]) -> str:
    """Return the value that the card's buttons share, by which the draft is found again.

    Args:
        card: the answer.
        keep: puts a draft into memory and returns its key.
    """
    if card.draft is None:
        return ""
    holders = sum(needs_draft(button) for button in card.buttons)
    if not holders:
        return ""
    written = _write(card.draft)
    if not card.secret and units(written) <= min(VALUE_LIMIT, VALUES_LIMIT // holders):
        return written
    return f"{_KEPT}{keep(card.draft)}"


def needs_draft(button: Button) -> bool:
    """Tell whether a button acts on the card's draft."""
    return button.action in _NEED_DRAFT or (button.action is Action.CONSENT_YES and bool(button.argument))


def draft_of(value: str, author: Author, recall: Callable[[str], Draft | None]) -> Draft | None:
    """Return the draft a value stands for; None where it is gone.

    Args:
        value: as `value_for` made it.
        author: who pressed the button.
        recall: takes a draft from memory by its key.
    """
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
