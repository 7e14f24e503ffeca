"""What a button or a modal knows about itself: Discord hands its custom id back, even after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

from adapters.kit.card import Action
from bot.text.draft import Surface

_SURFACES = {Surface.CHANNEL: "c", Surface.REPLY: "r", Surface.DIRECT: "d"}
_BY_LETTER = {letter: surface for surface, letter in _SURFACES.items()}

TEMPLATE = re.compile(
    r"checkpost:1:(?P<action>[a-z-]{1,20}):(?P<argument>[\w=.-]{0,40}):(?P<surface>[crd]):(?P<source>[msh]):(?P<key>[\w-]{0,16})"
)
"""The form of a button's id; the number is raised when it changes."""

MODAL = re.compile(r"checkpost:1:draft:(?P<surface>[crd])")
"""The form of a modal's id."""


class Source(StrEnum):
    """Where a button's draft can be found.

    SHOWN in the first embed of the button's message, or else in MEMORY only; HIDDEN is a draft with a
    secret, which is in memory only and never shown again.
    """

    SHOWN = "s"
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


def modal_id(surface: Surface) -> str:
    """Return the custom id of a modal whose draft is meant for `surface`."""
    return f"checkpost:1:draft:{_SURFACES[surface]}"


def modal_surface(custom_id: str) -> Surface | None:
    """Return where a modal's draft is meant to go; None where the modal is none of ours."""
    match = MODAL.fullmatch(custom_id)
    return _BY_LETTER[match["surface"]] if match else None
