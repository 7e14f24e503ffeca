"""The catalogue: every rule, in the order in which ties are broken."""

from bot.rules import (
    automation,
    bait,
    criticism,
    engage,
    own_links,
    personalize,
    plain_words,
    promo_balance,
    real_name,
    self_focus,
    share_others,
    think_first,
    unfollow,
    widen_circle,
)
from bot.rules.rule import Entry, Rule

CATALOGUE: tuple[Entry, ...] = (
    Entry(criticism.RULE, criticism.check),
    Entry(think_first.RULE, think_first.check),
    Entry(bait.RULE, bait.check),
    Entry(unfollow.RULE, unfollow.check),
    Entry(promo_balance.RULE, promo_balance.check),
    Entry(automation.RULE, automation.check),
    Entry(personalize.RULE, personalize.check),
    Entry(own_links.RULE, own_links.check),
    Entry(engage.RULE, engage.check),
    Entry(self_focus.RULE, self_focus.check),
    Entry(plain_words.RULE, plain_words.check),
    Entry(widen_circle.RULE, widen_circle.check),
    Entry(real_name.RULE, real_name.check),
    Entry(share_others.RULE, share_others.check),
)


def all_rules() -> tuple[Rule, ...]:
    """Return what the rules say about themselves, in catalogue order."""
    return tuple(entry.rule for entry in CATALOGUE)


def find_rule(rule_id: str) -> Rule | None:
    """Return the rule with this id; None where there is none."""
    return next((entry.rule for entry in CATALOGUE if entry.rule.id == rule_id), None)
