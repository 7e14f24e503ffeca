"""The card of an answer, whatever the platform."""

from dataclasses import replace

from adapters.kit import aside
from adapters.kit.answers import advice_card, aside_card, more_card, rewrite_card
from adapters.kit.card import Action, Card, Heading, Note, Paragraph, ReadyToCopy, Tip
from bot.balance.consent import Consent, ConsentState
from bot.coach.advice import Advice
from bot.coach.detail import Detail
from bot.rules.catalogue import find_rule
from bot.rules.finding import Finding, Severity
from bot.services.check_draft import Checked
from bot.services.claims import Claim
from bot.text.draft import Author, Draft, Surface
from bot.text.kind import Kind
from bot.text.spans import Span

RULES = ("criticism", "bait", "own-links", "engage", "plain-words", "share-others", "self-focus")
FINDINGS = tuple(
    Finding(rule, 1, Severity.SUGGESTION, 0.9, (Span(0, 1),), f"About {rule}.", "Try this.") for rule in RULES
)
CHECKED = Checked(
    advice=Advice(Kind.NEUTRAL, {}, FINDINGS, rewrite="better"),
    draft=Draft("draft"),
    balance=None,
    what_if=None,
    consent=Consent(),
    help_contact=None,
    first=False,
    recorded_channels=(),
)

OFFERED = [
    Action.OWN,
    Action.NOT_OWN,
    Action.AS_REPLY,
    Action.AS_DIRECT,
    Action.CONSENT_YES,
    Action.CONSENT_NO,
]


def tips(card: Card) -> list[tuple[int, str]]:
    return [(block.number, block.rule) for block in card.blocks if isinstance(block, Tip)]


def argument(card: Card, action: Action, rule: str = "") -> str:
    return next(
        button.argument
        for button in card.buttons
        if button.action is action and button.argument.startswith(rule)
    )


def test_three_findings_are_shown_first_and_the_rest_a_few_at_a_time() -> None:
    card = advice_card(CHECKED, 254)
    shown = tips(card)
    while any(button.action is Action.MORE for button in card.buttons):
        card = more_card(CHECKED, argument(card, Action.MORE))
        shown += tips(card)
        assert len(card.buttons) <= 25
    assert shown == list(enumerate(RULES, 1))


def test_setting_a_finding_aside_takes_back_nothing_that_was_offered() -> None:
    draft = Draft("My blog: https://ana.example/soil")
    first = replace(CHECKED, draft=draft, first=True, claimed=Claim("ana.example/soil", 0))
    again = replace(first, first=False, claimed=None)
    card = advice_card(first, 254, surfaces=True)
    offered = [button for button in card.buttons if button.action in OFFERED]
    assert [button.action for button in offered] == OFFERED
    for rule in ("bait", "criticism"):
        card = aside_card(again, 254, argument(card, Action.DONE, rule), done=True)
        assert [button for button in card.buttons if button.action in OFFERED] == offered
    agreed = replace(
        again,
        consent=Consent(ConsentState.GIVEN),
        draft=replace(draft, author=Author(None, None, ("ana.example",))),
    )
    card = aside_card(agreed, 254, argument(card, Action.DONE, "engage"), done=True)
    left = [button.action for button in card.buttons if button.action in OFFERED]
    assert left == [Action.AS_REPLY, Action.AS_DIRECT]


def test_a_finding_set_aside_makes_room_for_the_next() -> None:
    card = advice_card(CHECKED, 254)
    card = aside_card(CHECKED, 254, argument(card, Action.DONE, "bait"), done=True)
    assert [rule for _, rule in tips(card)] == ["criticism", "own-links", "engage"]
    assert card.replaces
    card = aside_card(CHECKED, 254, argument(card, Action.LATER, "criticism"), done=False)
    assert [rule for _, rule in tips(card)] == ["own-links", "engage", "plain-words"]
    assert Note("Left as it is: criticism.") in card.blocks
    more = more_card(CHECKED, argument(card, Action.MORE))
    assert [rule for _, rule in tips(more)] == ["share-others", "self-focus"]


def notes(card: Card) -> str:
    return "\n".join(block.text for block in card.blocks if isinstance(block, Note))


def test_a_short_answer_is_one_finding_and_the_rest_on_request() -> None:
    short = replace(CHECKED, detail=Detail.SHORT)
    card = advice_card(short, 254)
    assert tips(card) == [(1, "criticism")]
    assert "More (6)" in {button.label for button in card.buttons}
    shown = tips(card)
    while any(button.action is Action.MORE for button in card.buttons):
        card = more_card(short, argument(card, Action.MORE))
        shown += tips(card)
    assert shown == list(enumerate(RULES, 1))


def test_a_short_answer_still_says_how_much_there_is_and_praises_in_one_line() -> None:
    short = replace(CHECKED, detail=Detail.SHORT)
    assert advice_card(short, 254).blocks[0] == Heading("7 things to look at.")
    good = replace(short, advice=Advice(Kind.NEUTRAL, {}, (), praise=("It asks.", "It thanks.")))
    said = [block.text for block in advice_card(good, 254).blocks if isinstance(block, Paragraph)]
    assert said == ["It asks."]


def test_a_full_answer_is_every_finding_with_its_source() -> None:
    full = replace(CHECKED, detail=Detail.FULL)
    card = advice_card(full, 254)
    assert tips(card) == list(enumerate(RULES, 1))
    assert all(f"“{rule.citation}”" in notes(card) for rule in map(find_rule, RULES) if rule)
    assert not {Action.MORE, Action.WHY} & {button.action for button in card.buttons}


def test_a_full_answer_has_no_more_buttons_than_a_message_holds() -> None:
    full = replace(CHECKED, detail=Detail.FULL, first=True)
    card = advice_card(full, 254, surfaces=True)
    assert len(card.buttons) <= 25
    done = [aside.read(button.argument)[0] for button in card.buttons if button.action is Action.DONE]
    assert done == list(RULES[:5])
    card = aside_card(full, 254, argument(card, Action.DONE, "bait"), done=True)
    assert "plain-words" in {button.argument.partition(".")[0] for button in card.buttons}


def test_the_source_stands_behind_a_button_otherwise() -> None:
    for detail in (Detail.SHORT, Detail.USUAL):
        card = advice_card(replace(CHECKED, detail=detail), 254)
        assert Action.WHY in {button.action for button in card.buttons}
        assert "tip 1" not in notes(card)


def test_the_last_finding_set_aside_leaves_the_last_word() -> None:
    one = replace(CHECKED, advice=replace(CHECKED.advice, findings=FINDINGS[:1]))
    card = aside_card(one, 254, argument(advice_card(one, 254), Action.DONE), done=True)
    assert card.blocks[0] == Heading("That was everything. You have the last word.")
    assert tips(card) == []


def test_a_rewrite_is_what_one_goes_on_editing() -> None:
    card = rewrite_card(CHECKED)
    assert ReadyToCopy("better") in card.blocks
    assert card.draft is not None
    assert card.draft.text == "better"


def test_the_other_places_to_go_are_offered_where_asked_for() -> None:
    reply = replace(CHECKED, draft=Draft("draft", Surface.REPLY))
    assert {button.label for button in advice_card(reply, 254, surfaces=True).buttons} >= {
        "Check as a direct message"
    }
    assert "Check as a reply" not in {
        button.label for button in advice_card(reply, 254, surfaces=True).buttons
    }
    assert Action.AS_REPLY not in {button.action for button in advice_card(CHECKED, 254).buttons}
