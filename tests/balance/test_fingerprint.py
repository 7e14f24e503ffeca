import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.fingerprint import ALIKE, SIZE, Repeats, alike, fingerprint_of
from bot.text.draft import Draft
from bot.text.read import read
from tests.timing import allowed, fastest

PAIRS = yaml.safe_load((Path(__file__).parent / "cases" / "near_repeats.yaml").read_text(encoding="utf-8"))
LOOKALIKES = str.maketrans("aeopcxyiAEOPCTHBMK", "аеорсхуіАЕОРСТНВМК")
KEYS = [bytes([number]) * 32 for number in range(4)]


def fingerprint(text: str, key: bytes = KEYS[0]) -> bytes | None:
    return fingerprint_of(read(Draft(text)), key)


def found(pair: list[str], key: bytes) -> bool:
    """Tell whether the second text is found to repeat the first, the way the ledger looks for it."""
    repeats = Repeats()
    repeats.latest(fingerprint(pair[0], key), 1)
    return repeats.latest(fingerprint(pair[1], key), 2) == 1


def test_near_repeats_are_found_and_other_texts_are_not():
    hits = sum(found(pair, key) for pair in PAIRS["repeats"] for key in KEYS)
    false_alarms = sum(found(pair, key) for pair in PAIRS["differs"] for key in KEYS)
    assert len(PAIRS["repeats"]) >= 150
    assert len(PAIRS["differs"]) >= 150
    assert hits / (len(PAIRS["repeats"]) * len(KEYS)) >= 0.95
    assert hits / (hits + false_alarms) >= 0.98


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", ":tada:", "<@811>"])
def test_nothing_to_tell_apart_has_no_fingerprint(text):
    assert fingerprint(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ch\u200boir needs two mo\u200dre tenors be\u00adfore the summer con\ufeffcert",
        "The ch\ufe0foir ne\u180eeds two mo\u034fre te\u2066nors be\U000e0020fore the sum\u202amer concert",
        "Ｔｈｅ choir needs two ｍｏｒｅ tenors before the ｓｕｍｍｅｒ ｃｏｎｃｅｒｔ",
    ],
)
def test_what_nobody_sees_makes_no_difference(text):
    assert fingerprint(text) == fingerprint("The choir needs two more tenors before the summer concert")


@pytest.mark.parametrize(
    "text",
    [
        "Тhе сhоіr nееdѕ twо mоrе tеnоrѕ bеfоrе thе ѕummеr соnсеrt",
        "Τhe choir needs twο mοre tenοrs befοre the summer cοncert",
        "Неllо аll, thе сhоіr nееdѕ twо mоrе tеnоrѕ bеfоrе thе summer ϲοncert",
    ],
)
def test_letters_that_look_the_same_make_no_difference(text):
    assert alike(fingerprint(text), fingerprint("The choir needs two more tenors before the summer concert"))


def test_words_of_another_alphabet_stay_what_they_are():
    same = "Репетиция хора перенесена на четверг, в семь вечера"
    assert alike(fingerprint(same), fingerprint(same.lower()))
    assert not alike(fingerprint(same), fingerprint("Собрание хора отменили, встретимся в мае"))


def test_a_letter_that_looks_the_same_hides_no_repeat_and_makes_none():
    disguised = [[first, second.translate(LOOKALIKES)] for first, second in PAIRS["differs"]]
    assert sum(found(pair, key) for pair in disguised for key in KEYS) <= sum(
        found(pair, key) for pair in PAIRS["differs"] for key in KEYS
    )
    hidden = [[first, second.translate(LOOKALIKES)] for first, second in PAIRS["repeats"]]
    hits = sum(found(pair, key) for pair in hidden for key in KEYS)
    assert hits / (len(hidden) * len(KEYS)) >= 0.95


def test_a_fingerprint_has_a_fixed_size_however_long_the_text():
    assert {len(fingerprint(text) or b"") for text in ("a", "word " * 5000, "ab cd " * 9)} == {SIZE}


def test_without_the_authors_key_nothing_can_be_compared():
    text = PAIRS["repeats"][0][0]
    one, other = fingerprint(text, KEYS[0]), fingerprint(text, KEYS[1])
    assert not alike(one, other)


@given(st.text(max_size=300))
def test_any_text_repeats_itself(text):
    print_ = fingerprint(text)
    assert print_ is None or (print_ == fingerprint(text) and alike(print_, print_))


def test_the_latest_of_several_repeated_posts_is_found():
    repeats = Repeats()
    print_ = bytes(SIZE)
    assert [repeats.latest(print_, at) for at in (1, 2, 5)] == [None, 1, 2]
    assert repeats.latest(None, 6) is None


def test_posts_that_share_a_band_but_little_else_are_no_repeats():
    repeats = Repeats()
    repeats.latest(bytes(SIZE), 1)
    other = bytes(ALIKE - 1) + bytes([255]) * (SIZE - ALIKE + 1)
    assert repeats.latest(other, 2) is None
    assert repeats.latest(bytes(ALIKE) + bytes([254]) * (SIZE - ALIKE), 3) == 1


@given(st.lists(st.binary(min_size=2, max_size=2), max_size=12))
def test_looking_up_finds_what_comparing_every_pair_finds(seeds):
    # Few values for each byte, so that many fingerprints share bands and some are alike.
    prints = [
        bytes((seed[0] >> (index % 8) & 1) + (seed[1] >> (index % 7) & 1) for index in range(SIZE))
        for seed in seeds
    ]
    repeats = Repeats()
    for at, print_ in enumerate(prints):
        shares_band = [
            earlier
            for earlier in range(at)
            if any(prints[earlier][band : band + 2] == print_[band : band + 2] for band in range(0, SIZE, 2))
        ]
        expected = max((earlier for earlier in shares_band if alike(prints[earlier], print_)), default=None)
        assert repeats.latest(print_, at) == expected


def test_a_template_posted_a_thousand_times_is_looked_through_at_once():
    posts = [bytes(8) + random.Random(number).randbytes(SIZE - 8) for number in range(1000)]  # noqa: S311 - no secrets

    def look():
        repeats = Repeats()
        assert not any(repeats.latest(print_, at) for at, print_ in enumerate(posts))

    assert fastest(look, runs=3) < allowed(0.2)
