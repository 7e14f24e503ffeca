"""What a button or a modal knows about itself: Discord hands its custom id back, even after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

from adapters.kit.card import Action
from bot.text.draft import Surface

_SURFACES = {Surface.CHANNEL: "c", Surface.REPLY: "r", Surface.DIRECT: "d"}
_BY_LETTER = {letter: surface for surface, letter in _SURFACES.items()}

TEMPLATE = re.compile(
    r"checkpost:1:(?P<action>[a-z-]{1,20}):(?P<argument>[\w=.-]{0,40}):(?P<surface>[crd]):(?P<source>[mshcp]):(?P<key>[\w-]{0,16})"
)
"""The form of a button's id; the number is raised when it changes."""

MODAL = re.compile(r"checkpost:1:draft:(?P<surface>[crd])(?::(?P<answered>\d{1,20}))?")
"""The form of the id of a modal for a draft."""

SITES_MODAL = "checkpost:1:sites"
"""The id of the modal for a member's own sites."""

QUIET_MODAL = "checkpost:1:quiet"
"""The id of the modal for a member's quiet hours."""


class Source(StrEnum):
    """Where a button's draft can be found.

    SHOWN in the first embed of the button's message, where COPIED has it as a text to copy, in PIECES in
    several embeds, or else in MEMORY only; HIDDEN is a draft with a secret, which is in memory only and
    never shown again.
    """

    SHOWN = "s"
    COPIED = "c"
    PIECES = "p"
    MEMORY = "m"
    HIDDEN = "h"


@dataclass(frozen=True, slots=True)
class PressId:
    """A button's custom id, taken apart.

    Attributes:
        action: what the button does.
        argument: the button's argument.
        surface: where the draft is meant to go.
        source: where the draft can be found.
        key: where the draft may be found in memory; empty where it is not.
    """

    action: Action
    argument: str = ""
    surface: Surface = Surface.CHANNEL
    source: Source = Source.MEMORY
    key: str = ""

    def __str__(self) -> str:
        """Return the custom id, at most 100 characters."""
        letter = _SURFACES[self.surface]
        return f"checkpost:1:{self.action.value}:{self.argument}:{letter}:{self.source.value}:{self.key}"

    @classmethod
    def parse(cls, custom_id: str) -> "PressId | None":
        """Read a custom id; None where it is none of ours or of an action that is gone."""
        match = TEMPLATE.fullmatch(custom_id)
        if match is None or match["action"] not in set(Action):
            return None
        return cls(
            Action(match["action"]),
            match["argument"],
            _BY_LETTER[match["surface"]],
            Source(match["source"]),
            match["key"],
        )


@dataclass(frozen=True, slots=True)
class DraftModalId:
    """The custom id of a modal for a draft, taken apart.

    Attributes:
        surface: where the draft is meant to go.
        answered: the id of whom it answers; empty where that is nobody or not known.
    """

    surface: Surface
    answered: str = ""

    def __str__(self) -> str:
        """Return the custom id."""
        end = f":{self.answered}" if self.answered else ""
        return f"checkpost:1:draft:{_SURFACES[self.surface]}{end}"

    @classmethod
    def parse(cls, custom_id: str) -> "DraftModalId | None":
        """Read a custom id; None where the modal is none of ours."""
        match = MODAL.fullmatch(custom_id)
        return cls(_BY_LETTER[match["surface"]], match["answered"] or "") if match else None
