"""The app's Home tab: the member's balance, their settings and a way to a draft; pure.

A member opens it themselves, sees only their own, and it shows what was true when it was opened.
Limit: 100 blocks (https://docs.slack.dev/surfaces/app-home).
"""

from dataclasses import replace
from typing import Any

from adapters.kit.card import Action, Button, Card, Drawing, Paragraph
from adapters.slack.member_window import offered
from adapters.slack.render import render

BLOCKS_LIMIT = 100

_QUIET = frozenset({Action.SET, Action.UNMUTE})
"""What shows in the tab itself, so that no message needs to say it."""

Json = dict[str, Any]


def view(balance: Card, settings: Card) -> Json:
    """Return the tab.

    Args:
        balance: the member's balance.
        settings: what is kept about them and how to change it.
    """
    blocks: list[Json] = []
    for number, card in enumerate((_welcome(), with_chart(balance), offered(settings))):
        if number:
            blocks.append({"type": "divider"})
        for message in render(card):
            blocks += message.blocks
    return {"type": "home", "blocks": blocks[:BLOCKS_LIMIT]}


def with_chart(balance: Card) -> Card:
    """Return the balance with a button for its chart as an image, which a tab shows as lines of text."""
    if not any(isinstance(block, Drawing) for block in balance.blocks):
        return balance
    return replace(balance, buttons=(*balance.buttons, Button(Action.BALANCE, "Send me the chart")))


def was_pressed(body: Json) -> bool:
    """Tell whether a button was pressed in the tab."""
    opened: Json = body.get("view") or {}
    return opened.get("type") == "home"


def speaks_for_itself(action: Action) -> bool:
    """Tell whether what a button changed is seen in the tab."""
    return action in _QUIET


def _welcome() -> Card:
    return Card(
        (
            Paragraph(
                "Read a post with me before you send it. Only you see what I say, and I never keep what you "
                "write."
            ),
        ),
        (Button(Action.TRY, "Check a draft", primary=True),),
    )
