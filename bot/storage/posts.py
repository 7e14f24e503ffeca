"""The ledger's rows: merged in as they arrive, read back as posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.balance.facts import Act, Facts
from bot.balance.instant import NEVER
from bot.balance.post import Correction, Post, Version
from bot.storage import stale
from bot.storage.merging import merge_posts
from bot.storage.prepared import Prepared, PreparedList, chunks
from bot.storage.tables import PostRow
from bot.storage.tallies import Tallies
from bot.text.kind import Kind

_KINDS = (Kind.PROMOTION, Kind.ENGAGEMENT, Kind.NEUTRAL)
_ACTS = (Act.ASKING, Act.ANSWERING, Act.THANKING, Act.SHARING, Act.OTHER)
_KIND_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_ACT_CODES = {act: code for code, act in enumerate(_ACTS)}

_columns = tuple(PostRow.__table__.c)
_in_interval = (
    PostRow.member == bindparam("member"),
    PostRow.posted > bindparam("after"),
    PostRow.posted <= bindparam("until"),
    PostRow.deleted.is_(False),
)
_there = PostRow.community == bindparam("community")

# Built once: putting a query together takes longer than answering it.
_EVERYWHERE = Prepared(select(*_columns).where(*_in_interval))
_THERE = Prepared(select(*_columns).where(*_in_interval, _there))
_theirs = select(PostRow.message).where(PostRow.member == bindparam("member")).limit(1)
_ANY = Prepared(_theirs)
_ANY_THERE = Prepared(_theirs.where(_there))
_KNOWN = PreparedList(lambda chosen: select(*_columns).where(PostRow.message.in_(chosen)))
# Few posts are claimed. The condition in these words lets SQLite use their index, and the plus keeps it from
# reading every post of each member instead.
_CLAIMED = PreparedList(
    lambda chosen: select(*_columns).where(
        text("post.claimed"), literal_column("+post.member", Integer).in_(chosen)
    )
)


def _above() -> Select[Any]:
    up_there = aliased(PostRow)
    kept = (
        up_there.message,
        up_there.parent,
        up_there.member,
        up_there.kind,
        up_there.unread,
        up_there.edited,
        up_there.version_at,
        up_there.corrected,
        up_there.corrected_at,
    )
    # Where the answer changes nothing (promotion always counts, a bare "ok" never), nothing is looked up.
    matters = or_(
        PostRow.corrected.is_not(None),
        and_(
            PostRow.kind != _KIND_CODES[Kind.PROMOTION],
            PostRow.substance.is_(True),
            PostRow.unread.is_(False),
        ),
    )
    start = select(*kept).select_from(PostRow).join(up_there, up_there.message == PostRow.parent)
    up = start.where(*_in_interval, _there, matters).cte("up", recursive=True)
    # UNION, not UNION ALL: a message is looked up once, and a circle of answers comes to an end.
    return select(up.union(select(*kept).join(up, up_there.message == up.c.parent)))


_ABOVE = Prepared(_above())


@dataclass(frozen=True, slots=True)
class Entry:
    """A post and the ledger it belongs to.

    Attributes:
        member: the ledger's number of the member.
        community: the ledger's number of the community.
        post: the post.
    """

    member: int
    community: int
    post: Post


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above some replies.

    Attributes:
        links: for the coded id of each recorded message, what it answers.
        promotions: the coded ids of those that are the member's own promotion now.
    """

    links: Mapping[bytes, bytes | None]
    promotions: frozenset[bytes]


