"""The window of a member's own settings: what it shows, takes, refuses and leaves alone."""

import json
from typing import Any

import pytest

from adapters.kit.card import ConsentOffer
from adapters.slack import translate
from adapters.slack.member_choices import Chosen, Quiet
from adapters.slack.member_window import closing, window
from adapters.slack.modals import Origin
from bot.balance.consent import ConsentState
from bot.balance.identity import Member
from bot.coach.detail import Detail
from bot.rules.catalogue import all_rules
from bot.storage.errors import StoppedError
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.block_kit import view_problems
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import CHANNEL, TEAM, user_of
from tests.adapters.slack.stage import SlackStage
from tests.adapters.slack.test_departures import chosen as community_s

A, B = user_of(ANA), user_of(BEA)
EVERYTHING = {
    "counting": ("on",),
    "sites": "ana.example\n\n github.com/ana \nana.example",
    "detail": 0,
    "muted": ("bait", "own-links"),
    "hints": ("widen-circle", "real-name"),
    "nudges": ("on",),
    "quiet_from": 21,
    "quiet_until": 7,
    "zone": " Europe/Lisbon",
}


def member(user: str = A) -> Member:
    return translate.member(TEAM, user)


async def opened(stage: SlackStage) -> None:
    assert await stage.slack.command(A, "settings") == []


def fields(stage: SlackStage) -> dict[str, Any]:
    blocks = stage.slack.workspace.views[A]["blocks"]
    return {block["block_id"]: block["element"] for block in blocks if block["type"] == "input"}


async def kept(stage: SlackStage) -> dict[str, Any]:
    return await stage.application.privacy.export(member())


async def test_everything_is_set_at_once_and_shown_again(stage: SlackStage) -> None:
    await stage.record_channel()
    await opened(stage)
    assert f"<#{CHANNEL}>" in json.dumps(stage.slack.workspace.views[A])
    before = len(stage.slack.workspace.said)
    assert await stage.slack.send_window(A, **EVERYTHING) is None
    (said,) = stage.slack.workspace.said[before:]
    assert (said.user, read(said)) == (A, "Saved.")
    application = stage.application
    assert (await application.consents.state(member())).state is ConsentState.GIVEN
    preferences = await application.member_settings.read(member())
    assert preferences.own_sites == ("ana.example", "github.com/ana")
    assert (preferences.detail, preferences.muted_rules) == (Detail.SHORT, {"bait", "own-links"})
    assert preferences.widen_circle
    assert preferences.real_name
    nudging = await application.nudges.read(member())
    assert nudging is not None
    assert (nudging.quiet_from, nudging.quiet_until, nudging.zone.key) == (21, 7, "Europe/Lisbon")
    await opened(stage)
    shown = fields(stage)
    assert shown["sites"]["initial_value"] == "ana.example\ngithub.com/ana"
    assert shown["quiet_from"]["initial_option"]["value"] == "21"
    assert {option["value"] for option in shown["hints"]["initial_options"]} == {"widen-circle", "real-name"}


async def test_everything_is_taken_back(stage: SlackStage) -> None:
    await opened(stage)
    await stage.slack.send_window(A, **EVERYTHING)
    await opened(stage)
    nothing = {"counting": (), "sites": None, "detail": 1, "muted": (), "hints": (), "nudges": ()}
    assert await stage.slack.send_window(A, **nothing) is None
    application = stage.application
    assert (await application.consents.state(member())).state is ConsentState.WITHDRAWN
    preferences = await application.member_settings.read(member())
    assert not preferences.own_sites
    assert not preferences.muted_rules
    assert not preferences.widen_circle
    assert await application.nudges.read(member()) is None


