from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.custom_ids import Source
from adapters.discord.markup import units, unmarked
from adapters.discord.render import Payload, joined, render, rows
from adapters.kit.card import (
    Action,
    Attachment,
    Button,
    Card,
    ConsentOffer,
    Drawing,
    Heading,
    Note,
    Paragraph,
    QuotedDraft,
    ReadyToCopy,
    Tip,
)
from bot.rules.finding import Severity
from bot.summaries.chart import Bar, Chart
from bot.text.draft import Draft, Surface
from bot.text.spans import Span
from tests.adapters.discord.server import limits

AGAIN = (Button(Action.AGAIN, "Check again"),)


def body(payload: Payload) -> dict[str, object]:
    """Return what goes over the wire, as far as Discord limits it."""
    rows = [payload.buttons[start : start + 5] for start in range(0, len(payload.buttons), 5)]
    return {
        "content": payload.content,
        "embeds": [embed.to_dict() for embed in payload.embeds],
        "components": [
            {"components": [{"custom_id": str(press), "label": button.label} for button, press in row]}
            for row in rows
        ],
        "files": payload.files,
    }


words = st.text(alphabet="ab *_<@:/\n\U0001f600", min_size=1, max_size=3000)
blocks = st.one_of(
    st.builds(Heading, words),
    st.builds(Paragraph, words),
    st.builds(Note, words),
    st.builds(Tip, st.integers(1, 14), st.just("bait"), st.sampled_from(list(Severity)), words, words),
    st.builds(
        QuotedDraft, st.text(alphabet="a*\n \U0001f600", min_size=1, max_size=4000), st.just((Span(0, 1),))
    ),
    st.builds(ReadyToCopy, st.text(alphabet="a`*\n", min_size=1, max_size=4000)),
)


@given(st.lists(blocks, min_size=1, max_size=8), st.integers(0, 30))
def test_no_card_breaks_a_limit(some: list[object], count: int) -> None:
    buttons = tuple(Button(Action.MUTE, f"Mute {number}", f"rule-{number}") for number in range(count))
    quoted = [block for block in some if isinstance(block, QuotedDraft)][1:]
    once = tuple(block for block in some if block not in quoted)
    for payload in render(Card(once, buttons, Draft("x")), "k" * 16):  # pyright: ignore[reportArgumentType]
        assert limits.broken(body(payload)) is None


def test_words_stand_before_the_draft_and_the_buttons_come_last() -> None:
    card = Card(
        (Heading("One thing"), QuotedDraft("you fools", (Span(4, 9),)), Note("aside")),
        AGAIN,
        Draft("you fools"),
    )
    (payload,) = render(card)
    assert payload.content == "**One thing**\n-# aside"
    assert payload.embeds[0].description == "you **__fools__**"
    assert [button.label for button, _ in payload.buttons] == ["Check again"]


def test_long_words_become_several_messages_and_only_the_last_has_buttons() -> None:
    card = Card(tuple(Paragraph("word " * 150) for _ in range(8)), AGAIN)
    payloads = render(card)
    assert len(payloads) > 2
    assert [bool(payload.buttons) for payload in payloads] == [False] * (len(payloads) - 1) + [True]


def test_a_shown_draft_can_be_read_back_from_its_embed() -> None:
    draft = Draft("# read *me* <@123456789012345678>\n- now", Surface.REPLY)
    (payload,) = render(Card((QuotedDraft(draft.text, (Span(7, 11),)),), AGAIN, draft))
    press = payload.buttons[0][1]
    assert (press.source, press.surface) == (Source.SHOWN, Surface.REPLY)
    assert unmarked(payload.embeds[0].description or "") == draft.text


def test_a_draft_without_findings_is_shown_for_its_buttons() -> None:
    (payload,) = render(Card((Heading("Reads well to me."),), AGAIN, Draft("Thanks, Bea!")))
    assert payload.embeds[0].description == "Thanks, Bea!"


