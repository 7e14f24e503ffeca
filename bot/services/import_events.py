"""Imports message events of the past: many, in any order, and as often as anybody likes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.balance.bounds import Bounds
from bot.balance.event import Change, MessageEvent
from bot.balance.instant import NEVER, instant
from bot.balance.post import Post, merged
from bot.model.opinion import Reader
from bot.services.admission import Reason, Terms
from bot.services.coding import author_of, coded, message_code
from bot.services.early_deletions import settled
from bot.services.reading_posts import PostReader, Written, draft_of
from bot.services.record_posts import confirmed
from bot.services.retention import retention_days
from bot.storage.database import Database
from bot.storage.members import StoredMember
from bot.storage.posts import Entry
from bot.storage.unit_of_work import UnitOfWork

BATCH = 1_000
"""Events in one transaction at most."""

BATCH_TEXT = 4_000_000
"""Characters of text in one transaction at most, give or take one event: what bounds the memory."""

NOTE = ("imported", "the operator stated your consent")
"""What a new member's own log says of it."""

_NEW = 0
"""The number of a member for whom there is no place yet."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the events so far.

    Attributes:
        recorded: events that changed the ledger.
        unchanged: events the ledger knew already.
        ignored: events that do not count, by the reason.
    """

    recorded: int = 0
    unchanged: int = 0
    ignored: Mapping[Reason, int] = field(default_factory=dict[Reason, int])


class ConsentRefusedError(Exception):
    """The operator cannot state the members' consent here; the text is one line with the remedy."""


class ImportEvents:
    """Records events in batches, each committed durably by itself.

    Doing it again changes nothing, so an import that was cut short is taken up by starting it anew:
    what is known already is not read a second time, which is most of the work.

    Args:
        database: where to.
        reader: tells the kinds of posts.
        bounds: the configuration's window, which says how far back the record goes.
    """

    def __init__(self, database: Database, reader: Reader, bounds: Bounds) -> None:
        self._database = database
        self._reader = PostReader(reader)
        self._days = retention_days(bounds)

    async def __call__(
        self,
        events: Iterable[MessageEvent],
        at: datetime,
        *,
        consent_all: bool = False,
        told: Callable[[Imported], None] = lambda _: None,
    ) -> Imported:
        """Import events.

        Members who opted in are counted from then on; where a community chose channels, only what
        was posted there. Older events than the record goes back are refused.

        Args:
            events: read as they are needed, a batch at a time.
            at: the present moment.
            consent_all: the operator states the consent of the members who never answered. Their own
                answer stays open: it is theirs to give before anything is observed.
            told: is told after every batch.

        Raises:
            ConsentRefusedError: `consent_all` on a database a platform's adapter has written to.
        """
        run = _Run(Terms.of(at, self._days, consent_all=consent_all), at)
        await self._check(run.terms)
        for batch in _batches(events):
            await self._check(run.terms)
            await self._import(batch, run)
            told(run.so_far)
        return run.so_far

    async def _check(self, terms: Terms) -> None:
        if terms.consent_all and await self._database.is_live():
            raise ConsentRefusedError(
                "--consent-all is refused: a platform's adapter has written to this database, so its "
                "members answer for themselves; leave it away to count those who opted in"
            )

    async def _import(self, batch: Sequence[MessageEvent], run: "_Run") -> None:
        keyring = self._database.keyring
        coming = _dated((message_code(keyring, event), event) for event in batch if not event.bot)
        run.ignored[Reason.BOT] += len(batch) - len(coming)
        async with self._database.reading() as work:
            places = {name: await work.communities.find(name) for name in {e.community for _, e in coming}}
            authors = await work.members.by_code(keyring.member(author_of(event)) for _, event in coming)
            known = await work.posts.known(code for code, _ in coming)
            owners = await work.members.by_id(entry.member for entry in known.values())
        # Between two queries somebody may have been forgotten, and what was known of them with them.
        known = {code: entry for code, entry in known.items() if entry.member in owners}
        news: dict[bytes, _News] = {}
        gone: set[bytes] = set()
        early: set[bytes] = set()
        for code, event in coming:
            before, heard = known.get(code), news.get(code)
            deleted = event.change is Change.DELETED
            # What is recorded, or about to be, is deleted whoever says so.
            if deleted and before is not None:
                author = owners[before.member]
            elif deleted and heard is not None:
                author = heard.author
            else:
                place = places[event.community]
                author_code = keyring.member(author_of(event))
                author = authors.get(author_code)
                chosen = place.recorded_channels if place else frozenset[str]()
                reason = run.refuses(event, author, chosen, before)
                if reason is not None:
                    if reason is Reason.UNKNOWN:
                        gone.add(code)
                    if reason is Reason.BEFORE_CONSENT and before and before.post.posted == NEVER:
                        # Its edit came first, and did not say when it was posted.
                        early.add(code)
                    continue
                author = author or StoredMember(_NEW, author_code)
            heard = heard or _News(author, event, before.post if before else None)
            if heard.adds(event, coded(keyring, event, code, author, None)):
                news[code] = heard
                run.recorded += 1
            else:
                run.unchanged += 1
        if news or gone or early:
            self._read(news.values())
            async with self._database.writing() as work:
                await work.tombstones.wait(alone=bool(gone))
                await self._store(work, news, gone, run)
                await work.posts.remove(early)

    def _read(self, news: Iterable["_News"]) -> None:
        told: list[_News] = []
        written: list[Written] = []
        for heard in news:
            if heard.content is not None and heard.post is not None and not heard.post.deleted:
                draft = draft_of(heard.content, heard.author.own_sites)
                key = self._database.keyring.fingerprints(heard.author.code)
                told.append(heard)
                written.append(Written(draft, key, heard.content.attachments))
        for heard, facts in zip(told, self._reader.facts(written), strict=True):
            heard.post = heard.post and replace(heard.post, facts=facts)

    async def _store(
        self, work: UnitOfWork, news: Mapping[bytes, "_News"], gone: AbstractSet[bytes], run: "_Run"
    ) -> None:
        # Somebody may have withdrawn or been forgotten while texts were read: what stands now is what counts.
        members = await self._members(work, news.values(), run)
        # What only moves a known post must not make a post without content where that one is gone by now.
        standing = await work.posts.known(code for code, heard in news.items() if heard.needs_known)
        places = {
            name: (await work.communities.add(name)).id
            for name in {heard.first.community for heard in news.values()}
        }
        fresh: list[Entry] = []
        for code, heard in news.items():
            author, post = members.get(heard.author.code), heard.post
            if author is None or post is None or (heard.needs_known and code not in standing):
                continue
            if post.deleted or run.terms.agreed(author):
                kept = post if author.widen_circle else replace(post, answered=None, mentioned=None)
                fresh.append(Entry(author.id, places[heard.first.community], kept))
        fresh, _ = await settled(work, fresh, gone, instant(run.at))
        await work.posts.merge(fresh)
        await work.posts.remove(await confirmed(work, fresh))

    async def _members(
        self, work: UnitOfWork, news: Iterable["_News"], run: "_Run"
    ) -> dict[bytes, StoredMember]:
        authors = {heard.author.code: heard for heard in news}
        new = [author_of(heard.first) for heard in authors.values() if heard.author.id == _NEW]
        added = await work.members.add_all(new, instant(run.at), *NOTE)
        known = {heard.author.id for heard in authors.values()} - {_NEW}
        held = await work.members.hold(known | {stored.id for stored in added})
        return {stored.code: stored for stored in held.values()}


