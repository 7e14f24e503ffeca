from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.balance.bounds import Bounds
from bot.balance.counting import judged
from bot.balance.facts import Facts
from bot.balance.instant import DAY, instant, moment
from bot.balance.post import Post, Version
from bot.balance.tally import balance_of
from bot.balance.what_if import what_if
from bot.balance.window import Window
from bot.text.kind import Kind

NOW = 1_000 * DAY
WINDOW = Window(NOW, 28)


def world(*ages_and_kinds, prints=None):
    return judged(
        Post(
            bytes([number]) * 16,
            1,
            NOW - age * DAY,
            version=Version(edited=False, at=0, digest=b""),
            facts=Facts(kind, fingerprint=prints[number] if prints else None),
        )
        for number, (age, kind) in enumerate(ages_and_kinds)
    )


BOUNDS = Bounds()


def ask(entries, bounds=BOUNDS):
    return what_if(balance_of(entries, WINDOW, bounds), entries, WINDOW, bounds)


def test_one_promotion_in_sixteen_posts_would_become_two_of_seventeen():
    entries = world((20, Kind.PROMOTION), *((day, Kind.NEUTRAL) for day in range(15)))
    effect = ask(entries)
    assert (effect.promotion, effect.posts, effect.above, effect.give_first) == (2, 17, True, False)
    assert effect.share == Fraction(2, 17)
    # The one promotion leaves 28 days after it was posted; then it is 1 of 16, which is within a tenth.
    assert effect.frees_at == moment(NOW + 8 * DAY)


def test_where_the_draft_fits_now_nothing_has_to_be_waited_for():
    effect = ask(world(*((day, Kind.NEUTRAL) for day in range(15))))
    assert (effect.above, effect.frees_at) == (False, None)


def test_where_waiting_does_not_help_no_date_is_promised():
    effect = ask(world((1, Kind.PROMOTION), (1, Kind.NEUTRAL)))
    assert (effect.above, effect.give_first, effect.frees_at) == (True, True, None)


def test_with_fewer_posts_than_the_minimum_the_advice_is_to_give_first():
    assert ask(world(*((day, Kind.NEUTRAL) for day in range(9)))).give_first
    assert not ask(world(*((day, Kind.NEUTRAL) for day in range(10)))).give_first


kinds = st.sampled_from([Kind.PROMOTION, Kind.NEUTRAL, Kind.NEUTRAL, Kind.NEUTRAL, Kind.NEUTRAL])
worlds = st.lists(st.tuples(st.integers(0, 27), kinds, st.integers(0, 8)), max_size=30)


@given(worlds)
def test_the_promised_date_is_the_first_at_which_the_draft_fits(posts):
    entries = world(
        *((age, kind) for age, kind, _ in posts), prints=[bytes([print_]) * 32 for *_, print_ in posts]
    )
    bounds = Bounds(upper=Fraction(1, 4))
    effect = ask(entries, bounds)

    def fits(at: int) -> bool:
        balance = balance_of(entries, Window(at, 28), bounds)
        return Fraction(balance.promotion + 1, balance.posts + 1) <= bounds.upper

    # Posts lie on whole days, so the balance changes on whole days only.
    days = [NOW + day * DAY for day in range(30)]
    first = next((at for at in days if fits(at)), None)
    if effect.above:
        assert effect.frees_at == (None if first is None else moment(first))
    else:
        assert first == NOW
    assert effect.frees_at is None or instant(effect.frees_at) > NOW
