from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.balance.bounds import Bounds
from bot.balance.counting import judged
from bot.balance.instant import DAY
from bot.balance.ledger import fold
from bot.balance.post import Post, merged
from bot.balance.tally import balance_of
from bot.balance.window import Window
from tests.balance.strategies import MESSAGES, NOW, records

WINDOW = Window(NOW, 28)


def told_apart(items: list[Post]) -> list[Post]:
    """Make no two different contents of a message share a version: a digest tells events apart."""
    return [
        replace(item, version=replace(item.version, digest=bytes([number]) * 16))
        for number, item in enumerate(items)
    ]


news = st.lists(records(), max_size=12).map(told_apart)


def balance(items, window=WINDOW):
    return balance_of(judged(fold(items).values()), window, Bounds(), circle=True)


@given(news, st.randoms(use_true_random=False))
def test_the_ledger_does_not_depend_on_the_order_of_events(items, chance):
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(items)


@given(news)
def test_hearing_everything_twice_changes_nothing(items):
    assert fold(items + items) == fold(items)


@given(news, st.integers(0, 12))
def test_the_ledger_does_not_depend_on_how_events_are_batched(items, cut):
    assert fold(items[cut:], fold(items[:cut])) == fold(items)
    assert fold([*fold(items[:cut]).values(), *fold(items[cut:]).values()]) == fold(items)


@given(records(), records(), records())
def test_merging_is_associative_commutative_and_idempotent(first, second, third):
    first, second, third = told_apart([first, second, third])
    second, third = (replace(one, message=first.message, channel=first.channel) for one in (second, third))
    assert merged(first, second) == merged(second, first)
    assert merged(merged(first, second), third) == merged(first, merged(second, third))
    assert merged(first, first) == first


@given(news, st.sampled_from(MESSAGES), st.data())
def test_a_post_edited_and_then_deleted_counts_like_one_deleted(items, message, data):
    edits = data.draw(st.lists(records(("edited",)), max_size=3))
    deletion = replace(data.draw(records(("deleted",))), message=message, channel=message[0] % 2)
    edits = [replace(edit, message=message, channel=message[0] % 2) for edit in edits]
    assert balance([*items, *edits, deletion]) == balance([*items, deletion])


@given(news, st.data())
def test_whatever_comes_after_a_deletion_leaves_the_post_deleted(items, data):
    deletion = data.draw(records(("deleted",)))
    later = [replace(one, message=deletion.message, channel=deletion.channel) for one in items]
    assert not fold([deletion, *later])[deletion.message].counts


@given(news, st.integers(1, 60), st.integers(1, 60))
def test_windows_side_by_side_count_every_post_once(items, first, second):
    late, early = Window(NOW, first), Window(NOW - first * DAY, second)
    whole = Window(NOW, first + second)
    entries = [replace(one, repeats=None) for one in judged(fold(items).values())]
    parts = [balance_of(entries, window, Bounds(), circle=True) for window in (late, early, whole)]
    for figure in ("posts", "filler", "exempt", "unread", "promotion", "engagement", "neutral", "directed"):
        assert getattr(parts[0], figure) + getattr(parts[1], figure) == getattr(parts[2], figure)


@given(news)
def test_every_post_of_the_window_is_counted_or_said_why_not(items):
    result = balance(items)
    standing = [post for post in fold(items).values() if post.counts and post.posted in WINDOW]
    assert result.posts + result.filler + result.exempt + result.unread == len(standing)
    assert result.posts == result.promotion + result.engagement + result.neutral
    assert sum(result.acts.values()) == result.engagement


@given(news)
def test_promotion_is_never_filler(items):
    for entry in judged(fold(items).values()):
        if entry.post.is_promotion:
            assert entry.standing_after(WINDOW.after) == "counted"
