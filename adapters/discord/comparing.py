"""Tells whether commands as we send them are those that Discord has: it fills in and leaves out."""

from collections.abc import Mapping
from typing import Any

Commands = list[dict[str, Any]]

_UNSAID: dict[str, tuple[Any, ...]] = {
    "type": (1,),
    "description": ("",),
    "nsfw": (False,),
    "required": (False,),
    "autocomplete": (False,),
    "integration_types": ([0],),
}
"""What Discord leaves out, or fills in, where a command does not say it; None and empty go without saying."""

_DISCORDS_OWN = {
    "id",
    "application_id",
    "guild_id",
    "version",
    "name_localized",
    "description_localized",
    "handler",
}
"""What only Discord says of a command, and what `contexts` has replaced."""


def same(ours: Commands, theirs: Commands, ignored: frozenset[str] = frozenset()) -> bool:
    """Tell whether two lists hold the same commands; the order does not matter.

    Args:
        ours: commands as sent.
        theirs: commands as Discord returns them, with ids and defaults filled in.
        ignored: what does not matter of a command, where only one of the two says it.
    """
    theirs = [{key: command[key] for key in command.keys() - ignored} for command in theirs]
    known = {_key(command): command for command in theirs}
    return len(known) == len(ours) and all(
        _key(command) in known and _covers(command, known[_key(command)]) for command in ours
    )


def _key(command: Mapping[str, Any]) -> tuple[str, int]:
    return command["name"], command.get("type", 1)


def _covers(ours: Any, theirs: Any) -> bool:
    match ours, theirs:
        case dict(), dict():
            keys = {*ours, *theirs} - _DISCORDS_OWN
            return all(_same_key(key, ours.get(key), theirs.get(key)) for key in keys)
        case list(), list():
            return len(ours) == len(theirs) and all(
                _covers(one, other) for one, other in zip(ours, theirs, strict=True)
            )
        case _:
            return str(ours) == str(theirs)


def _same_key(key: str, ours: Any, theirs: Any) -> bool:
    if _goes_without_saying(key, ours) and _goes_without_saying(key, theirs):
        return True
    if isinstance(ours, list) and key in {"contexts", "integration_types", "channel_types"}:
        return sorted(ours) == sorted(theirs or [])
    return _covers(ours, theirs)


def _goes_without_saying(key: str, value: Any) -> bool:
    return value is None or value in ([], {}) or value in _UNSAID.get(key, ())
