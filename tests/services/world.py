"""A small community for tests: a reader that sorts by a word, and short ways to say things."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.balance.bounds import Bounds
from bot.balance.event import Change, MessageEvent
from bot.balance.identity import Member
from bot.model.opinion import Opinion
from bot.services.check_draft import CheckDraft
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.consents import Consents
from bot.services.member_settings import MemberSettings
from bot.services.privacy import Privacy
from bot.services.reading_posts import in_thread
from bot.services.record_own_post import RecordOwnPost
from bot.services.record_posts import RecordPosts
from bot.services.show_balance import ShowBalance
from bot.storage.database import Database
from bot.text.kind import Kind

ANA, BEN, CARO, ADMIN = (Member("discord", name) for name in ("811001", "811002", "811003", "811900"))
GUILD = "discord:810000"
GENERAL, HELP, SHOWCASE, ELSEWHERE = "820001", "820002", "820003", "820004"
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
BOUNDS = Bounds()


class WordReader:
    """Calls promotion what says "buy", engagement what asks or thanks, neutral the rest."""

    def kinds(self, readings):
        return [self._kinds(reading) for reading in readings]

    def _kinds(self, reading):
        text = reading.draft.text.lower()
        if "buy" in text:
            kind = Kind.PROMOTION
        elif "?" in text or "thank" in text or reading.draft.reply_to:
            kind = Kind.ENGAGEMENT
        else:
            kind = Kind.NEUTRAL
        return {each: float(each is kind) for each in Kind}

    def opinion(self, reading):
        return Opinion(self._kinds(reading))


def said(message: str, text: str = "", by: Member = ANA, after: float = 0, **more) -> MessageEvent:
    """Return a message `after` minutes past noon in the general channel."""
    return MessageEvent(
        by.platform,
        more.pop("community", GUILD),
        more.pop("channel", GENERAL),
        by.id,
        message,
        NOON + timedelta(minutes=after),
        text,
        **more,
    )


def edited(message: str, text: str, **more) -> MessageEvent:
    """Return an edit."""
    return said(message, text, change=Change.EDITED, **more)


def deleted(message: str, **more) -> MessageEvent:
    """Return a deletion."""
    return said(message, change=Change.DELETED, **more)


def talk(count: int, start: int = 0, by: Member = ANA) -> list[MessageEvent]:
    """Return so many posts that count, are neutral and repeat nothing."""
    posts: list[MessageEvent] = []
    for number in range(start, start + count):
        words = random.Random(number).sample(WORDS, 7)  # noqa: S311 - words, not secrets
        posts.append(said(f"talk{by.id}{number}", " ".join(words), by, after=number / 10))
    return posts


WORDS = (
    "apple bridge candle desert engine forest garden harbour island jungle kettle lantern meadow needle "
    "orchard parrot quarry river saddle tunnel umbrella village window yellow zebra anchor bottle carpet"
).split()


@dataclass
class World:
    """Every service on one database."""

    database: Database

    def __post_init__(self):
        reader = WordReader()
        self.record = RecordPosts(self.database, in_thread(reader))
        self.own = RecordOwnPost(self.database, reader)
        self.balance = ShowBalance(self.database, BOUNDS)
        self.consents = Consents(self.database)
        self.settings = MemberSettings(self.database)
        self.communities = CommunitySettings(self.database, CommunityPreferences())
        self.privacy = Privacy(self.database)
        self.check = CheckDraft(self.database, reader, BOUNDS)

    async def founded(self, *members: Member, before: timedelta = timedelta(days=60)):
        """Choose channels, and let members agree."""
        await self.communities.change(
            GUILD,
            ADMIN,
            NOON - before,
            recorded_channels=[GENERAL, HELP, SHOWCASE],
            exempt_channels=[SHOWCASE],
        )
        for member in members:
            await self.consents.grant(member, NOON - before)
        return self
