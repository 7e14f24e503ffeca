"""The labelled drafts that ship with the repository."""

from collections import Counter

from bot.training.labelled import RULES, dealt, read_all, read_care
from bot.training.targets import targets


def test_every_labelled_draft_is_whole():
    rows = read_all()
    assert len(rows) >= 14_000
    assert max(Counter(row.id for row in rows).values()) == 1
    for row in rows:
        assert row.must | row.may <= set(RULES), row.id
        assert not row.must & row.may, row.id
        for rule in row.must:
            assert all(span in row.draft.text for span in row.spans.get(rule, ())), row.id


def test_every_part_of_the_files_holds_written_and_real_text_and_cases_for_care():
    rows, cases = read_all(), read_care()
    files = {example.file for example in (*rows, *cases)}
    hands = dealt(files)
    assert sorted(file for hand in hands for file in hand) == sorted(files)
    for hand in hands:
        assert {row.real for row in rows if row.file in hand} == {True, False}
        assert {case.care for case in cases if case.file in hand} == {True, False}


def test_what_may_fire_teaches_nothing():
    rows = [row for row in read_all() if row.may][:50]
    wanted, counts = targets(rows)
    for index, row in enumerate(rows):
        for rule in row.may:
            assert counts[index, RULES.index(rule)] == 0
        assert wanted[index, len(RULES) :].sum() == 1
