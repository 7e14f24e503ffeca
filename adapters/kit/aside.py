"""Which findings a member has set aside, written into buttons, since nothing of it is stored."""

from collections.abc import Iterable

from bot.rules.catalogue import all_rules

_BITS = {rule.id: 1 << place for place, rule in enumerate(all_rules())}


def written(subject: str, aside: Iterable[str]) -> str:
    """Return a button's argument: what it is about, and the rules set aside so far.

    Args:
        subject: a rule's id or a number, without a full stop.
        aside: ids of rules; one that is not in the catalogue is left out.
    """
    mask = 0
    for rule in aside:
        mask |= _BITS.get(rule, 0)
    return f"{subject}.{mask:x}" if mask else subject


def read(argument: str) -> tuple[str, frozenset[str]]:
    """Return what a button is about and the rules set aside; anything unreadable is nothing set aside."""
    subject, _, digits = argument.partition(".")
    try:
        mask = int(digits, 16)
    except ValueError:
        mask = 0
    return subject, frozenset(rule for rule, bit in _BITS.items() if mask & bit)
