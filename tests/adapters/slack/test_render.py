from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.kit.card import (
    Action,
    Button,
    Card,
    ConsentOffer,
    Heading,
    Note,
    Paragraph,
    QuotedDraft,
    ReadyToCopy,
    Tip,
)
from adapters.slack import buttons
from adapters.slack.render import render
from bot.rules.finding import Severity
from bot.text.draft import Draft
from bot.text.spans import Span
from tests.adapters.slack.server.block_kit import characters, message_problems
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import Said

WORDS = st.text(min_size=1, max_size=60)
LONG = st.builds(
    lambda part, times: (part * times)[:40_000], st.text(min_size=1, max_size=40), st.integers(1, 2_000)
)
BLOCKS = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, LONG),
    st.builds(Note, WORDS),
    st.builds(ReadyToCopy, LONG),
    st.builds(Tip, st.integers(1, 3), st.just("bait"), st.sampled_from(Severity), LONG, LONG),
    st.builds(
        lambda text, start: QuotedDraft(text, (Span(start % len(text), start % len(text) + 1),)),
        LONG,
        st.integers(0),
    ),
    st.just(ConsentOffer(("C1", "C2"), 254)),
)
ALL_BUTTONS = tuple(Button(action, action.value, "x") for action in Action)


def as_read(card: Card) -> str:
    return "\n".join(read(Said(message.payload(), "1")) for message in render(card))


@settings(max_examples=60, deadline=None)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=70), draft=LONG, shown_again=st.booleans())
def test_no_card_exceeds_what_slack_takes_or_pings(*, blocks: list, draft: str, shown_again: bool) -> None:
    card = Card(tuple(blocks), ALL_BUTTONS, Draft(draft))
    for message in render(card, buttons.values_for(card, lambda _: "key", shown_again=shown_again)):
        assert message_problems(message.payload()) == []


@settings(max_examples=40, deadline=None)
@given(LONG)
def test_a_text_to_copy_arrives_whole_however_long(text: str) -> None:
    assert as_read(Card((ReadyToCopy(text),))).replace("\n", "") == text.replace("\n", "")


def test_the_evidence_of_a_draft_is_bold() -> None:
    (message,) = render(Card((QuotedDraft("Buy my book now", (Span(4, 11),)),)))
    elements = message.blocks[0]["elements"][0]["elements"]
    assert [(element["text"], "style" in element) for element in elements] == [
        ("Buy ", False),
        ("my book", True),
        (" now", False),
    ]


def test_evidence_at_both_ends_leaves_no_empty_text() -> None:
    (message,) = render(Card((QuotedDraft("ab", (Span(0, 2),)),)))
    assert message.blocks[0]["elements"][0]["elements"] == [
        {"type": "text", "text": "ab", "style": {"bold": True}}
    ]


def test_of_a_long_draft_only_what_surrounds_the_evidence_is_quoted() -> None:
    text = "x" * 5_000 + "HERE" + "y" * 5_000 + "THERE" + "z" * 5_000
    shown = as_read(Card((QuotedDraft(text, (Span(5_000, 5_004), Span(10_004, 10_009))),)))
    assert "HERE" in shown
    assert "THERE" in shown
    assert shown.count("…") == 3
    assert len(shown) < 1_600


def test_nothing_a_member_wrote_acts() -> None:
    text = "<!channel> <@U1> *bold* <https://a.example|click> & &lt;"
    card = Card(
        (Heading(text), Paragraph(text), Note(text), QuotedDraft(text, (Span(0, 4),)), ReadyToCopy(text))
    )
    (message,) = render(card)
    assert message_problems(message.payload()) == []
    assert as_read(card).count(text) == 5


def test_a_notification_never_shows_the_draft() -> None:
    (message,) = render(
        Card((Heading("One thing."), Paragraph("You wrote: hush"), QuotedDraft("hush", (Span(0, 4),))))
    )
    assert message.text == "One thing."


def test_web_addresses_and_channels_of_ours_lead_where_they_say() -> None:
    (message,) = render(Card((Paragraph("See https://help.example/a. Or <#C123>!"),)))
    kinds = [element["type"] for element in message.blocks[0]["elements"][0]["elements"]]
    assert kinds == ["text", "link", "text", "channel", "text"]
    assert message.blocks[0]["elements"][0]["elements"][1]["url"] == "https://help.example/a"


def test_only_the_last_message_has_buttons() -> None:
    card = Card((ReadyToCopy("word " * 8_000),), (Button(Action.AGAIN, "Again"),), Draft("x"))
    first, *_, last = render(card, buttons.Values("k:key", "k:key"))
    assert all(block["type"] != "actions" for block in first.blocks)
    assert last.blocks[-1]["type"] == "actions"
    assert characters(last.payload()) <= 13_200


def test_a_card_without_words_is_no_message() -> None:
    assert render(Card(())) == ()
