"""How much detail a member wants: the words, the buttons and the plain command."""

from adapters.kit.card import Action, Button, Card, Paragraph
from bot.balance.identity import Member
from bot.coach.detail import Detail
from bot.services.member_settings import MemberSettings

SETTING = "detail"
"""The name of the setting in a `SET` button and in the plain command `detail full`."""

WORDS = {
    Detail.SHORT: "the first thing I notice, the rest behind a button",
    Detail.USUAL: "three things at a time",
    Detail.FULL: "everything at once, with its source",
}
"""What each choice means."""


def standing(chosen: Detail) -> str:
    """Return what a member has chosen, as one sentence."""
    return f"My answers are {chosen.value}: {WORDS[chosen]}."


def choices(chosen: Detail) -> list[Button]:
    """Return a button for each other choice."""
    return [
        Button(Action.SET, f"{other.value.capitalize()} answers", f"{SETTING}={other.value}")
        for other in Detail
        if other is not chosen
    ]


async def choose(settings: MemberSettings, member: Member, value: str) -> Card | None:
    """Give a member so much detail from now on; None where there is no such choice."""
    if value not in set(Detail):
        return None
    chosen = Detail(value)
    await settings.change(member, detail=chosen)
    return Card((Paragraph(standing(chosen)),))


async def command(settings: MemberSettings, member: Member, said: str) -> Card | None:
    """Carry out `detail short`, `detail usual` or `detail full`; None where it is none."""
    name, _, value = " ".join(said.casefold().split()).partition(" ")
    return await choose(settings, member, value) if name == SETTING else None
