"""What a community's administrators chose; every change leaves a line in its audit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from bot.balance.identity import Member
from bot.balance.instant import instant
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.summaries import SummaryState

_LEFT_ALONE = timedelta(days=1)
"""A summary that has been on its way for so long is on its way no more."""

FLOOR = 5
"""No community may ask for figures over fewer members than this."""


@dataclass(frozen=True, slots=True)
class CommunityPreferences:
    """A community's settings, the configuration's defaults filled in.

    Attributes:
        recorded_channels: channels in which posts of consenting members are recorded.
        exempt_channels: channels for self-promotion, on neither side of the share.
        summary_channel: where the weekly summary goes; None for nowhere.
        weekday: 0 is Monday.
        hour: 0 to 23, in the community's time zone.
        time_zone: an IANA name.
        lower: the lower bound of the share.
        upper: the upper bound of the share.
        minimum_members: below it a summary says nothing; at least 5.
        rules_off: rules the community switched off.
        help_contact: whom to turn to in distress.
        exempt_roles: roles whose members' posts are not counted, such as the staff's.
        nudges: whether members who asked for them may get nudges about their balance here.
        blocked_offers: whether members who agreed may be offered help when a filter stops a message.
    """

    recorded_channels: frozenset[str] = frozenset()
    exempt_channels: frozenset[str] = frozenset()
    summary_channel: str | None = None
    weekday: int = 0
    hour: int = 9
    time_zone: str = "UTC"
    lower: Fraction = Fraction(1, 20)
    upper: Fraction = Fraction(1, 10)
    minimum_members: int = FLOOR
    rules_off: frozenset[str] = frozenset()
    help_contact: str | None = None
    exempt_roles: frozenset[str] = frozenset()
    nudges: bool = False
    blocked_offers: bool = False


_KEYS = tuple(field.name for field in fields(CommunityPreferences))


class CommunitySettings:
    """Reads and changes communities' settings.

    Args:
        database: where to.
        defaults: what holds where a community chose nothing.
    """

    def __init__(self, database: Database, defaults: CommunityPreferences) -> None:
        self._database = database
        self._defaults = defaults

    async def read(self, community: str) -> CommunityPreferences:
        """Return a community's settings."""
        async with self._database.reading() as work:
            stored = await work.communities.find(community)
        return self.filled(stored)

    async def any_recorded(self, platform: str) -> bool:
        """Tell whether any community of a platform has posts recorded."""
        async with self._database.reading() as work:
            stored = await work.communities.by_id(await work.communities.names())
        return any(one.recorded_channels and one.name.startswith(f"{platform}:") for one in stored.values())

    async def posting_to(self, platform: str, channel: str) -> str | None:
        """Return the community of a platform whose weekly summary goes into a channel, if there is one."""
        async with self._database.reading() as work:
            stored = await work.communities.summarised()
        there = (one.name for one in stored if one.summary_channel == channel)
        return next((name for name in there if name.startswith(f"{platform}:")), None)

    async def trouble(self, community: str, at: datetime) -> str | None:
        """Return what went wrong with the latest weekly summary, for administrators; None where nothing did.

        Nobody is written to about it: it is shown where they look at the settings, and logged once.
        """
        async with self._database.reading() as work:
            stored = await work.communities.find(community)
            claim = None if stored is None else await work.summaries.latest(stored.id)
        if claim is None:
            return None
        if claim.state is SummaryState.REFUSED:
            return f"The summary of {claim.week} could not be posted: {claim.reason}"
        left = claim.state is SummaryState.POSTING and claim.claimed_at < at - _LEFT_ALONE
        if claim.state is SummaryState.UNCERTAIN or left:
            return (
                f"The summary of {claim.week} was perhaps posted. I may not read the channel's history to "
                "make sure, so I did not repeat it; let me read it, and next time I can."
            )
        return None

    def filled(self, stored: StoredCommunity | None) -> CommunityPreferences:
        """Return what is stored about a community with the defaults filled in."""
        if stored is None:
            return self._defaults
        chosen = {key: value for key in _KEYS if (value := getattr(stored, key)) is not None}
        return replace(self._defaults, **chosen)

    async def let_go(self, community: str, gone: str, by: Member, at: datetime, keys: Iterable[str]) -> bool:
        """Take a channel or role that is no more out of the settings; tells whether any had it.

        Args:
            community: `PLATFORM:ID`.
            gone: the platform's id of it.
            by: who is named, under a code, in the audit.
            at: now.
            keys: the settings to take it out of.
        """
        chosen = await self.read(community)
        changes: dict[str, Any] = {}
        for key in keys:
            match getattr(chosen, key):
                case frozenset() as several if gone in several:
                    changes[key] = several - {gone}
                case str() as only if only == gone:
                    changes[key] = None
                case _:
                    pass
        if changes:
            await self.change(community, by, at, **changes)
        return bool(changes)

    async def change(self, community: str, by: Member, at: datetime, **changes: Any) -> CommunityPreferences:
        """Change the settings given by name.

        Args:
            community: `PLATFORM:ID`.
            by: the administrator, kept in the audit under a code.
            at: now.
            **changes: the new values; None for `summary_channel` and `help_contact` means none.

        Raises:
            ValueError: an unknown key or a wrong value; the message names the key and the remedy.
        """
        current = await self.read(community)
        cleaned = {key: _checked(key, value) for key, value in changes.items()}
        lower, upper = cleaned.get("lower", current.lower), cleaned.get("upper", current.upper)
        if lower > upper:
            raise ValueError("lower must not be above upper")
        async with self._database.writing() as work:
            stored = await work.communities.add(community)
            actor = self._database.keyring.actor(by)
            before = self.filled(stored)
            for key, value in cleaned.items():
                if getattr(before, key) != value:
                    await work.communities.audit(stored.id, instant(at), actor, key, _written(value))
            changed = replace(stored, **cleaned)
            await work.communities.change(changed)
        return self.filled(changed)


