"""Every rule is proved by cases that anybody can add to, in cases/<rule>.yaml."""

from pathlib import Path
from typing import Any

import pytest

from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.rules.cases import Case, load_cases
from bot.rules.catalogue import all_rules

CASES = Path(__file__).parent / "cases"
FEWEST_FLAGGED = 10
FEWEST_QUIET = 15


def cases(*, flagged: bool) -> list[Any]:
    return [
        pytest.param(case, id=f"{case.rule}: {case.name}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in load_cases(path)
        if case.flagged is flagged
    ]


@pytest.mark.parametrize("case", cases(flagged=True))
def test_the_rule_fires_with_evidence(case: Case):
    advice = check(case.draft, reader=PatternReader())
    found = [finding for finding in advice.findings if finding.rule == case.rule]
    assert found, [finding.rule for finding in advice.findings]
    finding = found[0]
    for words in case.evidence:
        start = case.draft.text.index(words)
        assert any(span.start < start + len(words) and start < span.end for span in finding.spans), words
    if case.severity:
        assert finding.severity.value == case.severity
    assert case.says in finding.message
    if case.rewrite:
        assert advice.rewrite == case.rewrite
    for words in case.rewrite_has:
        assert advice.rewrite is not None
        assert words in advice.rewrite
    if case.rewrite_without:
        assert advice.rewrite is not None
        assert case.rewrite_without not in advice.rewrite


@pytest.mark.parametrize("case", cases(flagged=False))
def test_the_rule_stays_quiet(case: Case):
    advice = check(case.draft, reader=PatternReader())
    assert case.rule not in {finding.rule for finding in advice.findings}


def test_every_rule_has_its_cases_and_every_case_its_rule():
    assert {path.stem for path in CASES.glob("*.yaml")} == {rule.id for rule in all_rules()}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_rule_has_enough_cases(path: Path):
    loaded = load_cases(path)
    assert sum(case.flagged for case in loaded) >= FEWEST_FLAGGED
    assert sum(not case.flagged for case in loaded) >= FEWEST_QUIET
    assert len({case.name for case in loaded}) == len(loaded), "names repeat"
