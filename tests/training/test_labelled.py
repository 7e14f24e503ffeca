"""The labelled drafts that ship with the repository."""

from collections import Counter

from bot.training.labelled import HELD_BACK, RULES, read_all
from bot.training.targets import targets


def test_every_labelled_draft_is_whole():
    rows = read_all()
    assert len(rows) >= 8_000
    assert max(Counter(row.id for row in rows).values()) == 1
    for row in rows:
        assert row.must | row.may <= set(RULES), row.id
        assert not row.must & row.may, row.id
        for rule in row.must:
            assert all(span in row.draft.text for span in row.spans.get(rule, ())), row.id


def test_the_held_back_files_exist_and_hold_written_and_real_text():
    rows = [row for row in read_all() if row.file in HELD_BACK]
    assert {row.file for row in rows} == HELD_BACK
    assert {row.real for row in rows} == {True, False}


def test_what_may_fire_teaches_nothing():
    rows = [row for row in read_all() if row.may][:50]
    wanted, counts = targets(rows)
    for index, row in enumerate(rows):
        for rule in row.may:
            assert counts[index, RULES.index(rule)] == 0
        assert wanted[index, len(RULES) :].sum() == 1
