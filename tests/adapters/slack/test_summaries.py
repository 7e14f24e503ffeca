"""The weekly summary on the wire: posted, found again, refused."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from adapters.kit.protocol import AdapterError
from bot.balance.balance import Balance
from bot.balance.identity import Member
from bot.summaries.chart import Bar, Chart
from bot.summaries.digest import Digest
from bot.summaries.summary import Kudos, Summary
from tests.adapters.conversation.stage import StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import CHANNEL, Fault
from tests.adapters.slack.stage import SlackStage

SUMMARY = Summary(
    "slack:T0TEAM", "2026-W42", "A friendly week.", ("Half of it was answers.",), "Try a question."
)


@pytest.fixture
async def stage(slack: Slack, opened: Opened, clock: StageClock) -> AsyncIterator[SlackStage]:
    async with opened() as application, staged(slack, application, clock) as made:
        yield made


async def test_a_summary_is_found_again_by_its_marker(stage: SlackStage) -> None:
    assert await stage.adapter.find(CHANNEL, "week-42") is False
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert stage.announced() == ["A friendly week.\nHalf of it was answers.\nTry a question."]
    assert await stage.adapter.find(CHANNEL, "week-42") is True
    assert await stage.adapter.find(CHANNEL, "week-43") is False


async def test_a_summary_is_found_where_slack_keeps_the_metadata_to_itself(stage: SlackStage) -> None:
    stage.slack.workspace.history_shows = {"blocks"}
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert await stage.adapter.find(CHANNEL, "week-42") is True
    assert await stage.adapter.find(CHANNEL, "week-4") is False


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_where_a_channel_may_not_be_read_nobody_knows(stage: SlackStage, error: str) -> None:
    stage.slack.workspace.faults["conversations.history"].append(Fault(200, {"ok": False, "error": error}))
    assert await stage.adapter.find(CHANNEL, "week-42") is None


@pytest.mark.parametrize(
    ("error", "remedy"),
    [("not_in_channel", "/invite @Checkpost"), ("is_archived", "choose another"), ("odd", "tried again")],
)
async def test_a_refused_summary_names_the_remedy(stage: SlackStage, error: str, remedy: str) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(200, {"ok": False, "error": error}))
    with pytest.raises(AdapterError, match=remedy):
        await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert stage.announced() == []


async def test_a_broken_answer_leaves_it_open_whether_it_was_posted_and_is_not_repeated(
    stage: SlackStage,
) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(500, text="<html>"))
    with pytest.raises(Exception) as caught:  # noqa: PT011 - anything but a certain refusal
        await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert not isinstance(caught.value, AdapterError)
    assert [method for method, _ in stage.slack.workspace.calls].count("chat.postMessage") == 1


async def test_what_slack_puts_off_is_sent_later(stage: SlackStage) -> None:
    later = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "0"})
    stage.slack.workspace.faults["chat.postMessage"].append(later)
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert len(stage.announced()) == 1


CHART = Chart((Bar("W41", None), Bar("W42", 12)), 5, 10)
DRAWN = Summary("slack:T0TEAM", "2026-W42", "A week.", ("About 80 posts.",), "Try a question.", CHART)


def images(stage: SlackStage) -> list[dict[str, object]]:
    said = [one.payload for one in stage.slack.workspace.said if one.channel == CHANNEL]
    return [block for payload in said for block in payload["blocks"] if block["type"] == "image"]


async def test_the_chart_is_an_image_in_the_one_message_with_its_words(stage: SlackStage) -> None:
    await stage.adapter.post(CHANNEL, DRAWN, "week-42")
    (image,) = images(stage)
    assert image["alt_text"] == CHART.alternative
    ((file, name, content),) = stage.slack.workspace.files
    assert image["slack_file"] == {"id": file}
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG")
    assert len(stage.announced()) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_where_no_file_may_be_uploaded_the_chart_is_written(stage: SlackStage, method: str) -> None:
    stage.slack.workspace.faults[method].append(Fault(200, {"ok": False, "error": "missing_scope"}))
    await stage.adapter.post(CHANNEL, DRAWN, "week-42")
    assert images(stage) == []
    (said,) = stage.announced()
    assert "W42  ███ 12% above the aim" in said


async def test_an_image_slack_does_not_take_is_written_instead_and_posted_once(stage: SlackStage) -> None:
    refused = Fault(200, {"ok": False, "error": "invalid_blocks"})
    stage.slack.workspace.faults["chat.postMessage"].append(refused)
    await stage.adapter.post(CHANNEL, DRAWN, "week-42")
    assert images(stage) == []
    assert len(stage.announced()) == 1
    assert await stage.adapter.find(CHANNEL, "week-42") is True


async def test_who_is_named_goes_by_their_name_and_is_not_pinged(stage: SlackStage) -> None:
    person = next(iter(stage.slack.workspace.people))
    name = stage.slack.workspace.people[person]["name"]
    kudos = (
        Kudos(Member("slack", f"T0TEAM/{person}"), "answered 9 questions"),
        Kudos(Member("slack", "T0TEAM/U0GONE"), "said thank you 5 times"),
    )
    summary = Summary("slack:T0TEAM", "2026-W42", "A week.", ("About 80 posts.",), kudos=kudos)
    await stage.adapter.post(CHANNEL, summary, "week-42")
    (said,) = stage.announced()
    assert f"{name} answered 9 questions" in said
    assert "U0GONE" not in said
    assert f"<@{person}>" not in str(stage.slack.workspace.said[-1].payload)


@pytest.mark.parametrize(("count", "left_out"), [(60, 0), (400, 175)])
async def test_a_summary_is_one_message_however_many_are_named(
    stage: SlackStage, count: int, left_out: int
) -> None:
    people = stage.slack.workspace.people
    people |= {f"U{number:03d}": {"name": f"Person {number}", "admin": False} for number in range(count)}
    kudos = tuple(
        Kudos(Member("slack", f"T0TEAM/U{number:03d}"), "answered 9 questions") for number in range(count)
    )
    summary = Summary("slack:T0TEAM", "2026-W42", "A week.", ("80 posts.",), "Try it.", CHART, kudos=kudos)
    await stage.adapter.post(CHANNEL, summary, "week-42")
    (said,) = stage.announced()
    assert said.endswith("Try it.")
    assert len(images(stage)) == 1
    assert f"Person {count - left_out - 1} answered" in said
    assert not left_out or f"and {left_out} more" in said


async def test_who_cannot_be_named_for_want_of_an_answer_costs_no_summary(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("slack_sdk.web.async_client.AsyncWebClient.users_info", never)
    kudos = (Kudos(Member("slack", "T0TEAM/UANA"), "answered 9 questions"),)
    summary = Summary("slack:T0TEAM", "2026-W42", "A week.", ("80 posts.",), kudos=kudos)
    await stage.adapter.post(CHANNEL, summary, "week-42")
    assert stage.announced() == ["A week.\n80 posts."]


def digest() -> Digest:
    band = (Fraction(1, 20), Fraction(1, 10))
    return Digest(Balance(28, datetime(2026, 11, 17, tzinfo=UTC), 20, 0, 0, 0, 2, 18, 0, *band), None)


async def test_a_digest_comes_by_direct_message_and_says_how_to_end_it(stage: SlackStage) -> None:
    person = next(iter(stage.slack.workspace.people))
    await stage.adapter.send_digest(Member("slack", f"T0TEAM/{person}"), digest())
    (said,) = [one for one in stage.slack.workspace.said if "Your week" in str(one.payload)]
    assert "digest off" in str(said.payload)
    assert said.channel != CHANNEL


async def test_a_digest_slack_refuses_was_certainly_not_sent(stage: SlackStage) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(
        Fault(200, {"ok": False, "error": "user_disabled"})
    )
    with pytest.raises(AdapterError, match="user_disabled"):
        await stage.adapter.send_digest(Member("slack", "T0TEAM/U1ANA"), digest())
