"""Who asks, and where: a member and a community found in one query, since every answer needs both."""

from dataclasses import dataclass

from sqlalchemy import bindparam, case, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.identity import Member
from bot.storage.communities import StoredCommunity, stored_community
from bot.storage.keyring import Keyring
from bot.storage.members import StoredMember, stored_member
from bot.storage.prepared import Prepared
from bot.storage.tables import CommunityRow, MemberRow

_code = bindparam("community", type_=CommunityRow.code.type)
_named = select(CommunityRow.id).where(CommunityRow.code == _code).scalar_subquery()
_one = select(literal_column("1").label("one")).subquery()
_member = tuple(column.label(f"member_{column.name}") for column in MemberRow.__table__.c)
_community = tuple(column.label(f"community_{column.name}") for column in CommunityRow.__table__.c)
_QUERY = Prepared(
    select(*_member, *_community)
    .select_from(_one)
    .outerjoin(MemberRow, MemberRow.code == bindparam("member"))
    .outerjoin(CommunityRow, CommunityRow.id == case((_code.is_(None), MemberRow.community), else_=_named))
)


@dataclass(frozen=True, slots=True)
class Encounter:
    """A member in a place.

    Attributes:
        member: what is kept about the member; None where nothing is.
        place: the community named, else the one the member chose; None where there is neither.
    """

    member: StoredMember | None
    place: StoredCommunity | None


async def meet(
    connection: AsyncConnection, keyring: Keyring, member: Member, community: str | None
) -> Encounter:
    """Find a member, and the community named or else the one the member chose."""
    values = {
        "member": keyring.member(member),
        "community": None if community is None else keyring.community(community),
    }
    (row,) = await _QUERY.rows(connection, values)
    width = len(_member)
    return Encounter(
        None if row[0] is None else stored_member(row[:width], keyring),
        None if row[width] is None else stored_community(row[width:], keyring),
    )