def _checked(key: str, value: Any) -> Any:
    if key not in _KEYS:
        raise ValueError(f"{key} is no setting of a community; there are {', '.join(_KEYS)}")
    check = _CHECKS.get(key)
    try:
        return value if check is None else check(value)
    except (TypeError, ValueError, KeyError, ArithmeticError, OSError):
        raise ValueError(f"{key} must be {_WANTED[key]}") from None


def _whole(low: int, high: int) -> Any:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not low <= int(value) <= high:
            raise ValueError
        return int(value)

    return check


def _share(value: Any) -> Fraction:
    # A float is taken as it is written: 0.1 is a tenth, not the nearest binary fraction.
    share = Fraction(str(value))
    if not 0 <= share <= 1:
        raise ValueError
    return share.limit_denominator(1_000_000)


def _zone(value: Any) -> str:
    return ZoneInfo(str(value)).key


def _names(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        raise TypeError
    return frozenset(str(name) for name in value)


def _optional(value: Any) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


_CHECKS: Mapping[str, Any] = {
    "recorded_channels": _names,
    "exempt_channels": _names,
    "summary_channel": _optional,
    "weekday": _whole(0, 6),
    "hour": _whole(0, 23),
    "time_zone": _zone,
    "lower": _share,
    "upper": _share,
    "minimum_members": _whole(FLOOR, 1_000_000),
    "rules_off": _names,
    "help_contact": _optional,
    "exempt_roles": _names,
    "nudges": _switch,
    "blocked_offers": _switch,
}
_WANTED = {
    "recorded_channels": "a list of channels",
    "exempt_channels": "a list of channels",
    "summary_channel": "a channel or nothing",
    "weekday": "a number from 0 (Monday) to 6",
    "hour": "a number from 0 to 23",
    "time_zone": "a time zone like Europe/Lisbon",
    "lower": "a share from 0 to 1, like 0.05",
    "upper": "a share from 0 to 1, like 0.1",
    "minimum_members": f"a number of at least {FLOOR}",
    "rules_off": "a list of rules",
    "help_contact": "a name or an address, or nothing",
    "exempt_roles": "a list of roles",
    "nudges": "on or off",
    "blocked_offers": "on or off",
}


def _written(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
