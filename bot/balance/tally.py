"""Counts judged posts into a balance: exact whole numbers and fractions."""

from collections import Counter
from collections.abc import Iterable

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.counting import Judged, Standing
from bot.balance.facts import Act
from bot.balance.instant import moment
from bot.balance.window import Window
from bot.text.kind import Kind


def balance_of(judged: Iterable[Judged], window: Window, bounds: Bounds, *, circle: bool = False) -> Balance:
    """Return the balance of one window.

    Args:
        judged: posts of the window and, where there are any, of other times, which do not count.
        window: the window to count.
        bounds: the band to show with it; its window length is not used.
        circle: whether the member switched `widen-circle` on.
    """
    standings: Counter[Standing] = Counter()
    kinds: Counter[Kind] = Counter()
    acts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    shares = 0
    first_promotion: int | None = None
    after, until = window.after, window.until
    for entry in judged:
        post = entry.post
        if not after < post.posted <= until:
            continue
        standing = entry.standing_after(after)
        standings[standing] += 1
        if standing is not Standing.COUNTED:
            continue
        kinds[entry.kind] += 1
        shares += bool(post.facts and post.facts.shares_others)
        if act := post.act:
            acts[act.value] += 1
        if entry.kind is Kind.PROMOTION and (first_promotion is None or post.posted < first_promotion):
            first_promotion = post.posted
        if circle and (target := post.target):
            people[target.hex()] += 1
    return Balance(
        window_days=window.days,
        until=window.end,
        posts=standings[Standing.COUNTED],
        filler=standings[Standing.FILLER],
        exempt=standings[Standing.EXEMPT],
        unread=standings[Standing.UNREAD],
        promotion=kinds[Kind.PROMOTION],
        engagement=kinds[Kind.ENGAGEMENT],
        neutral=kinds[Kind.NEUTRAL],
        lower=bounds.lower,
        upper=bounds.upper,
        shares_of_others=shares,
        acts={act.value: acts[act.value] for act in Act},
        directed=people.total() if circle else None,
        people=dict(people) if circle else None,
        frees_at=None if first_promotion is None else moment(window.leaves(first_promotion)),
    )


def together(balances: Iterable[Balance], bounds: Bounds) -> Balance | None:
    """Return the sum of a member's balances in several communities over one window.

    Args:
        balances: balances of the same window and length.
        bounds: the band to show with the sum.

    Returns:
        The sum; None where there is nothing to sum, which is not the same as zero.
    """
    parts = list(balances)
    if not parts:
        return None
    acts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for part in parts:
        acts.update(part.acts)
        people.update(part.people or {})
    circle = all(part.people is not None for part in parts)
    return Balance(
        window_days=parts[0].window_days,
        until=parts[0].until,
        posts=sum(part.posts for part in parts),
        filler=sum(part.filler for part in parts),
        exempt=sum(part.exempt for part in parts),
        unread=sum(part.unread for part in parts),
        promotion=sum(part.promotion for part in parts),
        engagement=sum(part.engagement for part in parts),
        neutral=sum(part.neutral for part in parts),
        lower=bounds.lower,
        upper=bounds.upper,
        shares_of_others=sum(part.shares_of_others for part in parts),
        acts={act.value: acts[act.value] for act in Act},
        directed=people.total() if circle else None,
        people=dict(people) if circle else None,
        frees_at=min((part.frees_at for part in parts if part.frees_at), default=None),
    )
