"""Workspaces that install the app themselves: the page, the way back, tokens and their end."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.install import authorization_url
from bot.bootstrap import Application
from bot.summaries.summary import Summary
from tests.adapters.conversation.stage import ANA, StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.slack import Slack, read
from tests.adapters.slack.server.workspace import CHANNEL, CLIENT_ID, CLIENT_SECRET, TEAM, user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)
OTHER = "T1OTHER"
MANY = {"mode": "http", "bot_token": "", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


@pytest.fixture
async def application(slack: Slack, opened: Opened) -> AsyncIterator[Application]:
    slack.workspace.tokens.clear()
    async with opened(**MANY) as made:
        yield made


@pytest.fixture
async def stage(slack: Slack, application: Application, clock: StageClock) -> AsyncIterator[SlackStage]:
    async with staged(slack, application, clock) as made:
        yield made


async def get(stage: SlackStage, path: str, cookie: str = "") -> tuple[int, str, str]:
    headers = {"Cookie": cookie} if cookie else {}
    url = f"http://127.0.0.1:{stage.adapter.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("Set-Cookie", "")


async def begun(stage: SlackStage) -> tuple[str, str]:
    """Open the page; returns the state and the browser's cookie."""
    status, page, cookie = await get(stage, "/slack/install")
    assert status == 200
    link = re.findall(r'href="([^"]*)"', page)[0].replace("&amp;", "&")
    return parse_qs(urlsplit(link).query)["state"][0], cookie.split(";")[0]


async def installed(stage: SlackStage, team: str = TEAM) -> tuple[int, str]:
    """Install the app in a workspace, as an administrator's browser does."""
    state, cookie = await begun(stage)
    code = stage.slack.workspace.unique("code-")
    stage.slack.workspace.grants[code] = team
    status, page, _ = await get(stage, f"/slack/oauth_redirect?code={code}&state={state}", cookie)
    return status, page


async def test_the_page_offers_coaching_alone_or_with_counting(stage: SlackStage) -> None:
    _, page, cookie = await get(stage, "/slack/install")
    links = [urlsplit(link.replace("&amp;", "&")) for link in re.findall(r'href="([^"]*)"', page)]
    scopes = [parse_qs(link.query)["scope"][0].split(",") for link in links]
    assert not any(scope.startswith("channels:") for scope in scopes[0])
    counting = {"channels:history", "groups:history", "channels:read", "groups:read"}
    assert set(scopes[1]) - set(scopes[0]) == counting
    assert {link.path for link in links} == {"/oauth/v2/authorize"}
    assert all(parse_qs(link.query)["client_id"] == [CLIENT_ID] for link in links)
    assert {"Secure", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}
    assert CLIENT_SECRET not in page


async def test_a_workspace_that_installs_the_app_is_answered_with_its_own_token(stage: SlackStage) -> None:
    for team in (TEAM, OTHER):
        status, page = await installed(stage, team)
        assert (status, "is in your workspace" in page) == (200, True)
    answers = await stage.slack.dm(A, "hi")
    assert "Checkpost" in read(answers[0])
    event = stage.slack.message(A, stage.slack.workspace.direct_channel(A), "hi")
    acting = [{"team_id": OTHER, "user_id": "U0BOT", "is_bot": True}]
    await stage.slack.event(event, "MessagePayload", team_id=OTHER, authorizations=acting)
    used = [token for method, token in stage.slack.workspace.tokens_used if method == "chat.postMessage"]
    assert [stage.slack.workspace.tokens[token] for token in used] == [TEAM, OTHER]