@dataclass(slots=True)
class _News:
    """What a batch says about one message.

    Attributes:
        author: who wrote it.
        first: the first event about it.
        known: what the ledger knew.
        post: what the ledger did not know; None where that is nothing.
        content: the event whose text is the message's now; None where the ledger has that content.
    """

    author: StoredMember
    first: MessageEvent
    known: Post | None
    post: Post | None = None
    content: MessageEvent | None = None

    def adds(self, event: MessageEvent, record: Post) -> bool:
        """Take in one more record; False where nothing in it is new."""
        before = self.known
        if self.post is not None:
            before = self.post if before is None else merged(before, self.post)
        after = record if before is None else merged(before, record)
        if after == before:
            return False
        if before is None or after.version != before.version:
            self.content = event
        self.post = record if self.post is None else merged(self.post, record)
        return True

    @property
    def needs_known(self) -> bool:
        """Tell whether the content stands in the ledger only."""
        return self.content is None and self.post is not None and not self.post.deleted


@dataclass(slots=True)
class _Run:
    """One import under way."""

    terms: Terms
    at: datetime
    recorded: int = 0
    unchanged: int = 0
    ignored: Counter[Reason] = field(default_factory=Counter[Reason])
    _refused: tuple[tuple[str, str, str], Reason] | None = None

    @property
    def so_far(self) -> Imported:
        return Imported(self.recorded, self.unchanged, {r: n for r, n in self.ignored.items() if n})

    def refuses(
        self,
        event: MessageEvent,
        author: StoredMember | None,
        chosen: AbstractSet[str],
        known: Entry | None,
    ) -> Reason | None:
        """Count an event that is not to be recorded, and return why; None where it is recorded.

        An edit that follows its refused posting is refused with it: the post will never count, so
        nothing is kept of it.
        """
        message = (event.community, event.channel, event.message)
        if event.change is Change.EDITED and self._refused and self._refused[0] == message:
            reason: Reason | None = self._refused[1]
        else:
            reason = self.terms.refusal(event, author, chosen, known)
        if reason is None:
            return None
        self._refused = (message, reason)
        self.ignored[reason] += 1
        return reason


def _dated(events: Iterable[tuple[bytes, MessageEvent]]) -> list[tuple[bytes, MessageEvent]]:
    """Return events with the code of each one's message, edits with the time of a posting beside them."""
    coming = list(events)
    posted = {code: event.at for code, event in coming if event.change is Change.POSTED}
    return [
        (code, replace(event, posted_at=event.posted_at or posted.get(code)))
        if event.change is Change.EDITED
        else (code, event)
        for code, event in coming
    ]


def _batches(events: Iterable[MessageEvent]) -> Iterator[list[MessageEvent]]:
    batch: list[MessageEvent] = []
    text = 0
    for event in events:
        batch.append(event)
        text += len(event.text)
        if len(batch) >= BATCH or text >= BATCH_TEXT:
            yield batch
            batch, text = [], 0
    if batch:
        yield batch
