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
    Action.OWN: "mine",
    Action.NOT_OWN: "not mine",
}

_ABOUT_A_DRAFT = tuple(
    Button(action, "")
    for action in (
        Action.APPLY,
        Action.AGAIN,
        Action.WHY,
        Action.POSTED,
        Action.AS_REPLY,
        Action.AS_DIRECT,
    )
)


def word_for(button: Button) -> str:
    """Return what a member types to press a button."""
    if button.action in _WORDS:
        return _WORDS[button.action]
    return f"{button.action.value} {aside.read(button.argument)[0]}".rstrip()


def pressed(card: Card | None, typed: str) -> Button | None:
    """Return the button that `typed` names exactly; None where it names none.

    The words about a draft hold as long as the last answer was about one, whether it shows their buttons
    or not: who has applied the fixes goes on with "posted".
    """
    if card is None:
        return None
    wanted = " ".join(typed.casefold().split())
    return next((button for button in _offered(card) if word_for(button) == wanted), None)


def words(card: Card | None) -> frozenset[str]:
    """Return what a member may type about the last answer."""
    return frozenset() if card is None else frozenset(map(word_for, _offered(card)))


def _offered(card: Card) -> tuple[Button, ...]:
    return card.buttons if card.draft is None else (*card.buttons, *_ABOUT_A_DRAFT)