async def test_where_slack_is_away_the_page_says_to_begin_again(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    state, cookie = await begun(stage)
    await stage.slack.stop()
    status, page, _ = await get(stage, f"/slack/oauth_redirect?code=code-1&state={state}", cookie)
    assert (status, "Please begin again" in page) == (401, True)
    assert "Traceback" not in caplog.text


async def test_a_fault_of_ours_is_one_line_in_the_log(
    stage: SlackStage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("secrets of the database")

    monkeypatch.setattr(stage.application.installations, "save", away)
    status, _ = await installed(stage)
    assert status == 500
    assert "answering a request failed: OSError" in caplog.text
    assert "secrets" not in caplog.text


async def test_a_workspace_that_did_not_install_it_gets_no_answer(stage: SlackStage) -> None:
    await installed(stage, OTHER)
    event = stage.slack.message(A, stage.slack.workspace.direct_channel(A), "hi")
    await stage.slack.event(event, "MessagePayload")
    assert stage.slack.workspace.said == []


@pytest.mark.parametrize(
    "broken", ["used", "old", "made up", "none", "other browser", "no code", "wrong code", "cancelled"]
)
async def test_a_way_back_that_is_not_right_installs_nothing(
    stage: SlackStage, clock: StageClock, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    state, cookie = await begun(stage)
    stage.slack.workspace.grants = {"code-1": TEAM, "code-2": TEAM}
    query = f"code=code-1&state={state}"
    match broken:
        case "used":
            await get(stage, f"/slack/oauth_redirect?{query}", cookie)
            await stage.application.installations.remove(f"slack:{TEAM}")
            query = f"code=code-2&state={state}"
        case "old":
            clock.pass_by(minutes=11)
        case "made up":
            made_up = f"{state[:-4]}0000"
            query, cookie = f"code=code-1&state={made_up}", cookie.replace(state, made_up)
        case "none":
            query = "code=code-1"
        case "other browser":
            cookie = ""
        case "no code":
            query = f"state={state}"
        case "wrong code":
            query = f"code=nonsense-code&state={state}"
        case _:
            query = f"error=access_denied&state={state}"
    status, page, _ = await get(stage, f"/slack/oauth_redirect?{query}", cookie)
    assert "Nothing was installed" in page
    assert status == 200 if broken == "cancelled" else status in {400, 401}
    assert await stage.application.installations.find(f"slack:{TEAM}") is None
    assert "nonsense-code" not in caplog.text


def bytes_of_the_database(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("checkpost.sqlite3*"))


async def test_no_token_can_be_read_in_the_database(stage: SlackStage, tmp_path: Path) -> None:
    stage.slack.workspace.rotating = True
    await installed(stage)
    (token,) = stage.slack.workspace.tokens
    everything = bytes_of_the_database(tmp_path)
    assert await stage.application.installations.find(f"slack:{TEAM}") is not None
    for secret in (token, TEAM, *stage.slack.workspace.grants):
        assert secret.encode() not in everything


async def test_a_token_is_renewed_before_it_ends_once_and_for_every_process(
    stage: SlackStage, opened: Opened, clock: StageClock
) -> None:
    stage.slack.workspace.rotating = True
    await installed(stage)
    (first,) = stage.slack.workspace.tokens
    clock.pass_by(hours=9)
    await stage.slack.dm(A, "hi")
    assert list(stage.slack.workspace.tokens) == [first]
    clock.pass_by(hours=1, minutes=30)
    async with opened(**MANY) as second, staged(stage.slack, second, clock) as other:
        for port in (stage.adapter.port, other.adapter.port):
            stage.slack.reach_over_http(port)
            await asyncio.gather(*(stage.slack.dm(A, "hi") for _ in range(3)))
    assert len(stage.slack.workspace.tokens) == 2
    clock.pass_by(minutes=2)
    stage.slack.reach_over_http(stage.adapter.port)
    await stage.slack.dm(A, "hi")
    assert stage.slack.workspace.tokens_used[-1][1] != first


async def test_a_workspace_that_leaves_during_a_renewal_stays_gone(
    stage: SlackStage, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.slack.workspace.rotating = True
    await installed(stage)
    clock.pass_by(hours=11)
    renew = AsyncWebClient.oauth_v2_access

    async def meanwhile(self: AsyncWebClient, **given: str) -> AsyncSlackResponse:
        answer = await renew(self, **given)
        at = int(clock().timestamp())
        await stage.slack.event({"type": "app_uninstalled"}, "AppUninstalledPayload", event_time=at)
        return answer

    monkeypatch.setattr(AsyncWebClient, "oauth_v2_access", meanwhile)
    await stage.slack.command(A, "help")
    assert await stage.application.installations.find(f"slack:{TEAM}") is None


async def test_a_refused_renewal_leaves_the_token_that_still_works(
    stage: SlackStage, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.workspace.rotating = True
    await installed(stage)
    stage.slack.workspace.grants.clear()
    clock.pass_by(hours=11)
    assert await stage.slack.dm(A, "hi")
    assert "invalid_refresh_token" in caplog.text
    assert "xox" not in caplog.text


@pytest.mark.parametrize(
    ("event", "shape"),
    [
        ({"type": "app_uninstalled"}, "AppUninstalledPayload"),
        ({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}, "TokensRevokedPayload"),
    ],
)
async def test_a_workspace_that_leaves_takes_its_tokens_and_its_record_along(
    stage: SlackStage, clock: StageClock, event: dict[str, object], shape: str
) -> None:
    for team in (TEAM, OTHER):
        await installed(stage, team)
    await stage.record_channel()
    at = int(clock().timestamp())
    await stage.slack.event(event, shape, event_time=at)
    assert await stage.application.installations.find(f"slack:{TEAM}") is None
    assert await stage.application.installations.find(f"slack:{OTHER}") is not None
    chosen = await stage.application.community_settings.read(f"slack:{TEAM}")
    assert not chosen.recorded_channels
    await stage.slack.event(
        stage.slack.message(A, stage.slack.workspace.direct_channel(A), "hi"), "MessagePayload"
    )
    assert not any(said.channel.startswith("D") for said in stage.slack.workspace.said)


async def test_a_late_word_of_an_earlier_departure_leaves_the_new_installation(
    stage: SlackStage, clock: StageClock
) -> None:
    before = int(clock().timestamp()) - 60
    await installed(stage)
    await stage.slack.event({"type": "app_uninstalled"}, "AppUninstalledPayload", event_time=before)
    assert await stage.slack.dm(A, "hi")


async def test_a_summary_goes_out_with_the_token_of_its_workspace(stage: SlackStage) -> None:
    for team in (OTHER, TEAM):
        await installed(stage, team)
    await stage.administrate(f"summary <#{CHANNEL}|general>")
    assert await stage.adapter.find(CHANNEL, "a-week") is False
    await stage.adapter.post(CHANNEL, Summary(f"slack:{TEAM}", "2026-W41", "The week", ()), "a-week")
    assert await stage.adapter.find(CHANNEL, "a-week") is True
    used = {token for method, token in stage.slack.workspace.tokens_used if method.startswith("c")}
    assert {stage.slack.workspace.tokens[token] for token in used} == {TEAM}
    assert await stage.adapter.find("C2SHOW", "a-week") is None


def test_slack_s_question_stands_beside_its_web_api() -> None:
    assert authorization_url("https://slack.com/api/") == "https://slack.com/oauth/v2/authorize"
    assert authorization_url("https://proxy.example/slack/api") == (
        "https://proxy.example/slack/oauth/v2/authorize"
    )
