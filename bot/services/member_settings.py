"""What a member chose for themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.balance.identity import Member
from bot.coach.detail import Detail
from bot.storage.database import Database
from bot.storage.members import StoredMember
from bot.text.accounts import parse_site

MOST_SITES = 100
"""How many own sites one member may register."""

LONGEST_SITE = 200
"""How many characters an own site may have."""


@dataclass(frozen=True, slots=True)
class MemberPreferences:
    """A member's settings.

    Attributes:
        own_sites: sites, accounts and invites they registered as their own.
        muted_rules: rules they never want to hear of.
        widen_circle: whether whom their posts are directed at may be kept, in code; off by default.
        real_name: whether they want to hear about their name; off by default.
        community: the community whose record counts in direct messages; None: all together.
        detail: how much of an answer they want to see.
    """

    own_sites: tuple[str, ...] = ()
    muted_rules: frozenset[str] = frozenset()
    widen_circle: bool = False
    real_name: bool = False
    community: str | None = None
    detail: Detail = Detail.USUAL


class MemberSettings:
    """Reads and changes members' settings.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, member: Member) -> MemberPreferences:
        """Return a member's settings; the defaults where they chose nothing."""
        async with self._database.reading() as work:
            stored = await work.members.find(member)
            if stored is None:
                return MemberPreferences()
            places = await work.communities.by_id([stored.community] if stored.community else [])
        return _preferences(stored, places[stored.community].name if stored.community else None)

    async def mute(self, member: Member, rule: str) -> MemberPreferences:
        """Never show a rule to this member again."""
        return await self._change(member, lambda m: replace(m, muted_rules=m.muted_rules | {rule}))

    async def unmute(self, member: Member, rule: str) -> MemberPreferences:
        """Show a rule to this member again."""
        return await self._change(member, lambda m: replace(m, muted_rules=m.muted_rules - {rule}))

    async def add_own_site(self, member: Member, site: str) -> MemberPreferences:
        """Register a site, account or invite as the member's own; kept encrypted.

        Raises:
            ValueError: it is empty or too long, or there are too many; the message says so.
        """
        site = "".join(site.split())
        if not site or len(site) > LONGEST_SITE or not site.isprintable():
            raise ValueError(f"a site is written like ana.example, in at most {LONGEST_SITE} characters")
        if parse_site(site) is None:
            raise ValueError(
                f"{site} is shared by many, or no address; name your own place, like ana.example, "
                "github.com/ana or @ana"
            )

        def add(stored: StoredMember) -> StoredMember:
            if site in stored.own_sites:
                return stored
            if len(stored.own_sites) >= MOST_SITES:
                raise ValueError(f"{MOST_SITES} own sites are registered already; remove one first")
            return replace(stored, own_sites=(*stored.own_sites, site))

        return await self._change(member, add)

    async def remove_own_site(self, member: Member, site: str) -> MemberPreferences:
        """Strike a site off the member's own."""
        return await self._change(
            member, lambda m: replace(m, own_sites=tuple(own for own in m.own_sites if own != site))
        )

    async def change_own_sites(self, member: Member, before: Sequence[str], after: Sequence[str]) -> None:
        """Make one list of a member's own sites another; what stands in both stays.

        Raises:
            ValueError: as `add_own_site`; what came before it is kept.
        """
        for site in before:
            if site not in after:
                await self.remove_own_site(member, site)
        for site in after:
            if site not in before:
                await self.add_own_site(member, site)

    async def not_own_site(self, member: Member, site: str) -> None:
        """Remember, as a code, that a place is not the member's; nothing where nothing is kept of them."""
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is not None:
                code = self._database.keyring.not_own(stored.code, site)
                await work.members.change(replace(stored, not_own=stored.not_own | {code}))

    async def change(
        self,
        member: Member,
        *,
        widen_circle: bool | None = None,
        real_name: bool | None = None,
        community: str | None = None,
        detail: Detail | None = None,
    ) -> MemberPreferences:
        """Change what is given; an empty `community` means all together again.

        Switching `widen_circle` off erases what was kept for it.
        """
        async with self._database.writing() as work:
            stored = await work.members.add(member)
            place = (await work.communities.add(community)).id if community else stored.community
            changed = replace(
                stored,
                widen_circle=stored.widen_circle if widen_circle is None else widen_circle,
                real_name=stored.real_name if real_name is None else real_name,
                community=None if community == "" else place,
                detail=stored.detail if detail is None else detail,
            )
            await work.members.change(changed)
            if not changed.widen_circle:
                await work.posts.forget_target(stored.id)
        return await self.read(member)

    async def _change(
        self, member: Member, change: Callable[[StoredMember], StoredMember]
    ) -> MemberPreferences:
        async with self._database.writing() as work:
            await work.members.change(change(await work.members.add(member)))
        return await self.read(member)


def _preferences(stored: StoredMember, community: str | None) -> MemberPreferences:
    return MemberPreferences(
        own_sites=stored.own_sites,
        muted_rules=stored.muted_rules,
        widen_circle=stored.widen_circle,
        real_name=stored.real_name,
        community=community,
        detail=stored.detail,
    )
