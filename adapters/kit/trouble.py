"""What went wrong with the weekly summary, where administrators look at their settings."""

from dataclasses import replace

from adapters.kit.card import Card, Paragraph


def with_trouble(card: Card, trouble: str | None) -> Card:
    """Return a card of settings with a word of trouble after its heading; the card as it is without any."""
    if trouble is None:
        return card
    heading, *rest = card.blocks
    return replace(card, blocks=(heading, Paragraph(f"⚠️ {trouble}"), *rest))
