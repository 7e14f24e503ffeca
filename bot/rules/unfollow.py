"""Threats to unfollow, purges, and trades of follows.

Notices:
    Announcing to unfollow, unfriend or "purge" people who do not follow back, and trading follows
    ("f4f", "follow me and I follow back").

Why it matters:
    A follow that has to be paid back is no interest in anybody. People who are threatened with a count
    leave, and those who stay learn that they are a number.

Stays quiet when:
    Somebody leaves for a reason that lies in the content; the talk is of a follow button, an API or a
    bug.

Known misses:
    Threats so veiled that neither follow nor list nor mutual is named.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, finding
from bot.rules.wording import chosen, quote

RULE = Rule(
    id="unfollow",
    tip=10,
    title="Don't count who follows back",
    severity=Severity.WARNING,
    citation="Be open to opportunities to connect with and learn from others.",
    document=__doc__,
)

_MESSAGE = {
    "trade": (
        "{quote} makes following a trade, and says nothing about what there is to follow.",
        "With {quote} the follow becomes a bargain.",
    ),
    "threat": (
        "{quote} tells people they are leaving because they did not follow back.",
        "Readers of {quote} learn that they are being counted.",
    ),
    "": ("{quote} reads as keeping score of who follows whom.",),
}
_ADVICE = {
    "trade": (
        "Say what you post about and whom it is for; those who like it will follow.",
        "Follow the people whose posts you enjoy, and tell the others what yours are about.",
    ),
    "": (
        "Adjust your own list quietly if you like, and post what you enjoyed reading from somebody instead.",
        "Leave the announcement out; ask people what they would like to see more of.",
    ),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the draft threatens to unfollow or trades follows."""
    found = subject.hits("unfollow")
    quiet = any(hit.case == "quiet" for hit in found)
    hits = [hit for hit in found if hit.case != "quiet"]
    if quiet:
        hits = [hit for hit in hits if hit.case == "trade"]
    verdict = decide(subject, RULE.id, hits, telling_words(RULE.id))
    if verdict is None:
        return
    case = {"trade": "trade", "threat": "threat", "announce": "threat"}.get(verdict.case, "")
    shown = quote(subject, verdict.spans[0])
    message = chosen(_MESSAGE[case], shown).format(quote=shown)
    yield finding(RULE, verdict, message, chosen(_ADVICE["trade" if case == "trade" else ""], shown))
