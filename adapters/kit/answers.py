"""From advice to card: what a member sees first, and what waits behind a button."""

from adapters.kit import balance_words
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
from bot.balance.consent import ConsentState
from bot.coach.advice import Advice, Care
from bot.coach.care import CARE_SENTENCE, CARE_WITHOUT_CONTACT
from bot.rules.catalogue import find_rule
from bot.rules.finding import Finding
from bot.services.check_draft import Checked
from bot.text.spans import Span, merged

SHOWN_FIRST = 3
"""Findings shown at once; the rest waits behind "More" (rules.md, "Tone of the coach")."""

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


def advice_card(checked: Checked, retention_days: int) -> Card:
    """Return the answer to a checked draft.

    Args:
        checked: the advice with the member's own record beside it.
        retention_days: how long an entry of the record is kept, for the words of the consent.
    """
    advice = checked.advice
    if advice.care is Care.DISTRESS:
        return care_card(checked.help_contact)
    first = advice.findings[:SHOWN_FIRST]
    blocks: list[Block] = [Heading(_headline(advice))]
    if advice.language and advice.limited:
        name = _LANGUAGES.get(advice.language, f"“{advice.language}”")
        blocks.append(Note(f"I don't read {name}, so I only looked at what needs no words."))
    blocks += _quoted(checked, first)
    blocks += _tips(first, start=1)
    if not advice.findings:
        blocks += [Paragraph(sentence) for sentence in advice.praise]
    blocks.append(Note(_balance_line(checked)))
    buttons = [*_draft_buttons(checked), *_finding_buttons(first)]
    if checked.first and checked.consent.state is ConsentState.UNASKED:
        blocks.append(ConsentOffer(checked.recorded_channels, retention_days))
        buttons += consent_buttons()
    return Card(tuple(blocks), tuple(buttons), draft=checked.draft, secret=bool(advice.secrets))


def more_card(checked: Checked) -> Card:
    """Return the findings that did not fit into the first answer."""
    rest = checked.advice.findings[SHOWN_FIRST:]
    if not rest:
        return Card((Paragraph("That was all."),))
    blocks: list[Block] = [
        Heading("What else I noticed"),
        *_quoted(checked, rest),
        *_tips(rest, SHOWN_FIRST + 1),
    ]
    buttons = tuple(_finding_buttons(rest))
    return Card(tuple(blocks), buttons, draft=checked.draft, secret=bool(checked.advice.secrets))


def rewrite_card(checked: Checked) -> Card:
    """Return the draft with every fix applied, ready to copy."""
    if checked.advice.rewrite is None:
        return Card((Paragraph("There is nothing I can change for you here; the tips say what would help."),))
    safe = checked.advice.rewrite
    blocks: tuple[Block, ...] = (
        Heading("With the fixes applied"),
        ReadyToCopy(safe),
        Note("Copy what you like; you have the last word."),
    )
    again = Button(Action.AGAIN, "Edit and check again")
    return Card(blocks, (again,), draft=checked.draft, secret=bool(checked.advice.secrets))


def why_card(checked: Checked) -> Card:
    """Return the source of every finding, in the article's own words."""
    if not checked.advice.findings:
        return Card((Paragraph("There was nothing to explain."),))
    blocks: list[Block] = [Heading("Where this comes from")]
    for finding in checked.advice.findings:
        rule = find_rule(finding.rule)
        if rule is not None:
            blocks.append(Paragraph(f"{rule.title} (tip {rule.tip}): “{rule.citation}”"))
    blocks.append(Note("From the article “How to Build Social Media Relationships”."))
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


def _headline(advice: Advice) -> str:
    match len(advice.findings):
        case 0:
            return "Reads well to me."
        case 1:
            return "One thing to look at before you post."
        case count:
            return f"{count} things to look at before you post."


def _quoted(checked: Checked, findings: tuple[Finding, ...]) -> list[Block]:
    spans = merged(span for finding in findings for span in finding.spans)
    if not spans:
        return []
    text = masked(checked.draft.text, checked.advice.secrets)
    return [QuotedDraft(text, tuple(Span(*span) for span in spans), masked=bool(checked.advice.secrets))]


def _tips(findings: tuple[Finding, ...], start: int) -> list[Block]:
    return [
        Tip(number, finding.rule, finding.severity, finding.message, finding.advice)
        for number, finding in enumerate(findings, start)
    ]


def _balance_line(checked: Checked) -> str:
    standing = balance_words.standing(checked.balance)
    if checked.what_if is None:
        return standing
    if any(finding.rule == "promo-balance" for finding in checked.advice.findings):
        frees_at = checked.what_if.frees_at
        if frees_at is None:
            return standing
        return f"{standing} On {balance_words.day(frees_at)} the window makes room by itself."
    return f"{standing} {balance_words.outlook(checked.what_if)}"


def _draft_buttons(checked: Checked) -> list[Button]:
    buttons: list[Button] = []
    advice = checked.advice
    if advice.rewrite is not None:
        buttons.append(Button(Action.APPLY, "Apply fixes", primary=True))
    if advice.findings:
        buttons.append(Button(Action.AGAIN, "Check again"))
        if len(advice.findings) > SHOWN_FIRST:
            buttons.append(Button(Action.MORE, f"More ({len(advice.findings) - SHOWN_FIRST})"))
        buttons.append(Button(Action.WHY, "Why?"))
    if not checked.recorded_channels:
        buttons.append(Button(Action.POSTED, "I posted this"))
    return buttons


def _finding_buttons(findings: tuple[Finding, ...]) -> list[Button]:
    return [Button(Action.MUTE, f"Mute {finding.rule}", finding.rule) for finding in findings]
