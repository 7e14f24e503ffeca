"""The windows in which a long draft is written or edited, a member's own sites, and their quiet hours."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import discord
from discord import ui

from adapters.discord.custom_ids import QUIET_MODAL, SITES_MODAL, DraftModalId
from bot.balance.nudges import Nudging
from bot.text.draft import ReplyTo, Surface

LONGEST = 4000
"""The most characters a text input takes, and a message of a member too."""

LONGEST_ZONE = 60
"""The most characters of a time zone's name."""

_DRAFT, _ANSWERED, _SITES = "draft", "answered", "sites"
_FROM, _UNTIL, _ZONE = "from", "until", "zone"


def fits(text: str) -> bool:
    """Tell whether a window holds a text whole; one that does not would come back without its end."""
    return len(text) <= LONGEST


def draft_modal(
    surface: Surface = Surface.CHANNEL, text: str = "", reply_to: ReplyTo | None = None
) -> ui.Modal:
    """Return the window, with `text` in it for editing.

    What the draft answers stands in a field of its own, so that it comes back with the draft and
    nobody has to remember it. The window's answer is recognised by the custom id alone, so that one
    opened before a restart can be sent after it.
    """
    answered = reply_to.author or "" if reply_to else ""
    window = _window("Check a post before you send it", str(DraftModalId(surface, answered)))
    window.add_item(
        _paragraph("Your draft", _DRAFT, "Paste or write it here. Only you see the answer.", text)
    )
    if reply_to is not None:
        window.add_item(
            _paragraph("What it answers", _ANSWERED, "The post you reply to.", reply_to.text, required=False)
        )
    return window


def sites_modal(sites: Sequence[str]) -> ui.Modal:
    """Return the window with a member's own sites, one a line."""
    window = _window("Your own sites", SITES_MODAL)
    window.add_item(
        _paragraph("One a line", _SITES, "ana.example\ngithub.com/ana", "\n".join(sites), required=False)
    )
    return window


def quiet_modal(nudging: Nudging) -> ui.Modal:
    """Return the window with the hours in which nudges leave a member alone."""
    window = _window("Your quiet hours", QUIET_MODAL)
    window.add_item(_hours("No nudges from", _FROM, nudging.quiet_from))
    window.add_item(_hours("until (the same hour for never quiet)", _UNTIL, nudging.quiet_until))
    zone: ui.TextInput[Any] = ui.TextInput(
        custom_id=_ZONE,
        placeholder="Europe/Lisbon",
        default=nudging.zone.key,
        max_length=LONGEST_ZONE,
    )
    window.add_item(ui.Label(text="Your time zone", component=zone))
    return window


def submitted_draft(data: Mapping[str, Any]) -> tuple[str, ReplyTo | None]:
    """Return the draft in the data of a submitted window and what it answers."""
    known = DraftModalId.parse(str(data.get("custom_id", "")))
    said = _values(data)
    author, answered = known.answered if known else "", said.get(_ANSWERED, "")
    return said.get(_DRAFT, ""), ReplyTo(author or None, answered) if author or answered else None


def submitted_sites(data: Mapping[str, Any]) -> str:
    """Return the sites in the data of a submitted window, one a line."""
    return _values(data).get(_SITES, "")


def submitted_quiet(data: Mapping[str, Any]) -> tuple[int, int, str]:
    """Return the hours in the data of a submitted window, and their time zone."""
    said = _values(data)
    return int(said[_FROM]), int(said[_UNTIL]), said[_ZONE].strip()


def _window(title: str, custom_id: str) -> ui.Modal:
    window = ui.Modal(title=title, timeout=None, custom_id=custom_id)
    window.stop()  # the library need not remember it either, see buttons.py
    return window


def _paragraph(
    label: str, custom_id: str, placeholder: str, text: str, *, required: bool = True
) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=custom_id,
        placeholder=placeholder,
        default=text[:LONGEST] or None,
        max_length=LONGEST,
        required=required,
    )
    return ui.Label(text=label, component=field)


def _hours(label: str, custom_id: str, chosen: int) -> ui.Label[Any]:
    options = [
        discord.SelectOption(label=f"{hour}:00", value=str(hour), default=hour == chosen)
        for hour in range(24)
    ]
    return ui.Label(text=label, component=ui.Select[Any](custom_id=custom_id, options=options))


def _values(data: Mapping[str, Any]) -> dict[str, str]:
    return dict(_fields(data.get("components", ())))


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "custom_id" in component:
            yield component["custom_id"], component.get("value") or "".join(component.get("values") or ())
        inner = component.get("components") or ([component["component"]] if "component" in component else [])
        yield from _fields(cast("Sequence[Mapping[str, Any]]", inner))
