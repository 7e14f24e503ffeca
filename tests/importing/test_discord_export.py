import json
from datetime import UTC, datetime

import pytest

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import archive_at
from bot.importing.discord_export import read_discord_export
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import ExportError, Rejected
from tests.importing.exports import discord_export, discord_message, discord_user

LEDGER = "discord:77"
THREAD = {"id": "600", "type": "GuildPublicThread", "categoryId": "501", "name": "a thread"}


def read(path, ledger=LEDGER):
    return list(read_discord_export(archive_at(path), LedgerName(ledger)))


def written(path, *messages, **header):
    path.write_text(json.dumps(discord_export(*messages, **header), indent=2), encoding="utf-8")
    return path


def one(tmp_path, *before, **fields) -> MessageEvent:
    *_, event = read(written(tmp_path / "a.json", *before, discord_message(**fields)))
    assert isinstance(event, MessageEvent)
    return event


def test_a_message_is_read_as_the_live_adapter_would_name_it(tmp_path):
    event = one(tmp_path, text="hello there", attachments=[{}], stickers=[{}])
    assert event == MessageEvent(
        platform="discord", community=LEDGER, channel="501", author="21", message="1001",
        at=datetime(2026, 11, 20, 9, 30, 0, 123_000, tzinfo=UTC), text="hello there", attachments=2,
    )  # fmt: skip


def test_times_of_any_zone_name_the_same_instant(tmp_path):
    assert one(tmp_path, timestamp="2026-11-20T11:30:00.1230000+02:00").at == one(tmp_path).at


def test_an_answer_finds_whom_it_answers_in_the_export(tmp_path):
    fields = {"type": "Reply", "reference": {"messageId": "900", "channelId": "501", "guildId": "77"}}
    event = one(tmp_path, discord_message("900", author=discord_user("33")), **fields)
    assert (event.reply_to_message, event.reply_to_author) == ("900", "33")
    assert one(tmp_path, **fields).reply_to_author is None
    assert one(tmp_path, type="Reply", reference={"messageId": None}).reply_to_message is None


def test_a_crosspost_refers_to_another_message_and_answers_none(tmp_path):
    assert one(tmp_path, reference={"messageId": "900"}).reply_to_message is None


def test_an_edited_message_is_its_posting_and_its_last_edit(tmp_path):
    message = discord_message(timestampEdited="2026-11-21T09:00:00+00:00")
    posted, edit = read(written(tmp_path / "a.json", message))
    assert (posted.change, edit.change) == (Change.POSTED, Change.EDITED)
    assert edit.at == datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize("type_", ["GuildMemberJoin", "ChannelPinnedMessage", "ThreadCreated", "20", 7])
def test_the_platforms_own_notices_are_nobodys_posts(tmp_path, type_):
    assert one(tmp_path, type=type_).bot


def test_bots_webhooks_and_proxied_messages_are_nobodys_posts(tmp_path):
    assert one(tmp_path, author=discord_user("900000", "Moth | system", isBot=True)).bot
    assert not one(tmp_path, author=discord_user("21")).bot


def test_members_without_names_are_members(tmp_path):
    assert one(tmp_path, author={"id": "21", "name": None}).author == "21"
    assert one(tmp_path, author={"id": 123456789012345678901}).author == "123456789012345678901"


def test_mentions_come_in_the_order_of_the_text(tmp_path):
    people = [discord_user("1", "ana", "Ana R"), discord_user("2", "ben"), discord_user("3", None)]
    assert one(tmp_path, text="thanks @ben and @Ana R", mentions=people).mentions == ("2", "1", "3")
    assert one(tmp_path, text="<@222222222222222222> and <@!111111111111111111>").mentions == (
        "222222222222222222",
        "111111111111111111",
    )


def test_whom_an_answer_merely_notifies_is_not_mentioned(tmp_path):
    people = [discord_user("1", "ana"), discord_user("2", "ben")]
    assert one(tmp_path, type="Reply", text="like @ben said", mentions=people).mentions == ("2",)


def test_a_thread_counts_for_its_channel_and_answers_what_it_started_from(tmp_path):
    first = discord_message("600", author=discord_user("33"))
    starter, answer = read(written(tmp_path / "a.json", first, discord_message(), channel=THREAD))
    assert {starter.channel, answer.channel} == {"501"}
    assert (starter.reply_to_message, starter.reply_to_author) == (None, None)
    assert (answer.reply_to_message, answer.reply_to_author) == ("600", "33")


def test_direct_messages_are_refused(tmp_path):
    direct = {"id": "5", "type": "DirectTextChat", "name": "ben"}
    with pytest.raises(ExportError, match="direct messages"):
        read(written(tmp_path / "a.json", discord_message(), channel=direct, guild="0"))


def test_a_folder_is_read_file_by_file_and_what_is_no_export_is_named(tmp_path):
    written(tmp_path / "general [part 1].json", discord_message("1"))
    answer = {"type": "Reply", "reference": {"messageId": "1"}}
    written(tmp_path / "general [part 2].json", discord_message("2", **answer))
    written(tmp_path / "random.json", discord_message("3"), channel={"id": "502", "type": "GuildTextChat"})
    (tmp_path / "other.json").write_text('{"something": "else"}')
    (tmp_path / "general.json_Files").mkdir()
    (tmp_path / "general.json_Files" / "attached.json").write_text("[1, 2]")
    one_, two, rejected, three = read(tmp_path)
    assert (one_.message, two.reply_to_author, three.channel) == ("1", "21", "502")
    assert isinstance(rejected, Rejected)
    assert rejected.where == "other.json"


@pytest.mark.parametrize(
    "content", ["", "[]", '{"messages": []}', '{"guild": {}, "channel": {}, "messages": []}']
)
def test_a_single_file_that_is_no_export_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(ExportError, match="no JSON export"):
        read(path)


def test_an_export_cut_off_keeps_what_stood_before(tmp_path):
    path = written(tmp_path / "a.json", discord_message("1"), discord_message("2"), discord_message("3"))
    text = path.read_text()
    path.write_text(text[: text.index('"3"') + 40])
    first, second, broken = read(path)
    assert (first.message, second.message) == ("1", "2")
    assert isinstance(broken, Rejected)
    assert broken.where == "a.json, after message 2"


def test_a_bad_message_is_named_and_the_next_is_read(tmp_path):
    bad = [
        discord_message(timestamp="2026-11-20T09:30:00"),
        discord_message(author=None),
        {"id": "5"},
        7,
        None,
    ]
    found = read(written(tmp_path / "a.json", *bad, discord_message("9")))
    assert [item.where for item in found[:-1]] == [f"a.json, message {number}" for number in range(1, 6)]
    assert found[-1].message == "9"


def test_marks_newlines_and_numbers_that_overflow_cost_nothing_else(tmp_path):
    text = json.dumps(discord_export(discord_message("1"), discord_message("2")), indent=2)
    text = text.replace('"id": "1"', '"id": ' + "9" * 5000).replace("\n", "\r\n")
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    rejected, event = read(path)
    assert isinstance(rejected, Rejected)
    assert event.message == "2"


def test_a_ledger_of_another_name_keeps_servers_apart(tmp_path):
    (one_,) = read(written(tmp_path / "a.json", discord_message()), "mine")
    (other,) = read(written(tmp_path / "b.json", discord_message(), guild="78"), "mine")
    assert one_.message != other.message
