"""After a filter stopped a message: the offer, the member's consent to it, and an answer on tone alone.

Such an answer repeats nothing and suggests no words: it must not help a text past a filter.
"""

from adapters.kit import more_settings
from adapters.kit.answers import care_card
from adapters.kit.card import Action, Block, Button, Card, Heading, Note, Paragraph
from bot.balance.identity import Member
from bot.coach.advice import Care
from bot.rules.catalogue import find_rule
from bot.rules.rule import Rule
from bot.services.blocked_offers import BlockedOffers
from bot.services.check_draft import Checked

SETTING = "blocked"
"""The name of the setting in a `SET` button."""

_TONE = ("criticism", "think-first", "bait")
_WHY = "Why it matters:"


def switch(*, on: bool) -> Button:
    """Return the button of the settings."""
    label = "No offers when a filter stops me" if on else "Offer help if a filter stops me"
    return Button(Action.SET, label, f"{SETTING}={'off' if on else 'on'}")


def added(card: Card, *, on: bool) -> Card:
    """Return a member's settings with the switch for these offers beside them.

    Args:
        card: the settings.
        on: whether the member agreed.
    """
    said = f"Offers to talk about a message that a filter stopped: {'on' if on else 'off'}."
    return more_settings.added(card, said, switch(on=on))


async def switched(offers: BlockedOffers, member: Member, value: str) -> Card:
    """Carry out a `SET` button of the offers."""
    await offers.switch(member, on=value == "on")
    if value != "on":
        return Card((Paragraph("No more of these."),))
    return Card(
        (
            Paragraph(
                "When your community's filter stops a message of yours, I'll write to you and offer to talk "
                "about its tone, at most once a day, where your community allows that."
            ),
            Note(
                "It is an experiment. I don't look at what was stopped: you decide whether to show it to me. "
                "I keep when I last wrote, and nothing else. Your settings end it."
            ),
        ),
        (switch(on=True),),
    )


def offer_card() -> Card:
    """Return the offer itself; it says nothing of what was stopped."""
    return Card(
        (
            Heading("You asked me to offer this."),
            Paragraph(
                "A filter in your community has just stopped a message of yours. If you like, paste it here "
                "within half an hour, and I'll tell you how its tone may come across."
            ),
            Note("I haven't looked at it, I keep no words, and I don't help anything past a filter."),
        ),
        (Button(Action.SET, "Stop these", f"{SETTING}=off"),),
    )


def tone_card(checked: Checked) -> Card:
    """Return the answer to what was stopped: what its tone may do, no quotation and no other wording."""
    advice = checked.advice
    if advice.care is Care.DISTRESS:
        return care_card(checked.help_contact)
    found = {finding.rule for finding in advice.findings}
    rules = [rule for id_ in _TONE if id_ in found and (rule := find_rule(id_)) is not None]
    blocks: list[Block] = [Heading("How this may come across")]
    blocks += [Paragraph(f"{rule.title}. {_why(rule)}".strip()) for rule in rules]
    if advice.limited:
        blocks.append(Paragraph("I don't read this language well enough to speak about its tone."))
    elif not rules:
        blocks.append(
            Paragraph(
                "Nothing about its tone stands out to me. Filters err, too; whoever runs your community can "
                "say what this one is for."
            )
        )
    blocks.append(
        Note("I can't see the filter and suggest no words for it. For any other draft, use /checkpost.")
    )
    return Card(tuple(blocks))


def _why(rule: Rule) -> str:
    """Return what a rule's page says about why it matters, as one paragraph."""
    _, _, after = (rule.document or "").partition(_WHY)
    return " ".join(after.strip().partition("\n\n")[0].split())
