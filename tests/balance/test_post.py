from bot.balance.facts import Act, Facts
from bot.balance.instant import NEVER
from bot.balance.post import Correction, Post, Version, merged
from bot.text.kind import Kind

PROMOTION, NEUTRAL, ENGAGEMENT = (Facts(kind) for kind in (Kind.PROMOTION, Kind.NEUTRAL, Kind.ENGAGEMENT))
MESSAGE = b"m" * 16


def posted(at: int, facts: Facts = NEUTRAL, digest: bytes = b"a", **more) -> Post:
    return Post(MESSAGE, 1, at, version=Version(edited=False, at=at, digest=digest), facts=facts, **more)


def edited(at: int, facts: Facts, digest: bytes = b"a", **more) -> Post:
    return Post(MESSAGE, 1, version=Version(edited=True, at=at, digest=digest), facts=facts, **more)


def test_the_latest_edit_decides_the_content_and_the_posting_the_time():
    post = merged(merged(posted(10), edited(30, PROMOTION)), edited(20, ENGAGEMENT))
    assert (post.kind, post.posted) == (Kind.PROMOTION, 10)


def test_of_two_edits_at_one_moment_the_greater_digest_decides():
    one, other = edited(20, PROMOTION, b"a"), edited(20, NEUTRAL, b"b")
    assert merged(merged(posted(10), one), other).kind is Kind.NEUTRAL
    assert merged(merged(posted(10), other), one).kind is Kind.NEUTRAL


def test_an_edit_decides_even_where_its_clock_lags_behind_the_posting():
    assert merged(posted(10), edited(9, PROMOTION)).kind is Kind.PROMOTION


def test_an_edit_of_a_post_never_seen_does_not_count_until_the_posting_arrives():
    pending = edited(20, PROMOTION)
    assert not pending.counts
    assert merged(pending, posted(10)).counts


def test_a_posting_heard_of_twice_keeps_the_earlier_time():
    assert merged(posted(12), posted(10)).posted == 10


def test_a_deletion_keeps_the_time_and_what_was_answered_and_nothing_else():
    post = posted(10, PROMOTION, parent=b"p" * 16, answered=b"x" * 16, mentioned=b"y" * 16)
    gone = merged(
        post, Post(MESSAGE, 1, NEVER, version=Version(edited=True, at=40, digest=b"d"), deleted=True)
    )
    assert (gone.posted, gone.parent) == (10, b"p" * 16)
    assert (gone.facts, gone.target, gone.correction, gone.counts) == (None, None, None, False)


def test_an_edit_that_does_not_repeat_what_is_answered_leaves_it_an_answer():
    post = merged(
        posted(10, parent=b"p" * 16, answered=b"x" * 16), edited(20, Facts(Kind.ENGAGEMENT, Act.OTHER))
    )
    assert (post.act, post.target) == (Act.ANSWERING, b"x" * 16)


def test_a_person_answered_counts_before_a_person_mentioned():
    assert posted(1, answered=b"a" * 16, mentioned=b"m" * 16).target == b"a" * 16
    assert posted(1, mentioned=b"m" * 16).target == b"m" * 16


def test_a_members_word_corrects_the_kind_until_the_post_is_edited():
    corrected = posted(10, PROMOTION, correction=Correction(Kind.NEUTRAL, 15))
    assert corrected.kind is Kind.NEUTRAL
    assert not corrected.is_promotion
    assert merged(corrected, edited(12, PROMOTION)).kind is Kind.NEUTRAL
    assert merged(corrected, edited(16, PROMOTION)).kind is Kind.PROMOTION


def test_what_nobody_here_can_read_is_no_promotion():
    assert not posted(1, Facts(Kind.PROMOTION, unread=True)).is_promotion
