"""Nudges: the words, and how a member switches them on and off."""

import logging
import re
from collections.abc import Awaitable, Callable

from adapters.kit import balance_words, quiet_hours
from adapters.kit.card import Action, Button, Card, Heading, Note, Paragraph
from bot.balance.balance import Balance
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.services.nudges import Nudges

NUDGED = "nudged"
"""The argument of a nudge's own buttons: pressing one is a reaction."""

SWITCH = "nudges"
"""The name of the setting in a `SET` button."""

_log = logging.getLogger(__name__)

_QUIET = re.compile(
    r"nudges quiet (?P<start>\d{1,2})-(?P<end>\d{1,2})(?: (?P<zone>[\w/+-]{1,60}))?", re.IGNORECASE
)
_HOW = (
    "At most one a week and two in 28 days, never between 22:00 and 8:00 UTC; message me “nudges quiet 22-8 "
    "Europe/Lisbon” for other hours, “nudges off” to end them. I keep your id on this platform, encrypted, "
    "only while they are on."
)


def nudge_card(balance: Balance) -> Card:
    """Return the nudge itself."""
    return Card(
        (
            Heading("You asked me to mention this."),
            Paragraph(balance_words.standing(balance)),
            Paragraph("Answering somebody would help most; there is no hurry."),
        ),
        (
            Button(Action.BALANCE, "Show my balance", NUDGED),
            Button(Action.SET, "Thanks", f"{SWITCH}=seen"),
            Button(Action.SET, "Stop these", f"{SWITCH}=off"),
        ),
    )


def switch(*, on: bool) -> Button:
    """Return the button of the settings."""
    return Button(Action.SET, "No nudges" if on else "Give me nudges", f"{SWITCH}={'off' if on else 'on'}")


async def switched(nudges: Nudges, member: Member, value: str) -> Card:
    """Carry out a `SET` button of the nudges."""
    match value:
        case "on":
            await nudges.switch_on(member)
            return Card(
                (
                    Paragraph(
                        "I'll mention it in a direct message when your share of promotion is above what you "
                        "aim for, where your community allows that and I count your posts."
                    ),
                    Note(_HOW),
                )
            )
        case "off":
            await nudges.switch_off(member)
            return Card((Paragraph("No more of these."),))
        case _:
            await nudges.answered(member)
            return Card((Paragraph("You're welcome."),))


async def command(nudges: Nudges, member: Member, said: str) -> Card | None:
    """Carry out `nudges on`, `nudges off` or `nudges quiet 22-8 Europe/Lisbon`; None where it is none."""
    words = " ".join(said.casefold().split())
    if words in {"nudges on", "nudges off"}:
        return await switched(nudges, member, words.removeprefix("nudges "))
    found = _QUIET.fullmatch(" ".join(said.split()))
    if found is None:
        return None
    start, end = int(found["start"]), int(found["end"])
    return await quiet_hours.change(nudges, member, start, end, found["zone"] or "UTC")


async def send_due(
    application: Application, platform: str, deliver: Callable[[Member, Card], Awaitable[object]]
) -> int:
    """Tell everybody of a platform whose turn it is; returns how many.

    They are noted as told already, so a fault with one costs the others nothing.

    Args:
        application: the services.
        platform: the platform.
        deliver: brings a card to a member; silent where their door is closed.
    """
    due = await application.nudges.due(platform, application.clock())
    for nudge in due:
        try:
            await deliver(nudge.member, nudge_card(nudge.balance))
        except Exception as error:  # noqa: BLE001 - see above; its message may name somebody
            _log.error("a nudge failed: %s", type(error).__name__)
    return len(due)
