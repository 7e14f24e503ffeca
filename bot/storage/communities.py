"""Communities: what their administrators chose, and who changed what."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_new
from bot.storage.keyring import Keyring
from bot.storage.prepared import Prepared
from bot.storage.tables import AuditRow, CommunityRow

_NAME = "community name"
_PLACES = "community places"
_AUDIT = "audit value"
_BY_CODE = Prepared(select(*CommunityRow.__table__.c).where(CommunityRow.code == bindparam("code")))


@dataclass(frozen=True, slots=True)
class StoredCommunity:
    """A community's settings as stored; None stands for the configuration's default.

    Attributes:
        id: the ledger's number of the community.
        name: `PLATFORM:ID`, or the name of an imported one.
        recorded_channels: channels in which posts of consenting members are recorded.
        exempt_channels: channels for self-promotion, on neither side of the share.
        summary_channel: where the weekly summary goes; None for nowhere.
        help_contact: whom to turn to in distress.
        weekday: 0 is Monday.
        hour: 0 to 23.
        time_zone: an IANA name.
        lower: the lower bound of the share.
        upper: the upper bound of the share.
        minimum_members: below it a summary says nothing.
        rules_off: rules the community switched off.
        exempt_roles: roles whose members' posts are not counted.
        nudges: whether members who asked for them may get nudges.
        blocked_offers: whether members who agreed may be offered help when a filter stops them.
    """

    id: int
    name: str
    recorded_channels: frozenset[str] = frozenset()
    exempt_channels: frozenset[str] = frozenset()
    summary_channel: str | None = None
    help_contact: str | None = None
    weekday: int | None = None
    hour: int | None = None
    time_zone: str | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    minimum_members: int | None = None
    rules_off: frozenset[str] = frozenset()
    exempt_roles: frozenset[str] = frozenset()
    nudges: bool = False
    blocked_offers: bool = False


class Communities:
    """Reads and writes communities within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, name: str) -> StoredCommunity | None:
        """Return a community; None where nothing is kept about it."""
        values = {"code": self._keyring.community(name)}
        rows = await _BY_CODE.rows(self._connection, values)
        return stored_community(rows[0], self._keyring) if rows else None

    async def by_id(self, ids: Iterable[int]) -> dict[int, StoredCommunity]:
        """Return several communities by number."""
        query = select(*CommunityRow.__table__.c).where(CommunityRow.id.in_(sorted(set(ids))))
        return {row.id: stored_community(row, self._keyring) for row in await self._connection.execute(query)}

    async def summarised(self) -> list[StoredCommunity]:
        """Return every community that has a channel for its weekly summary."""
        query = select(*CommunityRow.__table__.c).where(CommunityRow.summarised)
        return [stored_community(row, self._keyring) for row in await self._connection.execute(query)]

    async def add(self, name: str) -> StoredCommunity:
        """Return a community, after making a place for it."""
        found = await self.find(name)
        if found is not None:
            return found
        code = self._keyring.community(name)
        await insert_new(self._connection, CommunityRow, code=code, name=self._keyring.seal(name, _NAME))
        made = await self.find(name)
        assert made is not None  # noqa: S101 - it stands there now, made by us or by another process
        return made

    async def change(self, stored: StoredCommunity) -> None:
        """Store a community's settings."""
        places = {
            "recorded": sorted(stored.recorded_channels),
            "exempt": sorted(stored.exempt_channels),
            "summary": stored.summary_channel,
            "help": stored.help_contact,
            "roles": sorted(stored.exempt_roles),
            "nudges": stored.nudges,
            "blocked": stored.blocked_offers,
        }
        await self._connection.execute(
            update(CommunityRow)
            .where(CommunityRow.id == stored.id)
            .values(
                places=self._keyring.seal(json.dumps(places), _PLACES),
                summarised=stored.summary_channel is not None,
                weekday=stored.weekday,
                hour=stored.hour,
                time_zone=stored.time_zone,
                lower=None if stored.lower is None else str(stored.lower),
                upper=None if stored.upper is None else str(stored.upper),
                minimum_members=stored.minimum_members,
                rules_off=" ".join(sorted(stored.rules_off)),
            )
        )

    async def audit(self, community: int, at: int, actor: bytes, key: str, value: str) -> None:
        """Note that an administrator changed a setting."""
        await self._connection.execute(
            insert(AuditRow).values(
                community=community, at=at, actor=actor, key=key, value=self._keyring.seal(value, _AUDIT)
            )
        )

    async def audited(self, community: int) -> list[tuple[int, bytes | None, str, str]]:
        """Return who changed what and when, oldest first: moment, actor's code, key, value."""
        query = (
            select(AuditRow.at, AuditRow.actor, AuditRow.key, AuditRow.value)
            .where(AuditRow.community == community)
            .order_by(AuditRow.id)
        )
        return [
            (at, actor, key, self._keyring.open(value, _AUDIT))
            for at, actor, key, value in await self._connection.execute(query)
        ]

    async def first_changes(self, key: str) -> dict[int, int]:
        """Return when a setting was changed first, by the community's number."""
        query = (
            select(AuditRow.community, func.min(AuditRow.at))
            .where(AuditRow.key == key)
            .group_by(AuditRow.community)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def changes_by(self, actor: bytes) -> list[tuple[int, int, str]]:
        """Return what one administrator changed, oldest first: moment, community's number, key."""
        query = (
            select(AuditRow.at, AuditRow.community, AuditRow.key)
            .where(AuditRow.actor == actor)
            .order_by(AuditRow.id)
        )
        return [(at, community, key) for at, community, key in await self._connection.execute(query)]

    async def forget_actor(self, actor: bytes) -> int:
        """Delete the word that somebody changed settings; what was changed stays."""
        result = await self._connection.execute(
            update(AuditRow).where(AuditRow.actor == actor).values(actor=None)
        )
        return result.rowcount

    async def names(self) -> dict[int, str]:
        """Return every community's name by number."""
        query = select(CommunityRow.id, CommunityRow.name)
        return {id_: self._keyring.open(name, _NAME) for id_, name in await self._connection.execute(query)}

    async def remove(self, id_: int) -> int:
        """Delete a community with everything that hangs on it but its posts."""
        audit = await self._connection.execute(delete(AuditRow).where(AuditRow.community == id_))
        result = await self._connection.execute(delete(CommunityRow).where(CommunityRow.id == id_))
        return audit.rowcount + result.rowcount


def stored_community(row: Sequence[Any], keyring: Keyring) -> StoredCommunity:
    """Return a community from the values of a row, in the order of the table's columns."""
    id_, _, name, sealed, _, weekday, hour, time_zone, lower, upper, minimum_members, rules_off = row
    places: dict[str, Any] = json.loads(keyring.open(sealed, _PLACES)) if sealed else {}
    return StoredCommunity(
        id=id_,
        name=keyring.open(name, _NAME),
        recorded_channels=frozenset(places.get("recorded", ())),
        exempt_channels=frozenset(places.get("exempt", ())),
        summary_channel=places.get("summary"),
        help_contact=places.get("help"),
        weekday=weekday,
        hour=hour,
        time_zone=time_zone,
        lower=None if lower is None else Fraction(lower),
        upper=None if upper is None else Fraction(upper),
        minimum_members=minimum_members,
        rules_off=frozenset(rules_off.split()),
        exempt_roles=frozenset(places.get("roles", ())),
        nudges=bool(places.get("nudges")),
        blocked_offers=bool(places.get("blocked")),
    )
