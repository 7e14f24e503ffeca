"""Settings that only some platforms have, put among a member's others."""

from dataclasses import replace

from adapters.kit.card import Action, Button, Card, Paragraph


def added(card: Card, said: str, button: Button) -> Card:
    """Return a member's settings with one more.

    Its button stands before those that unmute rules: where a platform has no room for all, the last of
    them waits until another is pressed, and nothing else is lost.

    Args:
        card: the settings.
        said: what is set.
        button: changes it.
    """
    *blocks, note = card.blocks
    place = next(
        (place for place, known in enumerate(card.buttons) if known.action is Action.EXPORT),
        len(card.buttons),
    )
    return replace(
        card,
        blocks=(*blocks, Paragraph(said), note),
        buttons=(*card.buttons[:place], button, *card.buttons[place:]),
    )
