"""One transaction and the repositories that share it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.identity import Member
from bot.storage.backlog import Backlog
from bot.storage.blocked_offers import BlockedOffers
from bot.storage.communities import Communities
from bot.storage.deliveries import Deliveries
from bot.storage.encounter import Encounter, meet
from bot.storage.installations import Installations
from bot.storage.keyring import Keyring
from bot.storage.members import Members
from bot.storage.meta import Meta
from bot.storage.nudges import Nudges
from bot.storage.personal import Personal
from bot.storage.posts import Posts
from bot.storage.published import Published
from bot.storage.summaries import SummaryClaims
from bot.storage.tallies import Tallies
from bot.storage.tombstones import Tombstones


class UnitOfWork:
    """Everything a use case reads and writes happens in one of these, or not at all.

    Attributes:
        backlog: channels whose posts are still to be read after an absence.
        blocked_offers: members who want an offer when a filter stops them.
        members: members, their consent, settings and own logs.
        communities: communities and their settings.
        meta: what the database knows about itself.
        posts: the ledger.
        deliveries: event ids already dealt with.
        tombstones: messages that were deleted before they were heard of.
        installations: communities that installed the app for themselves.
        nudges: members who asked to be told when their balance drifts.
        personal: members who want a digest or kudos.
        published: what communities were shown of their weeks.
        summaries: claims on weekly summaries.
        tallies: the roll-up of the weeks.
    """

    __slots__ = (
        "_connection",
        "_keyring",
        "backlog",
        "blocked_offers",
        "communities",
        "deliveries",
        "installations",
        "members",
        "meta",
        "nudges",
        "personal",
        "posts",
        "published",
        "summaries",
        "tallies",
        "tombstones",
    )

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring
        self.backlog = Backlog(connection)
        self.blocked_offers = BlockedOffers(connection)
        self.members = Members(connection, keyring)
        self.communities = Communities(connection, keyring)
        self.meta = Meta(connection)
        self.posts = Posts(connection)
        self.deliveries = Deliveries(connection, keyring)
        self.tombstones = Tombstones(connection)
        self.installations = Installations(connection, keyring)
        self.nudges = Nudges(connection, keyring)
        self.personal = Personal(connection, keyring)
        self.published = Published(connection)
        self.summaries = SummaryClaims(connection, keyring)
        self.tallies = Tallies(connection)

    async def meet(self, member: Member, community: str | None) -> Encounter:
        """Find a member, and the community named or else the one the member chose, in one query."""
        return await meet(self._connection, self._keyring, member, community)
