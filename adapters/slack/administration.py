"""`/checkpost-admin`: what a workspace's administrators may set; checked with Slack on every use."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.kit.card import Card, Heading, Note, Paragraph
from adapters.kit.trouble import with_trouble
from adapters.slack import markup, translate
from adapters.slack.delivery import Recipient
from adapters.slack.failures import error_code
from adapters.slack.people import People
from bot.services.community_settings import CommunityPreferences, CommunitySettings

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{1,20})(?:\|[^<>]{0,80})?>")
_OFF = {"off", "none"}

Change = Callable[..., Awaitable[CommunityPreferences]]


class _NotUnderstoodError(Exception):
    """The words fit no setting; the text says what would."""


class Administration:
    """Reads an administrator's words and changes the workspace's settings.

    Args:
        settings: the communities' settings.
        people: tells who administers.
        clock: the present moment in UTC.
    """

    def __init__(self, settings: CommunitySettings, people: People, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._people = people
        self._clock = clock

    async def command(self, to: Recipient, body: Mapping[str, Any]) -> Card:
        """Return the answer to `/checkpost-admin`."""
        try:
            if not await self._people.administers(to.client, to.user):
                return _said(
                    "These settings are for the workspace's administrators. /checkpost is for everybody."
                )
        except SlackApiError as error:
            if error_code(error) != "missing_scope":
                raise
            return _said(
                "I can't tell who administers this workspace: I lack the scope users:read. "
                "Please install me again from my manifest."
            )
        community = translate.community(translate.team_of(body))

        async def change(**changes: object) -> CommunityPreferences:
            return await self._settings.change(community, to.member, self._clock(), **changes)

        words = str(body.get("text") or "").split()
        try:
            if not words or words == ["show"]:
                trouble = await self._settings.trouble(community, self._clock())
                return with_trouble(_shown(await self._settings.read(community)), trouble)
            return await self._changed(words, await self._settings.read(community), change)
        except _NotUnderstoodError as error:
            return Card((Paragraph(str(error)), Note(_usage())))
        except ValueError as error:
            return _said(f"I can't set that: {error}")

    async def _changed(self, words: list[str], now: CommunityPreferences, change: Change) -> Card:
        match words:
            case ["record", channel, switch]:
                recorded = _switched(now.recorded_channels, _channel(channel), switch)
                return _shown(await change(recorded_channels=recorded))
            case ["exempt", channel, switch]:
                exempt = _switched(now.exempt_channels, _channel(channel), switch)
                return _shown(await change(exempt_channels=exempt))
            case ["summary", "off"]:
                return _shown(await change(summary_channel=None))
            case ["summary", channel] if channel.startswith("<"):
                return _shown(await change(summary_channel=_channel(channel)))
            case ["summary", weekday, hour, *zone] if weekday.casefold() in WEEKDAYS and len(zone) <= 1:
                if not hour.isdecimal():
                    raise _NotUnderstoodError("The hour is a number from 0 to 23.")
                zone_given = {"time_zone": zone[0]} if zone else {}
                number = WEEKDAYS.index(weekday.casefold())
                return _shown(await change(weekday=number, hour=int(hour), **zone_given))
            case ["help-contact", *contact] if contact:
                said = markup.plain(" ".join(contact))
                return _shown(await change(help_contact=None if said.casefold() in _OFF else said))
            case _:
                raise _NotUnderstoodError("I didn't understand that.")


def _channel(word: str) -> str:
    found = _CHANNEL.fullmatch(word)
    if found is None:
        raise _NotUnderstoodError(
            f"{markup.plain(word)} is no channel I know; pick it from the list # opens."
        )
    return found.group(1)


def _switched(channels: frozenset[str], channel: str, switch: str) -> frozenset[str]:
    match switch.casefold():
        case "on":
            return channels | {channel}
        case "off":
            return channels - {channel}
        case _:
            raise _NotUnderstoodError("Say on or off after the channel.")


def _usage() -> str:
    return (
        "/checkpost-admin show | record #channel on|off | exempt #channel on|off | summary #channel | "
        "summary off | summary monday 9 Europe/Lisbon | help-contact WHO | help-contact none"
    )


def _shown(chosen: CommunityPreferences) -> Card:
    day = WEEKDAYS[chosen.weekday].capitalize()
    where = f"in {_named([chosen.summary_channel])}" if chosen.summary_channel else "nowhere yet"
    return Card(
        (
            Heading("This workspace's settings"),
            Paragraph(f"Posts are recorded in: {_named(sorted(chosen.recorded_channels)) or 'no channel'}."),
            Paragraph(f"Showcase channels, not counted: {_named(sorted(chosen.exempt_channels)) or 'none'}."),
            Paragraph(f"Weekly summary: {where}, {day}s at {chosen.hour}:00 ({chosen.time_zone})."),
            Paragraph(f"Help contact: {chosen.help_contact or 'none'}."),
            Note(
                "Invite me to every channel named here (/invite @Checkpost). Only posts of members who "
                f"agreed are counted, without their words. {_usage()}"
            ),
        )
    )


def _named(channels: list[str]) -> str:
    return ", ".join(f"<#{channel}>" for channel in channels)


def _said(text: str) -> Card:
    return Card((Paragraph(text),))
