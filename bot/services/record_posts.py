"""Records observed messages of members who agreed, in the channels their community chose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.balance.event import Change, MessageEvent
from bot.balance.facts import Facts
from bot.balance.fingerprint import alike
from bot.balance.instant import HOUR, NEVER, instant
from bot.balance.post import merged
from bot.services.coding import author_of, coded, message_code
from bot.services.early_deletions import settled
from bot.services.reading_posts import ReadPosts, Written, draft_of
from bot.storage.database import Database
from bot.storage.keyring import Keyring
from bot.storage.members import StoredMember
from bot.storage.posts import Entry
from bot.storage.unit_of_work import UnitOfWork

SKEW = timedelta(minutes=5)
"""How far a platform's clock may lag behind ours when a post just after the consent is judged."""

SAME_POST = 24 * HOUR
"""Within so many microseconds a "posted this" and an observed copy are the same post."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch of events.

    Attributes:
        recorded: events that changed the ledger.
        ignored: events of bots, of members who did not agree, or in channels nobody chose.
        unchanged: events the ledger knew already.
    """

    recorded: int = 0
    ignored: int = 0
    unchanged: int = 0


class RecordPosts:
    """Records batches of events, each batch in one transaction.

    Args:
        database: where to.
        read_posts: tells what is kept of them.
    """

    def __init__(self, database: Database, read_posts: ReadPosts) -> None:
        self._database = database
        self._read_posts = read_posts
        self._live = False

    async def is_recorded(self, community: str, channel: str) -> bool:
        """Tell whether posts in a channel are recorded at all."""
        async with self._database.glancing() as work:
            stored = await work.communities.find(community)
        return stored is not None and channel in stored.recorded_channels

    async def __call__(self, events: Sequence[MessageEvent], deliveries: Sequence[str] = ()) -> Recorded:
        """Record what the events say; it is committed, durably, when this returns.

        Doing it again changes nothing, and the order does not matter.

        Args:
            events: what happened, of any communities.
            deliveries: the platform's ids of what brought them, remembered in the same transaction
                (`SeenEvents`), so that a crash can neither lose the events nor count them twice.
        """
        admitted, gone = await self._admitted(events)
        facts = await self._facts(admitted)
        if not admitted and not gone and not deliveries:
            return Recorded(ignored=len(events))
        async with self._database.writing() as work:
            changed, kept = await _store(work, self._database.keyring, admitted, facts, gone)
            if not self._live:
                await work.meta.mark_live()
            if deliveries and events:
                await work.deliveries.remember_all(deliveries, max(instant(event.at) for event in events))
        self._live = True
        return Recorded(changed, len(events) - kept, kept - changed)

    async def _admitted(
        self, events: Sequence[MessageEvent]
    ) -> tuple[list["_Admitted"], dict[bytes, datetime]]:
        """Return what is recorded, and the deletions of messages that nobody heard of so far."""
        keyring = self._database.keyring
        people = [event for event in events if not event.bot]
        async with self._database.glancing() as work:
            channels = {
                name: found.recorded_channels if (found := await work.communities.find(name)) else frozenset()
                for name in {event.community for event in people}
            }
            heard = [event for event in people if event.channel in channels[event.community]]
            codes = {person: keyring.member(person) for person in set(map(author_of, heard))}
            authors = await work.members.by_code(codes.values())
            changes = [
                (event, message_code(keyring, event)) for event in people if event.change is not Change.POSTED
            ]
            known = await work.posts.known(code for _, code in changes)
            owners = await work.members.by_id(entry.member for entry in known.values())
        # Between two queries somebody may have been forgotten, and what was known of them with them.
        known = {code: entry for code, entry in known.items() if entry.member in owners}
        posts = [
            _Admitted(event, code, author)
            for event in heard
            if event.change is not Change.DELETED
            and (author := authors.get(codes[author_of(event)]))
            and may_record(author, event, known.get(code := message_code(keyring, event)))
        ]
        # What is recorded, or about to be, is deleted whoever asks and whatever consent says since.
        writers = {one.message: one.author for one in posts}
        writers |= {message: owners[entry.member] for message, entry in known.items()}
        deleted: list[_Admitted] = []
        gone: dict[bytes, datetime] = {}
        for event, code in changes:
            if event.change is not Change.DELETED:
                continue
            author = writers.get(code)
            if author is None and event.channel in channels[event.community]:
                # Nothing was heard of the post yet; if it still comes, it stays deleted.
                if not event.author:
                    gone[code] = event.at
                    continue
                author = authors.get(codes[author_of(event)])
                author = author if author and may_record(author, event) else None
            if author is not None:
                deleted.append(_Admitted(event, code, author))
        return posts + deleted, gone

    async def _facts(self, admitted: Sequence["_Admitted"]) -> list[Facts | None]:
        codes = {one.author.code for one in admitted}
        keys = {code: self._database.keyring.fingerprints(code) for code in codes}
        written = [
            Written(
                draft_of(one.event, one.author.own_sites),
                keys[one.author.code],
                one.event.attachments,
            )
            for one in admitted
            if one.event.change is not Change.DELETED
        ]
        facts = iter(await self._read_posts(written) if written else ())
        return [None if one.event.change is Change.DELETED else next(facts) for one in admitted]