def test_a_draft_with_a_secret_is_only_in_memory() -> None:
    card = Card(
        (Heading("One thing"), QuotedDraft("key ••••", (Span(4, 8),), masked=True)),
        AGAIN,
        Draft("key 1234"),
        secret=True,
    )
    (payload,) = render(card, "key-of-memory")
    assert payload.buttons[0][1].source is Source.HIDDEN
    assert "1234" not in str(body(payload))


def test_a_secret_without_a_quotation_shows_no_draft() -> None:
    (payload,) = render(Card((Heading("Reads well to me."),), AGAIN, Draft("key 1234"), secret=True))
    assert payload.embeds == ()


def test_a_very_long_draft_is_shown_in_part_and_kept_in_memory() -> None:
    draft = Draft("*" * 4000)
    (payload,) = render(Card((QuotedDraft(draft.text, (Span(0, 3),)),), AGAIN, draft))
    assert payload.buttons[0][1].source is Source.MEMORY
    assert payload.embeds[0].title == "How your draft begins"


@given(st.text("a *\n\u200b", min_size=500, max_size=700), st.integers(0, 3000))
def test_a_draft_shown_in_pieces_is_read_back_from_them(text: str, start: int) -> None:
    draft = Draft((text * 8)[:3900])
    (payload,) = render(Card((QuotedDraft(draft.text, (Span(start, start + 50),)),), AGAIN, draft))
    assert all(units(embed.description or "") <= 4096 for embed in payload.embeds)
    if payload.buttons[0][1].source is Source.PIECES:
        assert joined((embed.description or "").strip() for embed in payload.embeds) == draft.text


def test_a_text_to_copy_stands_in_a_code_block() -> None:
    (payload,) = render(Card((ReadyToCopy("Hi *Bea*"),)))
    assert payload.embeds[0].description == "```\nHi *Bea*\n```"


def test_a_text_to_copy_that_holds_a_code_block_is_a_file() -> None:
    (payload,) = render(Card((Heading("Here"), ReadyToCopy("```\ncode\n```"))))
    assert payload.files[0].content == b"```\ncode\n```"


def test_an_export_is_attached() -> None:
    export = Attachment("export.json", b"{}", "everything")
    (payload,) = render(Card((Paragraph("Here."),), attachment=export))
    assert payload.files == (export,)


def test_the_consent_question_names_channels_as_links() -> None:
    (payload,) = render(Card((ConsentOffer(("123456789012345678",), 254),)))
    assert "<#123456789012345678>" in payload.content


def labels(*buttons: Button) -> list[list[str]]:
    (payload,) = render(Card((Paragraph("Here."),), buttons))
    return [[button.label for button, _ in row] for row in rows(payload)]


def of_finding(number: int) -> list[Button]:
    rule = f"rule-{number}"
    return [Button(each, f"{each.value} {rule}", rule) for each in (Action.DONE, Action.LATER, Action.MUTE)]


def test_the_buttons_of_one_finding_stand_together() -> None:
    consent = Button(Action.CONSENT_NO, "No, thanks")
    shown = labels(Button(Action.WHY, "Why?"), *of_finding(1), *of_finding(2), consent)
    assert [len(row) for row in shown] == [1, 3, 3, 1]
    assert shown[0] == ["Why?"]
    assert shown[-1] == ["No, thanks"]


def test_more_buttons_than_five_rows_hold_that_way_are_packed() -> None:
    many = [Button(Action.SET, f"set {number}", f"a={number}") for number in range(6)]
    shown = labels(*many, *of_finding(1), *of_finding(2), *of_finding(3), Button(Action.WHY, "Why?"))
    assert [len(row) for row in shown] == [5, 5, 5, 1]


def test_a_drawing_is_an_image_with_its_words() -> None:
    chart = Chart((Bar("3 Nov", 4), Bar("17 Nov", 12)), 5, 10, "Your share")
    (payload,) = render(Card((Heading("Your balance"), Drawing(chart))))
    (file,) = payload.files
    assert file.content.startswith(b"\x89PNG")
    assert file.description == chart.alternative
    assert "█" not in payload.content
