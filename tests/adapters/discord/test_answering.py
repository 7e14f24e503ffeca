"""Answers to members, as they go over the wire."""

import asyncio
from typing import Any

import pytest

from adapters.discord import delivery
from adapters.discord.adapter import DiscordAdapter
from bot.services.check_draft import CheckDraft, Checked
from tests.adapters.conversation.scenes import CLEAN, KEY, SECRET, TWO_OWN_LINKS
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage, buttons, plain_text

EPHEMERAL = 1 << 6


def latest(stage: DiscordStage, by: str = ANA) -> dict[str, Any]:
    return stage.server.seen_by(by)[-1]


def slowed(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    check = CheckDraft.__call__

    async def slow(self: CheckDraft, *given: Any) -> Checked:
        await asyncio.sleep(seconds)
        return await check(self, *given)

    monkeypatch.setattr(CheckDraft, "__call__", slow)


async def test_a_direct_message_is_answered_as_a_reply_that_pings_nobody(stage: DiscordStage) -> None:
    draft = await stage.server.dm(ANA, f"{TWO_OWN_LINKS} @everyone <@123456789012345678>")
    await stage.server.until(lambda: stage.server.seen_by(ANA))
    assert latest(stage)["message_reference"]["message_id"] == draft["id"]
    assert all(said.pinged == [] for said in stage.server.world.messages.values())
    requested = [
        body for method, path, body in stage.server.rest.requests if method == "POST" and "messages" in path
    ]
    assert requested[0]["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_an_answer_in_a_server_is_for_its_member_only(stage: DiscordStage) -> None:
    await stage.command(f"{TWO_OWN_LINKS} @everyone")
    assert latest(stage)["flags"] & EPHEMERAL
    assert stage.heard_by(BEA) == []
    answered = [body for _, path, body in stage.server.rest.requests if path.startswith("/interactions/")]
    assert answered[0]["data"]["allowed_mentions"] == {"parse": []}


async def test_the_evidence_is_marked_in_the_draft(stage: DiscordStage) -> None:
    await stage.dm(TWO_OWN_LINKS)
    embed = latest(stage)["embeds"][0]
    assert embed["title"] == "Your draft"
    assert "**__https\\://ana.example/shop__**" in embed["description"]


async def test_a_command_without_a_draft_opens_a_window(stage: DiscordStage) -> None:
    opened = await stage.server.command(ANA, "checkpost")
    await stage.server.until(lambda: opened.modal)
    assert opened.modal is not None
    assert opened.modal["components"][0]["component"]["max_length"] == 4000
    await stage.server.submit(ANA, opened.modal, TWO_OWN_LINKS + " and on" * 300)
    answer = await stage.next_answer(ANA, 0)
    assert "Mute own-links" in answer
    assert latest(stage)["flags"] & EPHEMERAL


async def test_the_surface_is_an_option_and_stays_with_the_buttons(stage: DiscordStage) -> None:
    options = [
        {"name": "draft", "type": 3, "value": CLEAN},
        {"name": "surface", "type": 3, "value": "direct"},
    ]
    await stage.server.command(ANA, "checkpost", options)
    await stage.next_answer(ANA, 0)
    assert all(":d:" in custom_id for custom_id in buttons(latest(stage)).values())


async def test_a_draft_beyond_the_limit_gets_a_kind_line(stage: DiscordStage) -> None:
    assert "4,000" in await stage.command("long " * 1000)


async def test_balance_is_shown_to_its_member_only(stage: DiscordStage) -> None:
    await stage.server.command(ANA, "balance")
    assert "No record yet" in await stage.next_answer(ANA, 0)
    assert stage.heard_by(BEA) == []


async def test_a_message_of_only_an_image_gets_a_kind_line(stage: DiscordStage) -> None:
    image = {
        "id": "1",
        "filename": "cat.png",
        "size": 3,
        "url": "https://cdn.example/cat.png",
        "proxy_url": "https://cdn.example/cat.png",
    }
    await stage.server.dm(ANA, "", attachments=[image])
    assert "no words" in await stage.next_answer(ANA, 0)


@pytest.mark.parametrize(
    "draft",
    [
        "<@123456789012345678>" * 190,
        "@everyone " * 399,
        "*" * 4000,
        "||hidden|| `code` ```block``` ~~gone~~ > quoted\n# title\n-# small\n1. one",
        "\u200b\u200d\ufeff",
        "\u202eright to left\u202c and \u0645\u0631\u062d\u0628\u0627",
        "\U0001f600" * 1999,
        f"{chr(0x1F600) * 253}\n\n" * 15,
        "\\" * 4000,
        "https://ana.example/" + "a" * 3900,
        "discord.gg/abc https://discord.gg/abc [text](https://ana.example)",
    ],
    ids=[
        "mentions",
        "everyone",
        "marks",
        "formats",
        "invisible",
        "right to left",
        "emoji",
        "lines of emoji",
        "backslashes",
        "long link",
        "invites",
    ],
)
async def test_an_odd_draft_gets_an_answer_within_the_limits(stage: DiscordStage, draft: str) -> None:
    await stage.dm(draft)
    await stage.command(draft)
    assert all(said.pinged == [] for said in stage.server.world.messages.values())
    assert "went wrong" not in stage.said(ANA)[0]


async def test_bots_and_notices_are_not_answered(stage: DiscordStage) -> None:
    stage.server.world.people["Robot"] = stage.server.world.person("Robot") | {"bot": True}
    await stage.server.dm("Robot", "hi")
    await stage.server.dm(ANA, "Ana pinned a message", type=6)
    await stage.settled()
    assert stage.heard_by("Robot") == stage.heard_by(ANA) == []


async def test_a_slow_answer_is_announced_in_time(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DEFER_AFTER", 0.02)
    slowed(monkeypatch, 0.2)
    await stage.server.command(ANA, "checkpost", [{"name": "draft", "type": 3, "value": TWO_OWN_LINKS}])
    await stage.server.until(lambda: stage.server.seen_by(ANA))
    assert latest(stage)["content"] == ""
    assert latest(stage)["flags"] & EPHEMERAL
    await stage.server.until(lambda: latest(stage)["content"])
    assert "own pages" in plain_text(latest(stage))
    assert stage.heard_by(BEA) == []


async def test_a_long_answer_comes_in_several_private_messages(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.render.CONTENT_LIMIT", 120)
    await stage.command(TWO_OWN_LINKS)
    await stage.settled()
    seen = stage.server.seen_by(ANA)
    assert len(seen) > 1
    assert all(message["flags"] & EPHEMERAL for message in seen)
    assert [bool(message["components"]) for message in seen] == [False] * (len(seen) - 1) + [True]


async def test_a_fault_is_a_kind_line_and_the_log_has_no_words(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*given: Any) -> Checked:
        raise ValueError(f"cannot make sense of {given}")

    monkeypatch.setattr(CheckDraft, "__call__", fail)
    assert "went wrong" in await stage.dm("marigolds in May")
    assert "went wrong" in await stage.command("marigolds in June")
    assert "marigolds" not in caplog.text
    assert "ValueError" in caplog.text


async def test_an_interaction_that_expired_is_let_go(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.rest.faults.append(
        ("POST", "/interactions/", RefusedError(404, 10062, "Unknown interaction"))
    )
    await stage.server.command(ANA, "checkpost", [{"name": "draft", "type": 3, "value": CLEAN}])
    stage.server.rest.faults.append(
        ("POST", "/interactions/", RefusedError(404, 10062, "Unknown interaction"))
    )
    await stage.server.command(ANA, "checkpost")
    await stage.settled()
    assert "Traceback" not in caplog.text
    assert "Reads well" in await stage.dm(CLEAN)


async def test_a_token_that_expired_before_the_answer_was_ready_is_let_go(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "DEFER_AFTER", 0.02)
    slowed(monkeypatch, 0.2)
    stage.server.rest.faults.append(
        ("PATCH", "/webhooks/", RefusedError(401, 50027, "Invalid Webhook Token"))
    )
    await stage.server.command(ANA, "checkpost", [{"name": "draft", "type": 3, "value": CLEAN}])
    await stage.server.until(lambda: not stage.server.rest.faults)
    await stage.settled()
    assert "failed" not in caplog.text
    assert stage.heard_by(BEA) == []


async def test_closed_direct_messages_are_let_go(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.rest.faults.append(
        ("POST", "/channels/", RefusedError(403, 50007, "Cannot send messages to this user"))
    )
    await stage.server.dm(ANA, CLEAN)
    await stage.settled()
    assert "failed" not in caplog.text
    assert "Reads well" in await stage.dm(CLEAN)


async def test_a_rate_limit_is_waited_for(stage: DiscordStage) -> None:
    limited = RefusedError(429, 0, "slow down", retry_after=0.05)
    limited.body["global"] = True
    stage.server.rest.faults.append(("POST", "/channels/", limited))
    assert "Reads well" in await stage.dm(CLEAN)


async def test_everybody_at_once_gets_their_own_answer(stage: DiscordStage) -> None:
    people = [f"Person {number}" for number in range(30)]
    drafts = {
        person: f"Has anybody {number} leeks to spare for a soup?" for number, person in enumerate(people)
    }
    for person, draft in drafts.items():
        await stage.server.command(person, "checkpost", [{"name": "draft", "type": 3, "value": draft}])
    await stage.server.until(lambda: all(stage.heard_by(person) for person in people))
    for person, draft in drafts.items():
        assert len(stage.heard_by(person)) == 1
        assert draft in stage.heard_by(person)[0]


class TestButtons:
    async def test_why_gives_the_source(self, stage: DiscordStage) -> None:
        await stage.command(TWO_OWN_LINKS)
        assert "tip 8" in await stage.press("Why?")

    async def test_applying_fixes_gives_a_text_to_copy(self, stage: DiscordStage) -> None:
        await stage.command(TWO_OWN_LINKS)
        answer = await stage.press("Apply fixes")
        assert "```" in answer
        assert latest(stage)["flags"] & EPHEMERAL

    async def test_checking_again_opens_the_draft_for_editing(self, stage: DiscordStage) -> None:
        await stage.command(TWO_OWN_LINKS)
        again = buttons(latest(stage))["Check again"]
        opened = await stage.server.press(ANA, latest(stage), again)
        await stage.server.until(lambda: opened.modal)
        assert opened.modal is not None
        assert opened.modal["components"][0]["component"]["value"] == TWO_OWN_LINKS

    async def test_a_draft_with_a_secret_is_not_repeated_for_editing(self, stage: DiscordStage) -> None:
        await stage.command(SECRET)
        opened = await stage.server.press(ANA, latest(stage), buttons(latest(stage))["Check again"])
        await stage.server.until(lambda: opened.modal)
        assert KEY not in stage.wire()

    async def test_forgetting_takes_the_drafts_in_memory_along(self, stage: DiscordStage) -> None:
        await stage.command(SECRET)
        await stage.dm("Forget me!")
        assert "I didn't keep it" in await stage.press("Why?")

    async def test_posting_is_recorded_after_the_consent_it_needs(self, stage: DiscordStage) -> None:
        await stage.command(CLEAN)
        assert "May I count" in await stage.press("I posted this")
        assert "0 of 1 post" in await stage.press("Yes, count my posts")

    async def test_an_answer_in_a_direct_message_is_plain(self, stage: DiscordStage) -> None:
        await stage.dm(TWO_OWN_LINKS)
        await stage.press("Why?")
        assert not latest(stage)["flags"] & EPHEMERAL

    async def test_a_button_of_an_older_program_does_no_harm(self, stage: DiscordStage) -> None:
        await stage.command(TWO_OWN_LINKS)
        latest(stage)["components"][0]["components"][0]["custom_id"] = "checkpost:1:juggle::c:s:"
        await stage.server.press(ANA, latest(stage), "checkpost:1:juggle::c:s:")
        await stage.settled()
        assert "Reads well" in await stage.dm(CLEAN)


class TestAfterARestart:
    """Nothing is stored: the draft is found where the platform has it."""

    async def restarted(
        self, server: DiscordServer, opened: Opened, clock: StageClock, first: Any, then: Any
    ) -> None:
        for act in (first, then):
            server.gateway.identifies.clear()
            server.gateway.sessions.clear()
            async with opened() as application:
                stage = DiscordStage(server, application, DiscordAdapter(application), clock)
                async with running(stage.adapter):
                    await stage.until_connected()
                    await act(stage)

    async def test_a_button_finds_the_draft_in_its_message(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        async def then(stage: DiscordStage) -> None:
            assert "tip 8" in await stage.press("Why?")

        await self.restarted(server, opened, clock, lambda stage: stage.command(TWO_OWN_LINKS), then)

    async def test_a_button_finds_a_draft_too_long_for_one_embed(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        draft = f"{TWO_OWN_LINKS}\n\n\n" + "**Marigolds**   keep the aphids away, said Mia.\n\n" * 80
        draft = draft[:4000].strip()

        async def then(stage: DiscordStage) -> None:
            assert len(latest(stage)["embeds"]) > 1
            again = buttons(latest(stage))["Check again"]
            interaction = await stage.server.press(ANA, latest(stage), again)
            await stage.server.until(lambda: interaction.modal)
            assert interaction.modal is not None
            assert interaction.modal["components"][0]["component"]["value"] == draft

        await self.restarted(server, opened, clock, lambda stage: stage.command(draft), then)

    async def test_a_hidden_draft_is_found_in_the_members_own_message(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        async def then(stage: DiscordStage) -> None:
            assert "tip 2" in await stage.press("Why?")

        await self.restarted(server, opened, clock, lambda stage: stage.dm(SECRET), then)
        assert all(KEY not in str(body) for _, _, body in server.rest.requests)

    async def test_a_hidden_draft_in_a_server_has_to_be_sent_again(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        async def then(stage: DiscordStage) -> None:
            assert "I didn't keep it" in await stage.press("Why?")

        await self.restarted(server, opened, clock, lambda stage: stage.command(SECRET), then)

    async def test_a_window_opened_before_can_be_sent_after(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        windows: list[Any] = []

        async def first(stage: DiscordStage) -> None:
            interaction = await stage.server.command(ANA, "checkpost")
            await stage.server.until(lambda: interaction.modal)
            windows.append(interaction.modal)

        async def then(stage: DiscordStage) -> None:
            await stage.server.submit(ANA, windows[0], CLEAN)
            assert "Reads well" in await stage.next_answer(ANA, 0)

        await self.restarted(server, opened, clock, first, then)


async def test_stopping_finishes_the_answer_under_way(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowed(monkeypatch, 0.3)
    await stage.server.dm(ANA, CLEAN)
    await stage.server.gateway.caught_up()
    await stage.adapter.close()
    assert "Reads well" in stage.said(ANA)[0]


async def test_memory_stays_flat_however_many_answers_are_given(stage: DiscordStage) -> None:
    client = stage.adapter._client
    assert client is not None
    for _ in range(20):
        await stage.command(TWO_OWN_LINKS)
    store = client._connection._view_store
    assert store._views == {}
    assert store._modals == {}
    assert store._synced_message_views == {}
