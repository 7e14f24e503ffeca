"""From advice to card: what a member sees first, and what waits behind a button."""

from dataclasses import replace

from adapters.kit import aside, balance_words
from adapters.kit.card import (
    Action,
    Block,
    Button,
    Card,
    ConsentOffer,
    Heading,
    Note,
    Paragraph,
    QuotedDraft,
    ReadyToCopy,
    Tip,
    masked,
)
from adapters.kit.offers import Offers
from bot.coach.advice import Advice, Care
from bot.coach.care import CARE_SENTENCE, CARE_WITHOUT_CONTACT
from bot.coach.detail import Detail
from bot.rules.catalogue import find_rule
from bot.rules.finding import Finding
from bot.rules.rule import Rule
from bot.services.check_draft import Checked
from bot.text.draft import Surface
from bot.text.spans import Span, merged

SHOWN_FIRST = 3
"""Findings shown at once; the rest waits behind "More" (rules.md, "Tone of the coach")."""

WITH_BUTTONS = 5
"""Findings that have their own buttons at once; the next gets them when one is set aside."""

_LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}

ARTICLE = "From the article “How to Build Social Media Relationships”."

NOTHING: frozenset[str] = frozenset()


def advice_card(
    checked: Checked, retention_days: int, *, surfaces: bool = False, set_aside: frozenset[str] = NOTHING
) -> Card:
    """Return the answer to a checked draft.

    Args:
        checked: the advice with the member's own record beside it.
        retention_days: how long an entry of the record is kept, for the words of the consent.
        surfaces: whether to offer reading the draft as a reply or as a direct message.
        set_aside: rules whose findings the member is done with, which are not shown again, and what
            the answer before this one offered (`aside`).
    """
    advice = checked.advice
    if advice.care is Care.DISTRESS:
        return care_card(checked.help_contact)
    left = _left(advice, set_aside)
    first = left[: _shown_first(checked)]
    blocks: list[Block] = [Heading(_headline(len(left), after=len(left) < len(advice.findings)))]
    offers = Offers.of(checked, set_aside, surfaces=surfaces)
    claim = offers.claim
    set_aside |= offers.written()
    if advice.language and advice.limited:
        name = _LANGUAGES.get(advice.language, f"“{advice.language}”")
        blocks.append(Note(f"I don't read {name}, so I only looked at what needs no words."))
    blocks += _quoted(checked, first)
    blocks += _tips(first, 1, sources=checked.detail is Detail.FULL)
    if first and checked.detail is Detail.FULL:
        blocks.append(Note(ARTICLE))
    if not advice.findings:
        praise = advice.praise[:1] if checked.detail is Detail.SHORT else advice.praise
        blocks += [Paragraph(sentence) for sentence in praise]
    blocks.append(Note(_balance_line(checked, first)))
    if claim is not None:
        blocks.append(Paragraph(f"Is {claim.site} yours? Then I'll count links to it as your own."))
    buttons = [
        *_draft_buttons(checked, left, set_aside),
        *_finding_buttons(first[:WITH_BUTTONS], 1, set_aside),
    ]
    if claim is not None:
        number = str(claim.number)
        buttons += [
            Button(Action.OWN, "Yes, it's mine", number),
            Button(Action.NOT_OWN, "No, it isn't mine", number),
        ]
    if offers.surfaces:
        buttons += _surface_buttons(checked.draft.surface)
    if offers.consent:
        blocks.append(ConsentOffer(checked.recorded_channels, retention_days))
        buttons += consent_buttons()
    return Card(tuple(blocks), tuple(buttons), draft=checked.draft, secret=bool(advice.secrets))


def aside_card(checked: Checked, retention_days: int, argument: str, *, done: bool) -> Card:
    """Return the answer again without a finding that the member is done with or leaves as it is.

    Args:
        checked: the draft, checked as before.
        retention_days: how long an entry of the record is kept.
        argument: the button's argument: the rule, and what was set aside before.
        done: whether the member did what it says; otherwise they leave it this time.
    """
    rule, before = aside.read(argument)
    card = advice_card(checked, retention_days, set_aside=before | {rule})
    said = f"Done: {rule}. Check again once your draft is changed." if done else f"Left as it is: {rule}."
    head, *rest = card.blocks
    return replace(card, blocks=(head, Note(said), *rest), replaces=True)


def more_card(checked: Checked, argument: str = "") -> Card:
    """Return the findings that did not fit into the answer before, a few at a time.

    Args:
        checked: the draft, checked as before.
        argument: the button's argument: how many were shown, and what was set aside before.
    """
    shown, set_aside = aside.read(argument)
    start = int(shown) if shown.isdecimal() else SHOWN_FIRST
    left = _left(checked.advice, set_aside)
    rest = left[start : start + SHOWN_FIRST]
    if not rest:
        return Card((Paragraph("That was all."),))
    blocks: list[Block] = [
        Heading("What else I noticed"),
        *_quoted(checked, rest),
        *_tips(rest, start + 1),
    ]
    buttons = [
        *_more_button(len(left), start + SHOWN_FIRST, set_aside),
        *_finding_buttons(rest, start + 1, set_aside),
    ]
    return Card(tuple(blocks), tuple(buttons), draft=checked.draft, secret=bool(checked.advice.secrets))


