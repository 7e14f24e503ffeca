"""From a draft to advice: a pure function."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bot.coach.advice import Advice, Care
from bot.coach.care import distress
from bot.coach.quoted import without_quoted
from bot.coach.rank import ranked
from bot.coach.rewrite import applied, rewritten
from bot.coach.strengths import strengths
from bot.model.opinion import Opinion, Reader
from bot.rules.catalogue import CATALOGUE
from bot.rules.finding import Finding
from bot.rules.rule import Subject
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.read import read
from bot.text.reading import Reading
from bot.text.secrets import secrets

_LONGEST_FIXED = (
    8000  # characters; fixes of longer drafts are not offered, since trying them takes a second check
)


def check(
    draft: Draft,
    *,
    reader: Reader,
    muted: frozenset[str] = frozenset(),
    lower: Fraction | float = Fraction(1, 20),
    upper: Fraction | float = Fraction(1, 10),
    minimum_posts: int = 10,
) -> Advice:
    """Return the coach's advice on one draft.

    The same draft always gives the same advice: nothing is read but the arguments, and any string is
    answered.

    Args:
        draft: what the member is about to post, and where.
        reader: scores rules and kinds.
        muted: ids of rules that stay silent for this member or community.
        lower: the least share of promotion the member aims for.
        upper: the greatest share of promotion the member aims for.
        minimum_posts: with fewer posts in the window, the advice is to give before asking.

    Returns:
        Findings with evidence, strengths and a rewrite; or only `care` where somebody is in danger.
    """
    reading = read(draft)
    opinion = _opinion(reading, reader)
    found_secrets = secrets(draft.text)
    scores = {kind: round(opinion.kinds.get(kind, 0.0), 2) for kind in Kind}
    if distress(reading, opinion.care):
        return Advice(
            kind=opinion.kind,
            kind_scores=scores,
            language=reading.language.code,
            limited=not reading.language.read,
            care=Care.DISTRESS,
            secrets=found_secrets,
        )
    subject = Subject(
        reading, opinion, opinion.kind, found_secrets, _exact(lower), _exact(upper), minimum_posts
    )
    findings = ranked(_that_fix(subject, reader, muted, _findings(subject, muted)))
    praise = strengths(subject) if reading.language.read else ()
    return Advice(
        kind=opinion.kind,
        kind_scores=scores,
        findings=findings,
        strengths=tuple(strength.id for strength in praise),
        praise=tuple(strength.praise for strength in praise),
        rewrite=_rewrite(subject, reader, muted, findings),
        language=reading.language.code,
        limited=not reading.language.read,
        secrets=found_secrets,
    )


def _opinion(reading: Reading, reader: Reader) -> Opinion:
    """Return what the reader thinks of a draft; of a language it does not read, only the kind."""
    opinion = without_quoted(reading, reader.opinion(reading), reader)
    return opinion if reading.language.read else Opinion(kinds=opinion.kinds)


def _exact(bound: Fraction | float) -> Fraction:
    """Return a bound as the decimal it was written as, so that 0.1 is one tenth exactly."""
    return Fraction(str(bound))


def _findings(subject: Subject, muted: frozenset[str]) -> tuple[Finding, ...]:
    """Run every rule that may speak on this draft."""
    reads = subject.reading.language.read
    return tuple(
        finding
        for entry in CATALOGUE
        if entry.rule.id not in muted and (reads or not entry.rule.needs_language)
        for finding in entry.check(subject)
    )


def _that_fix(
    subject: Subject, reader: Reader, muted: frozenset[str], findings: tuple[Finding, ...]
) -> Iterator[Finding]:
    """Yield the findings, without those fixes that would not silence their rule or would wake another."""
    fired = {finding.rule for finding in findings}
    for finding in findings:
        if not finding.fixes:
            yield finding
        elif len(subject.text) > _LONGEST_FIXED:
            yield replace(finding, fixes=())
        else:
            text = applied(subject.text, finding.fixes)
            after = {again.rule for again in _again(subject, reader, muted, text)}
            works = finding.rule not in after and after <= fired and bool(text.strip())
            yield finding if works else replace(finding, fixes=())


def _rewrite(
    subject: Subject, reader: Reader, muted: frozenset[str], findings: tuple[Finding, ...]
) -> str | None:
    """Return the draft with every fix applied; None where together they would not do what each does alone."""
    rewrite = rewritten(subject.text, findings, subject.secrets)
    fixing = [finding for finding in findings if finding.fixes]
    if rewrite is None or (len(fixing) == 1 and rewrite == applied(subject.text, fixing[0].fixes)):
        return rewrite
    after = {again.rule for again in _again(subject, reader, muted, rewrite)}
    fired = {finding.rule for finding in findings}
    return rewrite if after <= fired and after.isdisjoint(finding.rule for finding in fixing) else None


def _again(subject: Subject, reader: Reader, muted: frozenset[str], text: str) -> tuple[Finding, ...]:
    """Return what the rules say about the draft with another text."""
    reading = read(replace(subject.reading.draft, text=text))
    opinion = _opinion(reading, reader)
    fixed = Subject(
        reading, opinion, opinion.kind, secrets(text), subject.lower, subject.upper, subject.minimum_posts
    )
    return _findings(fixed, muted)
