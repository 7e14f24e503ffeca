"""The catalogue is complete, and every rule says what it has to say."""

import re
from pathlib import Path

import pytest

import bot.rules
from bot.rules.catalogue import CATALOGUE, all_rules, find_rule
from bot.rules.finding import Severity
from bot.rules.pages import all_pages, main
from bot.rules.rule import Rule

ROOT = Path(__file__).parents[2]
TIPS = {
    "criticism": 1, "think-first": 2, "personalize": 3, "engage": 4, "widen-circle": 5, "automation": 6,
    "real-name": 7, "own-links": 8, "plain-words": 9, "unfollow": 10, "share-others": 11, "promo-balance": 12,
    "bait": 13, "self-focus": 14,
}  # fmt: skip
HEADINGS = ["Notices", "Why it matters", "Stays quiet when", "Known misses"]


def test_all_fourteen_rules_are_in_the_catalogue_with_their_tips():
    assert {rule.id: rule.tip for rule in all_rules()} == TIPS
    assert len(CATALOGUE) == len(TIPS)


def test_every_file_that_holds_a_rule_is_in_the_catalogue():
    folder = Path(bot.rules.__file__).parent
    files = {
        path.stem.replace("_", "-") for path in folder.glob("*.py") if "\nRULE = Rule(" in path.read_text()
    }
    assert files == set(TIPS)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_is_a_document(rule: Rule):
    assert rule.document is not None
    assert re.findall(r"^(\w[\w ]+):$", rule.document, re.MULTILINE) == HEADINGS
    assert rule.title
    assert rule.citation


def test_severities_are_those_of_the_specification():
    warnings = {rule.id for rule in all_rules() if rule.severity is Severity.WARNING}
    hints = {rule.id for rule in all_rules() if rule.severity is Severity.HINT}
    assert warnings == {"criticism", "think-first", "bait", "unfollow", "promo-balance"}
    assert hints == {"widen-circle", "real-name", "share-others"}


def test_a_rule_is_found_by_its_id():
    rule = find_rule("own-links")
    assert rule is not None
    assert rule.tip == 8
    assert find_rule("no-such-rule") is None


def test_the_pages_are_current():
    assert main(["--check", "--cases", str(ROOT / "tests/rules/cases"), str(ROOT / "docs/rules")]) == 0


def test_a_stale_page_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    cases = str(ROOT / "tests/rules/cases")
    assert main(["--cases", cases, str(tmp_path)]) == 0
    assert set(all_pages(Path(cases))) == {path.name for path in tmp_path.iterdir()}
    (tmp_path / "bait.md").write_text("old")
    (tmp_path / "gone.md").write_text("left over")
    assert main(["--check", "--cases", cases, str(tmp_path)]) == 1
    errors = capsys.readouterr().err
    assert "bait.md is not current" in errors
    assert "gone.md" in errors
