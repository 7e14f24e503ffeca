"""From a draft to advice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.coach.advice import Advice, Care
from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.model.opinion import Opinion
from bot.rules.finding import Severity
from bot.text.draft import Author, Draft, History, ReplyTo, Surface
from bot.text.kind import Kind
from bot.text.reading import Reading
from bot.text.spans import Span
from tests.timing import allowed, fastest


class FixedReader:
    """A trained reader that always thinks the same."""

    def __init__(
        self, kind: Kind, rules: Mapping[str, float], evidence: Mapping[str, tuple[Span, ...]]
    ) -> None:
        self._kinds = {each: 0.8 if each is kind else 0.1 for each in Kind}
        self._rules = rules
        self._evidence = evidence

    def opinion(self, reading: Reading) -> Opinion:
        assert reading is not None
        fires = frozenset(rule for rule, probability in self._rules.items() if probability >= 0.5)
        return Opinion(self._kinds, self._rules, fires, self._evidence)

    def kinds(self, readings: Sequence[Reading]) -> Sequence[Mapping[Kind, float]]:
        return [self.opinion(reading).kinds for reading in readings]


def advise(text: str, **context: object) -> Advice:
    return check(Draft(text, **context), reader=PatternReader())  # type: ignore[arg-type]


def fired(advice: Advice) -> list[str]:
    return [finding.rule for finding in advice.findings]


def test_two_own_links_in_a_reply():
    advice = advise(
        "Nice one! I wrote two things: https://ana.example/a and https://ana.example/b",
        reply_to=ReplyTo("u2", "First loaf that rose!"),
        author=Author("u1", "Ana Ruiz", ("ana.example",)),
    )
    finding = advice.findings[0]
    assert finding.rule == "own-links"
    assert len(finding.spans) == 2
    assert advice.rewrite is not None
    assert "ana.example" not in advice.rewrite


def test_a_promotion_that_would_make_it_two_of_seventeen():
    advice = check(
        Draft(
            "Pre-order my new book now, link in bio!", history=History(posts=16, promotion=1, engagement=9)
        ),
        reader=PatternReader(),
        lower=Fraction(1, 20),
        upper=Fraction(1, 10),
    )
    finding = next(found for found in advice.findings if found.rule == "promo-balance")
    assert finding.severity is Severity.WARNING
    assert "2 of 17 posts (12%)" in finding.message


def test_bounds_given_as_floats_are_the_decimals_they_were_written_as():
    draft = Draft("Pre-order my new book now, link in bio!", history=History(posts=9 + 1, promotion=0))
    advice = check(draft, reader=PatternReader(), lower=0.05, upper=1 / 11)
    assert any(found.rule == "promo-balance" for found in advice.findings)
    exact = Draft("Pre-order my new book now, link in bio!", history=History(posts=29, promotion=2))
    finding = next(
        f for f in check(exact, reader=PatternReader(), upper=0.1).findings if f.rule == "promo-balance"
    )
    assert finding.severity is Severity.SUGGESTION


def test_somebody_in_danger_is_not_coached():
    advice = advise(
        "i want to kill myself, u r all gr8 but i cant do this anymore, my blog: https://a.example https://a.example/b"
    )
    assert advice.care is Care.DISTRESS
    assert (advice.findings, advice.strengths, advice.praise, advice.rewrite) == ((), (), (), None)


def test_a_clean_draft_is_told_what_works():
    advice = advise(
        "Soak it overnight, that worked for me. Which glue did they use?",
        reply_to=ReplyTo("u2", "How do I get the label off?"),
    )
    assert not advice.findings
    assert advice.strengths == ("asks-question", "answers-somebody")
    assert len(advice.praise) == len(advice.strengths)


def test_another_language_is_named_and_only_rules_without_words_run():
    advice = advise(
        "Das ist wirklich sehr schön, ihr idiots, u r gr8: https://ana.example/a und auch noch https://ana.example/b",
        author=Author(own_domains=("ana.example",)),
        history=History(directed=10, people={"a": 10}),
    )
    assert (advice.language, advice.limited) == ("de", True)
    assert fired(advice) == ["own-links", "widen-circle"]
    assert not advice.strengths


def test_a_merge_field_is_found_in_any_language():
    advice = advise("Hallo {{first_name}}, das ist wirklich sehr schön, wir haben auch noch etwas für dich")
    assert advice.limited
    assert fired(advice) == ["automation"]
    assert advice.findings[0].fixes


def test_the_trained_reader_has_no_opinion_on_a_language_it_does_not_read():
    text = "Das ist wirklich sehr schön und wir haben auch noch etwas für die anderen, nicht wahr"
    reader = FixedReader(Kind.NEUTRAL, {"think-first": 0.9}, {"think-first": (Span(0, 20),)})
    assert not check(Draft(text), reader=reader).findings


class WorriedReader(PatternReader):
    """A trained reader to whom everything sounds like somebody in danger."""

    def opinion(self, reading: Reading) -> Opinion:
        return replace(super().opinion(reading), care=9.0)


def test_whom_the_trained_reader_hears_in_danger_is_met_with_care_alone():
    advice = check(Draft("After Friday you won't have to carry me, idiots."), reader=WorriedReader())
    assert advice.care is Care.DISTRESS
    assert not advice.findings
    assert not advice.strengths


def test_the_trained_reader_hears_nobody_in_a_language_it_does_not_read():
    text = "Das ist wirklich sehr schön und wir haben auch noch etwas für die anderen, nicht wahr"
    assert check(Draft(text), reader=WorriedReader()).care is None


def test_the_trained_readers_opinion_makes_a_rule_fire():
    text = "Lovely weather for a walk, and you know what that says about you."
    reader = FixedReader(Kind.ENGAGEMENT, {"criticism": 0.9}, {"criticism": (Span(27, 65),)})
    advice = check(Draft(text), reader=reader)
    assert advice.kind is Kind.ENGAGEMENT
    assert [(found.rule, found.spans) for found in advice.findings] == [("criticism", (Span(27, 65),))]


def test_the_readers_doubt_keeps_a_pattern_silent():
    text = "You absolute clown."
    certain = check(Draft(text), reader=FixedReader(Kind.ENGAGEMENT, {"criticism": 0.3}, {}))
    doubtful = check(Draft(text), reader=FixedReader(Kind.ENGAGEMENT, {"criticism": 0.005}, {}))
    assert fired(certain) == ["criticism"]
    assert fired(doubtful) == []


def test_muted_rules_are_silent():
    draft = Draft("f4f anyone? u r gr8")
    assert fired(check(draft, reader=PatternReader(), muted=frozenset({"unfollow"}))) == ["plain-words"]


def test_a_reply_beneath_ones_own_words_needs_no_surface():
    assert Draft("x", reply_to=ReplyTo()).surface is Surface.REPLY


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ud800", "🙂", "?", "…"])
def test_a_draft_of_nothing_gets_nothing(text: str):
    advice = advise(text)
    assert (advice.findings, advice.strengths, advice.rewrite) == ((), (), None)


LONG = [
    "word ", "a\n", "u r gr8 ", "you absolute clown ", "dm me to learn how i ", "follow me back if you ",
    "> ", "“", "fucking idiot you ", "{{first_name}} ", "my site https://a.example\n", "`", "\ud800",
    "i have won 3 awards in a row ", "'", "Dear A, ", "4111 ", "password is ", "@a ", "thanks for following ",
    "https://x" + ")" * 1900, "apparently he is cheating on ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_no_draft_takes_long(piece: str):
    draft = Draft((piece * 40_000)[:40_000], author=Author(own_domains=("b.example",)))
    advise(draft.text[:400])
    assert fastest(lambda: check(draft, reader=PatternReader())) < allowed(0.3)


@pytest.mark.parametrize(
    "draft",
    [
        "use this for the deploy, api_key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0",
        "AKIAQ3EGRZ5XVJ2LMN4T is the key",
        "ghp_R4nd0mT0k3nV4lu3Xy7ZqLm2Bc9Df1Gh5J",
        "Bonjour à tous, la clé est AKIAQ3EGRZ5XVJ2LMN4T, utilisez-la pour le déploiement",
    ],
)
def test_a_secret_is_always_told_however_calm_it_sounds_to_the_reader(draft: str):
    calm = FixedReader(Kind.NEUTRAL, {"think-first": 0.0}, {})
    advice = check(Draft(draft), reader=calm)
    assert [found.rule for found in advice.findings] == ["think-first"]
    assert advice.findings[0].severity is Severity.WARNING
    assert advice.rewrite is not None
    assert "[removed]" in advice.rewrite


def test_a_text_posted_before_is_told_of_whatever_the_reader_thinks():
    text = "Our spring market is in the old hall this Saturday at ten, with forty stalls and a band."
    calm = FixedReader(Kind.NEUTRAL, {"automation": 0.0}, {})
    advice = check(Draft(text, history=History(recent=(text,))), reader=calm)
    assert "automation" in fired(advice)
