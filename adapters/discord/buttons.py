"""Buttons that go on working after a restart: all they need to know is in their custom id."""

import re
from typing import Any, Protocol, cast

import discord
from discord import ui

from adapters.discord.custom_ids import TEMPLATE, PressId
from adapters.discord.render import Payload, rows

Interaction = discord.Interaction[Any]


class Pressed(Protocol):
    """What a client does when a button of the coach is pressed."""

    async def pressed(self, interaction: Interaction, press: PressId) -> None:
        """Answer a button."""
        ...


class CoachButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Any button of the coach, made anew from its custom id whenever it is pressed."""

    def __init__(self, button: ui.Button[Any], press: PressId | None) -> None:
        super().__init__(button)
        self._press = press

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "CoachButton":
        """Make the button that was pressed."""
        del interaction
        return cls(cast("ui.Button[Any]", item), PressId.parse(match.string))

    async def callback(self, interaction: Interaction) -> None:
        """Hand the press to the client; a button of an older program, unknown now, does nothing."""
        if self._press is not None:
            await cast("Pressed", interaction.client).pressed(interaction, self._press)


def view(payload: Payload) -> ui.View | None:
    """Return a message's buttons; None where it has none.

    Must be called inside a running event loop, which discord.py's views need.
    """
    if not payload.buttons:
        return None
    made = ui.View(timeout=None)
    for number, row in enumerate(rows(payload)):
        for button, press in row:
            style = discord.ButtonStyle.primary if button.primary else discord.ButtonStyle.secondary
            made.add_item(
                CoachButton(
                    ui.Button(style=style, label=button.label, custom_id=str(press), row=number), press
                )
            )
    # A stopped view is not remembered by the library: presses are found by their custom id instead,
    # so memory stays flat however many answers are given.
    made.stop()
    return made
