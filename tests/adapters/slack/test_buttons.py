import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.card import Action, Button, Card, Paragraph
from adapters.slack import buttons
from adapters.slack.buttons import NO_VALUES, Press, Values
from bot.text.draft import Author, Draft, ReplyTo, Surface

ANA = Author("T1/U1", "Ana")
WHY, MUTE = Button(Action.WHY, "Why?"), Button(Action.MUTE, "Mute bait", "bait")


def never(_: object) -> str:
    raise AssertionError("memory must not be used")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from(Surface))
def test_a_short_draft_comes_back_from_the_button_itself(text: str, surface: Surface) -> None:
    draft = Draft(text, surface, None, ANA)
    values = buttons.values_for(Card((), (WHY,), draft), never, shown_again=False)
    assert values.first == values.others
    assert buttons.draft_of(values.first, (), ANA, never) == draft


def test_what_a_draft_answers_comes_back_too() -> None:
    draft = Draft("Yes!", reply_to=ReplyTo("U2", "Who comes?"), author=ANA)
    values = buttons.values_for(Card((), (WHY,), draft), never, shown_again=False)
    assert buttons.draft_of(values.first, (), ANA, never) == draft


@pytest.mark.parametrize(
    "card", [Card((), (WHY,), Draft("x" * 2_000)), Card((), (WHY,), Draft("key"), secret=True)]
)
def test_a_long_draft_and_one_with_a_secret_stay_in_memory(card: Card) -> None:
    values = buttons.values_for(card, lambda _: "the-key", shown_again=True)
    assert values == Values("k:the-key", "k:the-key")
    assert buttons.draft_of(values.first, (), ANA, {"the-key": card.draft}.get) is card.draft
    assert buttons.draft_of(values.first, (), ANA, lambda _: None) is None


def test_one_copy_serves_all_buttons_where_slack_shows_the_message_again() -> None:
    shown = tuple(
        Button(action, "x") for action in (Action.APPLY, Action.AGAIN, Action.MORE, Action.WHY, Action.POSTED)
    )
    card = Card((), shown, Draft("x" * 1_700, author=ANA))
    values = buttons.values_for(card, never, shown_again=True)
    assert values.others == "b:"
    assert buttons.draft_of(values.others, ("", "b:", values.first), ANA, never) == card.draft
    assert buttons.draft_of(values.others, ("b:",), ANA, never) is None
    assert buttons.values_for(card, lambda _: "key", shown_again=False) == Values("k:key", "k:key")


def test_cards_without_a_draft_or_a_button_that_needs_it_keep_nothing() -> None:
    assert buttons.values_for(Card((Paragraph("x"),), (WHY,)), never, shown_again=True) == NO_VALUES
    assert buttons.values_for(Card((), (MUTE,), Draft("x")), never, shown_again=True) == NO_VALUES


def test_a_consent_asked_by_i_posted_this_needs_the_draft() -> None:
    assert buttons.needs_draft(Button(Action.CONSENT_YES, "Yes", "posted"))
    assert not buttons.needs_draft(Button(Action.CONSENT_YES, "Yes"))


@pytest.mark.parametrize("button", [WHY, MUTE, Button(Action.SET, "On", "widen-circle=on")])
def test_a_button_says_what_it_does_when_pressed(button: Button) -> None:
    actions = [{"action_id": buttons.action_id(button), "value": "v"}]
    message = {"blocks": [{"type": "rich_text"}, {"type": "actions", "elements": [{"value": "v"}, {}]}]}
    assert buttons.pressed({"actions": actions}) == Press(button.action, button.argument, "v")
    assert buttons.pressed({"actions": actions, "message": message}) == Press(
        button.action, button.argument, "v", ("v",)
    )
    assert buttons.PATTERN.match(buttons.action_id(button))


@pytest.mark.parametrize("action_id", ["", "checkpost", "checkpost.sing.", "other.why.", "checkpost.."])
def test_a_button_of_another_version_is_not_ours(action_id: str) -> None:
    assert buttons.pressed({"actions": [{"action_id": action_id}]}) is None


@pytest.mark.parametrize("value", ["", "d:", "d:{}", "d:[1]", 'd:["moon","x",null,null]', "d:[", "x:y"])
def test_a_value_that_was_tampered_with_holds_no_draft(value: str) -> None:
    assert buttons.draft_of(value, (), ANA, never) is None
