from bot.balance.bounds import Bounds
from bot.balance.counting import Standing, judged
from bot.balance.facts import Facts
from bot.balance.instant import DAY
from bot.balance.post import Post, Version
from bot.balance.tally import balance_of, together
from bot.balance.window import Window
from bot.text.kind import Kind

NOW = 1_000 * DAY
SHOWCASE = 7


def post(
    name: str, at: int = NOW, kind: Kind = Kind.NEUTRAL, answers: str | None = None, channel: int = 1, **facts
):
    return Post(
        code(name),
        channel,
        at,
        parent=code(answers) if answers else None,
        version=Version(edited=False, at=at, digest=b""),
        facts=Facts(kind, **facts),
    )


def code(name: str) -> bytes:
    return name.encode().ljust(16, b".")


def standings(*posts, parents=None, promotions=(), exempt=(), after=NOW - 28 * DAY):
    entries = judged(posts, parents, frozenset(exempt), frozenset(map(code, promotions)))
    return {entry.post.message.rstrip(b".").decode(): entry.standing_after(after) for entry in entries}


def test_a_post_without_substance_is_filler():
    assert standings(post("ok", substance=False)) == {"ok": Standing.FILLER}


def test_promotion_without_substance_still_counts():
    assert standings(post("buy", kind=Kind.PROMOTION, substance=False)) == {"buy": Standing.COUNTED}


def test_replies_beneath_ones_own_promotion_are_filler_at_any_depth():
    promo, reply = post("promo", kind=Kind.PROMOTION), post("reply", answers="promo")
    deep = post("deep", answers="theirs")
    found = standings(
        promo, reply, deep, parents={code("theirs"): code("other"), code("other"): code("promo")}
    )
    assert found == {"promo": Standing.COUNTED, "reply": Standing.FILLER, "deep": Standing.FILLER}


def test_replies_beneath_promotion_from_before_the_window_are_filler_too():
    found = standings(post("reply", answers="old"), promotions=["old"])
    assert found == {"reply": Standing.FILLER}


def test_replies_beneath_somebody_elses_promotion_count():
    assert standings(post("reply", answers="theirs"), parents={code("theirs"): None}) == {
        "reply": Standing.COUNTED
    }


def test_promotion_beneath_ones_own_promotion_counts():
    posts = post("promo", kind=Kind.PROMOTION), post("again", kind=Kind.PROMOTION, answers="promo")
    assert set(standings(*posts).values()) == {Standing.COUNTED}


def test_a_circle_of_answers_comes_to_an_end():
    promo = post("promo", kind=Kind.PROMOTION)
    one, two = post("one", answers="two"), post("two", answers="one")
    assert standings(promo, one, two)["one"] is Standing.COUNTED


def test_a_near_repeat_is_filler_while_the_earlier_post_is_in_the_window():
    print_ = bytes(32)
    first, again = post("first", NOW - 10 * DAY, fingerprint=print_), post("again", NOW, fingerprint=print_)
    assert standings(first, again)["again"] is Standing.FILLER
    assert standings(first, again)["first"] is Standing.COUNTED
    assert standings(first, again, after=NOW - 10 * DAY - 1)["again"] is Standing.FILLER
    assert standings(first, again, after=NOW - 10 * DAY)["again"] is Standing.COUNTED


def test_promotion_that_repeats_itself_counts_every_time():
    posts = [post(str(day), NOW - day * DAY, Kind.PROMOTION, fingerprint=bytes(32)) for day in range(3)]
    assert set(standings(*posts).values()) == {Standing.COUNTED}


def test_posts_in_exempted_channels_are_exempt_whatever_they_are():
    posts = [
        post("promo", kind=Kind.PROMOTION, channel=SHOWCASE),
        post("ok", substance=False, channel=SHOWCASE),
        post("fremd", unread=True, channel=SHOWCASE),
    ]
    assert set(standings(*posts, exempt=[SHOWCASE]).values()) == {Standing.EXEMPT}


def test_posts_in_languages_nobody_here_reads_are_unread():
    assert standings(post("fremd", kind=Kind.PROMOTION, unread=True)) == {"fremd": Standing.UNREAD}


def test_the_window_leaves_out_its_start_and_takes_in_its_end():
    window = Window(NOW, 28)
    times = {"before": NOW - 28 * DAY, "first": NOW - 28 * DAY + 1, "last": NOW, "after": NOW + 1}
    entries = judged(post(name, at) for name, at in times.items())
    assert {entry.post.message.rstrip(b".").decode() for entry in entries if entry.post.posted in window} == {
        "first",
        "last",
    }
    assert balance_of(entries, window, Bounds()).posts == 2


def test_several_communities_are_summed():
    one = balance_of(judged([post("a", kind=Kind.PROMOTION)]), Window(NOW, 28), Bounds(), circle=True)
    two = balance_of(judged([post("b"), post("c")]), Window(NOW, 28), Bounds(), circle=True)
    both = together([one, two], Bounds())
    assert (both.posts, both.promotion, both.neutral, both.directed) == (3, 1, 2, 0)
    assert together([], Bounds()) is None


def test_breadth_of_circle_is_absent_while_it_is_off():
    balance = balance_of(judged([post("a")]), Window(NOW, 28), Bounds())
    assert (balance.directed, balance.people, balance.top_two_share) == (None, None, None)
