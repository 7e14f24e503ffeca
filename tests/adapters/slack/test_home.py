"""The Home tab: one's own balance and settings, for oneself only."""

import pytest

from adapters.slack import home
from bot.storage.errors import StoppedError
from tests.adapters.conversation.scenes import CLEAN, PROMOTION
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import Fault, Said, user_of
from tests.adapters.slack.stage import SlackStage
from tests.adapters.slack.test_balance import counted, images

A, B = user_of(ANA), user_of(BEA)


def shown(view: dict[str, object]) -> str:
    return read(Said(view, ""))


async def test_it_shows_the_balance_and_the_settings_to_their_member(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, PROMOTION)
    (asked,) = await stage.slack.press(A, answer, "I posted this")
    await stage.slack.press(A, asked, "Yes, count my posts")
    mine = shown(await stage.slack.open_home(A))
    assert "1 of 1 post" in mine
    assert "Your settings" in mine
    assert "No record yet" in shown(await stage.slack.open_home(B))


async def test_a_draft_is_checked_from_it(stage: SlackStage) -> None:
    await stage.slack.open_home(A)
    assert await stage.slack.press_home(A, "Check a draft") == []
    await stage.slack.submit(A, CLEAN)
    (answer,) = stage.slack.workspace.seen_by(A)
    assert answer.channel == stage.slack.workspace.direct_channel(A)
    assert "Reads well" in read(answer)


async def test_a_setting_changes_in_the_tab_and_nothing_more_is_said(stage: SlackStage) -> None:
    await stage.slack.open_home(A)
    assert await stage.slack.press_home(A, "Give me hints about your circle") == []
    assert "No hints about your circle" in str(stage.slack.workspace.homes[A])


async def test_it_says_what_is_wished_for_and_how_to_change_it(stage: SlackStage) -> None:
    assert "Kudos are off" in shown(await stage.slack.open_home(A))
    await stage.slack.dm(A, "kudos on")
    assert "Kudos are on" in shown(await stage.slack.open_home(A))
    await stage.slack.press_home(A, "Change my settings")
    assert "digest" in str(stage.slack.workspace.views[A])


async def test_everything_is_set_in_a_window_and_the_tab_shows_it(stage: SlackStage) -> None:
    await stage.slack.open_home(A)
    assert await stage.slack.press_home(A, "Change my settings") == []
    before = len(stage.slack.workspace.said)
    assert await stage.slack.send_window(A, sites="ana.example\ngithub.com/ana", detail=2) is None
    assert len(stage.slack.workspace.said) == before
    tab = shown(stage.slack.workspace.homes[A])
    assert "github.com/ana" in tab
    assert "My answers are full" in tab
    await stage.slack.press_home(A, "My sites")
    await stage.slack.send_window(A, sites=None)
    assert "Your own sites: none" in shown(stage.slack.workspace.homes[A])


async def test_what_is_forgotten_is_gone_from_it(stage: SlackStage) -> None:
    await stage.slack.open_home(A)
    await stage.slack.press_home(A, "My sites")
    await stage.slack.send_window(A, sites="ana.example")
    (asked,) = await stage.slack.press_home(A, "Forget me")
    await stage.slack.press(A, asked, "Yes, erase it")
    assert "Your own sites: none" in shown(stage.slack.workspace.homes[A])


async def test_the_chart_is_lines_in_the_tab_and_comes_as_an_image_by_direct_message(
    stage: SlackStage,
) -> None:
    assert "Send me the chart" not in str(await stage.slack.open_home(A))
    await counted(stage)
    assert "100% above the aim" in shown(await stage.slack.open_home(A))
    assert images([Said(stage.slack.workspace.homes[A], "")]) == []
    (said,) = await stage.slack.press_home(A, "Send me the chart")
    assert said.channel == stage.slack.workspace.direct_channel(A)
    assert len(images([said])) == 1
    assert stage.heard_by(BEA) == []


async def test_where_slack_takes_no_image_the_chart_comes_written(stage: SlackStage) -> None:
    await counted(stage)
    stage.slack.workspace.scopes.remove("files:write")
    await stage.slack.open_home(A)
    (said,) = await stage.slack.press_home(A, "Send me the chart")
    assert images([said]) == []
    assert "100% above the aim" in read(said)


async def test_a_workspace_without_the_tab_still_gets_its_answers(stage: SlackStage) -> None:
    stage.slack.workspace.faults["views.publish"].append(Fault(body={"ok": False, "error": "not_enabled"}))
    (answer,) = await stage.slack.dm(A, "forget me")
    assert "nothing about you" in read(answer)


@pytest.mark.parametrize("way", ["dm", "command"])
async def test_without_the_records_it_is_said_where_to_forget_was_asked_though_the_tab_stays_as_it_was(
    stage: SlackStage, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped(*_: object) -> None:
        raise StoppedError("the disk is full; make room")

    with monkeypatch.context() as broken:
        broken.setattr(type(stage.application.member_settings), "read", stopped)
        (answer,) = await (stage.slack.dm if way == "dm" else stage.slack.command)(A, "forget me")
    assert "can't reach my records" in read(answer)


def test_only_buttons_of_the_tab_count_as_pressed_there() -> None:
    assert home.was_pressed({"view": {"type": "home"}})
    assert not home.was_pressed({"view": {"type": "modal"}})
    assert not home.was_pressed({"message": {}})
