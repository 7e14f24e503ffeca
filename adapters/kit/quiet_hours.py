"""The hours in which nudges leave a member alone: the words, the button, and what changes them."""

from adapters.kit import more_settings
from adapters.kit.card import Action, Button, Card, Paragraph
from bot.balance.identity import Member
from bot.balance.nudges import Nudging
from bot.services.nudges import Nudges


def added(card: Card, nudging: Nudging) -> Card:
    """Return a member's settings with their quiet hours, and a button for a window that changes them.

    Args:
        card: the settings.
        nudging: when the member is left alone.
    """
    return more_settings.added(card, standing(nudging), Button(Action.QUIET, "Quiet hours"))


def standing(nudging: Nudging) -> str:
    """Return when a member is left alone, as one sentence."""
    start, end = nudging.quiet_from, nudging.quiet_until
    if start == end:
        return "Nudges may come at any hour."
    return f"Nudges leave you alone from {start}:00 to {end}:00 ({nudging.zone.key})."


def no_nudges() -> Card:
    """Return the answer to who sets quiet hours without getting nudges."""
    return Card((Paragraph("You get no nudges."),))


async def change(nudges: Nudges, member: Member, start: int, end: int, zone: str) -> Card:
    """Set a member's quiet hours.

    Args:
        nudges: where to.
        member: whose.
        start: the hour from which they are left alone.
        end: the hour at which that ends; the same hour for never.
        zone: their time zone.
    """
    try:
        known = await nudges.quiet(member, start, end, zone)
    except ValueError as error:
        return Card((Paragraph(f"I can't set that: {error}."),))
    if not known:
        return no_nudges()
    return Card((Paragraph("Noted; nudges wait until your quiet hours are over."),))
