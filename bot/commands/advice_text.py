"""The advice as a person reads it in a shell."""

import click

from bot.coach.advice import Advice
from bot.coach.care import CARE_SENTENCE, CARE_WITHOUT_CONTACT
from bot.rules.catalogue import find_rule
from bot.text.draft import Draft
from bot.text.spans import merged

_MASK = "•"


def advice_text(draft: Draft, advice: Advice) -> str:
    """Return the advice in plain paragraphs; colours are click's and vanish in a pipe.

    Evidence is set in ‹angle quotes›, so that it is seen without colour too.
    """
    if advice.care is not None:
        return f"{CARE_SENTENCE} {CARE_WITHOUT_CONTACT}"
    paragraphs = [_marked(draft.text, advice)]
    if advice.limited:
        paragraphs.append(
            f"I don't read this language ({advice.language}), so I only looked at what needs no words."
        )
    for number, finding in enumerate(advice.findings, 1):
        rule = find_rule(finding.rule)
        citation = rule.citation if rule else ""
        name = click.style(f"{finding.rule} ({finding.severity.value})", bold=True)
        source = click.style(f"Tip {finding.tip}: “{citation}”", dim=True)
        paragraphs.append(f"{number}. {name}: {finding.message}\n   → {finding.advice}\n   {source}")
    if not advice.findings:
        paragraphs.append(" ".join(("Reads well to me.", *advice.praise)))
    if advice.rewrite is not None:
        paragraphs.append(f"With the fixes applied:\n\n{_quoted(advice.rewrite)}")
    return "\n\n".join(paragraphs)


def _marked(text: str, advice: Advice) -> str:
    characters = list(text)
    for start, end in advice.secrets:
        characters[start:end] = _MASK * (end - start)
    for span in reversed(merged(span for finding in advice.findings for span in finding.spans)):
        evidence = "".join(characters[span.start : span.end])
        characters[span.start : span.end] = click.style(f"‹{evidence}›", underline=True)
    return _quoted("".join(characters))


def _quoted(text: str) -> str:
    return "\n".join(f"  │ {line}" for line in text.split("\n"))
