"""The scenes every platform has to play: who says what, by which way in, and what the answer must be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.adapters.conversation.stage import ANA, BEA, CLEO, DAN, EVE, Stage

KEY = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
TWO_OWN_LINKS = (
    "Good point! My blog has it: https://ana.example/tomatoes and my shop: https://ana.example/shop"
)
CLEAN = "Thank you, Bea, for the talk on soil tests yesterday. Which lab did you send yours to?"
PROMOTION = "Please buy my new book on tomatoes, it is out today: https://ana.example/book"
CALLED_OWN = "Thank you all for asking! The seed list is in my shop: https://shop.example/seeds"
DISTRESS = "I can't do this any more. I want to kill myself tonight."
SECRET = f"use this for the deploy, api_key: {KEY}"
CHATTER = (
    "The first frost came early in our garden this year.",
    "Has anybody grown leeks from seed on a balcony?",
    "Thank you, Dan, the compost tip worked wonders here.",
    "We turned the whole heap over this afternoon.",
    "Bea, your pear jelly recipe came out beautifully.",
    "I spent the morning labelling seed packets again.",
    "What do you all use against slugs in the spring?",
    "The robin is back on the old fork handle.",
    "Cleo, congratulations on the second harvest of beans!",
    "Rain all day, so the greenhouse got a good clean.",
    "Does somebody know why basil leaves turn pale?",
    "Eve wrote a lovely piece about hedges, well worth reading.",
    "My neighbour lent me a ladder for the apple tree.",
    "How deep do you plant your garlic over there?",
    "The bees were out at noon, in late October.",
)


@dataclass(frozen=True)
class Turn:
    """One draft or command and its answer.

    Attributes:
        way: `dm` or `command`.
        text: what is said.
        must: words of the answer or of its buttons, whatever the case.
        never: words that must not be in it.
    """

    way: str
    text: str
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """A few turns, after what happened before."""

    name: str
    turns: tuple[Turn, ...]
    before: Callable[[Stage], Awaitable[None]] | None = None
    after: Callable[[Stage], Awaitable[None]] | None = None


async def play(stage: Stage, scene: Scene) -> None:
    """Play a scene and check every answer."""
    if scene.before is not None:
        await scene.before(stage)
    for turn in scene.turns:
        answer = await (stage.dm(turn.text) if turn.way == "dm" else stage.command(turn.text))
        for words in turn.must:
            assert words in answer, f"{scene.name}: {words!r} is missing in {answer}"
        for words in turn.never:
            assert words not in answer, f"{scene.name}: {words!r} must not be in {answer}"
    if scene.after is not None:
        await scene.after(stage)


async def agree(stage: Stage, by: str = ANA) -> None:
    """Let a member agree to the counting, inside the first answer they asked for."""
    await stage.command(CLEAN, by)
    await stage.press("Yes, count my posts", by)


async def _one_promotion_in_sixteen(stage: Stage) -> None:
    await stage.record_channel()
    await agree(stage)
    for text in (*CHATTER, PROMOTION):
        stage.clock.pass_by(hours=2)
        await stage.observe_post(text)
    stage.clock.pass_by(hours=1)


async def _delivered_twice(stage: Stage) -> None:
    await stage.record_channel()
    await agree(stage)
    stage.clock.pass_by(hours=1)
    await stage.observe_post(CHATTER[0], times=3)


async def _says_which_place_is_theirs(stage: Stage) -> None:
    assert "yours. I keep it encrypted" in await stage.press("Yes, it's mine")
    assert "shop.example" in await stage.dm("settings")


async def _says_which_place_is_not_theirs(stage: Stage) -> None:
    assert "won't ask again" in await stage.press("No, it isn't mine")
    assert "Is shop.example yours?" not in await stage.dm(CALLED_OWN)
    assert "shop.example" not in await stage.dm("settings")


async def _corrects_the_balance(stage: Stage) -> None:
    promotion = next(label for label in stage.said()[-1].buttons if "no promotion" in label)
    assert "It counts as" in await stage.press(promotion)
    assert "0 of 16 posts" in await stage.dm("balance")
    await stage.press("It was promotion after all")
    assert "1 of 16 posts" in await stage.dm("balance")


async def _wants_short_answers(stage: Stage) -> None:
    assert "My answers are full" in await stage.dm("settings")
    assert "My answers are short" in await stage.press("Short answers")
    short = await stage.dm(TWO_OWN_LINKS)
    assert "Why?" in short
    assert "tip 8" not in short


async def _key_stays_off_the_wire(stage: Stage) -> None:
    assert KEY not in stage.wire()


async def _nobody_else_heard(stage: Stage) -> None:
    assert stage.said(ANA)
    assert stage.heard_by(BEA) == []


async def _five_members_post(stage: Stage) -> None:
    await stage.record_channel()
    await stage.summarise("Monday", 9, "Europe/Lisbon")
    for person in (ANA, BEA, CLEO, DAN, EVE):
        await agree(stage, person)
    stage.clock.now = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)  # the first full week begins
    for number, person in enumerate((ANA, BEA, CLEO, DAN, EVE)):
        stage.clock.pass_by(hours=3)
        await stage.observe_post(CHATTER[2 * number], person)
        await stage.observe_post(CHATTER[2 * number + 1], person)


async def _summary_across_the_change(stage: Stage) -> None:
    """Clocks go back on Sunday, 25 October 2026: nine o'clock in Lisbon is 8:00 UTC before and 9:00 after."""
    stage.clock.now = datetime(2026, 10, 19, 7, 59, tzinfo=UTC)
    await stage.send_due()
    assert stage.announced() == []
    stage.clock.now = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
    await stage.send_due()
    await stage.send_due()
    assert len(stage.announced()) == 1
    for person in (ANA, BEA, CLEO, DAN, EVE):
        stage.clock.pass_by(hours=3)
        await stage.observe_post(CHATTER[11], person)
    stage.clock.now = datetime(2026, 10, 26, 8, 30, tzinfo=UTC)
    await stage.send_due()
    assert len(stage.announced()) == 1, "an hour early after the clocks went back"
    stage.clock.now = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    await stage.send_due()
    await stage.send_due()
    assert len(stage.announced()) == 2
    for person in (ANA, BEA, CLEO, DAN, EVE):
        assert all(person not in text for text in stage.announced())


