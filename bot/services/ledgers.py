"""Loads a member's own ledger and has it counted."""

from dataclasses import dataclass
from itertools import chain

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.counting import Judged, judged
from bot.balance.identity import Member
from bot.balance.post import Post
from bot.balance.tally import balance_of, together
from bot.balance.window import Window
from bot.storage.communities import StoredCommunity
from bot.storage.keyring import Keyring
from bot.storage.members import StoredMember
from bot.storage.posts import Entry
from bot.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ledger:
    """A member's posts of one window, judged and counted.

    Attributes:
        balance: the balance; of several communities, their sum.
        judged: the posts it was counted from.
        window: what it was counted over.
        bounds: the band the member aims for there.
        circle: whether the member wants the breadth of their circle counted.
    """

    balance: Balance
    judged: tuple[Judged, ...]
    window: Window
    bounds: Bounds
    circle: bool


class Ledgers:
    """Loads ledgers within one transaction.

    Args:
        work: the transaction.
        keyring: codes the exempted channels.
        bounds: the configuration's window and band.
    """

    def __init__(self, work: UnitOfWork, keyring: Keyring, bounds: Bounds) -> None:
        self._work = work
        self._keyring = keyring
        self._bounds = bounds

    async def load(
        self, member: StoredMember, place: StoredCommunity | None, window: Window
    ) -> Ledger | None:
        """Return a member's ledger.

        Args:
            member: whose.
            place: the community; None for the sum of all.
            window: the window to count.

        Returns:
            The ledger; None where nothing was ever recorded there, which is not the same as zero.
        """
        work = self._work
        number = None if place is None else place.id
        entries = await work.posts.of_member(member.id, number, window.after, window.until)
        if not entries and not await work.posts.any(member.id, number):
            return None
        places = [place] if place else await self._places(entries)
        interval = (window.after, window.until)
        parts = [
            await self._judged(member, one, [e.post for e in entries if e.community == one.id], interval)
            for one in places
        ]
        bounds, circle = self.bounds_of(place), member.widen_circle
        balances = [balance_of(part, window, bounds, circle=circle) for part in parts]
        balance = together(balances, bounds) or balance_of((), window, bounds, circle=circle)
        return Ledger(balance, tuple(chain.from_iterable(parts)), window, bounds, circle)

    async def shown(
        self, member: Member, community: str | None, window: Window, *, summed: bool = False
    ) -> Ledger | None:
        """Return the ledger that a member is shown.

        Args:
            member: whose; nobody else may be shown it.
            community: in which community; None for the one the member chose, or all together.
            window: the window to count.
            summed: with `community` None, sum all communities whatever the member chose.

        Returns:
            The ledger; None where there is no record.
        """
        met = await self._work.meet(member, community)
        if met.member is None or (community is not None and met.place is None):
            return None
        place = None if summed and community is None else met.place
        return await self.load(met.member, place, window)

    def bounds_of(self, place: StoredCommunity | None) -> Bounds:
        """Return the band of a community: its own, else the configuration's."""
        lower = self._bounds.lower if place is None or place.lower is None else place.lower
        upper = self._bounds.upper if place is None or place.upper is None else place.upper
        return Bounds(self._bounds.window_days, lower, upper, self._bounds.minimum_posts)

    async def _places(self, entries: list[Entry]) -> list[StoredCommunity]:
        places = await self._work.communities.by_id({entry.community for entry in entries})
        return [place for _, place in sorted(places.items())]

    async def judge(
        self, member: StoredMember, place: StoredCommunity, after: int, until: int
    ) -> tuple[Judged, ...]:
        """Return a member's posts in a community, judged but not counted.

        Args:
            member: whose.
            place: the community.
            after: microseconds since 1970 in UTC, excluded.
            until: microseconds since 1970 in UTC, included.
        """
        entries = await self._work.posts.of_member(member.id, place.id, after, until)
        return await self._judged(member, place, [entry.post for entry in entries], (after, until))

    async def _judged(
        self, member: StoredMember, place: StoredCommunity, posts: list[Post], interval: tuple[int, int]
    ) -> tuple[Judged, ...]:
        exempt = frozenset(self._keyring.channel(place.name, channel) for channel in place.exempt_channels)
        if not any(post.parent for post in posts):
            return judged(posts, exempt=exempt)
        above = await self._work.posts.above(member.id, place.id, *interval)
        return judged(posts, above.links, exempt, above.promotions)
