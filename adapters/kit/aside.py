"""Which findings a member has set aside, and what an answer offers besides, written into its buttons.

Nothing of it is stored, and an answer that is put together again must not lose what it offered.
"""

from collections.abc import Iterable

from bot.rules.catalogue import all_rules

CONSENT, SURFACES = "?consent", "?surfaces"
"""The question whether posts may be counted, and the offer to read the draft as something else."""

OWN = ("?own-0", "?own-1", "?own-2")
"""The question whether the first, second or third place that the draft calls its author's own is theirs."""

_AFTER_RULES = 32  # bits that rules may come to take
_BITS = {rule.id: 1 << place for place, rule in enumerate(all_rules())} | {
    offer: 1 << (_AFTER_RULES + place) for place, offer in enumerate((CONSENT, SURFACES, *OWN))
}


def written(subject: str, aside: Iterable[str]) -> str:
    """Return a button's argument: what it is about, the rules set aside so far, and what the answer offers.

    Args:
        subject: a rule's id or a number, without a full stop.
        aside: ids of rules and names of offers; what is neither is left out.
    """
    mask = 0
    for rule in aside:
        mask |= _BITS.get(rule, 0)
    return f"{subject}.{mask:x}" if mask else subject


def read(argument: str) -> tuple[str, frozenset[str]]:
    """Return what a button is about, and the rules and offers written; anything unreadable is nothing."""
    subject, _, digits = argument.partition(".")
    try:
        mask = int(digits, 16)
    except ValueError:
        mask = 0
    return subject, frozenset(name for name, bit in _BITS.items() if mask & bit)
