from hypothesis import given
from hypothesis import strategies as st

from adapters.kit import aside
from bot.rules.catalogue import all_rules

IDS = [*(rule.id for rule in all_rules()), aside.CONSENT, aside.SURFACES, *aside.OWN]


@given(st.sampled_from([*IDS, "3", "6"]), st.frozensets(st.sampled_from(IDS)))
def test_what_was_set_aside_is_read_back_from_a_button(subject: str, rules: frozenset[str]) -> None:
    written = aside.written(subject, rules)
    assert aside.read(written) == (subject, rules)
    assert len(written) <= 40


def test_nothing_set_aside_leaves_the_subject_alone() -> None:
    assert aside.written("bait", ()) == "bait"
    assert aside.written("bait", ("no rule of ours",)) == "bait"


@given(st.text())
def test_anything_unreadable_is_nothing_set_aside_or_rules_of_ours(argument: str) -> None:
    _, rules = aside.read(argument)
    assert rules <= set(IDS)
