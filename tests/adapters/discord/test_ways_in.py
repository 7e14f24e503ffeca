"""Every way a member reaches the coach, and how a draft goes on from there."""

from typing import Any

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.balance.identity import Member
from bot.services.check_draft import CheckDraft, Checked
from bot.services.member_settings import MemberSettings
from bot.services.nudges import Nudges
from bot.storage.errors import StorageError
from bot.text.draft import Draft, ReplyTo, Surface
from tests.adapters.conversation.scenes import CHATTER, CLEAN, PROMOTION, SECRET, TWO_OWN_LINKS, agree
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.messages import Open
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage, buttons, plain_text
from tests.adapters.discord.test_answering import EPHEMERAL, latest


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """Collect what the coach is asked to read."""
    read: list[Draft] = []
    check = CheckDraft.__call__

    async def listen(self: CheckDraft, draft: Draft, *given: Any) -> Checked:
        read.append(draft)
        return await check(self, draft, *given)

    monkeypatch.setattr(CheckDraft, "__call__", listen)
    return read


async def window(stage: DiscordStage, opened: Open) -> dict[str, Any]:
    await stage.server.until(lambda: opened.modal)
    assert opened.modal is not None
    return opened.modal


def field(modal: dict[str, Any], place: int = 0) -> str:
    return modal["components"][place]["component"].get("value", "")


class TestCheckThisPost:
    async def test_advice_on_ones_own_post_is_for_its_member_only(self, stage: DiscordStage) -> None:
        post = await stage.server.post(ANA, stage.channel, TWO_OWN_LINKS)
        await stage.server.command_on(ANA, "Check this post", post)
        answer = await stage.next_answer(ANA, 0)
        assert "Mute own-links" in answer.buttons
        assert "before you post" not in answer
        assert latest(stage)["flags"] & EPHEMERAL
        assert stage.heard_by(BEA) == []

    async def test_a_post_that_answers_is_read_as_a_reply(
        self, stage: DiscordStage, drafts: list[Draft]
    ) -> None:
        asked = await stage.server.post(BEA, stage.channel, CHATTER[1])
        reference = {"type": 0, "channel_id": stage.channel["id"], "message_id": asked["id"]}
        answered = {"type": 19, "message_reference": reference, "referenced_message": asked}
        post = await stage.server.post(ANA, stage.channel, CLEAN, **answered)
        await stage.server.command_on(ANA, "Check this post", post)
        await stage.next_answer(ANA, 0)
        assert drafts[0].reply_to == ReplyTo(asked["author"]["id"], CHATTER[1])

    async def test_somebody_elses_post_is_not_judged(self, stage: DiscordStage, drafts: list[Draft]) -> None:
        post = await stage.server.post(BEA, stage.channel, TWO_OWN_LINKS)
        await stage.server.command_on(ANA, "Check this post", post)
        assert "Check my reply" in await stage.next_answer(ANA, 0)
        assert drafts == []

    async def test_a_recorded_post_is_not_held_against_itself(self, stage: DiscordStage) -> None:
        await stage.record_channel()
        await agree(stage)
        stage.clock.pass_by(hours=1)
        post = await stage.server.post(ANA, stage.channel, CHATTER[0])
        await stage.settled()
        stage.clock.pass_by(hours=1)
        member = Member("discord", post["author"]["id"])
        balance = await stage.application.show_balance(member, None, stage.clock())
        assert balance is not None
        assert balance.posts == 1
        before = len(stage.server.seen_by(ANA))
        await stage.server.command_on(ANA, "Check this post", post)
        assert "no posts counted" in await stage.next_answer(ANA, before)