def rewrite_card(checked: Checked) -> Card:
    """Return the draft with every fix applied, ready to copy, and to go on editing."""
    rewrite = checked.advice.rewrite
    if rewrite is None:
        return Card((Paragraph("There is nothing I can change for you here; the tips say what would help."),))
    blocks: tuple[Block, ...] = (
        Heading("With the fixes applied"),
        ReadyToCopy(rewrite),
        Note("Copy what you like; you have the last word."),
    )
    again = Button(Action.AGAIN, "Edit and check again")
    # A rewrite repeats no secret (bot.coach.rewrite), so it may be shown and edited like any other.
    return Card(blocks, (again,), draft=replace(checked.draft, text=rewrite))


def why_card(checked: Checked) -> Card:
    """Return the source of every finding, in the article's own words."""
    if not checked.advice.findings:
        return Card((Paragraph("There was nothing to explain."),))
    blocks: list[Block] = [Heading("Where this comes from")]
    for finding in checked.advice.findings:
        rule = find_rule(finding.rule)
        if rule is not None:
            blocks.append(Paragraph(_source(rule)))
    blocks.append(Note(ARTICLE))
    return Card(tuple(blocks))


def care_card(help_contact: str | None) -> Card:
    """Return the answer to a draft that shows somebody in danger: no coaching, one human sentence."""
    reach = f"You can reach somebody here: {help_contact}" if help_contact else CARE_WITHOUT_CONTACT
    return Card((Paragraph(CARE_SENTENCE), Paragraph(reach)))


def consent_buttons(argument: str = "") -> list[Button]:
    """Return the two answers to the consent question."""
    return [
        Button(Action.CONSENT_YES, "Yes, count my posts", argument),
        Button(Action.CONSENT_NO, "No, thanks", argument),
    ]


def _left(advice: Advice, set_aside: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in advice.findings if finding.rule not in set_aside)


def _headline(count: int, *, after: bool) -> str:
    match count:
        case 0:
            return "That was everything. You have the last word." if after else "Reads well to me."
        case 1:
            return "One thing to look at."
        case _:
            return f"{count} things to look at."


def _quoted(checked: Checked, findings: tuple[Finding, ...]) -> list[Block]:
    spans = merged(span for finding in findings for span in finding.spans)
    if not spans:
        return []
    text = masked(checked.draft.text, checked.advice.secrets)
    return [QuotedDraft(text, tuple(Span(*span) for span in spans), masked=bool(checked.advice.secrets))]


def _shown_first(checked: Checked) -> int:
    match checked.detail:
        case Detail.SHORT:
            return 1
        case Detail.USUAL:
            return SHOWN_FIRST
        case Detail.FULL:
            return len(checked.advice.findings)


def _tips(findings: tuple[Finding, ...], start: int, *, sources: bool = False) -> list[Block]:
    blocks: list[Block] = []
    for number, finding in enumerate(findings, start):
        blocks.append(Tip(number, finding.rule, finding.severity, finding.message, finding.advice))
        rule = find_rule(finding.rule) if sources else None
        if rule is not None:
            blocks.append(Note(_source(rule)))
    return blocks


def _source(rule: Rule) -> str:
    return f"{rule.title} (tip {rule.tip}): “{rule.citation}”"


def _balance_line(checked: Checked, shown: tuple[Finding, ...]) -> str:
    standing = balance_words.standing(checked.balance)
    if checked.what_if is None:
        return standing
    if any(finding.rule == "promo-balance" for finding in shown):
        frees_at = checked.what_if.frees_at
        if frees_at is None:
            return standing
        return f"{standing} On {balance_words.day(frees_at)} the window makes room by itself."
    return f"{standing} {balance_words.outlook(checked.what_if)}"


def _draft_buttons(checked: Checked, left: tuple[Finding, ...], set_aside: frozenset[str]) -> list[Button]:
    buttons: list[Button] = []
    if checked.advice.rewrite is not None:
        buttons.append(Button(Action.APPLY, "Apply fixes", primary=True))
    if checked.advice.findings:
        buttons.append(Button(Action.AGAIN, "Check again"))
        buttons += _more_button(len(left), _shown_first(checked), set_aside)
        if checked.detail is not Detail.FULL:  # there the sources stand beside the findings
            buttons.append(Button(Action.WHY, "Why?"))
    if not checked.recorded_channels:
        buttons.append(Button(Action.POSTED, "I posted this"))
    return buttons


def _more_button(count: int, shown: int, set_aside: frozenset[str]) -> list[Button]:
    if count <= shown:
        return []
    return [Button(Action.MORE, f"More ({count - shown})", aside.written(str(shown), set_aside))]


def _finding_buttons(findings: tuple[Finding, ...], start: int, set_aside: frozenset[str]) -> list[Button]:
    buttons: list[Button] = []
    for number, finding in enumerate(findings, start):
        argument = aside.written(finding.rule, set_aside)
        buttons += [
            Button(Action.DONE, f"{number}: done", argument),
            Button(Action.LATER, f"{number}: not this time", argument),
            Button(Action.MUTE, f"Mute {finding.rule}", finding.rule),
        ]
    return buttons


def _surface_buttons(surface: Surface) -> list[Button]:
    offered = {
        Surface.REPLY: Button(Action.AS_REPLY, "Check as a reply"),
        Surface.DIRECT: Button(Action.AS_DIRECT, "Check as a direct message"),
    }
    return [button for meant_for, button in offered.items() if meant_for is not surface]
