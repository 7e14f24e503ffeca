"""Each week is posted once, whatever dies in between."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.personal_wishes import PersonalWishes
from bot.services.platform import AdapterError
from bot.services.weekly_building import WeeklyBuilding
from bot.services.weekly_counts import WeeklyCounts
from bot.services.weekly_summaries import ABANDONED_AFTER, Outcome, WeeklySummaries, marker
from bot.storage.database import Database
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary
from bot.summaries.week import Week
from tests.services.world import ADMIN, GUILD, NOON, World, said, talk

COMMUNITY = "discord:1"
SET_UP = datetime(2026, 11, 1, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK = Week(2026, 47)
PEOPLE = [Member("discord", f"81110{number}") for number in range(5)]
HEALING = ABANDONED_AFTER + timedelta(minutes=1)


class Killed(BaseException):
    """The process dies here."""


class Channel:
    """A platform with one channel, and a place to die."""

    name = "discord"

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.summaries: list[Summary] = []
        self.readable = True
        self.dies: str | None = None
        self.refuses = False

    async def run(self) -> None: ...

    async def probe(self) -> str:
        return "Checkpost"

    async def close(self) -> None: ...

    def connected(self) -> bool:
        return True

    async def post(self, channel: str, summary: Summary, marker: str) -> None:  # noqa: ARG002
        if self.refuses:
            raise AdapterError("the channel is gone; choose another")
        if self.dies == "before posting":
            raise Killed
        self.messages.append(marker)
        self.summaries.append(summary)
        if self.dies == "after posting":
            raise Killed
        if self.dies == "timeout after posting":
            raise TimeoutError

    async def send_digest(self, member: Member, digest: Digest) -> None: ...

    async def find(self, channel: str, marker: str) -> bool | None:  # noqa: ARG002
        return marker in self.messages if self.readable else None


def asks(person: Member):
    texts = ("which of the two do you like best?", "has anybody seen my blue umbrella?")
    return [said(f"ask{person.id}{number}", text, person) for number, text in enumerate(texts)]


@pytest.fixture
async def settings(database: Database) -> CommunitySettings:
    made = CommunitySettings(database, CommunityPreferences())
    await made.change(COMMUNITY, Member("discord", "9"), SET_UP, summary_channel="c1", hour=9)
    return made


def process(database: Database, settings: CommunitySettings, owner: str) -> WeeklySummaries:
    building = WeeklyBuilding(database, settings, WeeklyCounts(database, settings, Bounds()))
    return WeeklySummaries(database, settings, building, owner)


async def outcomes(summaries: WeeklySummaries, channel: Channel, at: datetime) -> list[Outcome]:
    return [sent.outcome for sent in await summaries.send_due({"discord": channel}, at)]


async def test_a_due_week_is_posted_once_however_often_it_is_looked_for(database, settings):
    channel = Channel()
    assert await outcomes(process(database, settings, "a"), channel, DUE - timedelta(seconds=1)) == []
    assert await outcomes(process(database, settings, "a"), channel, DUE) == [Outcome.POSTED]
    for minutes in (0, 1, 30, 600):
        assert (
            await outcomes(process(database, settings, "b"), channel, DUE + timedelta(minutes=minutes)) == []
        )
    assert channel.messages == [marker(WEEK)]


async def test_a_community_on_a_platform_that_is_not_run_here_is_left_to_others(database, settings):
    assert await process(database, settings, "a").send_due({}, DUE) == []
    assert await outcomes(process(database, settings, "b"), Channel(), DUE) == [Outcome.POSTED]


@pytest.mark.parametrize("moment", ["before posting", "after posting"])
async def test_a_process_that_dies_is_healed_by_looking_for_the_marker(database, settings, moment):
    channel = Channel()
    channel.dies = moment
    with pytest.raises(BaseExceptionGroup):
        await outcomes(process(database, settings, "a"), channel, DUE)
    channel.dies = None
    assert await outcomes(process(database, settings, "b"), channel, DUE + timedelta(minutes=1)) == []
    later = DUE + HEALING
    expected = Outcome.POSTED if moment == "before posting" else Outcome.FOUND
    assert await outcomes(process(database, settings, "b"), channel, later) == [expected]
    assert channel.messages == [marker(WEEK)]


async def test_an_uncertain_post_is_not_repeated_where_the_channel_may_not_be_read(database, settings):
    channel = Channel()
    channel.readable = False
    channel.dies = "after posting"
    with pytest.raises(BaseExceptionGroup):
        await outcomes(process(database, settings, "a"), channel, DUE)
    channel.dies = None
    assert await outcomes(process(database, settings, "b"), channel, DUE + HEALING) == [Outcome.UNCERTAIN]
    assert await outcomes(process(database, settings, "b"), channel, DUE + 3 * HEALING) == []
    assert channel.messages == [marker(WEEK)]


async def test_an_answer_that_never_came_counts_as_uncertain_and_is_looked_up(database, settings):
    channel = Channel()
    channel.dies = "timeout after posting"
    assert await outcomes(process(database, settings, "a"), channel, DUE) == [Outcome.FAILED]
    assert await outcomes(process(database, settings, "a"), channel, DUE + HEALING) == [Outcome.FOUND]


async def test_a_certain_refusal_is_tried_again_even_where_the_channel_may_not_be_read(database, settings):
    channel = Channel()
    channel.readable = False
    channel.refuses = True
    assert await outcomes(process(database, settings, "a"), channel, DUE) == [Outcome.REFUSED]
    channel.refuses = False
    assert await outcomes(process(database, settings, "a"), channel, DUE + timedelta(minutes=2)) == [
        Outcome.POSTED
    ]


async def test_a_changed_hour_does_not_post_the_week_again(database, settings):
    channel = Channel()
    await outcomes(process(database, settings, "a"), channel, DUE)
    await settings.change(COMMUNITY, Member("discord", "9"), DUE, hour=15, weekday=1)
    for hours in range(72):
        await outcomes(process(database, settings, "a"), channel, DUE + timedelta(hours=hours))
    assert channel.messages == [marker(WEEK)]


async def test_a_new_community_waits_for_its_first_full_week(database):
    made = CommunitySettings(database, CommunityPreferences())
    await made.change(COMMUNITY, Member("discord", "9"), DUE - timedelta(days=5), summary_channel="c1")
    channel = Channel()
    assert await outcomes(process(database, made, "a"), channel, DUE) == []
    assert await outcomes(process(database, made, "a"), channel, DUE + timedelta(days=7)) == [Outcome.POSTED]


async def test_two_processes_at_once_post_once(database, settings):
    channel = Channel()
    both = (process(database, settings, owner) for owner in ("a", "b"))
    await asyncio.gather(*(each.send_due({"discord": channel}, DUE) for each in both))
    assert channel.messages == [marker(WEEK)]


async def test_posting_by_hand_takes_the_week_from_the_schedule(database, settings):
    channel = Channel()
    sent = await process(database, settings, "a").send_now(channel, COMMUNITY, WEEK, DUE)
    assert sent.outcome is Outcome.POSTED
    assert await outcomes(process(database, settings, "b"), channel, DUE) == []


async def test_posting_by_hand_without_a_channel_says_so(database, settings):
    with pytest.raises(AdapterError, match="no channel"):
        await process(database, settings, "a").send_now(Channel(), "discord:2", WEEK, DUE)


async def test_a_refusal_is_news_once_and_waits_longer_each_time(database, settings):
    channel = Channel()
    channel.refuses = True
    tries, news = 0, 0
    for minutes in range(60 * 48):
        sent = await process(database, settings, "a").send_due(
            {"discord": channel}, DUE + timedelta(minutes=minutes)
        )
        tries += len(sent)
        news += sum(one.news for one in sent)
    assert news == 1
    assert 45 <= tries <= 60
    assert channel.messages == []


async def test_administrators_see_what_went_wrong_until_it_is_mended(database, settings):
    channel = Channel()
    assert await settings.trouble(COMMUNITY, DUE) is None
    channel.refuses = True
    await outcomes(process(database, settings, "a"), channel, DUE)
    trouble = await settings.trouble(COMMUNITY, DUE)
    assert trouble == "The summary of 2026-W47 could not be posted: the channel is gone; choose another"
    channel.refuses = False
    await outcomes(process(database, settings, "a"), channel, DUE + timedelta(minutes=2))
    assert await settings.trouble(COMMUNITY, DUE) is None


async def test_administrators_are_told_of_an_uncertain_summary(database, settings):
    channel = Channel()
    channel.readable = False
    channel.dies = "timeout after posting"
    await outcomes(process(database, settings, "a"), channel, DUE)
    assert await settings.trouble(COMMUNITY, DUE + timedelta(minutes=5)) is None
    late = await settings.trouble(COMMUNITY, DUE + timedelta(days=3))
    await outcomes(process(database, settings, "b"), channel, DUE + HEALING)
    told = await settings.trouble(COMMUNITY, DUE + HEALING)
    assert late == told
    assert told is not None
    assert "perhaps posted" in told


async def test_a_platform_that_is_away_is_no_refusal(database, settings):
    channel = Channel()
    channel.connected = lambda: False
    assert await outcomes(process(database, settings, "a"), channel, DUE) == []
    assert await settings.trouble(COMMUNITY, DUE) is None


async def test_what_was_shown_stays_as_it_was_when_somebody_is_forgotten(sqlite_database):
    world = await World(sqlite_database).founded(*PEOPLE)
    await world.communities.change(GUILD, ADMIN, NOON - timedelta(days=60), summary_channel="c1")
    for person in PEOPLE:
        await world.record([*talk(4, by=person), *asks(person)])
    channel = Channel()
    summaries = process(sqlite_database, world.communities, "a")
    await summaries.send_now(channel, GUILD, WEEK, DUE)
    first = channel.summaries[-1]
    assert first.headline.startswith("Among the 5 members taking part")
    for person in PEOPLE[:2]:
        await world.privacy.forget(person)
    again = await summaries.build(GUILD, WEEK)
    assert again == first
    assert "Fewer than 5 members" in (await summaries.build(GUILD, WEEK.after())).paragraphs[0]


async def test_who_asked_for_kudos_is_thanked_and_nobody_else(sqlite_database):
    world = await World(sqlite_database).founded(*PEOPLE)
    await PersonalWishes(sqlite_database).kudos(PEOPLE[0], NOON, on=True)
    for person in PEOPLE:
        posts = talk(5, start=100, by=person)
        await world.record([replace(post, text=f"thank you for {post.text}") for post in posts])
    summary = await process(sqlite_database, world.communities, "a").build(GUILD, WEEK)
    assert [one.person for one in summary.kudos] == [PEOPLE[0]]
    assert summary.kudos[0].deed.startswith("said thank you ")
    assert all("thanks" not in paragraph for paragraph in summary.paragraphs)
