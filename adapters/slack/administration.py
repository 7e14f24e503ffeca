"""`/checkpost-admin`: what a workspace's administrators may set and do; checked with Slack on every use."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.kit import balance_words
from adapters.kit.card import Card, Heading, Note, Paragraph
from adapters.kit.introductions import public_introduction, summary_card
from adapters.kit.trouble import with_trouble
from adapters.slack import admin_window, markup
from adapters.slack.failures import error_code
from adapters.slack.pace import Pace
from adapters.slack.people import People
from adapters.slack.recipient import Recipient
from adapters.slack.render import render
from bot.bootstrap import Application
from bot.services.community_settings import CommunityPreferences
from bot.summaries.week import last_complete

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

JUST_NOW = timedelta(minutes=1)
"""For so long a second click introduces nobody again."""

_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{1,20})(?:\|[^<>]{0,80})?>")
_OFF = {"off", "none"}
_NOT_THERE = "I'm not in this channel. Invite me first (/invite @Checkpost), then ask again."
_CLOSED = "This channel's settings don't let me post here. Nothing was posted."
_NO_INTRODUCTION = {
    "not_in_channel": _NOT_THERE,
    "channel_not_found": _NOT_THERE,
    "is_archived": "This channel is archived, so nobody can post here.",
    "restricted_action": _CLOSED,
    "restricted_action_read_only_channel": _CLOSED,
    "restricted_action_thread_only_channel": _CLOSED,
}
"""What is said where Slack takes no introduction."""

Change = Callable[..., Awaitable[CommunityPreferences]]


class _NotUnderstoodError(Exception):
    """The words fit no setting; the text says what would."""


class Administration:
    """Changes the workspace's settings for its administrators, and introduces the app.

    Args:
        application: the services.
        people: tells who administers.
        pace: gives a message into a channel its turn.
    """

    def __init__(self, application: Application, people: People, pace: Pace) -> None:
        self._application = application
        self._settings = application.community_settings
        self._people = people
        self._pace = pace
        self._introduced: dict[str, datetime] = {}

    async def command(self, to: Recipient, body: Mapping[str, Any]) -> Card:
        """Return the answer to `/checkpost-admin`; without a word it opens a window instead."""
        refused = await self._refused(to)
        if refused is not None:
            return refused
        community = to.community
        words = str(body.get("text") or "").split()
        try:
            match words:
                case []:
                    chosen = await self._settings.read(community)
                    view = admin_window.window(to.origin, chosen, str(body["channel_id"]))
                    await to.client.views_open(trigger_id=body["trigger_id"], view=view)
                    return Card(())
                case ["show"]:
                    trouble = await self._settings.trouble(community, self._application.clock())
                    return with_trouble(_shown(await self._settings.read(community)), trouble)
                case ["introduce"]:
                    return await self._introduce(to, str(body["channel_id"]))
                case ["preview"]:
                    return await self._preview(community)
                case _:
                    change = self._changer(to)
                    return await self._changed(words, await self._settings.read(community), change)
        except _NotUnderstoodError as error:
            return Card((Paragraph(str(error)), Note(_usage())))
        except ValueError as error:
            return _said(f"I can't set that: {error}")

    async def submitted(self, to: Recipient, body: Mapping[str, Any]) -> Card:
        """Change what was chosen in the window and return the settings.

        Raises:
            ValueError: a setting cannot be made; the first word names it.
            fields.NotUnderstoodError: a field holds what fits no setting.
        """
        refused = await self._refused(to)
        if refused is not None:
            return refused
        now = await self._settings.read(to.community)
        return _shown(await self._changer(to)(**admin_window.changes(body["view"], now)))

    async def preview(self, to: Recipient) -> Card:
        """Return last week's summary, for the administrator who asks alone."""
        return await self._refused(to) or await self._preview(to.community)

    async def introduce(self, to: Recipient, body: Mapping[str, Any]) -> Card:
        """Post the one introduction into the channel where the window was opened."""
        return await self._refused(to) or await self._introduce(to, str(body["actions"][0]["value"]))

    async def _refused(self, to: Recipient) -> Card | None:
        """Return what is said to somebody who does not administer the workspace; None to who does."""
        try:
            if await self._people.administers(to.client, to.user):
                return None
        except SlackApiError as error:
            if error_code(error) != "missing_scope":
                raise
            return _said(
                "I can't tell who administers this workspace: I lack the scope users:read. "
                "Please install me again from my manifest."
            )
        return _said("These settings are for the workspace's administrators. /checkpost is for everybody.")

    def _changer(self, to: Recipient) -> Change:
        async def change(**changes: object) -> CommunityPreferences:
            return await self._settings.change(to.community, to.member, self._application.clock(), **changes)

        return change

    async def _introduce(self, to: Recipient, channel: str) -> Card:
        """Post the one introduction into the channel in which the administrator asked for it."""
        now = self._application.clock()
        self._introduced = {at: when for at, when in self._introduced.items() if now - when < JUST_NOW}
        if channel in self._introduced:
            return _said("I have just introduced myself here, and I won't repeat it.")
        self._introduced[channel] = now
        (message,) = render(public_introduction("/checkpost settings"))
        await self._pace.turn(channel)
        try:
            await to.client.chat_postMessage(channel=channel, **message.payload())
        except SlackApiError as error:
            self._introduced.pop(channel, None)
            if (said := _NO_INTRODUCTION.get(error_code(error))) is None:
                raise
            return _said(said)
        except (aiohttp.ClientError, TimeoutError):
            self._introduced.pop(channel, None)
            raise
        return _said("Done: everybody here can see what I am for. I won't repeat it.")

    async def _preview(self, community: str) -> Card:
        """Return last week's summary, for the administrator only."""
        chosen = await self._settings.read(community)
        week = last_complete(self._application.clock(), ZoneInfo(chosen.time_zone))
        return summary_card(await self._application.weekly_summaries.build(community, week))

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
            case ["nudges", switch]:
                return _shown(await change(nudges=bool(_switched(frozenset(), "nudges", switch))))
            case ["help-contact", *contact] if contact:
                said = markup.plain(" ".join(contact))
                if len(said) > admin_window.CONTACT_LONGEST:
                    longest = admin_window.CONTACT_LONGEST
                    raise _NotUnderstoodError(f"A help contact has at most {longest} characters.")
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
            raise _NotUnderstoodError("Say on or off at the end.")


