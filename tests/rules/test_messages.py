"""What the coach says is short, specific, never repeats a secret, and stands its own test."""

from pathlib import Path

import pytest

from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.rules.cases import Case, load_cases
from bot.text.draft import Draft, Surface

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in load_cases(path)
    if case.flagged
]
LONGEST = 220


def findings(case: Case):
    return check(case.draft, reader=PatternReader()).findings


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_the_coach_finds_nothing_in_its_own_words(case: Case):
    for finding in findings(case):
        for words in (finding.message, finding.advice):
            for surface in (Surface.CHANNEL, Surface.DIRECT):
                again = check(Draft(words, surface=surface), reader=PatternReader())
                assert not again.findings, (words, again.findings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_messages_are_one_short_line_each(case: Case):
    for finding in findings(case):
        for words in (finding.message, finding.advice):
            assert 20 < len(words) <= LONGEST
            assert "\n" not in words
            assert words[-1] in ".?"
            assert words[0].isupper() or words[0] in "“0123456789"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_a_message_about_words_quotes_the_draft(case: Case):
    quoting = {"criticism", "personalize", "engage", "plain-words", "unfollow", "bait", "self-focus"}
    for finding in findings(case):
        if finding.rule not in quoting:
            continue
        quoted = finding.message.partition("“")[2].partition("”")[0].rstrip("…").strip()
        assert quoted
        assert quoted in " ".join(case.draft.text.split())


def test_wordings_vary_with_the_case():
    by_rule: dict[str, set[str]] = {}
    for case in CASES:
        for finding in findings(case):
            wording = "".join(
                part
                for index, part in enumerate(finding.message.replace("”", "“").split("“"))
                if index % 2 == 0
            )
            by_rule.setdefault(finding.rule, set()).add(wording)
    for rule in (
        "criticism",
        "think-first",
        "bait",
        "personalize",
        "engage",
        "automation",
        "self-focus",
        "unfollow",
    ):
        assert len(by_rule[rule]) >= 3, (rule, by_rule[rule])


def test_a_secret_is_pointed_at_and_never_repeated():
    secret = "Hollyhock!77-glaze"
    draft = Draft(
        f"idk if u need it b4 the show but the wifi password is {secret} lol ppl, you absolute clown"
    )
    advice = check(draft, reader=PatternReader())
    finding = next(finding for finding in advice.findings if finding.rule == "think-first")
    assert any(secret in span.of(draft.text) for span in advice.secrets)
    assert any(span.overlaps(advice.secrets[0]) for span in finding.spans)
    assert "delete this message" in finding.advice
    for said in [finding.message, finding.advice, *advice.praise, *(f.message for f in advice.findings)]:
        assert secret not in said
    assert advice.rewrite is None or secret not in advice.rewrite


def test_the_number_of_posts_needed_is_never_told():
    case = next(case for case in CASES if case.name == "two of seventeen")
    finding = next(finding for finding in findings(case) if finding.rule == "promo-balance")
    assert finding.message == "This would make it 2 of 17 posts (12%); you aim for at most 10%."
    assert not any(character.isdigit() for character in finding.advice)
