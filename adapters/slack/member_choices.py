"""What a member may set in their window, and what they typed there; pure."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from adapters.slack import fields
from adapters.slack.quoting import weight
from adapters.slack.settings import MODAL_LONGEST
from bot.coach.detail import Detail
from bot.services.member_settings import LONGEST_SITE, MOST_SITES, MemberPreferences
from bot.services.nudges import QUIET
from bot.text.accounts import parse_site

SITES, ZONE = "sites", "zone"
"""The fields in which these are typed."""

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a member who asked for nudges is left alone.

    Attributes:
        start: the hour from which, on their own clocks.
        end: the hour at which it ends; the same hour: never.
        zone: the name of their time zone.
    """

    start: int = QUIET[0]
    end: int = QUIET[1]
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a member has set, as far as the window shows it.

    Attributes:
        counting: whether their posts are counted.
        own_sites: their sites; None where they are too many for a window.
        detail: how much an answer says.
        muted: rules they don't hear of.
        widen_circle: whether they want hints about their circle.
        real_name: whether they want hints about their name.
        nudges: when they are left alone; None where they asked for no nudges.
    """

    counting: bool
    own_sites: tuple[str, ...] | None
    detail: Detail
    muted: frozenset[str]
    widen_circle: bool
    real_name: bool
    nudges: Quiet | None


def chosen(preferences: MemberPreferences, *, counting: bool, nudges: Quiet | None) -> Chosen:
    """Return what the window is to show."""
    fits = weight("\n".join(preferences.own_sites)) <= MODAL_LONGEST
    return Chosen(
        counting,
        preferences.own_sites if fits else None,
        preferences.detail,
        preferences.muted_rules,
        preferences.widen_circle,
        preferences.real_name,
        nudges,
    )


def own_sites(said: str) -> tuple[str, ...]:
    """Return the sites somebody typed, one a line.

    Raises:
        fields.NotUnderstoodError: one is none, or there are too many.
    """
    sites = tuple(dict.fromkeys(site for line in said.splitlines() if (site := "".join(line.split()))))
    if len(sites) > MOST_SITES:
        raise fields.NotUnderstoodError(SITES, f"I can keep {MOST_SITES} sites; there are {len(sites)} here.")
    for site in sites:
        if len(site) > LONGEST_SITE:
            raise fields.NotUnderstoodError(
                SITES, f"{site[:_SHOWN]}… is longer than the {LONGEST_SITE} characters a site may have."
            )
        if parse_site(site) is None:
            raise fields.NotUnderstoodError(
                SITES,
                f"{site} is shared by many, or no address. Name your own place, like ana.example, "
                "github.com/ana or @ana.",
            )
    return sites


def time_zone(said: str) -> str:
    """Return the name of the time zone somebody typed.

    Raises:
        fields.NotUnderstoodError: there is none of that name.
    """
    try:
        return ZoneInfo(said.strip()).key
    except (KeyError, ValueError, OSError):
        raise fields.NotUnderstoodError(ZONE, "A time zone is written like Europe/Lisbon.") from None
