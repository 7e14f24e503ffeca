import json
from datetime import timedelta

import pytest

from bot.services.record_own_post import OwnPost
from bot.text.draft import Draft
from tests.services.world import ADMIN, ANA, BEN, CARO, GUILD, NOON, World, deleted, edited, said, talk

LATER = NOON + timedelta(hours=1)
SITE = "teapots.ana.example"
TEXTS = [
    "please buy my marvellous hand painted teapots while they last",
    "zanzibar quokka marmalade is what I dreamt about last night",
    "have you tried the watercolour paper from the mill by the river?",
]


def answering(message, author):
    return {"reply_to_message": message, "reply_to_author": author.id}


@pytest.fixture
async def lived_in(world: World) -> World:
    return await live_in(world)


@pytest.fixture
async def lived_in_file(sqlite_world: World) -> World:
    """The same in an SQLite file; the bytes of PostgreSQL's files are the server's own."""
    return await live_in(sqlite_world)


async def live_in(world: World) -> World:
    """Make a record with everything in it that can be kept about anybody."""
    await world.consents.grant(BEN, NOON - timedelta(days=50))
    for member in (ANA, BEN):
        await world.settings.change(member, widen_circle=True, community=GUILD)
    await world.settings.add_own_site(ANA, SITE)
    await world.settings.mute(ANA, "engage")
    await world.record(
        [
            *(said(f"9100{number}", text, after=number) for number, text in enumerate(TEXTS)),
            edited("91001", "zanzibar quokka marmalade, and toast", after=20),
            said("91009", "what a lovely drawing, well done", after=21, **answering("92000", BEN)),
            said("91010", "this one goes away again soon", after=22),
            deleted("91010", after=23),
            said("92000", "a drawing of a very small bridge", BEN, after=1),
            said("92001", "thank you, that means a lot", BEN, after=22, **answering("91009", ANA)),
            said("92002", "and have you seen the big one?", BEN, after=24, mentions=(ANA.id,)),
        ]
    )
    song = Draft("I sang in the choir on Sunday, it was loud")
    assert await world.own(song, ANA, GUILD, NOON) is OwnPost.RECORDED
    await world.communities.change(GUILD, ANA, NOON, hour=8)
    async with world.database.writing() as work:
        stored = await work.members.find(ANA)
        await work.members.note(stored.id, 0, "read-from-shell")
    return world


async def test_the_export_holds_everything_and_can_be_written_as_json(lived_in):
    export = await lived_in.privacy.export(ANA)
    assert json.loads(json.dumps(export)) == export
    assert export["consent"]["state"] == "given"
    assert export["settings"] == {
        "own_sites": [SITE],
        "said_not_own": [],
        "muted_rules": ["engage"],
        "widen_circle": True,
        "real_name": False,
        "community": GUILD,
        "detail": "usual",
    }
    assert len(export["posts"]) == 6
    assert {post["community"] for post in export["posts"]} == {GUILD}
    assert sum(post["deleted"] for post in export["posts"]) == 1
    assert sum(post["reported_by_member"] for post in export["posts"]) == 1
    assert sum(post["directed_at"] is not None for post in export["posts"]) == 1
    assert sum(post["edited"] for post in export["posts"]) == 2
    assert all(post["version"] for post in export["posts"])
    assert [line["what"] for line in export["log"]] == ["read-from-shell"]
    assert [line["key"] for line in export["settings_changed_as_administrator"]] == ["hour"]


async def test_nothing_kept_is_said_to_be_nothing(lived_in):
    assert (await lived_in.privacy.export(CARO))["kept"] is False
    assert await lived_in.privacy.forget(CARO) == 0


async def test_forgetting_leaves_nothing_and_harms_nobody_else(lived_in):
    before = await lived_in.balance(BEN, GUILD, LATER)
    assert await lived_in.privacy.forget(ANA) > 6
    assert await lived_in.privacy.export(ANA) == {
        "member": str(ANA),
        "kept": False,
        "settings_changed_as_administrator": [],
    }
    assert await lived_in.balance(ANA, GUILD, LATER) is None
    after = await lived_in.balance(BEN, GUILD, LATER)
    assert (after.posts, after.engagement) == (before.posts, before.engagement)
    assert (before.directed, after.directed) == (2, 0)
    assert (await lived_in.consents.state(ANA)).state == "unasked"
    assert (await lived_in.record(talk(1))).ignored == 1


async def test_somebody_without_a_record_is_forgotten_as_a_target(lived_in):
    post = said("92003", "and you, have you seen it yet?", BEN, after=26, mentions=(CARO.id,))
    await lived_in.record([post])
    assert await lived_in.privacy.forget(CARO) == 1
    assert (await lived_in.balance(BEN, GUILD, LATER)).directed == 2


async def test_removing_the_bot_erases_the_community_and_keeps_what_is_the_members_own(lived_in):
    other = "discord:810001"
    await lived_in.communities.change(other, ADMIN, NOON, recorded_channels=["1"])
    await lived_in.record([said("1", "the kettle is on again", community=other, channel="1")])
    assert await lived_in.privacy.purge_community(GUILD) >= 9
    assert await lived_in.privacy.purge_community(GUILD) == 0
    assert await lived_in.balance(ANA, GUILD, LATER) is None
    assert (await lived_in.balance(ANA, None, LATER)).posts == 1
    assert (await lived_in.settings.read(ANA)).community is None
    assert not (await lived_in.communities.read(GUILD)).recorded_channels


def _bytes(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def _codes(world: World, member) -> list[bytes]:
    """Return every code that stands for a member or a message of theirs."""
    keyring = world.database.keyring
    author = keyring.member(member)
    people = [keyring.member(other) for other in (ANA, BEN, CARO)]
    messages = [f"9100{number}" for number in range(3)] + ["91009", "91010"]
    return [
        author,
        keyring.actor(member),
        *(keyring.target(person, member) for person in people),
        *(keyring.target(author, other) for other in (ANA, BEN, CARO)),
        *(keyring.message(GUILD, "discord", "820001", message) for message in messages),
    ]


async def test_no_text_and_no_readable_id_is_in_the_databases_bytes(lived_in_file, tmp_path):
    content = _bytes(tmp_path)
    words = {word for text in TEXTS for word in text.split() if len(word) > 5} | {"quokka", SITE, "teapots"}
    ids = {ANA.id, BEN.id, ADMIN.id, GUILD, GUILD.partition(":")[2], "820001", "91000", "92001"}
    for secret in sorted(words | ids):
        assert secret.encode() not in content, secret
        assert secret.encode("utf-16-le") not in content, secret
    assert lived_in_file.database.keyring.member(ANA) in content


async def test_forgetting_leaves_no_code_of_the_member_in_the_databases_bytes(lived_in_file, tmp_path):
    codes = _codes(lived_in_file, ANA)
    content = _bytes(tmp_path)
    # All of them are there before, but for the ones that nobody is directed at.
    assert sum(code in content for code in codes) >= 9
    await lived_in_file.privacy.forget(ANA)
    content = _bytes(tmp_path)
    assert [code for code in codes if code in content] == []
    assert lived_in_file.database.keyring.member(BEN) in content


async def test_forgetting_in_the_middle_of_other_work_leaves_no_code_either(lived_in_file, tmp_path):
    await lived_in_file.record(talk(200, by=BEN))
    codes = _codes(lived_in_file, ANA)
    async with lived_in_file.database.reading() as work:
        await work.members.find(BEN)
    await lived_in_file.privacy.forget(ANA)
    await lived_in_file.record(talk(20, start=200, by=BEN))
    content = _bytes(tmp_path)
    assert [code for code in codes if code in content] == []
