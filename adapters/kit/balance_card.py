"""The answer to `/balance`: where a member stands, how they came there, and what comes next."""

from datetime import datetime
from fractions import Fraction

from adapters.kit import balance_words
from adapters.kit.card import Action, Block, Button, Card, Drawing, Heading, Note, Paragraph
from bot.balance.balance import Balance
from bot.balance.identity import Member
from bot.services.balance_history import Past, Promotion
from bot.services.corrections import Corrections
from bot.summaries.chart import Bar, Chart
from bot.text.kind import Kind

_GONE = "I have no such post of yours any more."

UNDO = "undo"
"""In place of a number: the post was promotion after all."""


def balance_card(past: Past | None) -> Card:
    """Return a member's balance; without a record it says so, and never a share.

    Args:
        past: the member's last windows; None where there is no record.
    """
    if past is None:
        return Card((Heading("Your balance"), Paragraph(balance_words.standing(None))))
    balance = past.balance
    details = (
        balance_words.breakdown(balance),
        balance_words.circle(balance),
        balance_words.set_aside(balance),
    )
    blocks: list[Block] = [Heading("Your balance"), Paragraph(balance_words.standing(balance))]
    if any(window.posts for window in past.windows):
        blocks.append(Drawing(chart_of(past.windows)))
    blocks += [Note(sentence) for sentence in details if sentence]
    blocks.append(Paragraph(balance_words.next_step(past.next)))
    if past.promotions:
        blocks.append(
            Note("If one of these was no promotion, tell me, and I'll count it as what else it reads like.")
        )
    return Card(tuple(blocks), tuple(_wrong(*each) for each in enumerate(past.promotions, 1)))


def chart_of(windows: tuple[Balance, ...]) -> Chart:
    """Return consecutive windows as a chart, each called by the day it ended."""
    last = windows[-1]
    bars = tuple(Bar(f"{each.until.day} {each.until:%b}", _percent(each)) for each in windows)
    return Chart(
        bars,
        float(last.lower * 100),
        float(last.upper * 100),
        f"Your share of promotion in {last.window_days} days until",
        missing="no posts",
    )


async def correct(corrections: Corrections, member: Member, argument: str, at: datetime) -> Card:
    """Carry out a button that says what a post was, or takes that back.

    Args:
        corrections: corrects the ledger.
        member: whose post it is.
        argument: the button's: a number or `UNDO`, and the post's code.
        at: now.
    """
    number, _, code = argument.partition(".")
    if number == UNDO:
        found = await corrections.coded(member, code, Kind.PROMOTION, at)
        said = "It counts as promotion again; your own log says so." if found else _GONE
        return Card((Paragraph(said),))
    kind = await corrections.no_promotion(member, code, at)
    if kind is None:
        return Card((Paragraph(_GONE),))
    now = "engagement" if kind is Kind.ENGAGEMENT else "other news"
    undo = Button(Action.CORRECT, "It was promotion after all", f"{UNDO}.{code}")
    return Card((Paragraph(f"Thank you. It counts as {now} now; your own log says so."),), (undo,))


def _wrong(number: int, promotion: Promotion) -> Button:
    at = promotion.at
    label = f"{at.day} {at:%b %H:%M} UTC was no promotion"
    return Button(Action.CORRECT, label, f"{number}.{promotion.code}")


def _percent(balance: Balance) -> int | None:
    """Return the share in whole per cent, on the side of the upper bound where it really is."""
    share, upper = balance.share, balance.upper
    if share is None:
        return None
    whole = int(share * 100 + Fraction(1, 2))
    if share > upper >= Fraction(whole, 100):
        return whole + 1
    return whole - 1 if share <= upper < Fraction(whole, 100) else whole