async def test_a_window_sent_as_it_opened_leaves_no_trace(stage: SlackStage) -> None:
    nobody = await kept(stage)
    await opened(stage)
    assert await stage.slack.send_window(A) is None
    assert await kept(stage) == nobody


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("sites", "ana.example\nyoutube.com", "youtube.com is shared by many"),
        ("sites", "not a site at all", "no address"),
        ("sites", "x" * 250, "longer than the 200 characters"),
        ("sites", "\n".join(f"s{number}.example" for number in range(101)), "I can keep 100 sites"),
        ("zone", "Mars/Base", "Europe/Lisbon"),
        ("zone", "", "Europe/Lisbon"),
    ],
)
async def test_what_cannot_be_set_is_said_at_its_field_and_nothing_changes(
    stage: SlackStage, field: str, value: str, said: str
) -> None:
    nobody = await kept(stage)
    await opened(stage)
    refusal = await stage.slack.send_window(A, counting=("on",), nudges=("on",), **{field: value})
    assert refusal["response_action"] == "errors"
    assert said in refusal["errors"][field]
    assert await kept(stage) == nobody
    assert await stage.slack.send_window(A, counting=("on",)) is None  # it is open still, and can be mended


async def test_a_window_that_is_out_of_date_changes_nothing(stage: SlackStage) -> None:
    await opened(stage)
    await stage.dm("my site: ana.example")
    refusal = await stage.slack.send_window(A, sites="shop.example")
    assert "open it again" in refusal["errors"]["counting"]
    assert (await stage.application.member_settings.read(member())).own_sites == ("ana.example",)


async def test_without_the_records_it_is_said_in_the_window(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)

    async def stopped(*_: object) -> None:
        raise StoppedError("the disk is full; make room")

    with monkeypatch.context() as broken:
        broken.setattr(type(stage.application.consents), "state", stopped)
        refusal = await stage.slack.send_window(A, counting=("on",))
    assert "try again" in refusal["errors"]["counting"]


async def test_an_export_comes_from_it_by_direct_message(stage: SlackStage) -> None:
    await opened(stage)
    (said,) = await stage.slack.press_window(A, "Send me an export")
    assert said.channel == stage.slack.workspace.direct_channel(A)
    ((_, name, content),) = stage.slack.workspace.files
    assert name == "checkpost-export.json"
    assert json.loads(content)
    assert A in stage.slack.workspace.views


async def test_forgetting_empties_the_window_and_the_tab(stage: SlackStage) -> None:
    await opened(stage)
    await stage.slack.send_window(A, **EVERYTHING)
    await opened(stage)
    assert await stage.slack.press_window(A, "Forget me") == []
    view = stage.slack.workspace.views[A]
    assert "erased" in json.dumps(view)
    assert "submit" not in view
    assert "Your own sites: none" in json.dumps(stage.slack.workspace.homes[A], ensure_ascii=False)
    assert (await stage.application.member_settings.read(member())).own_sites == ()


async def test_it_opens_from_the_settings_in_the_direct_messages(stage: SlackStage) -> None:
    await stage.slack.dm(A, "settings")
    said = stage.slack.workspace.seen_by(A)[-1]
    assert await stage.slack.press(A, said, "Change my settings") == []
    assert await stage.slack.send_window(A, detail=2) is None
    saved = stage.slack.workspace.seen_by(A)[-1]
    assert (saved.channel, read(saved)) == (stage.slack.workspace.direct_channel(A), "Saved.")


async def test_a_member_s_window_says_nothing_of_anybody_else(stage: SlackStage) -> None:
    await stage.dm("my site: bea.example", BEA)
    await opened(stage)
    assert "bea.example" not in json.dumps(stage.slack.workspace.views[A])
    await stage.slack.send_window(A, **EVERYTHING)
    assert (await stage.application.member_settings.read(member(B))).own_sites == ("bea.example",)
    assert not (await community_s(stage)).recorded_channels


@pytest.mark.parametrize("sites", [(), ("ana.example",), tuple(f"s{n}.example" for n in range(100)), None])
@pytest.mark.parametrize("nudges", [None, Quiet(0, 0, "America/Argentina/ComodRivadavia")])
def test_slack_takes_the_window(sites: tuple[str, ...] | None, nudges: Quiet | None) -> None:
    muted = frozenset(rule.id for rule in all_rules())
    now = Chosen(
        counting=True,
        own_sites=sites,
        detail=Detail.FULL,
        muted=muted,
        widen_circle=True,
        real_name=False,
        nudges=nudges,
    )
    many = ConsentOffer(tuple(f"C{number:09d}" for number in range(300)), 254)
    origin = Origin("D1", "1.2", "https://hooks.example/" + "x" * 200)
    assert view_problems(window(origin, now, many)) == []
    assert view_problems(closing("Done.")) == []
