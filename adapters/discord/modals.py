"""The window in which a long draft is written or edited."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import discord
from discord import ui

from adapters.discord.custom_ids import modal_id
from bot.text.draft import Surface

LONGEST = 4000
"""The most characters a text input takes, and a message of a member too."""

_FIELD = "draft"


def draft_modal(surface: Surface = Surface.CHANNEL, text: str = "") -> ui.Modal:
    """Return the window, with `text` in it for editing.

    Its answer is recognised by the custom id alone, so that a window opened before a restart can be
    sent after it.
    """
    modal = ui.Modal(title="Check a post before you send it", timeout=None, custom_id=modal_id(surface))
    field: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=_FIELD,
        placeholder="Paste or write it here. Only you see the answer.",
        default=text[:LONGEST] or None,
        max_length=LONGEST,
    )
    modal.add_item(ui.Label(text="Your draft", component=field))
    modal.stop()  # the library need not remember it either, see buttons.py
    return modal


def submitted_draft(data: Mapping[str, Any]) -> str:
    """Return the draft in the data of a submitted window; empty where there is none."""
    return next((field.get("value") or "" for field in _fields(data.get("components", ()))), "")


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if component.get("custom_id") == _FIELD:
            yield component
        inner = component.get("components") or ([component["component"]] if "component" in component else [])
        yield from _fields(cast("Sequence[Mapping[str, Any]]", inner))
