"""Where a rule's own evidence and the trained reader's opinion meet."""

from collections.abc import Sequence

import pytest

from bot.model.opinion import Opinion
from bot.rules.rule import Subject
from bot.rules.verdict import PROVEN, decide, joined_weight
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.lexicon import Hit
from bot.text.read import read
from bot.text.spans import Span

TEXT = "The first sentence is here. The second has the word. And a third one."
WORD = Span(TEXT.index("word"), TEXT.index("word") + 4)
KINDS = {Kind.PROMOTION: 0.1, Kind.ENGAGEMENT: 0.2, Kind.NEUTRAL: 0.7}


def subject(
    rules: dict[str, float] | None = None, fires: frozenset[str] = frozenset(), **evidence: tuple[Span, ...]
):
    opinion = Opinion(
        KINDS, rules or {}, fires, {rule.replace("_", "-"): spans for rule, spans in evidence.items()}
    )
    return Subject(read(Draft(TEXT)), opinion, Kind.NEUTRAL)


def telling(words: Sequence[str], _place: int) -> float:
    return float("third" in words)


def hit(weight: float, case: str = "a") -> Hit:
    return Hit(WORD, case, weight)


def test_what_is_proven_no_reader_overrules():
    verdict = decide(subject({"bait": 0.0}), "bait", [hit(PROVEN)], telling)
    assert verdict is not None
    assert verdict.confidence == PROVEN
    assert not verdict.weak


def test_what_is_quoted_is_not_held_against_who_quotes_it():
    text = "> The first line is quoted.\nThe second is their own."
    quoted, own = Span(0, 27), Span(28, len(text))
    for told, fires in ((quoted, False), (own, True)):
        opinion = Opinion(KINDS, {"bait": 0.8}, frozenset({"bait"}), {"bait": (told,)})
        quoting = Subject(read(Draft(text)), opinion, Kind.NEUTRAL)
        assert (decide(quoting, "bait", [], telling) is not None) is fires
        own_words = Hit(own, "a", 0.6)
        assert decide(quoting, "bait", [own_words], telling) is not None


@pytest.mark.parametrize(("weight", "fires"), [(0.69, False), (0.7, True), (0.95, True)])
def test_without_a_reader_the_patterns_decide(weight: float, *, fires: bool):
    assert (decide(subject(), "bait", [hit(weight)], telling) is not None) is fires


def test_the_reader_makes_a_rule_fire_and_evidence_is_pointed_at():
    verdict = decide(subject({"bait": 0.8}, frozenset({"bait"})), "bait", [], telling)
    assert verdict is not None
    assert [span.of(TEXT) for span in verdict.spans] == ["And a third one."]
    assert verdict.confidence == 0.8
    assert verdict.weak


def test_weak_patterns_stay_silent_where_the_reader_thinks_it_very_unlikely():
    assert decide(subject({"bait": 0.05}), "bait", [hit(0.8)], telling) is None
    assert decide(subject({"bait": 0.2}), "bait", [hit(0.8)], telling) is not None


def test_a_certain_pattern_overrules_the_reader_unless_it_is_as_certain():
    assert decide(subject({"bait": 0.05}), "bait", [hit(0.95)], telling) is not None
    assert decide(subject({"bait": 0.01}), "bait", [hit(0.95)], telling) is None


def test_the_readers_evidence_is_used_where_patterns_have_none():
    told = Span(0, 9)
    verdict = decide(subject({"bait": 0.8}, frozenset({"bait"}), bait=(told,)), "bait", [], telling)
    assert verdict is not None
    assert verdict.spans == (told,)
    assert not verdict.weak


@pytest.mark.parametrize("told", [Span(5, 5), Span(-1, 3), Span(0, 10_000)])
def test_evidence_outside_the_text_is_not_used(told: Span):
    verdict = decide(subject({"bait": 0.8}, frozenset({"bait"}), bait=(told,)), "bait", [], telling)
    assert verdict is not None
    assert all(0 <= span.start < span.end <= len(TEXT) for span in verdict.spans)


def test_a_phrase_is_shown_with_its_sentence():
    verdict = decide(subject(), "bait", [hit(0.95)], telling)
    assert verdict is not None
    assert [span.of(TEXT) for span in verdict.spans] == ["The second has the word."]


def test_exact_evidence_stays_exact():
    verdict = decide(subject(), "own-links", [hit(0.95)])
    assert verdict is not None
    assert verdict.spans == (WORD,)


def test_different_kinds_of_evidence_add_up_and_repetitions_do_not():
    assert joined_weight([hit(0.5), hit(0.5)]) == 0.5
    assert joined_weight([hit(0.5), hit(0.5, "b")]) == 0.75
    assert joined_weight([]) == 0