@dataclass(frozen=True, slots=True)
class _Admitted:
    event: MessageEvent
    message: bytes
    author: StoredMember


def may_record(author: StoredMember, event: MessageEvent, known: Entry | None = None) -> bool:
    """Tell whether a member agreed to the recording of a post: they did, and before they posted it.

    Args:
        author: who wrote it.
        event: what happened to it.
        known: what the ledger knows of it. A post that was recorded under an earlier agreement stays
            there, so its edits are followed.
    """
    if not author.recorded:
        return False
    since = author.consent.at
    recorded = known is not None and known.post.posted != NEVER
    written = event.at if recorded or event.posted_at is None else event.posted_at
    return since is None or written >= since - SKEW


async def _store(
    work: UnitOfWork,
    keyring: Keyring,
    admitted: Sequence[_Admitted],
    facts: Sequence[Facts | None],
    gone: Mapping[bytes, datetime],
) -> tuple[int, int]:
    """Merge what was admitted; returns how many events changed something and how many were kept."""
    await work.tombstones.wait(alone=bool(gone))
    # Somebody may have withdrawn while their text was read: their word now is what counts.
    members = await work.members.hold({one.author.id for one in admitted})
    kept = [
        (one.event.community, author.id, coded(keyring, one.event, one.message, author, content))
        for one, content in zip(admitted, facts, strict=True)
        if (author := members.get(one.author.id)) and (author.recorded or one.event.change is Change.DELETED)
    ]
    # Nor does a community come back that was purged meanwhile with all of its members.
    communities = {name: (await work.communities.add(name)).id for name in {name for name, _, _ in kept}}
    fresh = [Entry(author, communities[name], post) for name, author, post in kept]
    heard = len(fresh) + len(gone)
    day = max(map(instant, gone.values()), default=0)
    fresh, changed = await settled(work, fresh, gone, day)
    known = await work.posts.known(entry.post.message for entry in fresh)
    start = {message: entry.post for message, entry in known.items()}
    for entry in fresh:
        before = start.get(entry.post.message)
        after = entry.post if before is None else merged(before, entry.post)
        changed += after != before
        start[entry.post.message] = after
    await work.posts.merge([entry for entry in fresh if _news(known, entry)], known)
    await work.posts.remove(await confirmed(work, fresh))
    return changed, heard


def _news(known: dict[bytes, Entry], entry: Entry) -> bool:
    before = known.get(entry.post.message)
    return before is None or merged(before.post, entry.post) != before.post


async def confirmed(work: UnitOfWork, fresh: Iterable[Entry]) -> set[bytes]:
    """Return the coded ids of what members said they posted and was observed just now."""
    observed = list(fresh)
    return {
        claim.post.message
        for claim in await work.posts.claims(entry.member for entry in observed)
        if any(same_post(claim, entry) for entry in observed)
    }


def same_post(claim: Entry, entry: Entry) -> bool:
    """Tell whether an observed post is the one a member said they posted."""
    ours, theirs = claim.post.facts, entry.post.facts
    return (
        (claim.member, claim.community) == (entry.member, entry.community)
        and ours is not None
        and theirs is not None
        and abs(claim.post.posted - entry.post.posted) <= SAME_POST
        and _alike(ours, theirs)
    )


def _alike(first: Facts, second: Facts) -> bool:
    if first.fingerprint is None or second.fingerprint is None:
        return first.fingerprint is second.fingerprint
    return alike(first.fingerprint, second.fingerprint)