class TestCheckMyReply:
    async def test_the_window_holds_what_is_answered_and_brings_it_along(
        self, stage: DiscordStage, drafts: list[Draft]
    ) -> None:
        asked = await stage.server.post(BEA, stage.channel, CHATTER[1])
        modal = await window(stage, await stage.server.command_on(ANA, "Check my reply", asked))
        assert field(modal, 1) == CHATTER[1]
        await stage.server.submit(ANA, modal, TWO_OWN_LINKS)
        await stage.next_answer(ANA, 0)
        assert drafts[0].reply_to == ReplyTo(asked["author"]["id"], CHATTER[1])
        assert drafts[0].surface is Surface.REPLY
        assert latest(stage)["flags"] & EPHEMERAL

    async def test_what_is_answered_survives_a_restart(
        self, server: DiscordServer, opened: Opened, clock: StageClock, drafts: list[Draft]
    ) -> None:
        asked: dict[str, Any] = {}

        async def first(stage: DiscordStage) -> None:
            post = await stage.server.post(BEA, stage.channel, f"# {CHATTER[1]} <@123456789012345678>")
            asked.update(post)
            modal = await window(stage, await stage.server.command_on(ANA, "Check my reply", post))
            await stage.server.submit(ANA, modal, TWO_OWN_LINKS)
            await stage.next_answer(ANA, 0)

        async def then(stage: DiscordStage) -> None:
            await stage.press("Why?")
            opened_again = await stage.server.press(
                ANA, stage.server.seen_by(ANA)[0], buttons(stage.server.seen_by(ANA)[0])["Check again"]
            )
            modal = await window(stage, opened_again)
            assert field(modal) == TWO_OWN_LINKS
            assert field(modal, 1) == asked["content"]

        for act in (first, then):
            server.gateway.identifies.clear()
            server.gateway.sessions.clear()
            async with opened() as application:
                stage = DiscordStage(server, application, DiscordAdapter(application), clock)
                async with running(stage.adapter):
                    await stage.until_connected()
                    await act(stage)
        assert drafts[0].reply_to == drafts[1].reply_to == ReplyTo(asked["author"]["id"], asked["content"])