FINDINGS = ("to look at.",)

SCENES = (
    Scene(
        "hi introduces the coach",
        (Turn("dm", "hi", ("Checkpost",), FINDINGS), Turn("dm", "Hello!", ("Checkpost",))),
    ),
    Scene(
        "help names the plain commands", (Turn("dm", "help", ("balance", "forget me", "export"), FINDINGS),)
    ),
    Scene(
        "a clean draft is told what works",
        (
            Turn("dm", CLEAN, ("Reads well", "no record yet"), ("0%",)),
            Turn("command", CLEAN, ("Reads well",)),
        ),
    ),
    Scene(
        "two own links",
        (Turn("dm", TWO_OWN_LINKS, ("Mute own-links",)), Turn("command", TWO_OWN_LINKS, ("Mute own-links",))),
    ),
    Scene(
        "one promotion in sixteen posts would become two of seventeen",
        (Turn("command", PROMOTION, ("2 of 17", "12%")), Turn("dm", PROMOTION, ("2 of 17", "12%"))),
        before=_one_promotion_in_sixteen,
    ),
    Scene(
        "a place the draft calls its own is offered once",
        (Turn("dm", CALLED_OWN, ("Is shop.example yours?",)),),
        after=_says_which_place_is_theirs,
    ),
    Scene(
        "a place that is not one's own is asked about once",
        (Turn("command", CALLED_OWN, ("Is shop.example yours?",)),),
        after=_says_which_place_is_not_theirs,
    ),
    Scene(
        "the balance says where it comes from, and its member corrects it",
        (Turn("dm", "balance", ("1 of 16 posts", "The rest:", "What comes next:", "was no promotion")),),
        before=_one_promotion_in_sixteen,
        after=_corrects_the_balance,
    ),
    Scene(
        "distress gets care and no coaching",
        (
            Turn("dm", DISTRESS, ("really hard",), (*FINDINGS, "Mute", "balance")),
            Turn("command", DISTRESS, ("really hard",), (*FINDINGS, "Mute", "balance")),
        ),
    ),
    Scene(
        "a key is masked",
        (Turn("dm", SECRET, FINDINGS, (KEY,)), Turn("command", SECRET, FINDINGS, (KEY,))),
        after=_key_stays_off_the_wire,
    ),
    Scene(
        "an answer is as long as its member wants it",
        (
            Turn("dm", "settings", ("My answers are usual",)),
            Turn("dm", "detail full", ("My answers are full",), FINDINGS),
            Turn("dm", TWO_OWN_LINKS, ("tip 8", "Mute own-links"), ("Why?",)),
            Turn("command", TWO_OWN_LINKS, ("tip 8",)),
        ),
        after=_wants_short_answers,
    ),
    Scene("nobody else hears the answer", (Turn("command", TWO_OWN_LINKS),), after=_nobody_else_heard),
    Scene(
        "a post delivered twice counts once",
        (Turn("dm", "balance", ("0 of 1 post",)),),
        before=_delivered_twice,
    ),
    Scene(
        "an empty draft gets a kind line",
        (
            Turn("dm", "check:   ", ("no words",), FINDINGS),
            Turn("dm", "check: \u200b\u2060", ("no words",), FINDINGS),
        ),
    ),
    Scene(
        "a summary at week's end, once, across a change of clocks",
        (),
        before=_five_members_post,
        after=_summary_across_the_change,
    ),
)
