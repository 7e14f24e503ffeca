"""`checkpost doctor` looks, and makes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_on_a_fresh_machine_it_says_what_the_first_start_makes_and_makes_nothing(checkpost, tmp_path):
    ran = checkpost("doctor")
    assert ran.status == 0
    assert ran.out.count("does not exist yet; the first start makes it") == 2
    assert "discord        off" in ran.out
    assert files(tmp_path) == []


def test_after_the_first_start_it_says_that_all_is_well(checkpost, tmp_path):
    checkpost("db", "upgrade")
    before = files(tmp_path)
    ran = checkpost("doctor")
    assert ran.status == 0
    assert "answers and is up to date" in ran.out
    assert files(tmp_path) == before == ["checkpost.sqlite3", "secret"]


def test_an_older_database_is_left_as_it_is(checkpost, tmp_path):
    checkpost("db", "upgrade")
    (file,) = tmp_path.rglob("checkpost.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    ran = checkpost("doctor")
    assert ran.status == 0
    assert "the next start brings it up to date" in ran.out
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_secret_that_is_gone_is_not_replaced(checkpost, tmp_path):
    checkpost("db", "upgrade")
    (secret,) = tmp_path.rglob("secret")
    secret.unlink()
    ran = checkpost("doctor")
    assert ran.status == 2
    assert "is missing; put it back" in ran.out
    assert not secret.exists()


def test_a_secret_that_does_not_fit_is_said(checkpost, monkeypatch):
    checkpost("db", "upgrade")
    monkeypatch.setenv("CHECKPOST_PRIVACY__SECRET", "quite another secret")
    ran = checkpost("doctor")
    assert ran.status == 2
    assert "does not fit" in ran.out
    assert "quite another" not in ran.out


@pytest.mark.parametrize("url", ["postgresql+asyncpg://me:hush@127.0.0.1:9/x", "nonsense"])
def test_a_database_out_of_reach_is_one_line_without_its_password(checkpost, monkeypatch, url):
    monkeypatch.setenv("CHECKPOST_DATABASE__URL", url)
    ran = checkpost("doctor")
    assert ran.status == 2
    assert "hush" not in ran.out
    assert ran.out.count("\n") == 2
