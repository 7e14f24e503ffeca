"""A member's settings in words: what is kept, and how to change it."""

import msgspec

from adapters.kit import detail, nudging
from adapters.kit.card import Action, Attachment, Button, Card, ConsentOffer, Heading, Note, Paragraph
from bot.balance.consent import Consent, ConsentState
from bot.balance.identity import Member
from bot.rules.catalogue import find_rule
from bot.services.member_settings import MemberPreferences, MemberSettings

ADD_SITE = "my site:"
REMOVE_SITE = "not my site:"


COMMUNITY = "community"
IN_HERE, IN_ALL = f"{COMMUNITY}=here", f"{COMMUNITY}=all"
"""The arguments of the buttons that choose whose record counts in direct messages."""

SURE = "sure"
"""The argument of the button that confirms an erasure."""


def settings_card(
    chosen: MemberPreferences,
    consent: Consent,
    retention_days: int,
    *,
    names: bool = True,
    nudges: bool = False,
    here: str | None = None,
) -> Card:
    """Return what a member has set, each with the button that changes it.

    Args:
        chosen: the settings.
        consent: where the member stands on the counting.
        retention_days: how long an entry of the record is kept.
        names: whether names are ever mentioned on the member's platform.
        nudges: whether the member asked for nudges.
        here: the community where it is shown, which may be chosen for direct messages; None in one.
    """
    counting = consent.state is ConsentState.GIVEN
    kept = (
        f"I count your posts: time, type, channel, coded ids and how many drafts you check, never the "
        f"words, for {retention_days} days."
        if counting
        else f"I don't count your posts. If you let me: {ConsentOffer((), retention_days).terms}"
    )
    sites = ", ".join(chosen.own_sites) if chosen.own_sites else "none yet"
    muted = ", ".join(sorted(chosen.muted_rules)) if chosen.muted_rules else "none"
    buttons = [
        Button(Action.CONSENT_NO, "Stop counting")
        if counting
        else Button(Action.CONSENT_YES, "Count my posts"),
        Button(Action.SITES, "My sites"),
        *detail.choices(chosen.detail),
        _switch("widen-circle", "hints about your circle", on=chosen.widen_circle),
        *([_switch("real-name", "hints about your name", on=chosen.real_name)] if names else []),
        nudging.switch(on=nudges),
        *_places(chosen, here),
        Button(Action.EXPORT, "Export"),
        Button(Action.FORGET, "Forget me"),
        *(Button(Action.UNMUTE, f"Unmute {rule}", rule) for rule in sorted(chosen.muted_rules)),
    ]
    blocks = (
        Heading("Your settings"),
        Paragraph(kept),
        Paragraph(
            f"Your own sites: {sites}. Message me “my site: ana.example” to add one, “not my site: …” to "
            "remove it."
        ),
        Paragraph(detail.standing(chosen.detail)),
        Paragraph(f"Muted rules: {muted}. Nudges about your balance: {'on' if nudges else 'off'}."),
        Note("export gives you everything I keep; forget me erases it."),
    )
    return Card(blocks, tuple(buttons))


async def counted_in(settings: MemberSettings, member: Member, argument: str, here: str | None) -> Card:
    """Choose whose record counts in direct messages: this community's, or all of them together.

    Args:
        settings: where to.
        member: whose.
        argument: the button's.
        here: the community the member is in; None in a direct message.
    """
    if argument == IN_ALL:
        await settings.change(member, community="")
        return Card((Paragraph("In direct messages I count all your communities together."),))
    if here is None:
        return Card((Paragraph("Ask for your settings in the community whose record should count."),))
    await settings.change(member, community=here)
    return Card((Paragraph("In direct messages I count this community from now on."),))


async def own_or_not(settings: MemberSettings, member: Member, site: str | None, *, own: bool) -> Card:
    """Take a member's word on whether a place that their draft called their own is theirs."""
    if site is None:
        return Card((Paragraph("I don't find that place in your draft any more."),))
    if not own:
        await settings.not_own_site(member, site)
        return Card((Paragraph(f"All right, {site} isn't yours, and I won't ask again."),))
    try:
        await settings.add_own_site(member, site)
    except ValueError as error:
        return Card((Paragraph(str(error)),))
    return Card((Paragraph(f"Noted: {site} is yours. I keep it encrypted."),))