class TestDirectMessages:
    async def reply(self, stage: DiscordStage, text: str, to: Any = None) -> Any:
        answer = to or latest(stage)
        before = len(stage.server.seen_by(ANA))
        reference = {"type": 0, "channel_id": answer["channel_id"], "message_id": answer["id"]}
        await stage.server.dm(ANA, text, type=19, message_reference=reference, referenced_message=answer)
        return await stage.next_answer(ANA, before)

    async def test_the_other_places_to_go_are_offered(self, stage: DiscordStage, drafts: list[Draft]) -> None:
        await stage.dm(TWO_OWN_LINKS)
        answer = await stage.press("Check as a direct message")
        assert drafts[-1].surface is Surface.DIRECT
        assert "Check as a reply" in answer.buttons
        assert "Check as a direct message" not in answer.buttons

    async def test_a_reply_to_the_coach_is_the_drafts_next_version(
        self, stage: DiscordStage, drafts: list[Draft]
    ) -> None:
        await stage.dm(TWO_OWN_LINKS)
        await stage.press("Check as a reply")
        await self.reply(stage, CLEAN)
        assert drafts[-1].text == CLEAN
        assert drafts[-1].surface is Surface.REPLY

    async def test_a_question_in_a_reply_is_about_the_draft(self, stage: DiscordStage) -> None:
        await stage.dm(TWO_OWN_LINKS)
        assert "tip 8" in await self.reply(stage, "Why?")

    async def test_a_plain_command_in_a_reply_stays_one(self, stage: DiscordStage) -> None:
        await stage.dm(TWO_OWN_LINKS)
        assert "No record yet" in await self.reply(stage, "balance")

    async def test_what_a_button_answered_is_about_the_draft_as_well(self, stage: DiscordStage) -> None:
        await stage.dm(TWO_OWN_LINKS)
        await stage.press("Why?")
        assert "fixes applied" in await self.reply(stage, "Apply fixes")

    async def test_every_part_of_an_answer_is_about_the_draft(
        self, stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("adapters.discord.render.CONTENT_LIMIT", 120)
        await stage.dm(TWO_OWN_LINKS)
        await stage.settled()
        first, *rest = stage.server.seen_by(ANA)
        assert rest
        monkeypatch.undo()
        assert "tip 8" in await self.reply(stage, "why", first)

    async def test_a_setting_in_a_reply_to_the_settings_is_no_draft(self, stage: DiscordStage) -> None:
        await stage.dm("settings")
        assert "Noted: ana.example is yours" in await self.reply(stage, "my site: ana.example")

    async def test_a_reply_to_a_greeting_is_a_draft(self, stage: DiscordStage) -> None:
        await stage.dm("hi")
        assert "Reads well" in await self.reply(stage, CLEAN)


class TestFindings:
    async def test_a_finding_done_leaves_the_answer_in_its_place(self, stage: DiscordStage) -> None:
        await stage.command(TWO_OWN_LINKS)
        answer = latest(stage)
        rule = next(label for label in buttons(answer) if label.startswith("Mute "))
        count = len(stage.server.seen_by(ANA))
        await stage.server.press(ANA, answer, buttons(answer)["1: done"])
        await stage.server.until(lambda: stage.server.world.changes)
        assert rule not in buttons(latest(stage))
        assert "Done: " in plain_text(latest(stage))
        assert len(stage.server.seen_by(ANA)) == count
        assert stage.heard_by(BEA) == []

    async def test_the_rewritten_draft_is_edited_further(
        self, server: DiscordServer, opened: Opened, clock: StageClock
    ) -> None:
        rewritten: list[str] = []

        async def first(stage: DiscordStage) -> None:
            await stage.command(TWO_OWN_LINKS)
            await stage.press("Apply fixes")
            rewritten.append(latest(stage)["embeds"][0]["description"].strip("`\n"))
            assert len(latest(stage)["embeds"]) == 1

        async def then(stage: DiscordStage) -> None:
            again = buttons(latest(stage))["Edit and check again"]
            modal = await window(stage, await stage.server.press(ANA, latest(stage), again))
            assert field(modal) == rewritten[0] != TWO_OWN_LINKS

        for act in (first, then):
            server.gateway.identifies.clear()
            server.gateway.sessions.clear()
            async with opened() as application:
                stage = DiscordStage(server, application, DiscordAdapter(application), clock)
                async with running(stage.adapter):
                    await stage.until_connected()
                    await act(stage)

    async def test_a_rewrite_that_outgrew_the_window_is_never_cut(self, stage: DiscordStage) -> None:
        draft = f"{PROMOTION} Get it b4 friday. {'We made it with a lot of care. ' * 200}"
        await stage.command(f"{draft[:3990]} b4 noon")
        await stage.press("Apply fixes")
        shown = latest(stage)
        before = len(stage.server.seen_by(ANA))
        opened = await stage.server.press(ANA, shown, buttons(shown)["Edit and check again"])
        assert "shorten it first" in await stage.next_answer(ANA, before)
        assert opened.modal is None


class TestInstalledByTheMember:
    async def test_an_answer_elsewhere_is_private_and_knows_no_server(self, stage: DiscordStage) -> None:
        options = [{"name": "draft", "type": 3, "value": TWO_OWN_LINKS}]
        await stage.server.command(ANA, "checkpost", options, by_member=True)
        await stage.next_answer(ANA, 0)
        assert latest(stage)["flags"] & EPHEMERAL
        assert stage.heard_by(BEA) == []

    async def test_the_commands_may_be_installed_by_a_member(self, stage: DiscordStage) -> None:
        commands = {each["name"]: each for each in stage.server.world.commands}
        for name in ("checkpost", "balance", "coach", "Check this post", "Check my reply"):
            assert sorted(commands[name]["integration_types"]) == [0, 1]
            assert sorted(commands[name]["contexts"]) == [0, 1, 2]
        assert commands["coach-admin"]["integration_types"] == [0]
        assert commands["coach-admin"]["contexts"] == [0]


class TestSettings:
    async def coach(self, stage: DiscordStage) -> Any:
        before = len(stage.server.seen_by(ANA))
        await stage.server.command(ANA, "coach")
        return await stage.next_answer(ANA, before)

    async def test_settings_are_private_and_never_speak_of_names(self, stage: DiscordStage) -> None:
        answer = await self.coach(stage)
        assert "Your settings" in answer
        assert "your name" not in answer
        assert latest(stage)["flags"] & EPHEMERAL

    async def test_own_sites_are_edited_in_a_window(self, stage: DiscordStage) -> None:
        await stage.dm("my site: old.example")
        await self.coach(stage)
        modal = await window(
            stage, await stage.server.press(ANA, latest(stage), buttons(latest(stage))["My sites"])
        )
        assert field(modal) == "old.example"
        before = len(stage.server.seen_by(ANA))
        await stage.server.submit(ANA, modal, "ana.example\n\n github.com/ana ")
        assert "ana.example, github.com/ana" in await stage.next_answer(ANA, before)
        assert "ana.example, github.com/ana" in await self.coach(stage)

    async def test_a_list_of_sites_that_fits_no_window_is_kept_whole(self, stage: DiscordStage) -> None:
        settings = stage.application.member_settings
        member = Member("discord", stage.server.world.person(ANA)["id"])
        await self.coach(stage)
        shown = latest(stage)
        for number in range(41):
            await settings.add_own_site(member, f"{'a' * 60}.example/{number}{'b' * 30}")
        before = len(stage.server.seen_by(ANA))
        opened = await stage.server.press(ANA, shown, buttons(shown)["My sites"])
        assert "not my site: …" in await stage.next_answer(ANA, before)
        assert opened.modal is None
        assert len((await settings.read(member)).own_sites) == 41

    @pytest.mark.parametrize("label", ["My sites", "Quiet hours"])
    async def test_while_the_record_is_away_a_window_says_so(
        self, stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, label: str
    ) -> None:
        await self.coach(stage)
        await stage.press("Give me nudges")
        await self.coach(stage)
        shown = latest(stage)

        async def away(*_: Any) -> None:
            raise StorageError("the database is away")

        monkeypatch.setattr(MemberSettings, "read", away)
        monkeypatch.setattr(Nudges, "read", away)
        before = len(stage.server.seen_by(ANA))
        await stage.server.press(ANA, shown, buttons(shown)[label])
        assert "can't reach my records" in await stage.next_answer(ANA, before)
        assert latest(stage)["flags"] & EPHEMERAL

    async def test_quiet_hours_are_set_in_a_window(self, stage: DiscordStage) -> None:
        await self.coach(stage)
        assert "Quiet hours" not in buttons(latest(stage))
        await stage.press("Give me nudges")
        assert "alone from 22:00 to 8:00 (UTC)" in await self.coach(stage)
        quiet = latest(stage), buttons(latest(stage))["Quiet hours"]
        modal = await window(stage, await stage.server.press(ANA, *quiet))
        chosen = [
            option["value"]
            for label in modal["components"]
            for option in label["component"].get("options", ())
            if option.get("default")
        ]
        assert chosen == ["22", "8"]
        before = len(stage.server.seen_by(ANA))
        await stage.server.submit(ANA, modal, "21", "9", "Lisbon")
        assert "like Europe/Lisbon" in await stage.next_answer(ANA, before)
        await stage.server.submit(ANA, modal, "21", "9", "Europe/Lisbon")
        assert "Noted" in await stage.next_answer(ANA, before + 1)
        assert "alone from 21:00 to 9:00 (Europe/Lisbon)" in await self.coach(stage)
        await stage.press("No nudges")
        before = len(stage.server.seen_by(ANA))
        await stage.server.press(ANA, *quiet)
        assert "You get no nudges" in await stage.next_answer(ANA, before)

    async def test_erasing_everything_takes_two_clicks(self, stage: DiscordStage) -> None:
        await stage.command(SECRET)
        await stage.dm("my site: ana.example")
        await self.coach(stage)
        assert "can't be undone" in await stage.press("Forget me")
        assert "erased" in await stage.press("Yes, erase it")
        assert "none yet" in await self.coach(stage)
        assert "I didn't keep it" in await stage.press("Why?")

    async def test_an_export_comes_as_a_file(self, stage: DiscordStage) -> None:
        await self.coach(stage)
        await stage.press("Export")
        assert latest(stage)["attachments"][0]["filename"] == "checkpost-export.json"
