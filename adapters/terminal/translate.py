"""What somebody types, as an action on the answer above it."""

from adapters.kit import aside
from adapters.kit.card import Action, Button, Card

_WORDS = {
    Action.APPLY: "apply",
    Action.AGAIN: "again",
    Action.MORE: "more",
    Action.WHY: "why",
    Action.POSTED: "posted",
    Action.CONSENT_YES: "yes",
    Action.CONSENT_NO: "no",
    Action.AS_REPLY: "as reply",
    Action.AS_DIRECT: "as direct",
    Action.SITES: "sites",
    Action.EXPORT: "export",
}


def word_for(button: Button) -> str:
    """Return what a member types to press a button."""
    if button.action in _WORDS:
        return _WORDS[button.action]
    return f"{button.action.value} {aside.read(button.argument)[0]}".rstrip()


def pressed(card: Card | None, typed: str) -> Button | None:
    """Return the button of the last card that `typed` names exactly; None where it names none."""
    if card is None:
        return None
    wanted = " ".join(typed.casefold().split())
    return next((button for button in card.buttons if word_for(button) == wanted), None)
