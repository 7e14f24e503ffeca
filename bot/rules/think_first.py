"""What the author may well regret.

Notices:
    Hot anger, heavy or aimed profanity, gossip, other people's private data, secrets (a key, a
    password, a card number), confidential or unannounced business, boasting of breaking rules, "I'll
    probably delete this".

Why it matters:
    A post is copied faster than it is deleted. What is private to somebody else, or true only for the
    next ten minutes, is better kept those ten minutes.

Stays quiet when:
    The swearing is mild or friendly; the feeling is strong but calm; the address is one's own public
    one. Where harassment, danger or misconduct is reported, the advice is to mask others' details, not
    to keep silent.

Known misses:
    Secrets of unusual shape; confidences that only insiders can recognise.
"""

from collections.abc import Iterator, Sequence

from bot.rules.finding import Finding, Fix, Severity
from bot.rules.profanity import softened
from bot.rules.rule import Rule, Subject
from bot.rules.telling import telling_words
from bot.rules.verdict import PROVEN, Verdict, decide, finding
from bot.rules.wording import chosen, quote
from bot.text.lexicon import Hit

RULE = Rule(
    id="think-first",
    tip=2,
    title="Sleep on it",
    severity=Severity.WARNING,
    citation="Social media has a permanent memory.",
    document=__doc__,
    needs_language=False,
)

_MESSAGE = {
    "secret": ("There is something in this that works like a key: whoever reads it can use it.",),
    "regret": ("{quote} sounds as if you half regret it already.",),
    "confidence": (
        "{quote} passes on something that may not be yours to tell.",
        "{quote} reads like something told in confidence.",
    ),
    "data": ("{quote} gives away somebody else's private details.",),
    "anger": (
        "{quote} is hot anger, and it will still be here when yours has cooled.",
        "{quote} is the kind of line that gets copied.",
    ),
    "breaking": ("{quote} tells everybody about a rule that was broken.",),
    "profanity": ("The swearing in {quote} is aimed at somebody.",),
    "": ("{quote} is something you may wish unsaid.",),
}
_REMOVED = "[removed]"
_ADVICE = {
    "secret": (
        "Replace that key or password, delete this message here too, and pass the new one on in private.",
    ),
    "report": ("Say what happened, and leave out or mask other people's names and details.",),
    "data": ("Leave the details out; whoever needs them can be told in private.",),
    "confidence": ("Ask the person it belongs to, or wait until it is public.",),
    "": (
        "Keep it as a note for an hour, then decide.",
        "Write what you want to happen next; the rest can stay with you.",
        "Say it to one person you trust first.",
    ),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the author may regret the post."""
    hits = [Hit(span, "secret", PROVEN) for span in subject.secrets]
    report = False
    fixes = tuple(Fix(*span, _REMOVED) for span in subject.secrets)
    if subject.reading.language.read:
        found = subject.hits("think-first")
        report = any(hit.case == "report" for hit in found)
        hits.extend(_weighed(found))
        fixes += tuple(fix for fix in softened(subject) if not any(map(fix.collides, fixes)))
    verdict = decide(subject, RULE.id, hits, telling_words(RULE.id))
    if verdict is None:
        return
    shown = quote(subject, verdict.spans[0])
    message = chosen(_MESSAGE.get(verdict.case, _MESSAGE[""]), shown).format(quote=shown)
    yield finding(RULE, verdict, message, _advice(verdict, shown, report=report), fixes)


def _advice(verdict: Verdict, shown: str, *, report: bool) -> str:
    case = "report" if report and verdict.case != "secret" else verdict.case
    return chosen(_ADVICE.get(case, _ADVICE[""]), shown)


def _weighed(found: Sequence[Hit]) -> list[Hit]:
    """Return what was found; friendly swearing is none, and a report of harm is not told to keep silent."""
    quiet = [hit.span for hit in found if hit.case == "quiet"]
    report = any(hit.case == "report" for hit in found)
    return [
        Hit(hit.span, hit.case, hit.weight * (0.4 if report and hit.case != "data" else 1.0))
        for hit in found
        if hit.case not in {"quiet", "report"} and not any(span.overlaps(hit.span) for span in quiet)
    ]
