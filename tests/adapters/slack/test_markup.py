import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.markup import escape, mentioned, plain, unescape


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("<@U024BE7LH> thanks", "@Ana thanks"),
        ("<@U999|bo> thanks", "@bo thanks"),
        ("<@U000> thanks", "@someone thanks"),
        ("see <#C1|general>", "see #general"),
        ("see <#C1>", "see #channel"),
        ("<!here> and <!channel> and <!everyone>", "@here and @channel and @everyone"),
        ("<!subteam^S1|@gardeners> hello", "@gardeners hello"),
        ("<!date^1392734382^{date}|18 February> it was", "18 February it was"),
        ("<https://ana.example/x>", "https://ana.example/x"),
        ("<https://ana.example|ana.example>", "ana.example"),
        ("<https://ana.example/|https://ana.example>", "https://ana.example"),
        ("<https://so.it|so.it>", "so.it (https://so.it)"),
        ("<https://ana.example/x|my blog>", "my blog (https://ana.example/x)"),
        ("<mailto:ana@ana.example|ana@ana.example>", "ana@ana.example"),
        ("<https://ana.example/?a=1&amp;b=2>", "https://ana.example/?a=1&b=2"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt; is how one writes it", "&lt; is how one writes it"),
        ("&lt;!channel&gt; was typed", "<!channel> was typed"),
        (":tada: stays a code", ":tada: stays a code"),
    ],
)
def test_markup_reads_as_the_member_sees_it(sent: str, seen: str) -> None:
    assert plain(sent, {"U024BE7LH": "Ana"}) == seen


@pytest.mark.parametrize("text", ["a < b", "<3", "x <- y", "<>", "<\n>", "1 > 0", "<" * 5000, "<a" * 5000])
def test_angle_brackets_that_are_no_markup_stay(text: str) -> None:
    assert plain(text) == text


def test_members_are_named_in_the_order_mentioned_and_once() -> None:
    assert mentioned("<@U2|bo> and <@U1>, <@U2>; <#C1|x> <!here> @U3") == ("U2", "U1")


@given(st.text())
def test_what_is_escaped_is_inert_and_reads_as_it_was(text: str) -> None:
    sent = escape(text)
    assert "<" not in sent
    assert ">" not in sent
    assert unescape(sent) == text
    assert plain(sent) == text
