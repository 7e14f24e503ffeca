"""The balance in words, the same on every platform."""

from datetime import datetime
from fractions import Fraction

from bot.balance.balance import Balance, WhatIf
from bot.text.share import exact, percent

_FEW = 2
HINTS_OFF = "I don't keep whom you speak to; hints about your circle, in your settings, would change that."
NO_RECORD = "No record yet: I only count posts you let me count."


def day(moment: datetime) -> str:
    """Return a date in words, such as `3 December`."""
    return f"{moment.day} {moment:%B}"


def aim(lower: Fraction, upper: Fraction) -> str:
    """Return the band a member aims for, such as `5–10%`."""
    return f"{float(lower * 100):g}–{exact(upper)}" if lower else f"at most {exact(upper)}"


def standing(balance: Balance | None) -> str:
    """Return one sentence that says where the member stands; never a share without posts."""
    if balance is None:
        return NO_RECORD
    if balance.share is None:
        return f"Your balance: no posts counted in the last {balance.window_days} days."
    posts = "1 post" if balance.posts == 1 else f"{balance.posts} posts"
    verb = "is" if balance.promotion == 1 else "are"
    share = percent(balance.share, balance.lower, balance.upper)
    return (
        f"Your balance: {balance.promotion} of {posts} in the last {balance.window_days} days "
        f"{verb} promotion "
        f"({share}); you aim for {aim(balance.lower, balance.upper)}."
    )


def outlook(what_if: WhatIf) -> str:
    """Return what posting the draft would do, and what would help; never how much padding is needed."""
    share = percent(what_if.share, what_if.upper)
    would = f"This would make it {what_if.promotion} of {what_if.posts} posts ({share})"
    bound = exact(what_if.upper)
    if what_if.give_first:
        return f"{would}. You have few posts here so far: give first, by answering or sharing something."
    if not what_if.above:
        return f"{would}; you aim for at most {bound}, so there is room."
    return f"{would}; you aim for at most {bound}. Answering somebody would help most{_or_waiting(what_if)}."


def next_step(what_if: WhatIf) -> str:
    """Return what comes next for a member who looks at their balance; never how much to pad."""
    share = percent(what_if.share, what_if.upper)
    bound = exact(what_if.upper)
    one_more = f"One more promotion now would make it {what_if.promotion} of {what_if.posts} posts ({share})"
    if what_if.give_first:
        return "What comes next: give first, by answering somebody or sharing something useful."
    if not what_if.above:
        return f"What comes next: there is room. {one_more}, and you aim for at most {bound}."
    return f"What comes next: answering somebody would help most. {one_more}{_or_waiting(what_if)}."


def _or_waiting(what_if: WhatIf) -> str:
    return f"; on {day(what_if.frees_at)} the window frees it by itself" if what_if.frees_at else ""


def breakdown(balance: Balance) -> str | None:
    """Return what the posts that are not promotion were made of; None where there are none."""
    names = {
        "answering": "answering",
        "asking": "asking",
        "sharing": "sharing others' work",
        "thanking": "thanking",
        "other": "taking part",
    }
    parts = [f"{count} {names[act]}" for act, count in balance.acts.items() if count and act in names]
    if balance.neutral:
        parts.append(f"{balance.neutral} other news")
    return f"The rest: {', '.join(parts)}." if parts else None


def set_aside(balance: Balance) -> str | None:
    """Return what was left out of the count and why; None where nothing was."""
    parts = [
        f"{count} {what}"
        for count, what in (
            (balance.filler, "too short or repeated"),
            (balance.exempt, "in showcase channels"),
            (balance.unread, "in a language I don't read"),
        )
        if count
    ]
    return f"Not counted: {', '.join(parts)}." if parts else None


def circle(balance: Balance) -> str | None:
    """Return how wide the member's circle is, or how it would be known; None where nobody was addressed."""
    if balance.people is None:
        return HINTS_OFF
    if not balance.directed:
        return None
    people = "1 person" if len(balance.people) == 1 else f"{len(balance.people)} people"
    posts = "1 post" if balance.directed == 1 else f"{balance.directed} posts"
    spoke = f"You spoke to {people} directly, in {posts}"
    top = balance.top_two_share
    if top is None or len(balance.people) <= _FEW:
        return f"{spoke}."
    return f"{spoke}; {percent(top)} of them went to the same two."
