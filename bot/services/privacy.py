"""Everything kept about a member, to be read by them, and its end."""

import logging
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.balance.identity import Member
from bot.balance.instant import NEVER, moment
from bot.balance.post import Post
from bot.storage.blocked_offers import StoredOffers
from bot.storage.database import Database
from bot.storage.nudges import StoredNudging
from bot.storage.personal import Wishes
from bot.summaries.week import Week

_log = logging.getLogger(__name__)


class Privacy:
    """Exports and erases.

    Args:
        database: the record.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, member: Member) -> dict[str, object]:
        """Return everything kept about a member, readable, coded ids in hexadecimal."""
        keyring = self._database.keyring
        result: dict[str, object] = {"member": str(member), "kept": False}
        async with self._database.reading() as work:
            names = await work.communities.names()
            changes = await work.communities.changes_by(keyring.actor(member))
            result["settings_changed_as_administrator"] = [
                {"at": moment(at).isoformat(), "community": names[community], "key": key}
                for at, community, key in changes
            ]
            stored = await work.members.find(member)
            if stored is None:
                result["kept"] = bool(changes)
                return result
            entries = await work.posts.everything(stored.id)
            notes = await work.members.notes(stored.id)
            nudges = await work.nudges.find(stored.id)
            wishes = await work.personal.find(stored.id)
            offers = await work.blocked_offers.find(stored.id)
            weeks = await work.tallies.everything(stored.id)
        consent = stored.consent
        return result | {
            "kept": True,
            "coded_id": stored.code.hex(),
            "belongs_to": stored.home.hex() if stored.home else None,
            "consent": {
                "state": consent.state.value,
                "version": consent.version,
                "at": consent.at.isoformat() if consent.at else None,
            },
            "settings": {
                "own_sites": list(stored.own_sites),
                "said_not_own": sorted(code.hex() for code in stored.not_own),
                "muted_rules": sorted(stored.muted_rules),
                "widen_circle": stored.widen_circle,
                "real_name": stored.real_name,
                "community": names[stored.community] if stored.community else None,
                "detail": stored.detail.value,
            },
            "nudges": _nudges(nudges),
            "offers_when_a_filter_stops_a_message": _offers(offers),
            "posts": [{"community": names[entry.community], **_readable(entry.post)} for entry in entries],
            "log": [
                {"at": moment(note.at).isoformat(), "what": note.what, "detail": note.detail}
                for note in notes
            ],
            "wishes": _wishes(wishes),
            "weeks": [
                {"community": names[community], "week": str(Week.at(week)), **asdict(counts)}
                for community, week, counts in weeks
            ],
        }

    async def forget(self, member: Member) -> int:
        """Erase everything kept about a member, down to the database's bytes.

        That is: consent, settings, own log, posts and tombstones, the word in other posts that they
        answered one of them or were directed at them, and the member's code in audits.

        Returns:
            How many rows were erased or blanked.
        """
        keyring = self._database.keyring
        async with self._database.writing() as work:
            count = await work.communities.forget_actor(keyring.actor(member))
            stored = await work.members.find(member)
            if stored is not None and await work.members.hold([stored.id]):
                count += await work.posts.forget(stored.id)
                count += await work.members.remove(stored.id)
            authors = await work.members.by_id(await work.posts.directed())
            for author in authors.values():
                count += await work.posts.forget_target(author.id, keyring.target(author.code, member))
        if count:
            await self._scrub()
        return count

    async def leave(self, member: Member, community: str) -> int:
        """Erase what is kept about a member in a community they left; their consent and settings stay theirs.

        That they chose it for direct messages goes too: what counts there is all together again.

        Returns:
            How many rows were erased or blanked.
        """
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            place = await work.communities.find(community)
            if stored is None or place is None:
                return 0
            count = await work.posts.forget(stored.id, place.id)
            count += await work.members.left([stored.id], place.id)
        if count:
            await self._scrub()
        return count

    async def leave_all(self, community: str, members: Iterable[int]) -> int:
        """Erase what is kept about several members in a community they left.

        Args:
            community: the ledger's name.
            members: their numbers.

        Returns:
            How many of them there was something to erase about.
        """
        async with self._database.writing() as work:
            place = await work.communities.find(community)
            if place is None:
                return 0
            numbers = sorted(members)
            counts = [
                await work.posts.forget(number, place.id) + await work.members.left([number], place.id)
                for number in numbers
            ]
        if any(counts):
            await self._scrub()
        return sum(1 for count in counts if count)

    async def _scrub(self) -> None:
        if not await self._database.scrub():
            _log.warning("erased rows stand in the database's log until its other readers are done")

    async def purge_community(self, community: str) -> int:
        """Erase everything kept about a community: the bot was removed, or its tokens were revoked.

        Members keep their consent and settings, which are theirs and not the community's, unless their
        accounts belong to this one community: they could not ask to be forgotten any more.

        Returns:
            How many rows were erased.
        """
        async with self._database.writing() as work:
            own = await work.members.hold_home(community)
            stored = await work.communities.find(community)
            count = 0
            if stored is not None:
                count += await work.posts.purge(stored.id) + await work.communities.remove(stored.id)
            if own:
                # What an import put into another ledger; of most members there is none.
                for member in await work.members.recorded_at_home(community):
                    count += await work.posts.forget(member)
                count += await work.members.remove_home(community)
        if count:
            await self._scrub()
        return count


def _wishes(wishes: Wishes | None) -> dict[str, object] | None:
    if wishes is None:
        return None
    digest = (
        f"weekday {wishes.weekday} at {wishes.hour}:00 {wishes.time_zone}, "
        f"quiet {wishes.quiet_from}-{wishes.quiet_until}"
    )
    return {
        "platform_id": str(wishes.person),
        "kudos": wishes.kudos,
        "digest": digest if wishes.digest else None,
        "since": wishes.since.isoformat(),
        "digest_sent_for": str(Week.at(wishes.sent)) if wishes.sent else None,
        "digest_refused": wishes.attempts,
        "digest_again_at": wishes.retry_at.isoformat() if wishes.retry_at else None,
    }


def _nudges(stored: StoredNudging | None) -> dict[str, object] | None:
    if stored is None:
        return None
    nudging = stored.nudging
    return {
        "platform_id": str(stored.person),
        "quiet": f"{nudging.quiet_from}-{nudging.quiet_until} {nudging.zone.key}",
        "sent_last": nudging.last.isoformat() if nudging.last else None,
        "sent_before_that": nudging.before.isoformat() if nudging.before else None,
        "unanswered": nudging.unanswered,
    }


def _offers(offers: StoredOffers | None) -> dict[str, object] | None:
    if offers is None:
        return None
    return {"sent_last": moment(offers.last).isoformat() if offers.last is not None else None}


def _readable(post: Post) -> dict[str, Any]:
    facts = asdict(post.facts) if post.facts else {}
    if post.facts and post.facts.fingerprint:
        facts["fingerprint"] = post.facts.fingerprint.hex()
    return {
        "message": post.message.hex(),
        "channel": f"{post.channel & (2**64 - 1):016x}",
        "posted_at": None if post.posted == NEVER else moment(post.posted).isoformat(),
        "changed_at": moment(post.version.at).isoformat() if post.version else None,
        "answers": post.parent.hex() if post.parent else None,
        "directed_at": post.target.hex() if post.target else None,
        "mentions": post.mentioned.hex() if post.mentioned else None,
        "version": post.version.digest.hex() if post.version else None,
        "edited": post.version is not None and post.version.edited,
        "deleted": post.deleted,
        "reported_by_member": post.claimed,
        "corrected_to": post.correction.kind.value if post.correction else None,
        "corrected_at": moment(post.correction.at).isoformat() if post.correction else None,
        **facts,
    }
