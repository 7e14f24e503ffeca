"""Members: their word on consent, their settings and their own log."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.consent import Consent, ConsentState
from bot.balance.identity import Member
from bot.balance.instant import instant, moment
from bot.coach.detail import Detail
from bot.storage.inserting import insert_into, insert_new
from bot.storage.keyring import Keyring
from bot.storage.prepared import PreparedList, chunks
from bot.storage.tables import MemberRow, NoteRow, PostRow
from bot.storage.tallies import Tallies
from bot.storage.weekly_tables import MemberTallyRow

_SITES = "own sites"
_NOT_OWN = re.compile(r"!([0-9a-f]{32})")
"""How the code of a place that is not the member's is written among their own sites."""

_columns = tuple(MemberRow.__table__.c)
_BY_CODE = PreparedList(lambda chosen: select(*_columns).where(MemberRow.code.in_(chosen)))
_BY_ID = PreparedList(lambda chosen: select(*_columns).where(MemberRow.id.in_(chosen)))
_HELD = PreparedList(
    lambda chosen: select(*_columns).where(MemberRow.id.in_(chosen)).order_by(MemberRow.id).with_for_update()
)


@dataclass(frozen=True, slots=True)
class StoredMember:
    """What is kept about a member, posts aside.

    Attributes:
        id: the ledger's number of the member.
        code: the author_hash.
        consent: their word on consent.
        own_sites: sites registered as their own.
        not_own: codes of places they said are not theirs.
        muted_rules: rules they never want to hear of.
        widen_circle: whether whom their posts are directed at may be kept, in code.
        real_name: whether they want to hear about their name.
        community: the number of the community they chose for direct messages.
        detail: how much of an answer they want to see.
        home: the code of the one community their account belongs to; None where it may be in many.
    """

    id: int
    code: bytes
    consent: Consent = field(default_factory=Consent)
    own_sites: tuple[str, ...] = ()
    muted_rules: frozenset[str] = frozenset()
    widen_circle: bool = False
    real_name: bool = False
    community: int | None = None
    not_own: frozenset[bytes] = frozenset()
    detail: Detail = Detail.USUAL
    home: bytes | None = None

    @property
    def recorded(self) -> bool:
        """Tell whether their posts may be recorded now."""
        return self.consent.state is ConsentState.GIVEN

    @property
    def said_no(self) -> bool:
        """Tell whether they declined or withdrew; whoever was never asked did neither."""
        return self.consent.state in {ConsentState.DECLINED, ConsentState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a member's own log.

    Attributes:
        at: when, in microseconds since 1970 in UTC.
        what: what happened, by id: `read-from-shell`, `corrected`.
        detail: a word on it; never text anybody wrote.
    """

    at: int
    what: str
    detail: str


class Members:
    """Reads and writes members within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, member: Member) -> StoredMember | None:
        """Return what is kept about a member; None where nothing is."""
        code = self._keyring.member(member)
        return (await self.by_code([code])).get(code)

    async def by_code(self, codes: Iterable[bytes]) -> dict[bytes, StoredMember]:
        """Return what is kept about several members, by author_hash."""
        return {stored.code: stored for stored in await self._found(_BY_CODE, codes)}

    async def by_id(self, ids: Iterable[int]) -> dict[int, StoredMember]:
        """Return what is kept about several members, by number."""
        return {stored.id: stored for stored in await self._found(_BY_ID, ids)}

    async def add(self, member: Member) -> StoredMember:
        """Return what is kept about a member, after making a place for it."""
        code = self._keyring.member(member)
        home = self._home(member)
        await insert_new(self._connection, MemberRow, code=code, home=home)
        stored = (await self.by_code([code]))[code]
        if stored.home != home:  # stored before it was kept, and nothing told it
            await self._change(stored.id, home=home)
        return replace(stored, home=home)

    async def add_all(self, members: Iterable[Member], at: int, what: str, detail: str) -> list[StoredMember]:
        """Make places for several members at once, each with a first line in their own log.

        Args:
            members: whose; nothing is kept about them so far.
            at: the moment of the line, in microseconds since 1970 in UTC.
            what: what happened.
            detail: a word on it.
        """
        homes = {self._keyring.member(member): self._home(member) for member in members}
        if not homes:
            return []
        statement = insert_into(self._connection.dialect.name, MemberRow).on_conflict_do_nothing()
        rows = [{"code": code, "home": home} for code, home in sorted(homes.items())]
        await self._connection.execute(statement, rows)
        made = list((await self.by_code(homes)).values())
        lines = [{"member": stored.id, "at": at, "what": what, "detail": detail} for stored in made]
        await self._connection.execute(insert(NoteRow), lines)
        return made

    async def hold(self, ids: Iterable[int]) -> dict[int, StoredMember]:
        """Return members, whom no other transaction can change until this one ends."""
        return {stored.id: stored for stored in await self._found(_HELD, ids)}

    async def answer(self, id_: int, consent: Consent) -> None:
        """Store a member's word on consent."""
        await self._change(
            id_,
            consent=consent.state.value,
            consent_version=consent.version,
            consent_at=None if consent.at is None else instant(consent.at),
        )
        await Tallies(self._connection).recount(id_)

    async def change(self, stored: StoredMember) -> None:
        """Store a member's settings; consent stays as it is."""
        places = [*stored.own_sites, *(f"!{code.hex()}" for code in sorted(stored.not_own))]
        await self._change(
            stored.id,
            own_sites=self._keyring.seal("\n".join(places), _SITES) if places else None,
            muted_rules=" ".join(sorted(stored.muted_rules)),
            widen_circle=stored.widen_circle,
            real_name=stored.real_name,
            community=stored.community,
            detail=None if stored.detail is Detail.USUAL else stored.detail.value,
        )

    async def known_in(self, community: int) -> dict[int, StoredMember]:
        """Return everybody of whom something is kept about a community, by number."""
        theirs = union(
            select(PostRow.member).where(PostRow.community == community),
            select(MemberTallyRow.member).where(MemberTallyRow.community == community),
            select(MemberRow.id).where(MemberRow.community == community),
        )
        return await self.by_id((await self._connection.execute(theirs)).scalars())

    async def settle_in(self, ids: Iterable[int], community: str) -> None:
        """Note the one community that some members' accounts belong to, where it is not known."""
        home = self._keyring.community(community)
        for chunk in chunks(ids):
            theirs = MemberRow.id.in_(chunk) & MemberRow.home.is_(None)
            await self._connection.execute(update(MemberRow).where(theirs).values(home=home))

    async def hold_home(self, community: str) -> bool:
        """Hold whose accounts belong to a community, as `hold` does; tells whether there is anybody."""
        theirs = MemberRow.home == self._keyring.community(community)
        query = select(MemberRow.id).where(theirs).order_by(MemberRow.id).with_for_update()
        return bool((await self._connection.execute(query)).scalars().all())

    async def recorded_at_home(self, community: str) -> list[int]:
        """Return those of a community's own members of whom posts or weeks are kept anywhere."""
        theirs = select(MemberRow.id).where(MemberRow.home == self._keyring.community(community))
        kept = union(
            select(PostRow.member).where(PostRow.member.in_(theirs)),
            select(MemberTallyRow.member).where(MemberTallyRow.member.in_(theirs)),
        )
        return sorted((await self._connection.execute(kept)).scalars())

    async def remove_home(self, community: str) -> int:
        """Delete a community's own members with everything that hangs on them; returns how many rows."""
        at_home = MemberRow.home == self._keyring.community(community)
        lines = delete(NoteRow).where(NoteRow.member.in_(select(MemberRow.id).where(at_home)))
        notes = await self._connection.execute(lines)
        members = await self._connection.execute(delete(MemberRow).where(at_home))
        return notes.rowcount + members.rowcount

    async def left(self, ids: Iterable[int], community: int) -> int:
        """Take back the choice of a community its members left; returns how many had chosen it."""
        result = await self._connection.execute(
            update(MemberRow)
            .where(MemberRow.id.in_(sorted(ids)), MemberRow.community == community)
            .values(community=None)
        )
        return result.rowcount

    async def remove(self, id_: int) -> int:
        """Delete a member with everything that hangs on them; returns how many rows of theirs there were."""
        notes = await self._connection.execute(delete(NoteRow).where(NoteRow.member == id_))
        members = await self._connection.execute(delete(MemberRow).where(MemberRow.id == id_))
        return notes.rowcount + members.rowcount

    async def note(self, id_: int, at: int, what: str, detail: str = "") -> None:
        """Write a line into a member's own log."""
        await self._connection.execute(insert(NoteRow).values(member=id_, at=at, what=what, detail=detail))

    async def notes(self, id_: int) -> list[Note]:
        """Return a member's own log, oldest line first."""
        query = (
            select(NoteRow.at, NoteRow.what, NoteRow.detail)
            .where(NoteRow.member == id_)
            .order_by(NoteRow.at, NoteRow.id)
        )
        return [Note(at, what, detail) for at, what, detail in await self._connection.execute(query)]

    def _home(self, member: Member) -> bytes | None:
        return None if member.home is None else self._keyring.community(member.home)

    async def _change(self, id_: int, **values: object) -> None:
        await self._connection.execute(update(MemberRow).where(MemberRow.id == id_).values(**values))

    async def _found(self, query: PreparedList, values: Iterable[Any]) -> list[StoredMember]:
        return [stored_member(row, self._keyring) for row in await query.rows(self._connection, values)]


def stored_member(row: Sequence[Any], keyring: Keyring) -> StoredMember:
    """Return a member from the values of a row, in the order of the table's columns."""
    id_, code, consent, version, at, own_sites, muted_rules, widen_circle, real_name, community, *more = row
    detail, home = more
    places = keyring.open(own_sites, _SITES).split("\n") if own_sites else []
    return StoredMember(
        id=id_,
        code=code,
        consent=Consent.kept(ConsentState(consent), version, None if at is None else moment(at)),
        own_sites=tuple(place for place in places if not _NOT_OWN.fullmatch(place)),
        not_own=frozenset(
            bytes.fromhex(found[1]) for place in places if (found := _NOT_OWN.fullmatch(place))
        ),
        muted_rules=frozenset(muted_rules.split()),
        widen_circle=bool(widen_circle),
        real_name=bool(real_name),
        community=community,
        detail=Detail(detail or Detail.USUAL),
        home=home,
    )
