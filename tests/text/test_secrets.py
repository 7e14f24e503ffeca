"""Every secret is masked to the character, and what merely looks like one is left alone."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.secrets import SecretKind, find_secrets, secrets
from bot.text.spans import Span
from tests.timing import allowed, fastest

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "secrets.yaml").read_text(encoding="utf-8"))
MASKED = [(kind, text) for kind, texts in CASES["masked"].items() for text in texts]
LONGEST = 40_000


def unmarked(text: str) -> tuple[str, list[Span]]:
    """Return a case without its marks, and what stood between them."""
    plain, spans, start = "", [], 0
    for character in text.replace("¦", ""):
        if character == "⟦":
            start = len(plain)
        elif character == "⟧":
            spans.append(Span(start, len(plain)))
        else:
            plain += character
    return plain, spans


@pytest.mark.parametrize(("kind", "text"), MASKED)
def test_exactly_the_secret_is_masked(kind: str, text: str):
    plain, spans = unmarked(text)
    found = find_secrets(plain)
    assert [secret.span for secret in found] == spans
    assert SecretKind(kind) in {secret.kind for secret in found}
    assert secrets(plain) == tuple(spans)


@pytest.mark.parametrize("text", CASES["quiet"])
def test_near_misses_stay_quiet(text: str):
    assert find_secrets(text.replace("¦", "")) == ()


def test_a_published_test_number_is_no_secret_where_the_draft_says_so():
    assert find_secrets("For testing locally use 4242 4242 4242 4242, any CVV") == ()
    assert find_secrets("charge it to 4242 4242 4242 4242") != ()


def test_a_mistyped_card_is_a_card_where_it_is_called_one():
    assert find_secrets("company card, 5412 7534 9081 2266, exp 09/27")[0].kind is SecretKind.CARD


def test_cases_are_many():
    assert len(MASKED) >= 60
    assert len(CASES["quiet"]) >= 70


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(alphabet="pasword:=is 4-@/.'\"\u200b\ud800AKIhernum"))
def test_never_raises_and_spans_lie_in_the_text(text: str):
    end = 0
    for secret in find_secrets(text):
        assert end <= secret.span.start < secret.span.end <= len(text)
        end = secret.span.end


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "password is|pw:|login|her number is|he lives at|14 |Anna |call |DE89|4111 |eyJ|sk-|a1B2|key: |@|"
            "://|:|/|\n| |"
            "-----BEGIN PRIVATE KEY-----|mysql -p|curl -u |seed phrase: |abandon |Bearer |1|(|.|x".split("|")
        ),
        min_size=1,
        max_size=8,
    )
)
def test_repetition_takes_time_in_line_with_length(pieces: list[str]):
    text = "".join(pieces)
    nasty = (text * (LONGEST // len(text) + 1))[:LONGEST]
    assert fastest(lambda: find_secrets(nasty)) <= allowed(0.05)