def _usage() -> str:
    return (
        "/checkpost-admin opens a window. Or: /checkpost-admin show | introduce | preview | "
        "record #channel on|off | exempt #channel on|off | summary #channel | summary off | "
        "summary monday 9 Europe/Lisbon | nudges on|off | help-contact WHO | help-contact none"
    )


def _shown(chosen: CommunityPreferences) -> Card:
    day = WEEKDAYS[chosen.weekday].capitalize()
    where = f"in {_named([chosen.summary_channel])}" if chosen.summary_channel else "nowhere yet"
    return Card(
        (
            Heading("This workspace's settings"),
            Paragraph(f"Posts are recorded in: {_named(sorted(chosen.recorded_channels)) or 'no channel'}."),
            Paragraph(f"Showcase channels, not counted: {_named(sorted(chosen.exempt_channels)) or 'none'}."),
            Paragraph(
                f"Weekly summary: {where}, {day}s at {chosen.hour}:00 ({chosen.time_zone}), in "
                f"weeks in which {chosen.minimum_members} members or more took part."
            ),
            Paragraph(f"Members aim for {balance_words.aim(chosen.lower, chosen.upper)} promotion."),
            Paragraph(f"Rules left out: {', '.join(sorted(chosen.rules_off)) or 'none'}."),
            Paragraph(f"Nudges for members who ask for them: {'on' if chosen.nudges else 'off'}."),
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
