"""The roll-up is the scan, whatever happened in between and in whatever order."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.balance.bounds import Bounds
from bot.balance.facts import Act, Facts
from bot.balance.identity import Member
from bot.balance.instant import DAY, NEVER, instant
from bot.balance.post import Correction, Post, Version
from bot.balance.window import Window
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.consents import Consents
from bot.services.ledgers import Ledgers
from bot.services.privacy import Privacy
from bot.services.weekly_counts import WeeklyCounts, counts_of
from bot.storage.database import Database
from bot.storage.posts import Entry
from bot.summaries.counts import WeekCounts, sum_of
from bot.summaries.week import Week
from bot.text.kind import Kind

BOUNDS = Bounds(window_days=10)
START = datetime(2026, 3, 9, tzinfo=UTC)
WEEKS = [Week(2026, 10 + number) for number in range(8)]
SHOWCASE = "showcase"
PEOPLE = 3
NUMBERS = count()


@dataclass(frozen=True)
class Event:
    """Something that is said about one of a few messages."""

    message: int
    author: int
    hours: int
    parent: int | None
    kind: Kind
    print: int
    change: str
    exempt: bool


@dataclass(frozen=True)
class Other:
    """Something else that happens."""

    what: str
    member: int
    message: int


events = st.builds(
    Event,
    message=st.integers(0, 9),
    author=st.integers(0, PEOPLE - 1),
    hours=st.integers(0, 5 * 7 * 24),
    parent=st.none() | st.integers(0, 9),
    kind=st.sampled_from(Kind),
    print=st.integers(0, 3),
    change=st.sampled_from(["posted", "posted", "posted", "edited", "deleted"]),
    exempt=st.booleans(),
)
others = st.builds(
    Other,
    st.sampled_from(
        ["count", "count", "forget", "leave", "withdraw", "agree", "correct", "remove", "zone", "exempt"]
    ),
    st.integers(0, PEOPLE - 1),
    st.integers(0, 9),
)
stories = st.lists(st.lists(events, min_size=1, max_size=4) | others, min_size=1, max_size=14)


class Story:
    """One community of its own, and what happens in it."""

    def __init__(self, database: Database) -> None:
        self.number = next(NUMBERS)
        self.name = f"discord:{self.number}"
        self.database = database
        self.settings = CommunitySettings(database, CommunityPreferences())
        self.consents = Consents(database)
        self.counts = WeeklyCounts(database, self.settings, BOUNDS)

    def person(self, number: int) -> Member:
        return Member("discord", f"{self.number}-{number}")

    def message(self, number: int) -> bytes:
        return self.number.to_bytes(8, "big") + number.to_bytes(8, "big")

    async def happens(self, what: list[Event] | Other) -> None:
        if isinstance(what, list):
            await self._recorded(what)
            return
        person = self.person(what.member)
        match what.what:
            case "count":
                await self.counts.refresh()
            case "forget":
                await Privacy(self.database).forget(person)
            case "leave":
                await Privacy(self.database).leave(person, self.name)
            case "withdraw":
                await self.consents.withdraw(person, START)
            case "agree":
                await self.consents.grant(person, START)
            case "zone":
                zone = ["Asia/Kolkata", "America/New_York", "UTC"][what.message % 3]
                await self.settings.change(self.name, person, START, time_zone=zone)
            case "exempt":
                channels = [SHOWCASE] if what.message % 2 else []
                await self.settings.change(self.name, person, START, exempt_channels=channels)
            case _:
                await self._changed(what)

    async def _recorded(self, batch: list[Event]) -> None:
        keyring = self.database.keyring
        async with self.database.writing() as work:
            place = await work.communities.add(self.name)
            entries: list[Entry] = []
            for event in batch:
                # A message has one author, whatever is said about it.
                member = await work.members.add(self.person((event.message + event.author // 2) % PEOPLE))
                known = await work.posts.known([self.message(event.message)])
                owner = known[self.message(event.message)].member if known else member.id
                at = instant(START + timedelta(hours=event.hours))
                deleted, edited = event.change == "deleted", event.change == "edited"
                channel = keyring.channel(self.name, SHOWCASE if event.message % 4 == 0 else "general")
                facts = Facts(
                    event.kind,
                    Act.ASKING if event.kind is Kind.ENGAGEMENT else None,
                    shares_others=event.exempt,
                    fingerprint=bytes([event.print]) * 32,
                )
                entries.append(
                    Entry(
                        owner,
                        place.id,
                        Post(
                            message=self.message(event.message),
                            channel=channel,
                            posted=at if event.change == "posted" else NEVER,
                            parent=None if event.parent is None else self.message(event.parent),
                            version=Version(edited or deleted, at, bytes(16)),
                            facts=None if deleted else facts,
                            deleted=deleted,
                        ),
                    )
                )
            first: dict[bytes, int] = {}
            await work.posts.merge(
                entry
                for entry in entries
                if first.setdefault(entry.post.message, entry.member) == entry.member
            )

    async def _changed(self, what: Other) -> None:
        message = self.message(what.message)
        async with self.database.writing() as work:
            known = await work.posts.known([message])
            if what.what == "remove":
                await work.posts.remove([message])
            elif message in known:
                kind = list(Kind)[what.member % 3]
                await work.posts.correct(known[message].member, message, Correction(kind, NEVER - 1))

    async def scanned(self, week: Week) -> WeekCounts:
        """Count a week anew from every post, as a balance is counted."""
        async with self.database.reading() as work:
            place = await work.communities.find(self.name)
            if place is None:
                return WeekCounts()
            zone = ZoneInfo(self.settings.filled(place).time_zone)
            first, after = map(instant, week.bounds(zone))
            window = Window(after - 1, max(BOUNDS.window_days, -(-(after - first) // DAY)))
            ledgers = Ledgers(work, self.database.keyring, BOUNDS)
            counts = []
            for number in range(PEOPLE):
                member = await work.members.find(self.person(number))
                if member is None or member.said_no:
                    continue
                ledger = await ledgers.load(member, place, window)
                own = [entry for entry in (ledger.judged if ledger else ()) if first <= entry.post.posted]
                counts.append(counts_of(own, window.after))
        return sum_of(counts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories)
async def test_the_roll_up_equals_the_scan(sqlite_database, story):
    await told(sqlite_database, story)


async def told(database: Database, story) -> None:
    telling = Story(database)
    async with database.writing() as work:
        await work.communities.add(telling.name)
    for what in story:
        await telling.happens(what)
    for week in WEEKS:
        assert await telling.counts(telling.name, week) == await telling.scanned(week), week


async def test_on_both_engines_a_late_link_between_two_posts_is_heard_of(database):
    promoted = Event(0, 0, 0, None, Kind.PROMOTION, 0, "posted", exempt=False)
    question = Event(1, 0, 1, 0, Kind.ENGAGEMENT, 1, "posted", exempt=False)
    thanks = Event(3, 0, 200, 1, Kind.ENGAGEMENT, 2, "posted", exempt=False)
    await told(database, [[promoted], [thanks], Other("count", 0, 0), [question]])
