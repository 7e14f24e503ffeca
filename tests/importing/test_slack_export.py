import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import archive_at
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import ExportError, Rejected
from bot.importing.slack_export import read_slack_export
from tests.importing.exports import (
    ANA,
    BEN,
    BOT,
    GENERAL,
    GUEST,
    TEAM,
    TS,
    slack_export,
    slack_message,
    zipped,
)

LEDGER = f"slack:{TEAM}"


def read(path, ledger=LEDGER):
    return list(read_slack_export(archive_at(path), LedgerName(ledger)))


def one(tmp_path, **fields) -> MessageEvent:
    (event,) = read(slack_export(tmp_path, {"general/2026-11-22": [slack_message(**fields)]}))
    assert isinstance(event, MessageEvent)
    return event


def test_a_message_is_read_as_the_live_adapter_would_name_it(tmp_path):
    event = one(
        tmp_path, text=f"hi <@{BEN}>, see <https://ana.example/a|my post> &amp; more", files=[{}, None]
    )
    assert event == MessageEvent(
        platform="slack", community=LEDGER, channel=GENERAL, author=f"{TEAM}/{ANA}", message=TS,
        at=datetime(2026, 11, 22, 9, 30, 0, 100, tzinfo=UTC),
        text="hi @someone, see my post (https://ana.example/a) & more",
        mentions=(f"{TEAM}/{BEN}",), attachments=2,
    )  # fmt: skip


def test_an_answer_in_a_thread_names_what_and_whom_it_answers(tmp_path):
    event = one(tmp_path, thread_ts="1795339000.000200", parent_user_id=BEN)
    assert (event.reply_to_message, event.reply_to_author) == ("1795339000.000200", f"{TEAM}/{BEN}")


def test_the_message_a_thread_starts_from_answers_nothing(tmp_path):
    event = one(tmp_path, thread_ts=TS, parent_user_id=ANA, reply_count=3)
    assert (event.reply_to_message, event.reply_to_author) == (None, None)


def test_a_broadcast_answer_finds_whom_it_answers_in_its_root(tmp_path):
    event = one(tmp_path, subtype="thread_broadcast", thread_ts="1.000001", root={"user": BEN, "text": "x"})
    assert (event.bot, event.reply_to_author) == (False, f"{TEAM}/{BEN}")


def test_an_edited_message_is_its_posting_and_its_last_edit(tmp_path):
    edited = slack_message(edited={"user": ANA, "ts": "1795340000.000000"})
    posted, edit = read(slack_export(tmp_path, {"general/2026-11-22": [edited]}))
    assert (posted.change, edit.change) == (Change.POSTED, Change.EDITED)
    assert (posted.message, posted.text) == (edit.message, edit.text)
    assert edit.at > posted.at


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "bot_message", "user": None, "bot_id": "B1"},
        {"bot_id": "B1"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
        {"type": "event"},
    ],
)
def test_programs_and_notices_are_nobodys_posts(tmp_path, fields):
    assert one(tmp_path, **fields).bot


@pytest.mark.parametrize("subtype", [None, "file_share", "me_message", "thread_broadcast"])
def test_peoples_subtypes_are_posts(tmp_path, subtype):
    assert not one(tmp_path, subtype=subtype).bot


def test_a_tombstone_is_a_deletion(tmp_path):
    event = one(tmp_path, subtype="tombstone", user="USLACKBOT", text="This message was deleted.")
    assert (event.change, event.author, event.text) == (Change.DELETED, "", "")


def test_a_guest_belongs_to_their_own_workspace_and_a_stranger_to_this_one(tmp_path):
    assert one(tmp_path / "a", user=GUEST).author == f"T02OTHER/{GUEST}"
    assert one(tmp_path / "b", user="U0UNKNOWN").author == f"{TEAM}/U0UNKNOWN"


def test_conversations_are_no_posts_and_deleted_channels_keep_their_name(tmp_path):
    days = {
        f"{folder}/2026-11-22": [slack_message()]
        for folder in ("D012345678", "mpdm-ana--ben-1", "gone-channel", "FC:F01:notes", "secret")
    }
    lists = {
        "dms": [{"id": "D012345678", "members": [ANA, BEN]}],
        "groups": [{"id": "G01SECRET", "name": "secret"}],
    }
    assert [event.channel for event in read(slack_export(tmp_path, days, **lists))] == [
        "gone-channel",
        "G01SECRET",
    ]


def test_without_a_list_of_conversations_their_folders_are_known_by_name(tmp_path):
    export = slack_export(tmp_path, {"D012345678/2026-11-22": [slack_message()]}, channels=None)
    assert read(export) == []


