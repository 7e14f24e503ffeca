import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest


def test_a_member_without_a_record_has_no_share_rather_than_zero(checkpost):
    ran = checkpost("balance", "--member", "discord:1", "--json")
    balance = json.loads(ran.out)
    assert ran.status == 0
    assert (balance["posts"], balance["share"]) == (0, None)
    assert "No record yet" in checkpost("balance", "--member", "discord:1").out


def test_for_people_the_balance_is_drawn_as_its_member_sees_it(checkpost, tmp_path):
    now = datetime.now(UTC)
    texts = ["How do you keep the slugs off the {} beds?", "Pre-order my new book on {} now, link in bio!"]
    names = "leek kale bean pea beet chard sprout carrot onion garlic parsnip turnip celery fennel".split()
    events = tmp_path / "events.jsonl"
    events.write_text(
        "".join(
            json.dumps(
                {
                    "platform": "discord",
                    "channel": "c",
                    "author": "7",
                    "message": str(number),
                    "at": (now - timedelta(days=number * 2)).isoformat(),
                    "text": texts[number % 7 == 0].format(name),
                }
            )
            + "\n"
            for number, name in enumerate(names)
        ),
        encoding="utf-8",
    )
    checkpost("import", str(events), "--format", "events", "--community", "beds", "--consent-all")
    out = checkpost("balance", "--member", "discord:7", "--community", "beds").out
    assert f"The balance of discord:7 in beds as of {now:%Y-%m-%d}" in out
    assert "are promotion (" in out
    assert "you aim for 5–10%" in out
    assert len([line for line in out.splitlines() if "█" in line or "no posts" in line]) == 8
    for part in ("The rest: ", "asking", "What comes next: ", "I don't keep whom you speak to"):
        assert part in out
    assert "was no promotion" not in out
    log = json.loads(checkpost("export", "--member", "discord:7").out)["log"]
    assert [line["detail"] for line in log] == ["the operator stated your consent", "balance", "export"]


@pytest.mark.parametrize("at", ["0001-01-01", "1970-12-31", "9999-12-31T23:59:59Z", "tomorrow"])
def test_a_moment_that_no_record_has_is_refused_in_one_line(checkpost, at):
    ran = checkpost("balance", "--member", "discord:1", "--at", at)
    assert ran.status == 2
    assert "is no moment" in ran.err
    assert ran.err.count("\n") == 1


def test_what_has_expired_is_gone_the_next_time_the_terminal_is_used(checkpost, monkeypatch, tmp_path):
    checkpost("db", "upgrade")
    (file,) = tmp_path.rglob("checkpost.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO tombstone (code, day) VALUES (x'00', 1)")
        connection.commit()
    monkeypatch.setattr("sys.stdin", StringIO(""))
    assert checkpost("chat").status == 0
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)


def test_the_balance_has_the_contract_s_keys(checkpost):
    balance = json.loads(
        checkpost("balance", "--member", "discord:1", "--at", "2026-11-17T09:30:00Z", "--json").out
    )
    assert " ".join(balance) == (
        "window_days until posts filler exempt unread promotion engagement neutral share lower upper "
        "next_promotion_after shares_of_others directed people top_two_share"
    )


def test_a_quiet_week_is_shown_without_figures(checkpost):
    assert (
        "Fewer than 5 members" in checkpost("summary", "--community", "discord:1", "--week", "2026-W47").out
    )
    assert (
        json.loads(checkpost("summary", "--community", "x", "--week", "2026-W47", "--json").out)["week"]
        == "2026-W47"
    )


def test_nothing_kept_is_said_by_export_and_forget(checkpost):
    assert json.loads(checkpost("export", "--member", "slack:T1/U1").out)["kept"] is False
    assert "nothing" in checkpost("forget", "--member", "slack:T1/U1").out


def test_a_database_that_stops_working_is_one_line(checkpost, tmp_path):
    checkpost("balance", "--member", "discord:1")
    (file,) = tmp_path.rglob("checkpost.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE member RENAME TO gone")
        connection.commit()
    ran = checkpost("balance", "--member", "discord:1")
    assert ran.status == 2
    assert "stopped working" in ran.err
    assert ran.err.count("\n") == 1


def test_an_alias_of_the_configuration_names_a_live_community(checkpost, monkeypatch, tmp_path):
    monkeypatch.setenv("CHECKPOST_COMMUNITIES__ALIASES", "gardeners=discord:1")
    events = tmp_path / "events.jsonl"
    now = datetime.now(UTC).isoformat()
    event = {
        "platform": "discord",
        "community": "1",
        "channel": "c",
        "author": "7",
        "message": "m",
        "at": now,
        "text": "how do you all keep the kettle so clean?",
    }
    events.write_text(json.dumps(event), encoding="utf-8")
    ran = checkpost("import", str(events), "--format", "events", "--community", "gardeners", "--consent-all")
    assert ran.status == 0
    for community in ("gardeners", "discord:1"):
        asked = checkpost("balance", "--member", "discord:7", "--community", community, "--json")
        assert json.loads(asked.out)["posts"] == 1
