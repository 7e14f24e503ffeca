"""The balance with its chart: an image for its member only, or lines where Slack takes none."""

from typing import Any

import pytest

from tests.adapters.conversation.scenes import PROMOTION
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import Fault, Said, user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)


async def counted(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, PROMOTION)
    (asked,) = await stage.slack.press(A, answer, "I posted this")
    await stage.slack.press(A, asked, "Yes, count my posts")


def images(said: list[Said]) -> list[dict[str, Any]]:
    return [block for one in said for block in one.payload["blocks"] if block["type"] == "image"]


@pytest.mark.parametrize("way", ["dm", "command"])
async def test_the_chart_is_an_image_with_words_for_its_member_only(stage: SlackStage, way: str) -> None:
    await counted(stage)
    said = await (stage.slack.dm(A, "balance") if way == "dm" else stage.slack.command(A, "balance"))
    (image,) = images(said)
    assert "Your share of promotion in 28 days until" in image["alt_text"]
    ((file, _, content),) = stage.slack.workspace.files
    assert image["slack_file"] == {"id": file}
    assert content.startswith(b"\x89PNG")
    assert "1 of 1 post" in read(said[0])
    assert stage.heard_by(BEA) == []


@pytest.mark.parametrize(
    ("method", "error"),
    [("files.getUploadURLExternal", "missing_scope"), ("chat.postMessage", "invalid_blocks")],
)
async def test_where_slack_takes_no_image_the_chart_is_written(
    stage: SlackStage, method: str, error: str
) -> None:
    await counted(stage)
    stage.slack.workspace.faults[method].append(Fault(200, {"ok": False, "error": error}))
    (said,) = await stage.slack.dm(A, "balance")
    assert images([said]) == []
    assert "100% above the aim" in read(said)
