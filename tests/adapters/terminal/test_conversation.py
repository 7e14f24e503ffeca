import pytest

from tests.adapters.conversation.scenes import CLEAN, SCENES, TWO_OWN_LINKS, Scene, play
from tests.adapters.terminal.stage import TerminalStage


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_scene(stage: TerminalStage, scene: Scene) -> None:
    await play(stage, scene)


async def test_the_evidence_is_marked_in_the_draft_without_colour(stage: TerminalStage) -> None:
    answer = await stage.dm(TWO_OWN_LINKS)
    assert "‹https://ana.example/tomatoes›" in answer.text


async def test_applying_the_fixes_shows_a_draft_that_passes_the_next_check(stage: TerminalStage) -> None:
    await stage.dm(TWO_OWN_LINKS)
    fixed = await stage.press("Apply fixes")
    assert "With the fixes applied" in fixed
    draft = "\n".join(line.removeprefix("  │ ") for line in fixed.text.split("\n") if line.startswith("  │ "))
    assert "Mute own-links" not in await stage.dm(draft)


async def test_again_puts_the_draft_back_for_editing(stage: TerminalStage) -> None:
    await stage.dm(TWO_OWN_LINKS)
    await stage.dm("again")
    assert stage._screens["Ana"].prefilled == TWO_OWN_LINKS


async def test_a_word_about_a_draft_is_itself_one_where_there_was_none(stage: TerminalStage) -> None:
    assert "Reads well" in await stage.dm("why")


async def test_the_words_about_a_draft_hold_after_its_fixes_were_applied(stage: TerminalStage) -> None:
    await stage.dm(TWO_OWN_LINKS)
    await stage.press("Apply fixes")
    assert "Where this comes from" not in await stage.dm("why")
    assert "May I count" in await stage.dm("posted")
    assert "1 post" in await stage.press("Yes, count my posts")


async def test_posting_without_consent_asks_first_and_then_counts(stage: TerminalStage) -> None:
    await stage.dm(CLEAN)
    asked = await stage.dm("posted")
    assert "May I count" in asked
    assert "1 post" in await stage.press("Yes, count my posts")
    assert "0 of 1 post" in await stage.dm("balance")


async def test_no_is_never_asked_again(stage: TerminalStage) -> None:
    await stage.dm(CLEAN)
    await stage.dm("no")
    assert "May I count" not in await stage.dm(CLEAN)
    assert "as you asked" in await stage.dm("posted")


async def test_a_muted_rule_is_silent_until_it_is_unmuted(stage: TerminalStage) -> None:
    await stage.dm(TWO_OWN_LINKS)
    await stage.dm("mute own-links")
    assert "Mute own-links" not in await stage.dm(TWO_OWN_LINKS)
    await stage.dm("settings")
    await stage.dm("unmute own-links")
    assert "Mute own-links" in await stage.dm(TWO_OWN_LINKS)


async def test_a_registered_site_is_known_as_ones_own(stage: TerminalStage) -> None:
    text = "That is on https://b.example/one and https://b.example/two, if it helps?"
    assert "Mute own-links" not in await stage.dm(text)
    await stage.dm("my site: b.example")
    assert "Mute own-links" in await stage.dm(text)
    assert "b.example" in await stage.dm("settings")


async def test_forget_me_leaves_nothing_to_export(stage: TerminalStage) -> None:
    await stage.dm(CLEAN)
    await stage.dm("yes")
    assert '"kept": true' in (await stage.dm("export")).text
    await stage.dm("forget me")
    assert '"kept": false' in (await stage.dm("export")).text


async def test_stop_ends_the_counting(stage: TerminalStage) -> None:
    await stage.dm(CLEAN)
    await stage.dm("yes")
    assert "stopped" in await stage.dm("stop")
    await stage.dm(CLEAN)
    assert "as you asked" in await stage.dm("posted")


async def test_a_draft_that_is_too_long_is_told_how_long_it_may_be(stage: TerminalStage) -> None:
    assert "40,000" in await stage.dm("word " * 9000)


async def test_a_fault_of_ours_is_a_kind_line_and_no_draft_in_the_log(stage: TerminalStage, caplog) -> None:
    async def broken(*_):
        raise RuntimeError("private words of a draft")

    object.__setattr__(stage._application, "check_draft", broken)
    assert "went wrong" in await stage.dm("private words of a draft")
    assert "RuntimeError" in caplog.text
    assert "private words" not in caplog.text
