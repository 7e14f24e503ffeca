"""What holds for every draft, whatever somebody types."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.advice import Advice
from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.coach.rewrite import applied
from bot.rules.cases import load_cases
from bot.rules.catalogue import find_rule
from bot.text.draft import Author, Draft, History, ReplyTo, Surface
from bot.text.kind import Kind

READER = PatternReader()
CASES = Path(__file__).parents[1] / "rules" / "cases"
CASE_DRAFTS = [
    pytest.param(case.draft, id=f"{case.rule}: {case.name}")
    for path in sorted(CASES.glob("*.yaml"))
    for case in load_cases(path)
    if case.flagged
]
PIECES = st.sampled_from(
    'u|ur|gr8|b4|2|4|the|https://ana.example/x|my blog:|{{first_name}}|@ana|<@U1>|```|`|>|“|”|"|\n|\n\n|?|!|'
    ".|…|🙂|:tada:|fuck you|absolute clown|idiot|follow me back|DM me for info|thanks|congratulations|now|my|"
    "I'm|password is hunter2!|\ud800|\u200b|\u202e|é|你好|привет|never won awards|we launched".split("|")
)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)
COUNTS = st.none() | st.integers(0, 60)
HISTORIES = st.builds(
    History,
    posts=COUNTS,
    promotion=COUNTS,
    engagement=COUNTS,
    directed=COUNTS,
    people=st.none() | st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=4),
    shares_of_others=COUNTS,
    recent=st.lists(TEXTS, max_size=2).map(tuple),
    repeats_recent=st.none() | st.booleans(),
)
DRAFTS = st.builds(
    Draft,
    text=TEXTS,
    surface=st.sampled_from(Surface),
    reply_to=st.none() | st.builds(ReplyTo, author=st.none() | st.just("u2"), text=TEXTS),
    author=st.builds(
        Author,
        display_name=st.none() | st.text(max_size=12),
        own_domains=st.just(("ana.example",)) | st.just(()),
    ),
    history=st.none() | HISTORIES,
)


def advise(draft: Draft) -> Advice:
    return check(draft, reader=READER)


@given(DRAFTS)
@settings(max_examples=400, deadline=None)
def test_every_draft_gets_advice_that_is_well_formed(draft: Draft):
    advice = advise(draft)
    assert abs(sum(advice.kind_scores.values()) - 1) < 0.03
    assert set(advice.kind_scores) == set(Kind)
    for finding in advice.findings:
        rule = find_rule(finding.rule)
        assert rule is not None
        assert 0 <= finding.confidence <= 1
        assert round(finding.confidence, 2) == finding.confidence
        assert bool(finding.spans) is not rule.reads_record
        for start, end in finding.spans:
            assert 0 <= start < end <= len(draft.text)
        ordered = sorted(finding.fixes, key=lambda fix: fix.start)
        assert all(0 <= fix.start <= fix.end <= len(draft.text) for fix in ordered)
        assert all(one.end <= other.start for one, other in pairwise(ordered))
        finding.message.encode()
        finding.advice.encode()
    ranks = [(finding.severity.rank, -finding.confidence) for finding in advice.findings]
    assert ranks == sorted(ranks)


@given(DRAFTS)
@settings(max_examples=60, deadline=None)
def test_the_same_draft_gives_the_same_advice(draft: Draft):
    assert advise(draft) == advise(replace(draft))


@given(DRAFTS)
@settings(max_examples=300, deadline=None)
def test_applying_a_fix_silences_its_finding_and_wakes_no_other(draft: Draft):
    fixes_work(draft)


@pytest.mark.parametrize("draft", CASE_DRAFTS)
def test_the_fixes_of_every_case_work(draft: Draft):
    fixes_work(draft)


def fixes_work(draft: Draft) -> None:
    advice = advise(draft)
    fired = {finding.rule for finding in advice.findings}
    for finding in advice.findings:
        if finding.fixes:
            after = {
                found.rule
                for found in advise(replace(draft, text=applied(draft.text, finding.fixes))).findings
            }
            assert finding.rule not in after
            assert after <= fired
    if advice.rewrite is not None:
        after = {found.rule for found in advise(replace(draft, text=advice.rewrite)).findings}
        assert after <= fired
        assert after.isdisjoint(finding.rule for finding in advice.findings if finding.fixes)


@given(DRAFTS)
@settings(max_examples=60, deadline=None)
def test_hooks_are_never_rewritten_away(draft: Draft):
    for finding in advise(draft).findings:
        if finding.rule in {"bait", "unfollow"}:
            assert not finding.fixes


@given(DRAFTS, st.sampled_from(["bait", "plain-words", "think-first", "own-links", "share-others"]))
@settings(max_examples=60, deadline=None)
def test_a_muted_rule_says_nothing(draft: Draft, rule: str):
    muted = check(draft, reader=READER, muted=frozenset({rule}))
    assert rule not in {finding.rule for finding in muted.findings}
