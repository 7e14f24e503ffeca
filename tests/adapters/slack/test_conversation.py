"""The scenes that every platform plays."""

import pytest

from tests.adapters.conversation.scenes import SCENES, Scene, play
from tests.adapters.slack.stage import SlackStage


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_scene(stage: SlackStage, scene: Scene) -> None:
    await play(stage, scene)
