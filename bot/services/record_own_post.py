"""The "I posted this" button: records a post that nobody observes."""

import os
from datetime import datetime
from enum import StrEnum

from bot.balance.identity import Member
from bot.balance.instant import instant
from bot.balance.post import Post, Version
from bot.model.opinion import Reader
from bot.services.reading_posts import PostReader, Written
from bot.services.record_posts import SAME_POST, same_post
from bot.storage.database import Database
from bot.storage.keyring import SHORT
from bot.storage.posts import Entry
from bot.text.draft import Draft

NO_CHANNEL = 0
"""The channel of a post whose channel is not known: exempt nowhere."""


class OwnPost(StrEnum):
    """What became of it."""

    RECORDED = "recorded"
    ALREADY = "already"
    NEEDS_CONSENT = "needs-consent"


class RecordOwnPost:
    """Records kind, time and keyed fingerprint of a post, for a member who agreed.

    Args:
        database: where to.
        reader: tells the kind.
    """

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database = database
        self._reader = PostReader(reader)

    async def __call__(self, draft: Draft, member: Member, community: str, at: datetime) -> OwnPost:
        """Record that the member posted the draft; committed, durably, when this returns.

        An observed copy of it (the same community, a near fingerprint, within 24 hours) is the same
        post, whichever of the two comes first.
        """
        keyring = self._database.keyring
        async with self._database.reading() as work:
            stored = await work.members.find(member)
        if stored is None or not stored.recorded:
            return OwnPost.NEEDS_CONSENT
        (facts,) = self._reader.facts([Written(draft, keyring.fingerprints(stored.code))])
        now = instant(at)
        async with self._database.writing() as work:
            stored = (await work.members.hold([stored.id])).get(stored.id)
            if stored is None or not stored.recorded:
                return OwnPost.NEEDS_CONSENT
            place = await work.communities.add(community)
            answered = draft.reply_to.author if draft.reply_to else None
            entry = Entry(
                stored.id,
                place.id,
                Post(
                    message=os.urandom(SHORT),
                    channel=NO_CHANNEL,
                    posted=now,
                    version=Version(edited=False, at=now, digest=bytes(SHORT)),
                    facts=facts,
                    answered=keyring.target(stored.code, Member(member.platform, answered))
                    if answered and answered != member.id and stored.widen_circle
                    else None,
                    claimed=True,
                ),
            )
            around = await work.posts.of_member(stored.id, place.id, now - SAME_POST - 1, now + SAME_POST)
            if any(same_post(entry, other) for other in around):
                return OwnPost.ALREADY
            await work.posts.merge([entry])
        return OwnPost.RECORDED