class Posts:
    """Reads and writes posts within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def merge(self, entries: Iterable[Entry], known: Mapping[bytes, Entry] | None = None) -> None:
        """Merge what is known about messages into the ledger, all of it in one statement.

        Args:
            entries: what is known.
            known: what `known` has told of all these messages just now; None: it is looked up.
        """
        # One order for everybody, so that two processes with the same messages cannot block each other.
        rows = sorted(map(row_of, entries), key=lambda row: row[3])
        if known is None:
            before = await stale.origins(self._connection, (row[3] for row in rows))
        else:
            before = {row[3]: _origin(known[row[3]]) for row in rows if row[3] in known}
        await merge_posts(self._connection, rows)
        await stale.mark(self._connection, before, _said(rows))

    async def of_member(self, member: int, community: int | None, after: int, until: int) -> list[Entry]:
        """Return a member's posts of the half-open interval (after, until], deleted ones left out.

        Args:
            member: the member's number.
            community: the community's number; None for all.
            after: microseconds since 1970 in UTC, excluded.
            until: microseconds since 1970 in UTC, included.
        """
        values = {"member": member, "community": community, "after": after, "until": until}
        query = _EVERYWHERE if community is None else _THERE
        return [_entry(row) for row in await query.rows(self._connection, values)]

    async def any(self, member: int, community: int | None) -> bool:
        """Tell whether anything is known about posts of a member, in one community or in any."""
        query = _ANY if community is None else _ANY_THERE
        return bool(await query.rows(self._connection, {"member": member, "community": community}))

    async def everything(self, member: int) -> list[Entry]:
        """Return all there is about a member's posts, deleted and pending ones included."""
        query = select(*_columns).where(PostRow.member == member)
        return [_entry(row) for row in await self._connection.execute(query)]

    async def known(self, messages: Iterable[bytes]) -> dict[bytes, Entry]:
        """Return what is known about messages, by coded id."""
        entries = map(_entry, await _KNOWN.rows(self._connection, messages))
        return {entry.post.message: entry for entry in entries}

    async def above(self, member: int, community: int, after: int, until: int) -> Above:
        """Return what stands above a member's replies of the interval (after, until], as far as recorded.

        Args:
            member: the member's number.
            community: the community's number.
            after: microseconds since 1970 in UTC, excluded.
            until: microseconds since 1970 in UTC, included.
        """
        values = {"member": member, "community": community, "after": after, "until": until}
        rows = await _ABOVE.rows(self._connection, values)
        return Above(
            {row[0]: row[1] for row in rows},
            frozenset(row[0] for row in rows if row[2] == member and _promotes(row)),
        )

    async def claims(self, members: Iterable[int]) -> list[Entry]:
        """Return what members said they posted and nobody has observed so far."""
        return [_entry(row) for row in await _CLAIMED.rows(self._connection, members)]

    async def remove(self, messages: Iterable[bytes]) -> int:
        """Delete rows by coded message id; returns how many there were."""
        count = 0
        messages = set(messages)
        await stale.mark(self._connection, await stale.origins(self._connection, messages), {})
        for chunk in chunks(messages):
            result = await self._connection.execute(delete(PostRow).where(PostRow.message.in_(chunk)))
            count += result.rowcount
        return count

    async def correct(self, member: int, message: bytes, correction: Correction) -> bool:
        """Store a member's own word on the kind of a post of theirs; False where there is none."""
        result = await self._connection.execute(
            update(PostRow)
            .where(PostRow.message == message, PostRow.member == member, PostRow.deleted.is_(False))
            .values(corrected=_KIND_CODES[correction.kind], corrected_at=correction.at)
        )
        standing = await stale.origins(self._connection, [message])
        await stale.mark(self._connection, standing, standing)
        return result.rowcount > 0

    async def latest(self, community: int, after: int) -> dict[int, int]:
        """Return when the last recorded post of each channel was posted, by the channel's code.

        Args:
            community: the community's number.
            after: microseconds since 1970 in UTC; earlier posts are left out.
        """
        query = (
            select(PostRow.channel, func.max(PostRow.posted))
            .where(
                PostRow.community == community,
                PostRow.posted > after,
                PostRow.posted < NEVER,
                PostRow.claimed.is_(False),
            )
            .group_by(PostRow.channel)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def communities_of(self, member: int) -> list[int]:
        """Return the communities a member has posts in."""
        query = select(PostRow.community).distinct().where(PostRow.member == member)
        return sorted((await self._connection.execute(query)).scalars())

    async def expire(self, before: int) -> int:
        """Delete what was posted, or never seen posted and last heard of, before a moment."""
        result = await self._connection.execute(
            delete(PostRow).where(
                or_(PostRow.posted < before, (PostRow.posted == NEVER) & (PostRow.version_at < before))
            )
        )
        await Tallies(self._connection).expire(before)
        return result.rowcount

    async def forget(self, member: int, community: int | None = None) -> int:
        """Delete a member's posts and every other post's word that it answered one of them.

        Args:
            member: the member's number.
            community: the community they left; None for all.
        """
        theirs = PostRow.member == member
        if community is not None:
            theirs &= PostRow.community == community
        messages = (await self._connection.execute(select(PostRow.message).where(theirs))).scalars().all()
        await stale.mark(self._connection, await stale.origins(self._connection, messages), {})
        count = 0
        for chunk in chunks(messages):
            result = await self._connection.execute(
                update(PostRow).where(PostRow.parent.in_(chunk), PostRow.member != member).values(parent=None)
            )
            count += result.rowcount
        result = await self._connection.execute(delete(PostRow).where(theirs))
        weeks = await Tallies(self._connection).forget(member, community)
        return count + result.rowcount + weeks

    async def directed(self) -> list[int]:
        """Return the members whose posts say, in code, whom they are directed at."""
        query = (
            select(PostRow.member)
            .distinct()
            .where(or_(PostRow.answered.is_not(None), PostRow.mentioned.is_not(None)))
        )
        return list((await self._connection.execute(query)).scalars())

    async def forget_target(self, member: int, target: bytes | None = None) -> int:
        """Delete the word that posts of a member are directed at one person, or at anybody."""
        count = 0
        for column in (PostRow.answered, PostRow.mentioned):
            matches = column.is_not(None) if target is None else column == target
            result = await self._connection.execute(
                update(PostRow).where(PostRow.member == member, matches).values({column: None})
            )
            count += result.rowcount
        return count

    async def purge(self, community: int) -> int:
        """Delete every post of a community."""
        result = await self._connection.execute(delete(PostRow).where(PostRow.community == community))
        await Tallies(self._connection).purge(community)
        return result.rowcount

    async def count(self) -> int:
        """Return how many rows there are."""
        return (await self._connection.execute(select(func.count()).select_from(PostRow))).scalar_one()


def _said(rows: Iterable[tuple[Any, ...]]) -> dict[bytes, stale.Origin]:
    """Return where rows say that messages stand; of several, what the merge would go by."""
    said: dict[bytes, stale.Origin] = {}
    for member, community, posted, message, _, parent, *_ in rows:
        if message not in said or posted < said[message].posted:
            said[message] = stale.Origin(member, community, posted, parent)
    return said


def _origin(entry: Entry) -> stale.Origin:
    return stale.Origin(entry.member, entry.community, entry.post.posted, entry.post.parent)


def row_of(entry: Entry) -> tuple[Any, ...]:
    """Return a post as the row that stores it, in the order of `merging.COLUMNS`."""
    post, version, facts, correction = entry.post, entry.post.version, entry.post.facts, entry.post.correction
    return (
        entry.member,
        entry.community,
        post.posted,
        post.message,
        post.channel,
        post.parent,
        *((version.edited, version.at, version.digest) if version else (None, None, None)),
        *(
            (
                _KIND_CODES[facts.kind],
                _ACT_CODES[facts.act] if facts.act else None,
                facts.substance,
                facts.shares_others,
                facts.unread,
                facts.fingerprint,
            )
            if facts
            else (None, None, None, None, None, None)
        ),
        post.answered,
        post.mentioned,
        post.deleted,
        *((_KIND_CODES[correction.kind], correction.at) if correction else (None, None)),
        post.claimed,
    )


def _promotes(row: Sequence[Any]) -> bool:
    message, _, _, kind, unread, edited, version_at, corrected, corrected_at = row
    facts = None if kind is None else Facts(_KINDS[kind], unread=bool(unread))
    version = None if version_at is None else Version(bool(edited), version_at, b"")
    correction = None if corrected is None else Correction(_KINDS[corrected], corrected_at)
    return Post(message, 0, version=version, facts=facts, correction=correction).is_promotion


def _entry(row: Sequence[Any]) -> Entry:
    (
        member, community, posted, message, channel, parent, edited, version_at, version_digest,
        kind, act, substance, shares_others, unread, fingerprint, answered, mentioned, deleted,
        corrected, corrected_at, claimed,
    ) = row  # fmt: skip
    facts = None
    if kind is not None:
        facts = Facts(
            _KINDS[kind],
            None if act is None else _ACTS[act],
            bool(substance),
            bool(shares_others),
            bool(unread),
            fingerprint,
        )
    return Entry(
        member,
        community,
        Post(
            message=message,
            channel=channel,
            posted=posted,
            parent=parent,
            version=None if version_at is None else Version(bool(edited), version_at, version_digest),
            facts=facts,
            answered=answered,
            mentioned=mentioned,
            deleted=bool(deleted),
            correction=None if corrected is None else Correction(_KINDS[corrected], corrected_at),
            claimed=bool(claimed),
        ),
    )