def test_a_zip_reads_as_its_folder_wherever_it_starts(tmp_path):
    days = {
        "general/2026-11-21": [slack_message("one", ts="1.0")],
        "general/2026-11-22": [slack_message("two")],
    }
    folder = slack_export(tmp_path / "export", days)
    plain, deep = tmp_path / "plain.zip", tmp_path / "deep.zip"
    expected = read(folder)
    assert len(expected) == 2
    assert read(zipped(folder, plain)) == expected
    assert read(zipped(folder, deep, "My export Nov 1 - Nov 22/")) == expected


def test_what_macos_adds_to_a_zip_is_passed_over(tmp_path):
    folder = slack_export(tmp_path / "export", {"general/2026-11-22": [slack_message()]})
    path = zipped(folder, tmp_path / "mac.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/general/._2026-11-22.json", b"\x00\x05\x16\x07")
    assert len(read(path)) == 1


def test_a_day_cut_off_keeps_what_stood_before_and_the_days_after(tmp_path):
    whole = b'[{"user": "U01ANA", "ts": "1.0", "text": "one"}, {"user": "U01ANA", "ts": "2.0", "te'
    days = {"general/2026-11-20": whole, "general/2026-11-21": [slack_message()]}
    first, broken, last = read(slack_export(tmp_path, days))
    assert (first.text, last.text) == ("one", "hello")
    assert isinstance(broken, Rejected)
    assert broken.where == "general/2026-11-20.json, after message 1"


@pytest.mark.parametrize(
    "bad", [{"ts": "soon"}, {"ts": 5}, {"ts": None}, {"text": ["x"]}, {"edited": {"ts": "x"}}]
)
def test_a_bad_message_is_named_and_the_next_is_read(tmp_path, bad):
    days = {"general/2026-11-22": [slack_message(**bad), slack_message("next", ts="2.0")]}
    found = read(slack_export(tmp_path, days))
    assert found[-1].text == "next"
    (rejected,) = [item for item in found if isinstance(item, Rejected)]
    assert rejected.where == "general/2026-11-22.json, message 1"


def test_a_number_that_json_does_not_know_costs_one_message(tmp_path):
    day = b'[{"user": "U01ANA", "ts": "1.0", "n": NaN}, {"user": "U01ANA", "ts": "2.0", "text": "y"}]'
    rejected, event = read(slack_export(tmp_path, {"general/2026-11-22": day}))
    assert isinstance(rejected, Rejected)
    assert event.text == "y"


def test_no_slack_export_is_said_so(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(ExportError, match=r"users\.json"):
        read(tmp_path)


@pytest.mark.parametrize("users", [b"[{", b'[{"name": "ana"}]', b"\xff\xfe[]"])
def test_damaged_lists_stop_before_anything_is_counted(tmp_path, users):
    with pytest.raises(ExportError, match=r"users\.json"):
        read(slack_export(tmp_path, {"general/2026-11-22": [slack_message()]}, users=users))


def test_without_team_ids_the_ledgers_name_says_which_workspace_it_is(tmp_path):
    export = slack_export(tmp_path, {"general/2026-11-22": [slack_message()]}, users=[{"id": ANA}])
    assert read(export)[0].author == f"{TEAM}/{ANA}"
    with pytest.raises(ExportError, match="team_id"):
        read(export, "somewhere")


def test_a_zip_cut_off_names_the_remedy(tmp_path):
    folder = slack_export(tmp_path / "export", {"general/2026-11-22": [slack_message()]})
    path = zipped(folder, tmp_path / "whole.zip")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ExportError, match="unpack what is there"):
        read(path)


def test_a_damaged_file_in_a_zip_costs_that_file(tmp_path):
    days = {"general/2026-11-21": [slack_message("x" * 5000)], "general/2026-11-22": [slack_message()]}
    folder = slack_export(tmp_path / "export", days)
    path = tmp_path / "stored.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*.json")):
            archive.write(file, file.relative_to(folder).as_posix())
    data = bytearray(path.read_bytes())
    position = data.find(b"xxxx")
    data[position : position + 4] = b"yyyy"
    path.write_bytes(bytes(data))
    broken, event = read(path)
    assert isinstance(broken, Rejected)
    assert event.text == "hello"


def test_a_locked_zip_is_refused_in_words(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("users.json", "[]")
    data = bytearray(buffer.getvalue())
    data[6] |= 1  # the flag of encryption, in the file's own header
    data[data.find(b"PK\x01\x02") + 8] |= 1  # and in the list of files
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(ExportError, match="password"):
        read(path)


def test_a_zip_with_any_byte_wrong_is_read_in_part_or_refused_in_words(tmp_path):
    folder = slack_export(tmp_path / "export", {"general/2026-11-22": [slack_message()]})
    whole = zipped(folder, tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "damaged.zip"
    for position in range(len(whole)):
        data = bytearray(whole)
        data[position] ^= 0xC1
        path.write_bytes(bytes(data))
        with suppress(ExportError):
            read(path)


def test_a_zip_packed_as_no_platform_does_is_refused_in_words(tmp_path):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("users.json", "[]")
    with pytest.raises(ExportError, match="unpack it"):
        read(path)
