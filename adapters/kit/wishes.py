"""`digest …`, `quiet …` and `kudos …`: a member's own week, and whether they may be named in the others'."""

import re
from calendar import day_name
from dataclasses import replace
from datetime import datetime

from adapters.kit import balance_words
from adapters.kit.card import Card, Heading, Note, Paragraph
from bot.balance.identity import Member
from bot.services.personal_wishes import PersonalWishes
from bot.storage.personal import Wishes
from bot.summaries.digest import Digest

_DAYS = tuple(name.casefold() for name in day_name)
_DIGEST = re.compile(r"digest (?P<day>[a-z]+) (?P<hour>\d{1,2})(?: (?P<zone>[\w/+-]{1,60}))?", re.IGNORECASE)
_QUIET = re.compile(r"quiet (?P<start>\d{1,2})-(?P<end>\d{1,2})", re.IGNORECASE)
_HOW = (
    "Message me “digest friday 17 Europe/Lisbon” for your own week, “quiet 22-8” for hours in which I leave "
    "you alone, “digest off” to end it; “kudos on” lets your communities' summaries thank you by name, "
    "“kudos off” ends that. I keep your id on this platform, encrypted, only while either is on."
)


async def wish(wishes: PersonalWishes, member: Member, said: str, at: datetime) -> Card | None:
    """Carry out a wish; None where `said` is none."""
    words = said.casefold().strip()
    match words:
        case "digest" | "kudos":
            return Card((Paragraph(_standing(await wishes.read(member))), Note(_HOW)))
        case "digest off":
            await wishes.no_digest(member, at)
            return _said("No more digests.")
        case "kudos on" | "kudos off":
            await wishes.kudos(member, at, on=words.endswith("on"))
            return _said(
                "Your communities' summaries may thank you by name for something concrete, in no ranking."
                if words.endswith("on")
                else "You won't be named."
            )
        case _:
            pass
    try:
        return await _timed(wishes, member, said.strip(), at)
    except ValueError as error:
        return _said(f"I can't set that: {error}.")


async def _timed(wishes: PersonalWishes, member: Member, said: str, at: datetime) -> Card | None:
    if found := _DIGEST.fullmatch(said):
        day = found["day"].casefold()
        if day not in _DAYS:
            return None
        zone = found["zone"] or "UTC"
        await wishes.digest(member, at, _DAYS.index(day), int(found["hour"]), zone)
        return _said(
            f"Every {day.capitalize()} at {int(found['hour'])}:00 ({zone}) I'll send you your own week."
        )
    if found := _QUIET.fullmatch(said):
        if await wishes.quiet(member, at, int(found["start"]), int(found["end"])):
            return _said("Noted; a digest waits until your quiet hours are over.")
        return Card((Paragraph("You get no digest that could disturb you."), Note(_HOW)))
    return None


def added(card: Card, wishes: Wishes | None) -> Card:
    """Return a member's settings with what they wish for, and how to change it, above the small print."""
    said = Paragraph(f"{_standing(wishes)} Message me “digest” or “kudos” to change that.")
    return replace(card, blocks=(*card.blocks[:-1], said, *card.blocks[-1:]))


def digest_card(digest: Digest) -> Card:
    """Return a member's own week."""
    return Card(
        (
            Heading("Your week"),
            Paragraph(balance_words.standing(digest.balance)),
            Paragraph(digest.progress),
            Paragraph(digest.suggestion),
            Note("You asked for this once a week; message me “digest off” to end it."),
        )
    )


def _standing(wishes: Wishes | None) -> str:
    digest = "You get no digest"
    if wishes is not None and wishes.digest:
        digest = f"Your digest comes on {day_name[wishes.weekday]}s at {wishes.hour}:00 ({wishes.time_zone})"
        if wishes.quiet_from != wishes.quiet_until:
            digest += f", never between {wishes.quiet_from}:00 and {wishes.quiet_until}:00"
    named = wishes is not None and wishes.kudos
    return f"{digest}. Kudos are {'on' if named else 'off'}: you {'may' if named else 'are not to'} be named."


def _said(text: str) -> Card:
    return Card((Paragraph(text),))