def sure() -> Card:
    """Return the question before an erasure that one click asked for."""
    return Card(
        (Paragraph("This erases everything I keep about you, at once. It can't be undone."),),
        (Button(Action.FORGET, "Yes, erase it", SURE),),
    )


def how_to_change_sites() -> Card:
    """Return how to change one's own sites where there is no window for it."""
    return Card((Paragraph("Message me “my site: ana.example” to add one, “not my site: …” to remove it."),))


async def change_own_sites(settings: MemberSettings, member: Member, text: str) -> Card:
    """Make a member's own sites those of an edited list.

    Args:
        settings: where to.
        member: whose.
        text: one site a line.
    """
    wanted = tuple(dict.fromkeys(site for line in text.splitlines() if (site := "".join(line.split()))))
    before = (await settings.read(member)).own_sites
    try:
        await settings.change_own_sites(member, before, wanted)
    except ValueError as error:
        return Card((Paragraph(str(error)),))
    if not wanted:
        return Card((Paragraph("No site counts as yours now."),))
    return Card((Paragraph(f"These count as yours now: {', '.join(wanted)}. I keep them encrypted."),))


def _places(chosen: MemberPreferences, here: str | None) -> list[Button]:
    """Return the buttons that choose whose record counts in direct messages."""
    buttons: list[Button] = []
    if here is not None and chosen.community != here:
        buttons.append(Button(Action.SET, "Count this community in DMs", IN_HERE))
    if chosen.community is not None:
        buttons.append(Button(Action.SET, "Count all communities in DMs", IN_ALL))
    return buttons


def _switch(name: str, label: str, *, on: bool) -> Button:
    return Button(Action.SET, f"{'No' if on else 'Give me'} {label}", f"{name}={'off' if on else 'on'}")


async def pressed(settings: MemberSettings, member: Member, action: Action, argument: str) -> Card:
    """Carry out a button that mutes a rule, lets it speak again or changes a setting."""
    if action is Action.SET:
        return await changed(settings, member, argument)
    return await muting(settings, member, argument, mute=action is Action.MUTE)


async def changed(settings: MemberSettings, member: Member, argument: str) -> Card:
    """Carry out a `SET` button, such as `widen-circle=on`."""
    name, _, value = argument.partition("=")
    on = value == "on"
    gone = Card((Paragraph("That setting is gone; message me “settings” for what there is."),))
    match name:
        case detail.SETTING:
            return await detail.choose(settings, member, value) or gone
        case "widen-circle":
            await settings.change(member, widen_circle=on)
        case "real-name":
            await settings.change(member, real_name=on)
        case _:
            return gone
    return Card((Paragraph("Switched on." if on else "Switched off, and what it needed is erased."),))


async def muting(settings: MemberSettings, member: Member, rule: str, *, mute: bool) -> Card:
    """Mute a rule for a member, or let it speak again."""
    known = find_rule(rule)
    if known is None:
        return Card((Paragraph("I don't know that rule any more."),))
    if not mute:
        await settings.unmute(member, rule)
        return Card((Paragraph(f"I'll mention {rule} again."),))
    await settings.mute(member, rule)
    undo = Button(Action.UNMUTE, f"Unmute {rule}", rule)
    return Card((Paragraph(f"I won't mention {rule} ({known.title}) to you any more."),), (undo,))


async def own_site_command(settings: MemberSettings, member: Member, said: str) -> Card | None:
    """Carry out `my site: …` or `not my site: …`; None where `said` is neither."""
    folded = said.casefold()
    prefix = next((p for p in (ADD_SITE, REMOVE_SITE) if folded.startswith(p)), None)
    if prefix is None or "\n" in said:
        return None
    site = said[len(prefix) :].strip()
    try:
        if prefix == ADD_SITE:
            await settings.add_own_site(member, site)
            return Card((Paragraph(f"Noted: {site} is yours. I keep it encrypted."),))
        await settings.remove_own_site(member, site)
    except ValueError as error:
        return Card((Paragraph(str(error)),))
    return Card((Paragraph(f"Removed: {site} no longer counts as yours."),))


def export_card(everything: dict[str, object]) -> Card:
    """Return everything kept about a member as a JSON file."""
    content = msgspec.json.format(msgspec.json.encode(everything), indent=2)
    file = Attachment("checkpost-export.json", content, "Everything Checkpost keeps about you, as JSON")
    return Card(
        (Paragraph("Here is everything I keep about you. There are no texts in it: I keep none."),),
        (),
        None,
        file,
    )
